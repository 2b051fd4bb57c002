import type { Subject } from "./discourse.ts";
import { frameAttribute, placeAttribute, thingBase } from "./frame-names.ts";
import type { Clause } from "./parse-clause.ts";
import { isFirstPerson, isPerson, multiple, single, type Slot } from "./slot.ts";
import { type Topic, VALUE_STOPS } from "./thing-values.ts";
import { thingOf } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue, phraseEnd } from "./values.ts";
import { KIN, STOP_WORDS, wordSet } from "./words.ts";

/** Longer clauses tell a story. */
const MOST_WORDS = 18;
const PLACES = "in|at|under|behind|near|inside|next to|opposite|above|below|on top of|beside|outside|over at|over in";
const WHERE = new RegExp(`^(?:${PLACES}) (.+)$`, "u");
const WHERE_OR_WHEN = new RegExp(`^(${PLACES}|on|with|for|by|from|till|until|up to) (.+)$`, "u");
const LEADING =
  /^(?:(?:now|currently|still|back|always|all|usually|normally|just|only|mostly|actually|being|located|kept|stored) )*/u;
/** Who is in charge is one slot, in whichever verb it is said. */
const CHARGE = /^(?:run|manage|lead|head|chair|maintain|staff|oversee|coordinate|supervise|coach|organise|organize)$/u;
const OWNERSHIP = /^(?:own|hold)$/u;
const STORAGE = /^(?:park|keep|store|lock|moor|file|hang|locate|base|house|host|bury|plug|place|put)$/u;
/** What one does as a rule with a thing of one's own. */
const HABITS = wordSet(
  "keep do get take have wear walk teach play bank charge share report train park shop write track store study practise practice sit sleep commute coach draw record host file do travel cycle swim volunteer worship rent board eat spend log back pay order meet",
);
const NO_OBJECT =
  /^(?:it|this|that|them|these|those|so|what|how|you|your|time|fun|care|part|place|well|much|more|some|a lot|lots|everything|anything|nothing|something|myself|ourselves|yourself|issues?|problems?|trouble|an?|no|any|too|like|with you|for you|to)\b/u;

/**
 * The fallback where no rule knows the verb: what a thing, or a person in what they do as a rule, is said to be at, with,
 * by or for. The verb and its thing name the slot, what follows the preposition is the value.
 */
export function frameStatement(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind === "unknown" || clause.isPerfect || clause.isNegated || clause.isPast) return undefined;
  if (clause.modality !== "" && clause.modality !== "will") return undefined;
  if (clause.end - clause.start > MOST_WORDS || clause.lower.includes(" if ")) return undefined;
  if (clause.verb === "be" && /\b(?:what|who|why|how|where|when)\b/u.test(clause.rest)) return undefined;
  if (subject.kind === "thing") {
    const topic = { phrase: subject.phrase, isOwned: subject.isOwned, isName: subject.isName };
    return isNameable(clause, topic, subject.isPronoun) ? ofThing(clause, topic) : undefined;
  }
  if (clause.modality === "will") return undefined;
  return subject.kind === "person" ? ofPerson(clause, subject) : ofSpeaker(clause);
}

/** "The bins", "my pension", "book club", "on-call": not a pronoun, a sentence part or a generality. */
function isNameable(clause: Clause, topic: Topic, isPronoun: boolean): boolean {
  if (topic.isOwned || isPronoun) return true;
  const first = clause.tokens[clause.subjectFrom];
  if (first === undefined || topic.phrase.split(" ").length > 6) return false;
  if (
    /^(?:one|each|every|all|most|many|some|another|both|other|no|nobody|somebody|everyone|people|things?|part|the (?:best|only|point|problem|issue|idea|trick|way|reason|thing|question|answer|error|result|other|same|first|last|second|code|function|output|following|rest|difference|goal|key|whole|fact|trouble|news|world|weather|sun|sky))\b/u.test(
      topic.phrase,
    )
  )
    return false;
  return first.lower === "the" || topic.phrase.split(" ").length <= 3;
}

function ofThing(clause: Clause, topic: Topic): Slot[] | undefined {
  const base = thingBase(topic.phrase);
  if (base === undefined) return undefined;
  const isDefinite = topic.isOwned || topic.isName || /^the |'s /u.test(topic.phrase);
  const hasDefinite = / (?:the|my|our|\p{L}+'s) /u.test(` ${clause.rest}`);
  const accept = (value: string): boolean => isValue(clause, value, isDefinite || hasDefinite);
  const rest = clause.rest.replace(LEADING, "");
  if (clause.verb === "be") {
    const found = WHERE_OR_WHEN.exec(rest);
    if (found?.[1] === undefined || found[2] === undefined) return undefined;
    const value = cut(clause, found[2]);
    if (!accept(value)) return undefined;
    if (isTimeValue(value) || isClock(value)) return single(`schedule:${base}`, value);
    if (found[1] === "with") return single(`with:${base}`, value);
    if (found[1] === "for") return single(`for:${base}`, value);
    if (found[1] === "on" && !/^(?:the|my|our) |floor$/u.test(found[2])) return single(`on:${base}`, value);
    return /^(?:till|until|from|by|up to)$/u.test(found[1]) ? undefined : single(placeAttribute(base), value);
  }
  if (clause.isProgressive) return undefined;
  if (clause.isPassive) return participle(clause, base, rest, accept);
  if (clause.verb === "belong" && rest.startsWith("to ")) {
    const value = cut(clause, rest.slice(3));
    return accept(value) ? single(`owner:${base}`, value) : undefined;
  }
  return complement(clause, base, rest, accept);
}

function participle(
  clause: Clause,
  base: string,
  rest: string,
  accept: (value: string) => boolean,
): Slot[] | undefined {
  const found = /^(by|with|in|at|on|for|to|from|under|behind|through|as) (.+)$/u.exec(rest);
  const verb = clause.verb;
  if (found?.[1] === undefined || found[2] === undefined) {
    const color = /^(?:paint|dye|colour|color)$/u.test(verb) ? cut(clause, rest) : "";
    return color === "" ? undefined : single(`color:${base}`, color);
  }
  const value = cut(clause, found[2]);
  if (!accept(value)) return undefined;
  if (isTimeValue(value)) return single(`schedule:${base}`, value);
  if (found[1] === "by")
    return single(
      CHARGE.test(verb) ? `lead:${base}` : OWNERSHIP.test(verb) ? `owner:${base}` : frameAttribute(verb, "by", base),
      value,
    );
  if (STORAGE.test(verb) && found[1] !== "with" && found[1] !== "for") return single(placeAttribute(base), value);
  return single(frameAttribute(verb, found[1], base), value);
}

/** "The app talks to Postgres", "the bins go out on Tuesdays", "the cat eats Whiskas". */
function complement(
  clause: Clause,
  base: string,
  rest: string,
  accept: (value: string) => boolean,
): Slot[] | undefined {
  const found =
    /^(?:(out|up|in|off|over|down|back|away) )?(?:(on|at|in|to|from|with|for|by|till|until|about|under|behind|through|into|as) )?(.+)$/u.exec(
      rest,
    );
  if (
    found?.[3] === undefined ||
    /^(?:be|seem|look|feel|mean|need|want|make|let|say|keep|matter|have)$/u.test(clause.verb)
  )
    return undefined;
  const value = cut(clause, found[3]);
  if (!accept(value)) return undefined;
  const preposition = found[2] ?? "";
  if (
    isTimeValue(value) ||
    /^(?:daily|weekly|monthly|fortnightly|quarterly|yearly|hourly|twice a \w+|once a \w+)$/u.test(value)
  )
    return /^(?:close|shut|end|finish|expire)$/u.test(clause.verb)
      ? single(`end:${base}`, value)
      : single(`schedule:${base}`, value);
  if (
    isClock(value) &&
    /^(?:at|till|until|from|by)$/u.test(preposition) &&
    /^(?:open|close|shut|start|end|finish|begin|run|go)$/u.test(clause.verb)
  )
    return single(/^(?:close|shut|end|finish)$/u.test(clause.verb) ? `end:${base}` : `schedule:${base}`, value);
  // Without a preposition the object may be anything: only amounts and names are told as what they are.
  if (preposition === "" && !isNumericValue(value) && !hasName(clause)) return undefined;
  return single(frameAttribute(clause.verb, `${found[1] ?? ""} ${preposition}`, base), value);
}

function ofPerson(clause: Clause, subject: Extract<Subject, { kind: "person" }>): Slot[] | undefined {
  const rest = clause.rest.replace(LEADING, "");
  if (clause.verb === "be") {
    const found = WHERE.exec(rest);
    if (found?.[1] === undefined || clause.subject !== "noun") return undefined;
    const value = cut(clause, found[1]);
    const isPlace = hasName(clause) && isValue(clause, value, true) && !isTimeValue(value);
    const isKin = KIN.has(clause.tokens[clause.subjectTo - 1]?.lower ?? "") || subject.person.gender !== "unknown";
    return isPlace && isKin ? single("residence", value) : undefined;
  }
  if (clause.isPassive || clause.isProgressive) return undefined;
  if (/^(?:sleep|eat|weigh|work|train|play|go|study|sit|teach|bank|commute|wear|take|coach)$/u.test(clause.verb))
    // When somebody does so is a habit and no thing's schedule.
    return complement(clause, "", rest, (value) => isValue(clause, value, true))?.filter(
      ({ attribute }) => !attribute.endsWith(":"),
    );
  return undefined;
}

/** The groups, levels and plans one is in or on: the last word names the slot. */
const MEMBERSHIP =
  /^(?:(?:moved|put|bumped|promoted|switched|assigned) )?(?:up |down |back |over )?(?:in|on|in to|into|onto|on to|to) (?:the |an? )?((?:[\p{L}\d'-]+ ){0,3}(shift|team|plan|squad|rota|tariff|stream|set|tier|board|committee|waiting list|track|programme|program|course|group|class|level|year)(?: \d+| [a-z])?)(?: of (\p{L}+))?$/u;

/** "I'm on the late shift", "I've been moved up to the A team", "I've upgraded to the pro plan". */
export function membership(clause: Clause): Slot[] | undefined {
  return memberOf(clause) ?? groupOf(clause);
}

const MEMBER =
  /^(?:(?:still|also|now|currently|proud|paying|active|a|an|the|new|longtime) )*member (?:of|at) (?:the |an? |my |our )?(\p{L}[\p{L}\p{N}'&. -]{1,60}?)(?: (?:now|again|anymore|any more|any longer|these days))?$/u;

/** "I'm a member of the Saffron Choir", and "I'm no longer a member of …", which ends it. */
function memberOf(clause: Clause): Slot[] | undefined {
  if (clause.verb !== "be" || clause.isPast || clause.modality !== "" || !isPerson(clause)) return undefined;
  const [group] = (MEMBER.exec(clause.rest)?.[1] ?? "").split(/ (?:and|since|for|where|until|with|from|because)(?= )/u);
  if (group === undefined || group === "") return undefined;
  return multiple("member of", group, clause.isNegated ? { cue: "end" } : {});
}

function groupOf(clause: Clause): Slot[] | undefined {
  if (!isFirstPerson(clause) || clause.isNegated || clause.modality !== "") return undefined;
  const isChange = /^(?:move|upgrade|downgrade|switch|go|change|put|bump|promote|transfer|assign|get|step|drop)$/u.test(
    clause.verb,
  );
  if (clause.verb !== "be" && !isChange) return undefined;
  const rest = clause.rest
    .replace(LEADING, "")
    .replace(
      / (?:now|these days|at the moment|from now on|instead|at present|for now|this (?:term|year|month|week|season))$/u,
      "",
    );
  const found = MEMBERSHIP.exec(rest);
  if (found?.[1] === undefined || found[2] === undefined || found[1] === found[2]) return undefined;
  if (isJudgement(found[1])) return undefined;
  // "The A team" keeps its letter, which a value would lose as an article.
  return [
    {
      attribute: found[3] === undefined ? found[2] : `${found[2]}:${found[3]}`,
      value: found[1],
      cardinality: "single",
      ...(isChange ? { cue: "change" as const } : {}),
    },
  ];
}

function ofSpeaker(clause: Clause): Slot[] | undefined {
  const rest = clause.rest.replace(LEADING, "");
  if (!isFirstPerson(clause) || clause.isProgressive) return undefined;
  if (clause.verb === "be") {
    const charge = /^(?:in charge of|responsible for|looking after) (.+)$/u.exec(rest);
    return charge?.[1] === undefined ? undefined : single("responsibility", cut(clause, charge[1]));
  }
  if (clause.isPassive) {
    const found = /^(?:with|at|on|by|to|in) (.+)$/u.exec(rest);
    if (found?.[1] === undefined || !/^(?:register|pay|enrol|enroll|insure|assign|sign|contract)$/u.test(clause.verb))
      return undefined;
    const value = cut(clause, found[1]);
    return isValue(clause, value, true)
      ? single(isTimeValue(value) ? `${clause.verb} day` : `${clause.verb} with`, value)
      : undefined;
  }
  if (!HABITS.has(clause.verb) || NO_OBJECT.test(rest) || clause.adverbs.includes("never")) return undefined;
  const placed =
    /^((?:(?:my|our|the) )?(?:\p{L}[\p{L}'-]* ){1,2}?)(?:(?:cut|done|checked|delivered|repaired|washed|serviced) )?(in|at|on|with|under|from|before|after|for|to|by|through) (.+)$/u.exec(
      rest,
    );
  if (placed?.[1] !== undefined && placed[3] !== undefined) {
    const object = thingOf(placed[1].trim());
    const value = cut(clause, placed[3]);
    if (
      object === undefined ||
      !isValue(clause, value, true) ||
      /^(?:fact|case|general|mind|order|way|time|moment|hand|it|that|this)$/u.test(value)
    )
      return undefined;
    const isOwn = /^(?:my|our|the) /u.test(placed[1]) || hasName(clause);
    if (!isOwn) return undefined;
    const isWhen =
      isTimeValue(value) ||
      /^(?:before|after)$/u.test(placed[2] ?? "") ||
      /^(?:night|noon|lunch|breakfast|work|bedtime|dawn)$/u.test(value);
    if (!isWhen && STORAGE.test(clause.verb) && /^(?:in|at|on|under)$/u.test(placed[2] ?? ""))
      return single(placeAttribute(object.attribute.replace(/^\w+:/u, "")), value);
    const name = `${clause.verb} ${object.attribute.replace(/^\w+:/u, "")}`;
    return single(
      isWhen ? `${name} time` : `${name} at`,
      isWhen ? `${/^(?:before|after)$/u.test(placed[2] ?? "") ? `${placed[2]} ` : ""}${value}` : value,
    );
  }
  const bare = /^(?:(with|for|into|at|in|on|to) )?(.+)$/u.exec(rest);
  if (bare?.[2] === undefined) return undefined;
  const value = cut(clause, bare[2]);
  if (!isValue(clause, value, false) && !(isNumericValue(value) && value.split(" ").length > 1)) return undefined;
  if (bare[1] === undefined && !/^(?:teach|charge|play)$/u.test(clause.verb)) return undefined;
  if (
    bare[1] !== undefined &&
    !/^(?:bank|play|report|train|shop|meet|sit|teach|volunteer|worship|board|sleep|park|swim|practise|practice|work)$/u.test(
      clause.verb,
    )
  )
    return undefined;
  return single(`${clause.verb} ${bare[1] === undefined ? "what" : bare[1].replace(/^(?:in|on)$/u, "at")}`, value);
}

/** A name, an amount, a time or a definite thing: what a slot can hold. */
function isValue(clause: Clause, value: string, isDefinite: boolean): boolean {
  const normal = normalizeValue(value);
  const count = normal.split(" ").length;
  if (
    normal === "" ||
    count > 6 ||
    /^(?:it|this|that|them|him|her|you|me|us|what|how|which|fact|case|general|mind|order|way|all|well|least|first|last|once|now|more|less)\b/u.test(
      normal,
    )
  )
    return false;
  if (isTimeValue(normal) || isNumericValue(normal) || isClock(normal) || hasName(clause)) return true;
  if (STOP_WORDS.has(normal.split(" ")[0] ?? "")) return false;
  return isDefinite && !isJudgement(normal) && count <= 4;
}

function hasName(clause: Clause): boolean {
  return clause.tokens.slice(clause.restFrom, clause.end).some((token) => isCapitalized(token) && token.lower !== "i");
}

const CLOCK =
  /^(?:(?:half|quarter) (?:past |to )?)?(?:\d{1,2}(?:[:.]\d{2})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/u;

function isClock(value: string): boolean {
  return CLOCK.test(value);
}

/** The phrase at the clause's end, cut where another phrase begins. */
function cut(clause: Clause, text: string): string {
  const words = text.length;
  let from = clause.end;
  for (let index = clause.end - 1; index >= clause.restFrom; index -= 1) {
    if (lowerText(clause.tokens, index, clause.end).length > words) break;
    from = index;
  }
  const end = phraseEnd(clause.tokens, from, clause.end, VALUE_STOPS);
  return normalizeValue(
    lowerText(clause.tokens, from, end).replace(
      / (?:from|starting|as of|since|until) (?:now|today|tomorrow|next|this|last|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b.*$/u,
      "",
    ),
  );
}
