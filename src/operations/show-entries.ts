import type { SearchRequest } from "../domain/requests.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { asKnownAt, withEvidenceUntil } from "./known-view.ts";
import type { RankedHit } from "./search-memories.ts";
import { isVisible } from "./visibility.ts";

/** Reads entries with their words, in order; what is expired or did not hold at the moment asked about is left out. */
export async function showEntries(
  engine: Engine,
  request: Omit<SearchRequest, "topK" | "explain">,
  entries: readonly RankedMemory[],
  now: number,
  atMost: number,
): Promise<RankedHit[]> {
  const hydrated = await engine.store.hydrate(entries.map((entry) => entry.memory));
  const stored = await asKnownAt(engine, hydrated, request.knownAt);
  const byReference = new Map(stored.map((memory) => [memory.reference, memory]));
  const hits: RankedHit[] = [];
  for (const entry of entries) {
    const memory = byReference.get(entry.memory);
    if (memory !== undefined && hits.length < atMost && isVisible(memory.record, request, now))
      hits.push({ entry, stored: withEvidenceUntil(withEvidenceInScope(memory, request.scope.filter), request.asOf) });
  }
  return hits;
}
