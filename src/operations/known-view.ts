import type { HistoryEvent, HistoryRow } from "../domain/history.ts";
import type { MemoryRecord, MemoryState } from "../domain/memory.ts";
import type { StoredMemory } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";

/** What a read asks for beside its words: a moment in the world, and one in the life of the store. */
export interface Moment {
  /** Epoch milliseconds; null: now. */
  readonly asOf: number | null;
  readonly knownAt: number | null;
}

/** The state that a change leaves behind; others leave it as it was. */
const STATE_AFTER: Readonly<Partial<Record<HistoryEvent, MemoryState>>> = {
  ADD: "active",
  SUPERSEDE: "superseded",
  MERGE: "merged",
  DELETE: "deleted",
  RESTORE: "active",
};

/**
 * Memories as the store knew them at a moment: with the words that they had, and without the ends, successors and
 * evidence that it learnt of later. What it did not know is left out. A memory that was deleted since stays deleted.
 */
export async function asKnownAt(
  engine: Engine,
  memories: readonly StoredMemory[],
  knownAt: number | null,
): Promise<StoredMemory[]> {
  if (knownAt === null) return [...memories];
  const known: StoredMemory[] = [];
  for (const stored of memories) {
    if (stored.record.createdAt > knownAt) continue;
    const then = withEvidenceKnown(stored, knownAt);
    if (stored.record.updatedAt <= knownAt) {
      known.push(then);
      continue;
    }
    const record = recordAt(stored.record, await engine.store.getHistory(stored.record.id), knownAt);
    if (record !== null) known.push({ ...then, record: { ...record, sources: then.record.sources } });
  }
  return known;
}

function recordAt(record: MemoryRecord, history: readonly HistoryRow[], knownAt: number): MemoryRecord | null {
  const rows = history.toSorted((left, right) => left.version - right.version);
  const before = rows.filter(({ at }) => at <= knownAt);
  const text = before.at(-1)?.newText ?? null;
  if (text === null) return null;
  const later = rows.slice(before.length).map(({ event }) => STATE_AFTER[event]);
  if (record.state === "deleted" || later.every((state) => state === undefined)) return { ...record, text };
  let state: MemoryState = "active";
  for (const { event } of before) state = STATE_AFTER[event] ?? state;
  // A value that came in as one of the past has been that from the start.
  if (state === "active" && record.state === "superseded" && !later.includes("superseded")) state = "superseded";
  if (state !== "active") return { ...record, text, state };
  const { replacedBy: _replacedBy, retractedAt: _retractedAt, validTo, ...rest } = record;
  // The end of a value that was replaced was learnt with its successor.
  const isLaterEnd = record.state === "superseded" || validTo === undefined;
  return { ...rest, text, state, ...(isLaterEnd ? {} : { validTo }) };
}

function withEvidenceKnown(stored: StoredMemory, knownAt: number): StoredMemory {
  const evidence = stored.evidence.filter(({ createdAt }) => createdAt <= knownAt);
  if (evidence.length === stored.evidence.length) return stored;
  const sources = evidence.map(({ messageId, spans }) => ({ messageId, spans }));
  return { ...stored, record: { ...stored.record, sources }, evidence };
}

/** Without the messages that were said after the moment, where others are left: they restate what was known. */
export function withEvidenceUntil(stored: StoredMemory, asOf: number | null): StoredMemory {
  if (asOf === null || stored.isTurn) return stored;
  const evidence = stored.evidence.filter(({ saidAt }) => saidAt <= asOf);
  if (evidence.length === 0 || evidence.length === stored.evidence.length) return stored;
  const sources = evidence.map(({ messageId, spans }) => ({ messageId, spans }));
  return { ...stored, record: { ...stored.record, sources }, evidence };
}
