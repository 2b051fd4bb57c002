import type { EntityType } from "../domain/entity.ts";
import type { MemoryReference } from "../ports/memory-store.ts";
import type { Recipe } from "./recipes.ts";

/** An entity that a memory, or a fact that rests on it, names. */
export interface EntityMark {
  readonly memory: MemoryReference;
  readonly entity: number;
  readonly type: EntityType;
}

export interface GraphBoostInput {
  /** The best memories with their evidence, best first. */
  readonly ranked: readonly { readonly memory: MemoryReference; readonly raw: number }[];
  readonly marks: readonly EntityMark[];
  /** Entities that a relation joins. */
  readonly relations: readonly (readonly [number, number])[];
  /** Types of which the question wants to know the names. */
  readonly askedTypes: readonly EntityType[];
  readonly recipe: Pick<Recipe, "graphWeight" | "graphSeeds" | "graphDamping" | "answerTypeBoost">;
}

const ROUNDS = 12;
/** What more than this share of the memories names tells none of them apart: the speakers themselves. */
const HUB_SHARE = 0.25;

/**
 * By how much each memory's evidence is lifted: for naming what the best ones name, directly or over relations
 * (personalised PageRank, restarted at the best), and for naming something of the type that is asked for.
 */
export function graphBoosts(input: GraphBoostInput): ReadonlyMap<MemoryReference, number> {
  const { ranked, recipe, askedTypes } = input;
  const boosts = new Map<MemoryReference, number>();
  if (recipe.graphWeight > 0) {
    const rank = walk(input);
    const most = Math.max(0, ...rank.values());
    if (most > 0) for (const [memory, share] of rank) boosts.set(memory, 1 + (recipe.graphWeight * share) / most);
  }
  if (recipe.answerTypeBoost !== 1 && askedTypes.length > 0) {
    const answering = new Set(input.marks.filter(({ type }) => askedTypes.includes(type)).map(({ memory }) => memory));
    for (const { memory } of ranked)
      if (answering.has(memory)) boosts.set(memory, (boosts.get(memory) ?? 1) * recipe.answerTypeBoost);
  }
  return boosts;
}

/** Where a walk is that goes from memories to what they name and back, and starts again at the best memories. */
function walk({ ranked, marks, relations, recipe }: GraphBoostInput): Map<MemoryReference, number> {
  const degree = new Map<number, number>();
  for (const { entity } of marks) degree.set(entity, (degree.get(entity) ?? 0) + 1);
  const most = Math.max(3, ranked.length * HUB_SHARE);
  const edges = new Map<string, Map<string, number>>();
  const join = (left: string, right: string, weight: number): void => {
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as const) {
      const known = edges.get(from) ?? new Map<string, number>();
      known.set(to, (known.get(to) ?? 0) + weight);
      edges.set(from, known);
    }
  };
  for (const { memory, entity } of marks) {
    const uses = degree.get(entity) ?? 1;
    if (uses < most) join(`m${memory}`, `e${entity}`, Math.log(1 + ranked.length / uses));
  }
  for (const [left, right] of relations)
    if ((degree.get(left) ?? 1) < most && (degree.get(right) ?? 1) < most) join(`e${left}`, `e${right}`, 1);
  const seeds = ranked.slice(0, recipe.graphSeeds);
  const total = seeds.reduce((sum, { raw }) => sum + raw, 0);
  if (total <= 0) return new Map();
  const restart = new Map(seeds.map(({ memory, raw }) => [`m${memory}`, raw / total]));
  let share = new Map(restart);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Map([...restart].map(([node, weight]) => [node, weight * (1 - recipe.graphDamping)]));
    for (const [node, held] of share) {
      const out = edges.get(node);
      if (out === undefined) {
        next.set(node, (next.get(node) ?? 0) + held * recipe.graphDamping);
        continue;
      }
      const sum = [...out.values()].reduce((all, weight) => all + weight, 0);
      for (const [to, weight] of out) next.set(to, (next.get(to) ?? 0) + (held * recipe.graphDamping * weight) / sum);
    }
    share = next;
  }
  return new Map(
    ranked.flatMap(({ memory }): [MemoryReference, number][] => {
      const held = share.get(`m${memory}`);
      return held === undefined
        ? []
        : [[memory, Math.max(0, held - (restart.get(`m${memory}`) ?? 0) * (1 - recipe.graphDamping))]];
    }),
  );
}
