import { askedTypes } from "../retrieval/asked-types.ts";
import { graphBoosts } from "../retrieval/graph-boost.ts";
import type { RankedMemory } from "../retrieval/rank.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import type { QueryUnderstanding } from "../retrieval/understand-query.ts";
import type { Engine } from "./engine.ts";

/** Questions whose answer is gathered from several memories. */
const GATHERING: ReadonlySet<QueryUnderstanding["shape"]> = new Set(["list", "count", "compare"]);

/** Lifts memories by what they name, where the recipe asks for it and the question gathers; the order is by evidence again. */
export async function liftByGraph(
  engine: Engine,
  ranked: readonly RankedMemory[],
  { text, shape, recipe }: { text: string; shape: QueryUnderstanding["shape"]; recipe: Recipe },
): Promise<readonly RankedMemory[]> {
  if (!GATHERING.has(shape)) return ranked;
  const types = recipe.answerTypeBoost === 1 ? [] : askedTypes(text);
  if (recipe.graphWeight === 0 && types.length === 0) return ranked;
  const best = ranked.slice(0, recipe.graphMemories);
  const { marks, relations } = await engine.store.graph.readMarks(best.map(({ memory }) => memory));
  const boosts = graphBoosts({ ranked: best, marks, relations, askedTypes: types, recipe });
  if (boosts.size === 0) return ranked;
  return ranked
    .map((entry) => {
      const boost = boosts.get(entry.memory);
      return boost === undefined ? entry : { ...entry, prior: entry.prior * boost, raw: entry.raw * boost };
    })
    .toSorted((left, right) => right.raw - left.raw);
}
