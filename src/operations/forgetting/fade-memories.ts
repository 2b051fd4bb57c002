import { decayPrior } from "../../domain/decay.ts";
import { squash } from "../../retrieval/rank.ts";
import type { RankedMemory } from "../../retrieval/rank.ts";
import type { Recipe } from "../../retrieval/recipes.ts";
import type { Engine } from "../engine.ts";

/**
 * Ranks what is old and unused a little lower. Never a filter: what reaches the threshold before it fades is returned.
 * Pinned memories do not fade.
 */
export async function fadeMemories(
  engine: Engine,
  ranked: readonly RankedMemory[],
  { recipe, threshold, now }: { readonly recipe: Recipe; readonly threshold: number; readonly now: number },
): Promise<RankedMemory[]> {
  const { decay } = engine.settings;
  const found = ranked.filter((entry) => squash(entry.raw, recipe) >= threshold);
  if (decay === null || found.length === 0) return found;
  const { accesses, pinned } = await engine.store.accesses.read(found.map(({ memory }) => memory));
  return found
    .map((entry) => {
      if (pinned.has(entry.memory)) return entry;
      const kept = decayPrior(decay, { saidAt: entry.row.saidAt, accesses: accesses.get(entry.memory), now });
      return { ...entry, raw: entry.raw * kept, prior: entry.prior * kept };
    })
    .toSorted((left, right) => right.raw - left.raw || left.memory - right.memory);
}
