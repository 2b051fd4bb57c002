import type { MemoryRecord } from "../domain/memory.ts";
import { trueFrom, trueUntil, type DatedRecord } from "../domain/validity.ts";

/** Whether the record was true in the world at `time`; the end is exclusive, an unknown start is when it was said. */
export function isTrueAt(record: DatedRecord, time: number): boolean {
  return trueFrom(record) <= time && time < trueUntil(record);
}

/**
 * Whether the store held the record at `time`. A change leaves the old value known (it was true until then);
 * a correction, a merge and a deletion end it with `retractedAt`.
 */
export function wasKnownAt(record: Pick<MemoryRecord, "createdAt" | "retractedAt">, time: number): boolean {
  return record.createdAt <= time && time < (record.retractedAt ?? Number.POSITIVE_INFINITY);
}

/**
 * Of records of one slot, those that were the last word at `time`: true then, and begun latest. A short interval
 * inside a longer one wins while it lasts. More than one is an undecided conflict.
 */
export function lastWordAt<R extends DatedRecord>(records: readonly R[], time: number): readonly R[] {
  let latest = Number.NEGATIVE_INFINITY;
  let found: R[] = [];
  for (const record of records) {
    if (!isTrueAt(record, time)) continue;
    const start = trueFrom(record);
    if (start > latest) {
      latest = start;
      found = [];
    }
    if (start === latest) found.push(record);
  }
  return found;
}
