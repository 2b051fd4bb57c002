import { findKeyBlocks, findSecrets, outsideImages, replaceSpans } from "./mask-secrets.ts";
import type { MaskedText } from "./mask-secrets.ts";
import type { SecretSpan } from "./secret-words.ts";

/** About how many characters one step looks at: a few milliseconds. */
const STEP = 48_000;
/**
 * What is read on both sides of a step: more than any form of a secret looks around, so that one at the border of two
 * steps is found as in one piece.
 */
const OVERLAP = 6_000;

/**
 * `maskSecrets` in steps, for texts that must not hold the event loop: between two steps the caller may give others
 * their turn. Steps end at a line, else at white space, and read beyond their ends; a secret belongs to the step in
 * which it begins, and one longer than what is read has the step widened to its end.
 */
export function* maskSecretsInSteps(text: string): Generator<undefined, MaskedText, undefined> {
  const spans = findKeyBlocks(text);
  for (let start = 0; start < text.length;) {
    const end = stepEnd(text, start);
    for (const span of findBetween(text, start, end)) spans.push(span);
    start = end;
    if (start < text.length) yield;
  }
  return replaceSpans(text, outsideImages(text, spans));
}

/** The secrets that begin between two places. */
function findBetween(text: string, start: number, end: number): SecretSpan[] {
  const from = Math.max(0, start - OVERLAP);
  for (let reach = OVERLAP; ; reach *= 4) {
    const to = Math.min(text.length, end + reach);
    const spans = findSecrets(text.slice(from, to))
      .map((span) => ({ ...span, start: span.start + from, end: span.end + from }))
      .filter((span) => span.start >= start && span.start < end);
    if (to === text.length || spans.every((span) => span.end < to)) return spans;
  }
}

function stepEnd(text: string, start: number): number {
  const last = start + STEP;
  if (last + OVERLAP >= text.length) return text.length;
  for (const border of ["\n", " "]) {
    const found = text.lastIndexOf(border, last);
    if (found > last - OVERLAP) return found + 1;
  }
  const code = text.charCodeAt(last - 1);
  // Never between the halves of a surrogate pair.
  return code >= 0xd8_00 && code <= 0xdb_ff ? last + 1 : last;
}
