import type { EmbeddingSpace } from "../ports/embedder.ts";
import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import type { TurnIndex } from "./turn-index.ts";

/** So many deviations above unrelated texts it is at the least. */
const LEAST = 1;
/** A newer statement is at least this share as near as the older. */
const SHARE = 0.4;
/** The older may be nearer; where more is, the statement is one of many on a topic, and no value of one thing. */
const MOST_NEARER = 1;

/** How near in meaning statements are to the question. */
export interface Nearness {
  /**
   * Whether a newer statement is about as near as an older one, and few of its speaker are nearer: what it says of
   * another value need then not be said to be a change.
   */
  readonly isAsNear: (newer: TurnRow, older: TurnRow) => boolean;
}

export function nearnessIn(
  { index, similarities }: { readonly index: TurnIndex; readonly similarities: Float64Array | undefined },
  space: EmbeddingSpace | undefined,
): Nearness | undefined {
  if (similarities === undefined || space === undefined) return undefined;
  const { background } = space;
  const at = (place: number): number => {
    const similarity = similarities[place] ?? Number.NaN;
    return Number.isNaN(similarity) ? 0 : (similarity - background.mean) / background.deviation;
  };
  const of = ({ passage }: TurnRow): number => at(index.placeOf(passage) ?? -1);
  return {
    isAsNear(newer, older) {
      const near = of(newer);
      if (near < LEAST || near < of(older) * SHARE) return false;
      const nearer = new Set<MemoryReference>();
      for (const [place, row] of index.documents.entries()) {
        if (at(place) <= near || row.role === "assistant" || row.name !== newer.name || row.isQuestion) continue;
        nearer.add(row.isTurn ? row.memory : (row.messages[0] ?? row.memory));
        if (nearer.size > MOST_NEARER) return false;
      }
      return true;
    },
  };
}
