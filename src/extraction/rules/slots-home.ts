import { kindOf } from "./kinds.ts";
import { isOccupation } from "./occupations.ts";
import type { Clause } from "./parse-clause.ts";
import { afterMatch, isPerson, single, tokenAt, type Slot } from "./slot.ts";
import { isCapitalized } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, phraseEnd, valueOf } from "./values.ts";

export const PLACE: RegExp =
  /^(?:(?:out|over|up|down|back|just|right|now|with (?:my|his|her|their) \w+|alone|together|outside|here)\s)*(?:in|at|on|near|outside|around|by|of|out of) /u;

export function residence(clause: Clause, pattern: RegExp, isPast: boolean, cue?: Slot["cue"]): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const from = afterMatch(clause, pattern);
  if (from < 0) return undefined;
  const value = placeValue(clause, from);
  if (value === "" || /^(?:moment|present|office|same|morning|evening|peace|fear|future|past|end|edge)$/u.test(value))
    return undefined;
  return single("residence", value, { isPast, ...(cue === undefined ? {} : { cue }) });
}

/** "a flat in Kreuzberg, Berlin": the named place, else the words. */
function placeValue(clause: Clause, from: number): string {
  const end = phraseEnd(clause.tokens, from, clause.end);
  let start = from;
  for (let index = from; index < end; index += 1) {
    if (/^(?:in|near|at|of)$/u.test(clause.tokens[index]?.lower ?? "") && isCapitalized(clause.tokens[index + 1]))
      start = index + 1;
  }
  // "the city of X": the name alone; "a small town near the sea": the words.
  return valueOf(clause.tokens, start, phraseEnd(clause.tokens, start, end));
}

export function moved(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.isNegated) return undefined;
  const last = /^(?:.*?\s)?(?:to|into|in)\s(?!with\b)/u.exec(clause.rest);
  const direct =
    /^(?:(?:back|out|over|down|up|away|again|here|abroad|house|in|from [^,]{2,40}?|with (?:my|his|her|their) \w+|the family|everything|our family|my family|we|all)\s)*?(?:to|into)\s/u.exec(
      clause.rest,
    );
  const match = direct ?? (last !== null && last[0].length < 8 ? last : null);
  if (match === null) return /^back home\b/u.test(clause.rest) ? undefined : undefined;
  const from = tokenAt(clause, match[0].length);
  const value = placeValue(clause, from);
  if (
    /\b(?:job|company|role|team|department|position|firm|startup|bank)\b/u.test(value) ||
    /\bas an? \w+/u.test(clause.rest)
  ) {
    return isOccupation(value)
      ? single("role", value, { cue: "change" })
      : single("employer", value, { cue: "change" });
  }
  // A move to a tool or a habit is none of the home's business.
  if (value === "" || kindOf(value) !== undefined || isJudgement(value) || isTimeValue(value) || isNumericValue(value))
    return undefined;
  if (
    !startsCapitalized(clause, from) &&
    !/\b(?:city|town|village|countryside|suburbs?|house|apartment|flat|studio|place|coast|country|farm|island|district|condo|dorm|abroad)\b/u.test(
      value,
    )
  )
    return undefined;
  return single("residence", value, { cue: "change" });
}

export function startsCapitalized(clause: Clause, from: number): boolean {
  for (let index = from; index < Math.min(clause.end, from + 4); index += 1)
    if (isCapitalized(clause.tokens[index])) return true;
  return false;
}
