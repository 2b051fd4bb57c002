import type { Subject } from "./discourse.ts";
import { thingBase } from "./frame-names.ts";
import type { Clause } from "./parse-clause.ts";
import { regularActivity } from "./slots-activity.ts";
import { dwelling } from "./slots-dwelling.ts";
import { isFirstPerson, isPerson, multiple, phraseAfter, single, type Slot } from "./slot.ts";
import { thingOf } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isTimeValue, normalizeValue } from "./values.ts";
import { PETS } from "./words.ts";

/** What one's days are like: shifts, ailments, weddings, opening hours, heads counted. Read before any other rule. */
export function circumstance(clause: Clause, subject: Subject): Slot[] | undefined {
  if (clause.modality === "would" || clause.modality === "might" || clause.modality === "should") return undefined;
  return (
    dwelling(clause, subject) ??
    regularActivity(clause) ??
    shift(clause) ??
    wedding(clause) ??
    ailment(clause, subject) ??
    openingHours(clause, subject) ??
    inCharge(clause, subject) ??
    namedDefinite(clause, subject)
  );
}

const SHIFT =
  /^(?:the )?((?:late|early|night|day|morning|evening|afternoon|weekend|graveyard|twilight|back|split|rotating)(?: shifts?)|nights|days|earlies|lates|mornings|evenings|afternoons|weekends|\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)? ?(?:to|till|until|-|–) ?\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)?)(?= (?:now|these|at|in|for|from|until|again|this|instead|as|on)\b|$)/u;

/** "I work nights at the depot", "I'm on days now", "they've put me on lates". */
function shift(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.isNegated) return undefined;
  const isOn = /^(?:be|go|move|switch|change|put|swap)$/u.test(clause.verb);
  if (clause.verb !== "work" && clause.verb !== "do" && !isOn) return undefined;
  if (clause.isPast && clause.verb === "work") return undefined;
  const rest = isOn
    ? (/^(?:(?:over|back|me|us|now|from \w+) )*(?:on ?to|onto|on|to) (.+)$/u.exec(clause.rest)?.[1] ?? "")
    : clause.rest;
  const value = SHIFT.exec(rest)?.[1];
  if (value === undefined) return undefined;
  return single("shift", value.replace(/ shifts?$/u, ""), {
    ...(isOn && clause.verb !== "be" ? { cue: "change" as const } : {}),
    ...(clause.subject === "they" || clause.subject === "noun" ? { isSpeakers: /^me |^us /u.test(clause.rest) } : {}),
  });
}

/** "We're getting married on 6 September", "the wedding is …" are of one date. */
function wedding(clause: Clause): Slot[] | undefined {
  if (!isFirstPerson(clause) || clause.isNegated || clause.isPast) return undefined;
  const found = /^(?:get )?(?:married|hitched|wed)(?: again)? (?:on|in|at) (.+)$/u.exec(
    clause.verb === "get" ? clause.rest : clause.verb === "marry" ? `married ${clause.rest}` : "",
  );
  const isAhead = clause.isProgressive || clause.modality === "will";
  return !isAhead || found?.[1] === undefined || !isTimeValue(found[1])
    ? undefined
    : single("schedule:wedding", found[1]);
}

const AILMENT =
  /^(?:an? |some |my )?((?:(?:bad|nasty|awful|terrible|sore|stiff|swollen|mild|chronic|slight|really|frozen|tennis|runner's|pulled|broken|sprained|trapped|slipped) )*(?:(?:sore|stiff|swollen|frozen|bad|trapped|slipped|broken|sprained|pulled|torn) (?:\p{L}+)|shin splints|plantar fasciitis|tendinitis|tendonitis|bursitis|sciatica|asthma|hay ?fever|eczema|psoriasis|arthritis|migraines?|vertigo|tinnitus|flu|the flu|cold|covid|bronchitis|pneumonia|tonsillitis|insomnia|heartburn|acid reflux|shingles|gout|an?emia|tennis elbow|runner's knee|frozen shoulder|a hernia|hernia|whiplash|concussion|sinusitis|conjunctivitis|chickenpox|a stomach bug|stomach bug|food poisoning|gestational diabetes|high blood pressure|long covid|toothache|backache|back pain|knee pain|rsi|carpal tunnel|(?:type (?:1|2|one|two) )?diabetes|epilepsy|(?:celiac|coeliac|crohn's|parkinson's|graves'?)(?: disease)?|lupus|adhd|dyslexia|autism|endometriosis|fibromyalgia|glaucoma|sleep apn(?:o)?ea|high cholesterol|an (?:over|under)active thyroid|multiple sclerosis|hypothyroidism|depression|anxiety))\b/u;

const CHRONIC =
  /^(?:asthma|hay ?fever|eczema|psoriasis|arthritis|migraines?|tinnitus|insomnia|gout|an?emia|high blood pressure|long covid|acid reflux|(?:.* )?diabetes|epilepsy|.* disease|celiac|coeliac|crohn's|lupus|adhd|dyslexia|autism|endometriosis|fibromyalgia|glaucoma|sleep apn(?:o)?ea|high cholesterol|.* thyroid|multiple sclerosis|hypothyroidism|depression|anxiety)$/u;

/** What one is, and the condition that it names. */
const IS_ILL: ReadonlyMap<string, string> = new Map([
  ["diabetic", "diabetes"],
  ["asthmatic", "asthma"],
  ["epileptic", "epilepsy"],
  ["dyslexic", "dyslexia"],
  ["autistic", "autism"],
  ["anaemic", "anaemia"],
  ["anemic", "anemia"],
  ["celiac", "celiac disease"],
  ["coeliac", "coeliac disease"],
  ["colour blind", "colour blindness"],
  ["color blind", "color blindness"],
  ["hard of hearing", "hard of hearing"],
  ["deaf", "deafness"],
]);

const FALL_ILL =
  /^(?:have (?:got )?|get |develop |catch |pick up |come down with |go down with |diagnose with |suffer from |deal with |nurse |struggle with |fight |be (?:down|laid up|off|out|struggling) with )/u;
const RECOVER = /^(?:recover from |get over |shake off |beat |get rid of |see off )/u;

/** "I've got shin splints", "I'm over the shin splints", "the shin splints have cleared up". */
function ailment(clause: Clause, subject: Subject): Slot[] | undefined {
  if (isPerson(clause) && clause.subject !== "noun" && !clause.isNegated && clause.modality === "") {
    const said = `${clause.verb} ${clause.rest}`.replace(/^(\p{L}+) (?:now |currently |also )+/u, "$1 ");
    const state = clause.verb === "be" ? IS_ILL.get(conditionOf(clause.rest)) : undefined;
    if (state !== undefined) return multiple("health condition", state);
    const ill = FALL_ILL.exec(said);
    const found = ill === null ? null : AILMENT.exec(said.slice(ill[0].length));
    if (found?.[1] !== undefined) return ailmentSlot(found[1], {});
    const well = RECOVER.exec(said);
    const over = well === null ? null : AILMENT.exec(said.slice(well[0].length).replace(/^(?:the|that|my) /u, ""));
    return over?.[1] === undefined ? undefined : ailmentSlot(over[1], { cue: "end" });
  }
  if (subject.kind !== "thing") return undefined;
  const name = AILMENT.exec(normalizeValue(subject.phrase))?.[1];
  const isOver =
    (clause.verb === "clear" && clause.rest.startsWith("up")) ||
    (clause.verb === "go" && /^(?:away)?\b/u.test(clause.rest) && (clause.isPerfect || clause.isPast)) ||
    (/^(?:heal|settle|pass|mend)$/u.test(clause.verb) && !clause.isNegated) ||
    ((clause.verb === "be" || clause.isPassive) &&
      /\b(?:gone|healed|over|better|cured|sorted|behind me)\b/u.test(clause.lower.slice(-24)));
  return name === undefined || !isOver || clause.isNegated ? undefined : ailmentSlot(name, { cue: "end" });
}

function conditionOf(rest: string): string {
  return rest
    .replace(/^(?:(?:also|now|pretty|mildly|slightly|severely|a|type (?:1|2|one|two)) )+/u, "")
    .replace("-", " ");
}

/** What passes takes the place of what passed; what stays stands beside the rest. */
function ailmentSlot(name: string, extra: Partial<Slot>): Slot[] {
  const bare = name.replace(/^(?:an? |really |bad |nasty |awful |terrible |slight |mild |the )+/u, "");
  return CHRONIC.test(bare) ? multiple("health condition", bare, extra) : single("ailment", bare, extra);
}

/** "The shop is closed on Mondays", "support is open till 8". */
function openingHours(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind !== "thing" || clause.isPast || clause.isNegated) return undefined;
  const found =
    /^(?:(?:now|only|always|still) )*(open|closed|shut) (?:(on|till|until|from|at|between) )?(.+?)(?: now| these days| instead)*$/u.exec(
      clause.verb === "be"
        ? clause.rest
        : clause.isPassive && /^(?:close|shut)$/u.test(clause.verb)
          ? `closed ${clause.rest}`
          : "",
    );
  const base = thingBase(subject.phrase);
  if (found?.[3] === undefined || base === undefined) return undefined;
  const value = normalizeValue(found[3]);
  if (
    !isTimeValue(value) &&
    !/^(?:half |quarter )?(?:past |to )?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/u.test(
      value,
    )
  )
    return undefined;
  const state = found[1] === "open" ? "open" : "closed";
  return single(`${state} ${found[2] === "on" ? "days" : "hours"}:${base}`, value);
}

/** "Joel is leading the team", "Olga runs the bakery". */
function inCharge(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind !== "person" || subject.isPronoun || clause.subject !== "noun" || clause.isPast || clause.isNegated)
    return undefined;
  if (
    !/^(?:lead|manage|chair|maintain|head)$/u.test(clause.verb) &&
    !(clause.verb === "run" && isCapitalized(clause.tokens[clause.subjectFrom]))
  )
    return undefined;
  const found = /^(?:the|our|my) ([\p{L} -]{2,40}?)(?: now| these days| at the moment| instead)*$/u.exec(clause.rest);
  const base = found?.[1] === undefined ? undefined : thingBase(found[1]);
  if (base === undefined || /^(?:way|charge|pack|race|marathon|risk|show)$/u.test(base)) return undefined;
  return single(`lead:${base}`, lowerText(clause.tokens, clause.subjectFrom, clause.subjectTo), { isSpeakers: true });
}

const NO_NAME =
  /\b(?:problem|issue|question|answer|reason|point|thing|idea|capital|language|result|winner|author|best|only|first|last|second|next|other|output|error|default|culprit|solution|title|word|letter|acronym|abbreviation|same|difference|rest|first|plan|goal)\b/u;

/** "The gym is Fitworks these days": a definite thing that is named, nothing else said of it. */
function namedDefinite(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind !== "thing" || subject.isPronoun || clause.verb !== "be" || clause.isPast || clause.isNegated)
    return undefined;
  if (!/^the \p{L}+(?: \p{L}+)?$/u.test(subject.phrase) || NO_NAME.test(subject.phrase)) return undefined;
  const rest = clause.rest.replace(/ (?:now|these days|nowadays|instead|from now on)$/u, "");
  const count = rest.split(" ").length;
  const words = clause.tokens.slice(clause.restFrom, clause.restFrom + count);
  if (count > 3 || words.length === 0 || !words.every((token) => isCapitalized(token)) || isTimeValue(rest))
    return undefined;
  const thing = thingOf(subject.phrase);
  if (thing === undefined || thing.isKnown || thing.attribute.includes(":") || PETS.has(thing.attribute))
    return undefined;
  return single(thing.attribute, phraseAfter(clause, /^/u));
}

/** "There are nine of us on the team now". */
export function headCount(clause: Clause): Slot[] | undefined {
  if (clause.subject !== "there" || clause.verb !== "be" || clause.isPast || clause.isNegated) return undefined;
  const found =
    /^(?:now |only |about |around )*(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty) (?:of us|people|members|players|students|kids|developers|engineers|staff) (?:in|on|at) (?:the|our|my) ([\p{L} ]{2,30}?)(?: now| these days)?$/u.exec(
      clause.rest,
    );
  const base = found?.[2] === undefined ? undefined : thingBase(found[2]);
  return base === undefined ? undefined : single(`count:${base}`, found?.[1] ?? "", { isSpeakers: true });
}
