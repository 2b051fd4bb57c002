import type { ChangeCue } from "../../domain/extracted-fact.ts";
import type { Clause } from "./parse-clause.ts";
import { lowerText } from "./tokens.ts";
import { normalizeAmount, normalizeValue, phraseEnd, valueOf } from "./values.ts";

/** A statement about a slot, found in a clause. */
export interface Slot {
  readonly attribute: string;
  readonly value: string;
  readonly cardinality: "single" | "multiple";
  /** True when the slot is the speaker's although the clause has another subject: "Green is my favourite colour". */
  readonly isSpeakers?: boolean;
  /** Where the verb itself says so: "quit", "moved to". */
  readonly cue?: ChangeCue;
  /** Says only that the value was so once: "used to live in", "worked at". */
  readonly isPast?: boolean;
  /** Token range of the value among list items: the sentence is said once per item. */
  readonly item?: { readonly from: number; readonly to: number; readonly listFrom: number; readonly listTo: number };
  /** Replaces the sentence: "{speaker}'s sister is Anna". `{S}` stands for the speaker. */
  readonly text?: string;
}

/** A rule reads one clause. It returns the slots it is sure of, or undefined. */
export type SlotRule = (clause: Clause) => readonly Slot[] | undefined;

export function single(attribute: string, value: string, extra: Partial<Slot> = {}): Slot[] {
  const normal = normalizeAmount(normalizeValue(value));
  return normal === "" || normal.length > 80 ? [] : [{ attribute, value: normal, cardinality: "single", ...extra }];
}

export function multiple(attribute: string, value: string, extra: Partial<Slot> = {}): Slot[] {
  const normal = normalizeValue(value);
  return normal === "" || normal.length > 80 ? [] : [{ attribute, value: normal, cardinality: "multiple", ...extra }];
}

export function subjectText(clause: Clause): string {
  return lowerText(clause.tokens, clause.subjectFrom, clause.subjectTo);
}

export function isPerson(clause: Clause): boolean {
  return (
    clause.subject !== "it" &&
    clause.subject !== "this" &&
    clause.subject !== "there" &&
    clause.subject !== "none" &&
    clause.subject !== "you"
  );
}

export function isFirstPerson(clause: Clause): boolean {
  return clause.subject === "i" || clause.subject === "we";
}

/** The state is over: "used to", or a plain past of a state verb without a sign that it goes on. */
export function isFormer(clause: Clause): boolean {
  if (clause.modality === "used") return true;
  return clause.isPast && !clause.isPerfect && !clause.isPassive;
}

/** The token index behind a match at the head of the rest; -1 when it does not match. */
export function afterMatch(clause: Clause, pattern: RegExp): number {
  const match = pattern.exec(clause.rest);
  if (match === null || match.index !== 0) return -1;
  return tokenAt(clause, match[0].length);
}

/** The index of the first token that starts at or behind the given character of the rest. */
export function tokenAt(clause: Clause, characters: number): number {
  const base = clause.tokens[clause.restFrom]?.start ?? 0;
  let length = 0;
  for (let index = clause.restFrom; index < clause.end; index += 1) {
    const token = clause.tokens[index] as Clause["tokens"][number];
    const isGlued =
      index > clause.restFrom && (clause.tokens[index - 1] as Clause["tokens"][number]).end === token.start;
    if (index > clause.restFrom && !isGlued) length += 1;
    if (length >= characters && token.start >= base) return index;
    length += token.lower.length;
  }
  return clause.end;
}

/** The phrase behind a match at the head of the rest, as a normalised value; "" when there is none. */
export function phraseAfter(clause: Clause, pattern: RegExp): string {
  const from = afterMatch(clause, pattern);
  return from < 0 ? "" : valueOf(clause.tokens, from, phraseEnd(clause.tokens, from, clause.end));
}

/** The same behind the first characters of the rest. */
export function phraseBehind(clause: Clause, characters: number): string {
  const from = tokenAt(clause, characters);
  return valueOf(clause.tokens, from, phraseEnd(clause.tokens, from, clause.end));
}
