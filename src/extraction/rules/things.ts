import { ASSOCIATES, DETERMINERS, KIN, PETS, PREPOSITIONS, VERSION_ADJECTIVES, wordSet } from "./words.ts";

/** The slot that a noun phrase names, the same for its different phrasings. */
export interface Thing {
  readonly attribute: string;
  readonly cardinality: "single" | "multiple";
  /** True for things that have values by nature (price, port, deadline, name), so that "the X is Y" is a statement of it. */
  readonly isKnown: boolean;
}

const SPELLINGS: Readonly<Record<string, string>> = {
  favourite: "favorite",
  fave: "favorite",
  fav: "favorite",
  colour: "color",
  organisation: "organization",
  programme: "program",
  mobile: "phone",
  cell: "phone",
  cellphone: "phone",
  telephone: "phone",
  smartphone: "phone",
  "e-mail": "email",
  mail: "email",
  wifi: "wi-fi",
  flat: "apartment",
  grey: "gray",
  tyre: "tire",
  centre: "center",
  theatre: "theater",
  hobbies: "hobby",
  bday: "birthday",
  "time-zone": "timezone",
  licence: "license",
  db: "database",
  repo: "repository",
  automobile: "car",
  prod: "production",
  dev: "development",
  env: "environment",
  app: "application",
  docs: "documentation",
  film: "movie",
  films: "movie",
  vet: "veterinarian",
  notebook: "laptop",
  "stand-up": "standup",
  ide: "editor",
  os: "operating system",
  catchup: "catch-up",
  "check-up": "checkup",
};

const PRICE_HEADS = wordSet("price cost fee fare charge rate bill");
const PRICES = wordSet("rent mortgage tuition premium subscription fare electricity insurance toll allowance");
const SINGLE_SLOTS: ReadonlyMap<string, string> = new Map(
  `salary:salary pay:salary income:salary wage:salary paycheck:salary compensation:salary weight:weight height:height age:age birthday:birthday birthdate:birthday
   role:role job:role title:role position:role occupation:role profession:role employer:employer company:employer workplace:employer firm:employer
   home:residence hometown:hometown residence:residence timezone:timezone nickname:nickname name:name email:email phone:phone address:address diet:diet
   nationality:nationality citizenship:nationality religion:religion manager:manager major:studies degree:studies university:school college:school
   school:school handle:username username:username commute:commute pronouns:pronouns pronoun:pronouns relationship_status:relationship_status`
    .split(/\s+/u)
    .map((entry) => entry.split(":") as [string, string]),
);
const QUALIFIED = wordSet(
  "budget deadline version port status priority owner limit timeout target goal quota capacity size count threshold score grade level branch host url endpoint domain region stack hourly dose dosage pin code room gate seat platform duration length width speed temperature percentage ratio total balance interest password capital date time schedule start end lead sponsor vendor location venue theme format style model color number",
);
export const EVENTS: ReadonlySet<string> = wordSet(
  "meeting appointment call standup interview exam test dinner lunch breakfast brunch party wedding flight train trip vacation holiday conference workshop webinar class lesson session rehearsal concert game match review retrospective retro demo launch release kickoff sync visit checkup surgery operation hearing delivery move ceremony graduation funeral presentation talk date game appointment reservation booking practice tournament race marathon catch-up one-on-one 1:1 offsite sprint planning hike festival show gig audit inspection course seminar reunion barbecue bbq picnic shower consultation therapy yoga pilates training closing freeze go-live rollout deployment migration election match final playdate recital camp service haircut checkpoint shift all-hands townhall ballet swim swimming",
);
const TECHNICAL = wordSet(
  "api server database port url endpoint branch repository build pipeline staging production environment deployment cluster schema cache queue token config default framework library version release sprint project team budget deadline timeline launch client contract office company website application service model dataset logo domain license codebase documentation test backend frontend plan roadmap threshold timeout limit password wi-fi rate policy headquarters",
);

/** Jobs that no person has. */
const MACHINE_JOBS = wordSet(
  "cron batch backup build nightly import export sync ci print deploy cleanup background scheduled",
);

export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is|ous|news|series|wi-fi)$/u.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:sses|shes|ches|xes|zes)$/u.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("'s") ? word.slice(0, -1) : word;
}

/** Words of a noun phrase without determiners, version adjectives and adverbs; "X of Y" becomes "Y X". */
function contentWords(phrase: string): string[] {
  let text = phrase
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll(/'s\b|["“”()]/gu, "")
    .replaceAll(
      /\bphone number\b|\bmobile number\b|\bcell number\b|\btelephone number\b|\bcell phone\b|\bmobile phone\b/gu,
      "phone",
    )
    .replaceAll(/\be-?mail address\b/gu, "email")
    .replaceAll(/\btime zone\b/gu, "timezone")
    .replaceAll(/\bdue date\b/gu, "deadline")
    .replaceAll(/\b(?:job|work) (?:title|role|position)\b/gu, "role")
    .replaceAll(/\bdate of birth\b/gu, "birthday")
    .replaceAll(/\bdata ?base\b/gu, "database")
    .replaceAll(/\bhome ?town\b/gu, "hometown")
    .replaceAll(/\b(?:home|mailing|postal|street|residential|shipping) address\b/gu, "address")
    .replaceAll(/\bline manager\b/gu, "manager")
    .replaceAll(/\bhead ?quarters\b/gu, "headquarters")
    .replaceAll(/\b(?:for (?:me|us|now)|these days|nowadays|at the moment|right now)\b/gu, "")
    .replace(/^(.+?) (?:that |which )?(?:i|we) (?:like|love|enjoy) (?:the )?(?:best|most)$/u, "favorite $1")
    .replace(/^(.+?) (?:that |which )?(?:i|we) (?:drive|own|have|use|ride|live in|work at)$/u, "$1")
    .replaceAll(/\bthing to (eat|drink)\b/gu, (_, verb: string) => (verb === "eat" ? "food" : "drink"))
    .replaceAll(/\b(?:relationship|marital) status\b/gu, "relationship_status")
    .replaceAll(/\bplace of (?:work|employment)\b/gu, "employer")
    .replaceAll(/\bback-?end\b/gu, "backend")
    .replaceAll(/\bfront-?end\b/gu, "frontend");
  const of = /^(.+?)\s+(?:of|for|on|with|in|at|from|to)\s+(?:the\s+|my\s+|our\s+|a\s+|an\s+)*(.+)$/u.exec(text);
  if (of?.[1] !== undefined && of[2] !== undefined && !/\bof choice$/u.test(text)) text = `${of[2]} ${of[1]}`;
  text = text.replace(/^(.+) of choice$/u, "favorite $1");
  const kept: string[] = [];
  for (const raw of text.split(/\s+/u)) {
    const word = SPELLINGS[raw] ?? SPELLINGS[singular(raw)] ?? singular(raw);
    if (word === "" || DETERMINERS.has(word) || VERSION_ADJECTIVES.has(word) || PREPOSITIONS.has(word)) continue;
    if (
      /^(?:monthly|weekly|yearly|annual|daily|currently|now|and|go-to|all-time|absolute|very|own|body|per|month|year|week)$/u.test(
        word,
      )
    ) {
      if (word === "go-to") kept.push("favorite");
      continue;
    }
    kept.push(word);
  }
  return kept;
}

/** The slot of "my rent", "the port of the API", "favourite colour", "dentist appointment"; undefined for an empty phrase. */
export function thingOf(phrase: string): Thing | undefined {
  const content = contentWords(phrase);
  // "project Heron" and "the Heron project" are Heron.
  const isProject =
    content.length > 1 && /\bproject \p{L}|^(?:the|my|our) [\p{L}-]+ project$/u.test(phrase.toLowerCase());
  if (
    content.length > 1 &&
    content[0] === "project" &&
    !(
      content.length === 2 &&
      /^(?:budget|deadline|manager|lead|plan|status|name|version|owner|team)$/u.test(content.at(-1) ?? "")
    )
  )
    content.shift();
  if (content.length > 1 && content.at(-1) === "project" && isProject) content.pop();
  if (content.length === 0 || content.length > 5) return undefined;
  if (/^(?:it|they|them|he|she|him|here|there|everything|nothing|something)$/u.test(content.at(-1) ?? ""))
    return undefined;
  const head = content.at(-1) as string;
  const before = content.slice(0, -1);
  const favorite = content.indexOf("favorite");
  if (favorite >= 0) {
    const rest = content.filter((word) => word !== "favorite");
    return rest.length === 0 ? undefined : single(`favorite:${rest.join(" ").replace(/^(?:dish|meal)$/u, "food")}`);
  }
  if (head === "name" && before.length > 0) {
    const owner = before.at(-1) as string;
    if (KIN.has(owner))
      return {
        attribute: `family:${KIN.get(owner)}`,
        cardinality: KIN.get(owner) === "partner" ? "single" : "multiple",
        isKnown: true,
      };
    // The name of "my dog" is one; "I have a dog named …" may be said of several.
    if (PETS.has(owner)) return { attribute: `pet:${petKind(owner)}`, cardinality: "single", isKnown: true };
    if (ASSOCIATES.has(owner)) return single(ASSOCIATES.get(owner) as string);
    if (/^(?:full|first|last|family|given|middle|maiden)$/u.test(owner))
      return single(owner === "full" || owner === "first" ? "name" : `${owner} name`);
    return single(`name:${before.join(" ")}`);
  }
  if (before.length === 0 && KIN.has(head)) {
    const kin = KIN.get(head) as string;
    return {
      attribute: `family:${kin}`,
      cardinality: kin === "partner" || /mother|father/u.test(kin) ? "single" : "multiple",
      isKnown: true,
    };
  }
  if (before.length === 0 && PETS.has(head))
    return { attribute: `pet:${petKind(head)}`, cardinality: "multiple", isKnown: true };
  if (ASSOCIATES.has(head)) {
    const relation = ASSOCIATES.get(head) as string;
    const isMany = /friend|colleague|neighbor|client|roommate|classmate/u.test(relation);
    return {
      attribute: relation,
      cardinality: isMany && !before.includes("best") ? "multiple" : "single",
      isKnown: true,
    };
  }
  if (PRICE_HEADS.has(head) || PRICES.has(head)) {
    const subject = PRICES.has(head)
      ? [...before.filter((word) => !/^(?:apartment|house|office)$/u.test(word)), head]
      : before;
    if (head === "rate" && !/hourly|day/u.test(before.join(" ")))
      return single(`rate:${before.join(" ")}`.replace(/:$/u, ""));
    // "The rent for the studio" is what the studio costs.
    if (head === "rent" && subject.length > 1) subject.pop();
    if (head === "bill" && subject.length > 0) subject.push("bill");
    return single(subject.length === 0 ? "price" : `price:${subject.join(" ")}`);
  }
  const slot = SINGLE_SLOTS.get(head);
  if (slot !== undefined && !(head === "job" && MACHINE_JOBS.has(before.at(-1) ?? ""))) {
    const qualifier = before.filter(
      (word) =>
        !/^(?:home|work|personal|day|dream|full-time|body|contact|private|email|phone|job|annual|base|gross|net|starting)$/u.test(
          word,
        ),
    );
    if (
      /^(?:employer|residence|role|school|salary|weight|height|age|diet|timezone|relationship_status|phone|birthday|hometown|manager|nationality|religion)$/u.test(
        slot,
      )
    ) {
      return qualifier.length === 0 ? single(slot) : single(`${slot}:${qualifier.join(" ")}`);
    }
    if (slot === "email" || slot === "address")
      return single(
        before.includes("work") ? `${slot}:work` : qualifier.length === 0 ? slot : `${slot}:${qualifier.join(" ")}`,
      );
    return single(qualifier.length === 0 ? slot : `${slot}:${qualifier.join(" ")}`);
  }
  if ((head === "date" || head === "time") && before.length > 0) {
    const owner = before.at(-1) as string;
    if (EVENTS.has(owner)) return single(`schedule:${eventName(before)}`);
    if (owner === "end" || owner === "delivery" || owner === "submission")
      return single(`deadline:${before.slice(0, -1).join(" ") || owner}`);
    return single(`${before.join(" ")} ${head}`);
  }
  if (EVENTS.has(head)) return single(`schedule:${eventName(content)}`);
  if (QUALIFIED.has(head)) {
    if (/^(?:size|count|number)$/u.test(head) && before.length > 0)
      return single(`count:${before.map(peopleWord).join(" ")}`);
    if (
      head === "deadline" &&
      before.length > 1 &&
      /^(?:application|submission|proposal|paperwork)$/u.test(before.at(-1) ?? "")
    )
      before.pop();
    const attribute = head === "dosage" ? "dose" : head === "target" || head === "goal" ? "goal" : head;
    return single(before.length === 0 ? attribute : `${attribute}:${before.join(" ")}`);
  }
  return single(content.join(" "), isProject || TECHNICAL.has(head) || content.some((word) => TECHNICAL.has(word)));
}

/** A kitten grows up without changing its slot. */
export function petKind(word: string): string {
  return word
    .replace(/^(?:kitten|kitty|tabby)$/u, "cat")
    .replace(
      /^(?:puppy|pup|labrador|retriever|poodle|corgi|husky|beagle|dachshund|bulldog|terrier|collie|shepherd)$/u,
      "dog",
    )
    .replace("bunny", "rabbit");
}

function peopleWord(word: string): string {
  return /^(?:people|person|member|employee|headcount|staff|developer|engineer)$/u.test(word) ? "team" : word;
}

/** "annual dentist checkup" and "visit to the dentist" are the dentist's appointment. */
function eventName(content: readonly string[]): string {
  const head = content.at(-1) as string;
  const rest = content.slice(0, -1);
  const generic =
    head === "visit" || head === "checkup" ? "appointment" : head === "vacation" || head === "holiday" ? "trip" : head;
  return [...rest, generic].join(" ");
}

function single(attribute: string, isKnown = true): Thing {
  return { attribute, cardinality: "single", isKnown };
}
