import type { MemoryItem } from "../../domain/search-result.ts";
import type { Engine } from "../engine.ts";

/** Patterns, and what was said to be derived, with the ids of what they rest on; everything else as it is. */
export async function withEvidence<Item extends MemoryItem>(engine: Engine, items: readonly Item[]): Promise<Item[]> {
  const derived = items.filter(({ kind }) => kind !== "message");
  if (derived.length === 0) return [...items];
  const evidence = await engine.store.provenance.readEvidence(derived.map(({ id }) => id));
  return items.map((item) => {
    const restsOn = evidence.get(item.id);
    return restsOn === undefined ? item : { ...item, restsOn };
  });
}
