import { kindOf, KIND_NAMES } from "./kinds.ts";
import type { Clause } from "./parse-clause.ts";
import { multiple, single, type Slot } from "./slot.ts";
import type { Thing } from "./things.ts";
import { lowerText } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue, phraseEnd } from "./values.ts";
import { PHRASE_STOPS } from "./words.ts";

/** A thing that a clause is about: the phrase that names it and how it was introduced. */
export interface Topic {
  readonly phrase: string;
  readonly isOwned: boolean;
  /** A proper name: "Apollo is on hold". */
  readonly isName: boolean;
}

export const VALUE_STOPS: ReadonlySet<string> = new Set(
  [...PHRASE_STOPS]
    .filter(
      (word) =>
        !/^(?:at|on|in|next|last|this|to|from|of|tomorrow|today|tonight|by|with|for|every|per|-|->|my|our)$/u.test(
          word,
        ),
    )
    .concat("starting", "effective", "due", "thanks", "because", "so", "(", "instead"),
);

export const STATUS: RegExp =
  /^(?:(?:now|finally|officially|already|currently|still|back|almost|all|been|fully|completely|temporarily|put) )*(done|finished|completed?|cancell?ed|on hold|on track|on pause|paused|in progress|under way|underway|blocked|live|launched|delayed|approved|rejected|merged|deployed|released|shipped|open|closed|pending|archived|deprecated|under review|in review|in production|in beta|in testing|in planning|in development|in design|in staging|in limbo|planned|over|postponed|overdue|stalled|abandoned|called off|scrapped|dropped|down|up and running|broken|fixed|resolved|online|offline|behind schedule|ahead of schedule|ready|active|inactive|discontinued|shut down|submitted|published|halted|frozen|signed|sold|unblocked)\b(?! (?:to|until|till|for|by|from|on|at|with|in) .*\d)/u;

/** A value for a thing, in the form that the thing's values have. */
export function thingStatement(thing: Thing, text: string, extra: Partial<Slot>): Slot[] | undefined {
  let value = normalizeValue(text);
  if (thing.attribute.startsWith("status:")) {
    const status = STATUS.exec(text.trim());
    if (status?.[1] !== undefined) value = statusWord(status[1]);
  }
  if (thing.attribute.startsWith("schedule:") || thing.attribute.startsWith("deadline")) {
    value = value.replace(
      /^(?:(?:scheduled|set|planned|due|booked|moved|for|on|at|by|held|taking place|happening|starting|back|up|it|to|the) )+/u,
      "",
    );
    if (!isTimeValue(value)) return undefined;
  } else if (/^(?:phone|port|version)/u.test(thing.attribute)) {
    value = value.replace(/^(?:number|port|version|v(?=\d)) ?/u, "");
  } else if (/^(?:url|host|domain|endpoint)(?::|$)/u.test(thing.attribute)) {
    return single(urlSlot(thing.attribute), value, extra);
  } else if (thing.attribute === "number" && /^[+(]?\d[\d ()./-]{5,}$/u.test(value)) {
    return single("phone", value, extra);
  }
  // "My physio is on Wednesdays": the person is named for the appointment.
  if (APPOINTED.test(thing.attribute) && isTimeValue(value))
    return single(`schedule:${thing.attribute} appointment`, value.replace(/^(?:on|at|in|to) /u, ""), extra);
  const words = value.split(" ");
  // "Nothing Phone", "Lincoln High": names whose words would judge elsewhere.
  const isName = kindOf(value) !== undefined || (thing.attribute === "school" && /\S high$/u.test(value));
  if (value === "" || words.length > 12 || (isJudgement(value) && !isName)) return undefined;
  if (thing.cardinality === "multiple") return multiple(thing.attribute, value, extra);
  return single(thing.attribute, value, extra);
}

const APPOINTED =
  /^(?:doctor|dentist|therapist|psychiatrist|physiotherapist|vet|hairdresser|barber|accountant|lawyer|tutor)$/u;

/** The staging server's address and "the staging URL" are one slot. */
export function urlSlot(attribute: string): string {
  const base = attribute
    .replace(/^(?:url|host|endpoint|domain|location|address):?/u, "")
    .replace(/ ?\b(?:server|environment|site|website|host|url|instance)\b/gu, "")
    .trim();
  return base === "" ? "url" : `url:${base}`;
}

export function statusOf(thing: Thing, word: string, isPast: boolean): Slot[] {
  const status = statusWord(word);
  if (thing.attribute.startsWith("schedule:") && status === "cancelled")
    return single(thing.attribute, status, { cue: "end" });
  return [
    {
      attribute: `status:${thing.attribute.replace(/^(?:schedule|status|deadline):/u, "")}`,
      value: status,
      cardinality: "single",
      isPast,
    },
  ];
}

function statusWord(word: string): string {
  return word
    .replace("canceled", "cancelled")
    .replace("called off", "cancelled")
    .replace(/^(?:done|finished|complete|completed)$/u, "done")
    .replace("on pause", "paused")
    .replace("underway", "in progress")
    .replace("under way", "in progress")
    .replace(/^(?:launched|in production|up and running)$/u, "live")
    .replace("in review", "under review")
    .replace(/^(?:in|on) /u, "");
}

export function versioned(slots: Slot[] | undefined, thing: Thing): Slot[] | undefined {
  // "upgraded Node to 22" is about the version of Node.
  return slots?.map((slot) =>
    kindOf(thing.attribute) !== undefined && /^v?\d/u.test(slot.value)
      ? { ...slot, attribute: `version:${thing.attribute}`, value: slot.value.replace(/^v/u, "") }
      : slot,
  );
}

export function isChangeValue(text: string, thing: Thing): boolean {
  const value = normalizeValue(text);
  if (isNumericValue(value) || isTimeValue(value)) return true;
  return thing.isKnown
    ? !isJudgement(value) && value.split(" ").length <= 6
    : kindOf(value) !== undefined || KIND_NAMES.has(thing.attribute) || value.split(" ").length <= 3;
}

export function cutAtStops(clause: Clause, value: string): string {
  const from = clause.rest.length - value.length;
  let length = 0;
  let index = clause.restFrom;
  const base = clause.tokens[clause.restFrom]?.start ?? 0;
  while (index < clause.end && length < from) {
    const next = clause.tokens[index + 1];
    const token = clause.tokens[index];
    if (token === undefined) break;
    length += token.lower.length + (next !== undefined && next.start > token.end ? 1 : 0);
    index += 1;
  }
  return base < 0 ? value : lowerText(clause.tokens, index, phraseEnd(clause.tokens, index, clause.end, VALUE_STOPS));
}
