import { kindOf } from "./kinds.ts";
import { findRecurrence } from "../../text/recurrence.ts";
import type { Clause } from "./parse-clause.ts";
import { isFormer, isPerson, multiple, phraseAfter, single, type Slot, type SlotRule } from "./slot.ts";
import { dietValue } from "./slots-preference.ts";
import { languages } from "./slots-study.ts";
import { thingOf } from "./things.ts";
import { isNumericValue, isTimeValue, normalizeValue } from "./values.ts";
import { wordSet } from "./words.ts";

/** Tools, habits and amounts: what people use, play, take, earn, weigh. */
export const USAGE_RULES: Readonly<Record<string, SlotRule>> = {
  use: (clause) => used(clause, /^/u),
  utilize: (clause) => used(clause, /^/u),
  adopt: (clause) => used(clause, /^/u, "change"),
  run: (clause) => distance(clause) ?? used(clause, /^(?:on |it on |everything on )?/u),
  host: (clause) => used(clause, /^(?:it |everything |our \w+ |the \w+ |my \w+ )?(?:on|with|at|in) /u),
  deploy: (clause) => used(clause, /^(?:it |everything |our \w+ |the \w+ |my \w+ )?(?:to|on|with) /u),
  write: (clause) => used(clause, /^(?:it |everything |our \w+ |the \w+ |my \w+ |all our \w+ )?in /u),
  build: (clause) => used(clause, /^(?:it |everything |our \w+ |the \w+ |my \w+ )?(?:with|on|in) /u),
  pick: (clause) => used(clause, /^/u, "change"),
  choose: (clause) => used(clause, /^/u, "change"),
  select: (clause) => used(clause, /^/u, "change"),
  go: (clause) => (clause.rest.startsWith("with ") ? used(clause, /^with /u, "change") : commuted(clause)),
  settle: (clause) => used(clause, /^on /u, "change"),
  decide: (clause) => used(clause, /^(?:on|for) /u, "change"),
  standardize: (clause) => used(clause, /^on /u, "change"),
  drink: (clause) =>
    clause.isNegated && !clause.isPast && isPerson(clause)
      ? multiple("avoids", phraseAfter(clause, /^(?:any |much )?/u))
      : used(clause, /^(?:a lot of |lots of |only |mostly )?/u),
  code: (clause) => used(clause, /^in /u),
  program: (clause) => used(clause, /^in /u),
  bank: (clause) => single("bank", phraseAfter(clause, /^(?:with|at) /u)),
  play: (clause) => activity(clause, "plays", /^(?:the |some )?/u),
  practice: (clause) => activity(clause, "practices", /^/u),
  practise: (clause) => activity(clause, "practices", /^/u),
  do: (clause) =>
    /^(?:yoga|pilates|crossfit|karate|judo|boxing|kickboxing|aerobics|ballet|pottery|gymnastics|parkour|meditation)\b/u.test(
      clause.rest,
    )
      ? activity(clause, "practices", /^/u)
      : undefined,
  learn: (clause) =>
    languages(clause) ??
    (clause.isProgressive ? multiple("learning", phraseAfter(clause, /^(?:to )?(?:play (?:the )?)?/u)) : undefined),
  read: (clause) =>
    clause.isProgressive ? single("reading", phraseAfter(clause, /^(?!about|up on|through|a lot)/u)) : undefined,
  watch: (clause) =>
    clause.isProgressive ? single("watching", phraseAfter(clause, /^(?!out|over|a lot|my|the kids)/u)) : undefined,
  put: (clause) =>
    clause.rest.startsWith("me on ")
      ? dietValue(clause, clause.rest.slice("me on ".length), "change")?.map((slot) => ({ ...slot, isSpeakers: true }))
      : undefined,
  weigh: (clause) => amount(clause, "weight", /^(?:about |around |in at )?/u),
  earn: (clause) => amount(clause, "salary", /^/u),
  make: (clause) =>
    /\b(?:a|per) (?:year|month|hour)\b|\bannually\b/u.test(clause.rest) ? amount(clause, "salary", /^/u) : undefined,
  pay: paid,
  take: taken,
  smoke: (clause) => (isPerson(clause) ? multiple("habit", "smoking", { isPast: isFormer(clause) }) : undefined),
  // "Slept for eleven hours" tells of one night.
  sleep: (clause) =>
    clause.isPast && clause.modality !== "used"
      ? undefined
      : amount(clause, "sleep", /^(?:for |about |around |only )*/u),
  wake: (clause) => amount(clause, "wake time", /^(?:up )?(?:at |around |by )/u),
  get: (clause) => amount(clause, "wake time", /^up (?:at |around |by )/u),
  commute: (clause) =>
    single("commute", phraseAfter(clause, /^(?:to work )?(?:by |via |on |with )/u), { isPast: isFormer(clause) }),
  bike: toWork,
  cycle: toWork,
  walk: toWork,
  drive: toWork,
  see: (clause) => seen(clause),
  wear: (clause) => {
    const size = /^(?:a )?size (\d+(?:[.,/]\d+)?) ?(shoes?|boots?|trousers|jeans|shirts?|dress(?:es)?|rings?)?/u.exec(
      clause.rest,
    );
    return size?.[1] === undefined || clause.isPast ? undefined : single(`size:${size[2] ?? "clothes"}`, size[1]);
  },
  train: (clause) =>
    clause.rest.startsWith("for ") && clause.isProgressive
      ? multiple("training for", phraseAfter(clause, /^for /u))
      : undefined,
  volunteer: (clause) =>
    multiple("volunteers at", phraseAfter(clause, /^(?:at|with|for) /u), { isPast: clause.modality === "used" }),
  collect: (clause) =>
    !clause.isPast && isPerson(clause) ? multiple("collects", phraseAfter(clause, /^/u)) : undefined,
};

const NOTHING = wordSet(
  "following same right it this that them you one something everything some what how lot time my the him her",
);

function used(clause: Clause, pattern: RegExp, cue?: Slot["cue"]): Slot[] | undefined {
  if (!isPerson(clause) && clause.subject !== "noun") return undefined;
  if (clause.modality === "would" || clause.modality === "can") return undefined;
  const value = phraseAfter(clause, pattern);
  if (value === "" || NOTHING.has(value.split(" ")[0] ?? "")) return undefined;
  const isPast = isFormer(clause) && cue === undefined;
  const extra: Partial<Slot> = { isPast, ...(cue === undefined ? {} : { cue }) };
  const kind = kindOf(value);
  if (kind !== undefined) return single(kind, value, extra);
  const purpose =
    /(?:^|\s)(?:for|as) (?:my |our |the |an? )?([a-z][a-z -]{2,30}?)(?: now| these days| instead| going forward)?$/u.exec(
      clause.rest,
    )?.[1];
  const thing = purpose === undefined ? undefined : thingOf(purpose);
  if (
    thing !== undefined &&
    purpose !== undefined &&
    !/(?:^| )(?:sake|years|months|weeks|while|now|me|us|work|it|that|this)$/u.test(purpose)
  )
    return single(/:|^schedule/u.test(thing.attribute) ? `tool:${purpose}` : thing.attribute, value, extra);
  const isTool = /^(?:use|adopt|utilize|decide|standardize|settle|pick|choose|select|go)$/u.test(clause.verb);
  // "A Garmin watch" is which watch is used.
  const worn =
    /^\p{L}[\p{L}\d -]* (watch|bike|laptop|camera|printer|keyboard|monitor|tablet|router|razor|toothbrush)$/u.exec(
      value,
    )?.[1];
  if (worn !== undefined && isTool) return single(worn, value, extra);
  return isTool && value.split(" ").length <= 5 && !isTimeValue(value) ? multiple("uses", value, extra) : undefined;
}

function amount(clause: Clause, attribute: string, pattern: RegExp): Slot[] | undefined {
  if (!isPerson(clause) || clause.isNegated) return undefined;
  const value = phraseAfter(clause, pattern);
  return isNumericValue(value) || (attribute === "wake time" && isTimeValue(value))
    ? single(attribute, value, { isPast: isFormer(clause) })
    : undefined;
}

/** "I pay 900 for rent", "I pay my landlord 900". */
function paid(clause: Clause): Slot[] | undefined {
  const match =
    /^(?:about |around |only |now )*([$€£]?\s?[\d.,]+k?(?: ?(?:euros?|dollars?|eur|usd|pounds|bucks))?)(?: (?:a|per) (?:month|year|week))?(?: (?:in|for|on|towards?) (?:my |our |the |a )?(.+?))?(?: now| these days| (?:a|per|every|each) (?:month|week|year)| (?:instead of|rather than|not) .+)*$/u.exec(
      clause.rest,
    );
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const thing = thingOf(match[2]);
  if (thing === undefined || clause.isPast) return undefined;
  return single(thing.attribute.startsWith("price") ? thing.attribute : `price:${thing.attribute}`, match[1]);
}

/** "I take 20 mg of lisinopril", "I take the bus to work". */
function taken(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || isFormer(clause)) return undefined;
  const dose =
    /^(\d[\d.,]*\s?(?:mg|mcg|g|ml|µg|iu|tablets?|pills?|milligrams?|drops))(?: of)? ([a-z][a-z -]{2,30}?)(?= (?:a|per|every|twice|once|daily|now|for|in|each|before|after|these)\b|$|,)/u.exec(
      clause.rest,
    );
  if (dose?.[1] !== undefined && dose[2] !== undefined) return single(`dose:${dose[2]}`, dose[1]);
  const medicine = /^([a-z][a-z -]{2,30}?) (?:for (?:my )?[a-z ]+|(?:once|twice|every|daily) ?[a-z ]*)$/u.exec(
    clause.rest,
  );
  const way =
    /^(?:the |my )?(?:number )?(?:\d+ )?(bus|train|tram|subway|metro|tube|car|bike|ferry|underground) to (?:work|the office|school|campus)/u.exec(
      clause.rest,
    );
  if (way?.[1] !== undefined) return single("commute", way[1]);
  return medicine?.[1] !== undefined &&
    /(?:ol|in|ine|ide|one|pril|statin|formin|pam|prazole|vitamin|insulin|ibuprofen|aspirin|supplements?|antibiotics|medication)\b/u.test(
      medicine[1],
    )
    ? multiple("medication", medicine[1])
    : undefined;
}

function toWork(clause: Clause): Slot[] | undefined {
  return /^to (?:work|the office|school|campus)\b/u.test(clause.rest) && !clause.isPast
    ? single("commute", clause.verb === "cycle" ? "bike" : clause.verb === "drive" ? "car" : clause.verb)
    : undefined;
}

function commuted(clause: Clause): Slot[] | undefined {
  const way = /^to (?:work|the office|school|campus) (?:by|on) ([a-z]+)/u.exec(clause.rest);
  return way?.[1] === undefined || clause.isPast ? undefined : single("commute", way[1]);
}

function seen(clause: Clause): Slot[] | undefined {
  const match =
    /^(?:an? |my |the )?(?:new )?(therapist|dentist|doctor|physio|coach|trainer|tutor)\b.*? (?:on |at |(?=every |each |once |twice ))(.+)$/u.exec(
      clause.rest,
    );
  if (match?.[1] === undefined || match[2] === undefined || clause.isPast) return undefined;
  const attribute = `schedule:${match[1]} appointment`;
  const again = findRecurrence(match[2])?.words;
  if (again !== undefined) return [{ attribute, value: again.replace(/^on /u, ""), cardinality: "single" }];
  return isTimeValue(match[2]) ? single(attribute, match[2]) : undefined;
}

function distance(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.form === "past" || clause.isPast) return undefined;
  const match =
    /^(?:about |around |only |now )?(\d[\d.]*\s?(?:km|k|miles|kilometers|kilometres))\b.*\b(?:a|per|every|each) (?:week|day|month|morning|sunday|saturday)/u.exec(
      clause.rest,
    );
  return match?.[1] === undefined ? undefined : single("running distance", match[1]);
}

function activity(clause: Clause, attribute: string, pattern: RegExp): Slot[] | undefined {
  if (!isPerson(clause) || clause.modality === "would" || clause.modality === "will") return undefined;
  if (clause.isPast && clause.modality !== "used" && !clause.isPerfect) return undefined;
  const value = phraseAfter(clause, pattern);
  if (value === "" || NOTHING.has(value.split(" ")[0] ?? "") || normalizeValue(value).split(" ").length > 4)
    return undefined;
  return multiple(attribute, value, { isPast: clause.modality === "used" });
}
