import type { ChainMember, MemoryReference } from "../ports/memory-store.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import type { Candidates } from "./find-candidates.ts";
import type { Engine } from "./engine.ts";

/** So many of the best that may have been replaced, or have replaced another, are looked at, and one for each hit. */
const MOST_MEMBERS = 50;

/** The chains of what was found: of replaced facts, and where a moment is asked about of all facts that fill a slot. */
export async function readChains(
  { store }: Engine,
  ranked: readonly RankedMemory[],
  {
    inactive,
    ofAllSlots,
    topK,
  }: Pick<Candidates, "inactive"> & { readonly ofAllSlots: boolean; readonly topK: number },
): Promise<ReadonlyMap<MemoryReference, readonly ChainMember[]>> {
  const slots = new Map<MemoryReference, string>();
  for (const { memory, row } of ranked) {
    if (slots.size >= MOST_MEMBERS + topK) break;
    if (row.isTurn) continue;
    if (inactive.get(memory) === "superseded" || (ofAllSlots && row.attribute !== null))
      slots.set(memory, row.attribute === null ? `${memory}` : `${row.subject ?? ""}\n${row.attribute}`);
  }
  const chains = new Map<MemoryReference, readonly ChainMember[]>();
  while (slots.size > 0) {
    // One of each slot: most others of it stand in the same chain.
    const starts = [...new Map([...slots].toReversed().map(([memory, slot]) => [slot, memory])).values()];
    const found = await store.findChains(starts);
    for (const start of starts) slots.delete(start);
    for (const [start, chain] of found) {
      chains.set(start, chain);
      for (const { reference } of chain) if (slots.delete(reference)) chains.set(reference, chain);
    }
  }
  return chains;
}
