import type { MemoryRecord, Span } from "../domain/memory.ts";
import { findOpenSince } from "./durations.ts";
import { findDates, type ResolvedDate } from "./resolve-dates.ts";

/** A text in which a time was said, and the part of it that counts. */
interface DatedText {
  readonly text: string;
  readonly saidAt: number;
  readonly spans: readonly Span[];
}

/**
 * The words that name the time of a memory, as they were said: those of its sources that resolve to its validity,
 * the nearest to what it cites.
 */
export function findTimeWords(
  record: Pick<MemoryRecord, "text" | "saidAt" | "validFrom" | "validTo" | "language">,
  sources: readonly DatedText[],
): string | undefined {
  const { validFrom, validTo } = record;
  if (validFrom === undefined && validTo === undefined) return undefined;
  const fits = ({ from, to }: ResolvedDate): boolean =>
    from === validFrom || (validFrom === undefined && to === validTo);
  for (const { text, saidAt, spans } of sources) {
    const found = findDates(text, saidAt, record.language).filter(fits);
    const inside = found.find((date) => spans.some(({ start, end }) => date.start >= start && date.end <= end));
    const words = (inside ?? found[0])?.phrase;
    if (words !== undefined) return words;
  }
  for (const { text, saidAt, spans } of sources) {
    for (const { start, end } of spans) {
      const since = findOpenSince(text.slice(start, end), saidAt);
      if (since !== undefined && since.from === validFrom) return since.phrase;
    }
  }
  return findDates(record.text, record.saidAt, record.language).find(fits)?.phrase;
}
