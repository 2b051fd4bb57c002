import type { Span } from "../../domain/memory.ts";
import { foldAccents } from "../../text/fold.ts";

/** Finds where a quote stands in a text: word for word, else but for case, spacing, accents and marks. */
export type QuoteFinder = (quote: string) => Span | undefined;

/** A finder for one text, whose words are folded once and only when a quote is not there word for word. */
export function createQuoteFinder(text: string): QuoteFinder {
  let words: Word[] | undefined;
  return (quote) => findQuote(text, quote, () => (words ??= wordsOf(text)));
}

function findQuote(text: string, quote: string, readWords: () => readonly Word[]): Span | undefined {
  const bare = quote.trim().replace(/^["'“”„«»‘’]+|["'“”„«»‘’]+$/gu, "");
  if (bare.length < 2) return undefined;
  const exact = text.indexOf(bare);
  if (exact >= 0) return { start: exact, end: exact + bare.length };
  const parts = bare.split(/\s*(?:…|\.{3})\s*/u).filter((part) => part.length > 3);
  const words = readWords();
  return (
    findWords(words, wordsOf(bare)) ?? (parts.length > 1 ? findWords(words, wordsOf(parts[0] as string)) : undefined)
  );
}

interface Word extends Span {
  readonly folded: string;
}

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+/gu), ({ 0: word, index }) => ({
    folded: foldAccents(word).toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** Knuth, Morris and Pratt over words: linear however often a text repeats itself. */
function findWords(words: readonly Word[], wanted: readonly Word[]): Span | undefined {
  if (wanted.length === 0 || wanted.length > words.length) return undefined;
  const back = [0];
  for (let index = 1, length = 0; index < wanted.length; index += 1) {
    while (length > 0 && wanted[index]?.folded !== wanted[length]?.folded) length = back[length - 1] as number;
    if (wanted[index]?.folded === wanted[length]?.folded) length += 1;
    back.push(length);
  }
  for (let index = 0, length = 0; index < words.length; index += 1) {
    while (length > 0 && words[index]?.folded !== wanted[length]?.folded) length = back[length - 1] as number;
    if (words[index]?.folded === wanted[length]?.folded) length += 1;
    if (length === wanted.length) return { start: words[index - length + 1]?.start ?? 0, end: words[index]?.end ?? 0 };
  }
  return undefined;
}
