import type { Span } from "./memory.ts";

export const ENTITY_TYPES = [
  "person",
  "place",
  "organization",
  "product",
  "project",
  "concept",
  "date",
  "amount",
  "identifier",
  "quote",
  "other",
] as const;

export type EntityType = (typeof ENTITY_TYPES)[number];

/** A named thing as a memory names it. */
export interface Mention {
  /** As written. */
  readonly name: string;
  readonly type: EntityType;
}

export interface Entity {
  readonly id: string;
  /** The spelling seen first. */
  readonly name: string;
  readonly type: EntityType;
  /** Other names of it, and what it is to somebody: "User's sister". */
  readonly aliases: readonly string[];
  /** Active memories that name it, by any of its names. */
  readonly mentions: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Scripts that are written without spaces: a name begins and ends anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
const WORD_SIGN = /[\p{L}\p{N}_]/u;

/** Where a text has a name, as whole words and in whatever case: half-open ranges of UTF-16 offsets, at most `limit`. */
export function spansOfName(text: string, name: string, limit = 50): Span[] {
  const key = normalizeEntityName(name);
  const lower = text.toLowerCase();
  // Offsets of the lower case are those of the text only where their lengths are equal.
  if (key === "" || lower.length !== text.length) return [];
  const isSpaced = !UNSPACED.test(key);
  const spans: Span[] = [];
  for (let at = lower.indexOf(key); at !== -1 && spans.length < limit; at = lower.indexOf(key, at + key.length)) {
    const end = at + key.length;
    const isInside =
      isSpaced &&
      (WORD_SIGN.test(charBefore(text, at)) || WORD_SIGN.test(String.fromCodePoint(text.codePointAt(end) ?? 32)));
    if (!isInside) spans.push({ start: at, end });
  }
  return spans;
}

function charBefore(text: string, at: number): string {
  const code = text.charCodeAt(at - 1);
  return at === 0 ? " " : text.slice(code >= 0xdc00 && code <= 0xdfff ? at - 2 : at - 1, at);
}

/** Entities are the same when these are equal: NFKC, lower case, single spaces, no possessive. */
export function normalizeEntityName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/['’]s$/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
}
