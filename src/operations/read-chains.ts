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
  const members: MemoryReference[] = [];
  for (const { memory, row } of ranked) {
    if (members.length >= MOST_MEMBERS + topK) break;
    if (row.isTurn) continue;
    if (inactive.get(memory) === "superseded" || (ofAllSlots && row.attribute !== null)) members.push(memory);
  }
  return members.length === 0 ? new Map() : store.findChains(members);
}
