import type { Engine } from "./engine.ts";
import type { RankedHit } from "./search-memories.ts";
import { withoutHiddenWords } from "./visible-text.ts";

/** What deleted memories rested on is cut out; a hit of which nothing is left is dropped. */
export async function hideDeleted(engine: Engine, hits: readonly RankedHit[]): Promise<RankedHit[]> {
  const visible = await withoutHiddenWords(
    engine,
    hits.map(({ stored }) => stored),
  );
  const byReference = new Map(visible.map((stored) => [stored.reference, stored]));
  return hits.flatMap((hit) => {
    const left = byReference.get(hit.stored.reference);
    return left === undefined ? [] : [{ ...hit, stored: left }];
  });
}
