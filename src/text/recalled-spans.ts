import type { Span } from "../domain/memory.ts";

/** A word, folded, with its place in the text as written. */
export interface PlacedWord extends Span {
  readonly text: string;
}

export function placeWords(text: string, pattern: RegExp): PlacedWord[] {
  return Array.from(text.matchAll(pattern), ({ 0: word, index }) => ({
    text: word.normalize("NFKC").toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** The lines that hold something, without their breaks. */
export function linesOf(text: string): Span[] {
  return Array.from(text.matchAll(/[^\n]*\S[^\n]*/gu), ({ 0: line, index }) => ({
    start: index,
    end: index + line.length,
  }));
}

/** The sentences of a stretch of the text. */
export function sentencesOf(text: string, { start, end }: Span): Span[] {
  return Array.from(
    text.slice(start, end).matchAll(/.+?(?:[.!?]+(?=\s|$)|[。！？]+|$)/gu),
    ({ 0: sentence, index }) => ({
      start: start + index,
      end: start + index + sentence.length,
    }),
  );
}

/** Runs of at least so many words that pass the test, from the first letter to the last. */
export function runsOf(words: readonly PlacedWord[], passes: (index: number) => boolean, least: number): Span[] {
  const runs: Span[] = [];
  for (let first = 0; first < words.length; first += 1) {
    let next = first;
    while (next < words.length && passes(next)) next += 1;
    if (next - first >= least) runs.push({ start: words[first]?.start ?? 0, end: words[next - 1]?.end ?? 0 });
    first = Math.max(first, next);
  }
  return runs;
}

/** What is left of spans when others are cut out; both in order. */
export function withoutSpans(spans: readonly Span[], cut: readonly Span[]): Span[] {
  return spans.flatMap(({ start, end }) => {
    const left: Span[] = [];
    let from = start;
    for (const hole of cut) {
      if (hole.end <= from || hole.start >= end) continue;
      if (hole.start > from) left.push({ start: from, end: hole.start });
      from = hole.end;
    }
    if (from < end) left.push({ start: from, end });
    return left;
  });
}

/** The share (0 to 1) of the first spans that lies inside the others. */
export function shareInside(spans: readonly Span[], others: readonly Span[]): number {
  const total = lengthOf(spans);
  return total === 0 ? 0 : 1 - lengthOf(withoutSpans(spans, others)) / total;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}
