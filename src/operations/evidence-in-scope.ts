import { reachesRun } from "../domain/evidence-reach.ts";
import type { Filter } from "../domain/filter.ts";
import type { StoredMemory } from "../ports/memory-store.ts";

/** A memory with those of its sources alone that the caller's filter reaches. */
export function withEvidenceInScope(stored: StoredMemory, filter: Filter): StoredMemory {
  const { record } = stored;
  const evidence = stored.evidence.filter(({ runId }) => reachesRun(filter, record, runId));
  if (evidence.length === stored.evidence.length) return stored;
  const sources = evidence.map(({ messageId, spans }) => ({ messageId, spans }));
  return { ...stored, record: { ...record, sources }, evidence };
}
