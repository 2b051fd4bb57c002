import type { MemoryReference } from "../ports/memory-store.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import type { TurnIndex } from "../retrieval/turn-index.ts";

/** A line of a context block is cut to about this length. */
const LINE_CHARACTERS = 700;

/** How many of the ranked memories give the wanted tokens of evidence, as far as lengths of passages tell. */
export function hitsForTokens(
  ranked: readonly RankedMemory[],
  index: TurnIndex,
  { tokens, atMost }: { readonly tokens: number; readonly atMost: number },
): number {
  let characters = 0;
  let count = 0;
  const seen = new Set<MemoryReference>();
  for (const { row } of ranked) {
    if (count >= atMost || characters >= tokens * 4) break;
    count += 1;
    for (const message of row.messages.length === 0 ? [row.memory] : row.messages) {
      if (seen.has(message)) continue;
      seen.add(message);
      const first = index.turnOfMemory(message)?.documents[0];
      const length = first === undefined ? row.characters : (index.documents[first]?.characters ?? 0);
      characters += Math.min(LINE_CHARACTERS, length);
    }
  }
  return count;
}
