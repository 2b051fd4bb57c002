import type { SearchHit } from "../domain/search-result.ts";
import { squash } from "../retrieval/rank.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import { presentMemory } from "./present-memory.ts";
import type { RankedHit } from "./search-memories.ts";

/** A hit in the shape that callers see. */
export function presentHit({ entry, stored, rerank }: RankedHit, recipe: Recipe, explain: boolean): SearchHit {
  return {
    ...presentMemory(stored),
    score: Math.round(squash(entry.raw, recipe) * 10_000) / 10_000,
    ...(explain
      ? {
          scoreBreakdown: {
            lexical: entry.lexical,
            dense: entry.dense,
            slot: entry.slot,
            prior: entry.prior,
            ...(rerank === undefined ? {} : { rerank }),
            raw: entry.raw,
            recipe: recipe.name,
          },
        }
      : {}),
  };
}
