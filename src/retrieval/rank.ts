import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import type { EmbeddingSpace } from "../ports/embedder.ts";
import type { QueryUnderstanding } from "./understand-query.ts";
import type { Recipe } from "./recipes.ts";
import { scoreLexical } from "./score-lexical.ts";
import type { TermStatistics } from "./score-lexical.ts";
import type { Turn, TurnIndex } from "./turn-index.ts";

/** Where a score comes from; every hit can show it. */
export interface ScoreBreakdown {
  /** BM25 share of what the query could reach, with what neighbours lend. */
  readonly lexical: number;
  /** Standard deviations of the similarity above that of unrelated texts; 0 without a vector. */
  readonly dense: number;
  /** Product of the bounded priors: speaker, role, question, time, entity. */
  readonly prior: number;
  /** Evidence before it is mapped to 0 … 1. */
  readonly raw: number;
}

/** A memory with its evidence, before facts and messages are collapsed. */
export interface RankedMemory extends ScoreBreakdown {
  readonly memory: MemoryReference;
  readonly row: TurnRow;
  /** Share of the query's words that it holds itself, nothing borrowed. */
  readonly own: number;
}

export interface RankInput {
  readonly index: TurnIndex;
  readonly query: QueryUnderstanding;
  readonly recipe: Recipe;
  readonly statistics?: TermStatistics;
  /** Raw cosine per passage, where there is a vector. */
  readonly similarities: ReadonlyMap<number, number>;
  readonly space?: EmbeddingSpace;
  /** Memories that mention an entity of the query. */
  readonly mentioning: ReadonlySet<MemoryReference>;
}

/**
 * Fuses the rankers: `raw = (lexical + weight * dense) * priors`. Each part is normalised against something that
 * does not depend on what else was found (what the query could reach; the space's background), so that a score
 * means the same in every search. Returns the memories with any evidence, best first, older first on ties.
 */
export function rank(input: RankInput): RankedMemory[] {
  const { index, query, recipe, similarities, space } = input;
  const lexical = scoreLexical(index, query.terms, recipe, input.statistics);
  const hasAssistant = index.documents.some((row) => row.role === "assistant");
  const best = new Map<MemoryReference, RankedMemory>();
  const denseWeight = space === undefined ? 0 : recipe.denseWeight * Math.min(1, space.weight);
  for (const [place, row] of index.documents.entries()) {
    const lexicalScore = lexical.scores[place] as number;
    const dense = space === undefined ? 0 : denseScore(index, place, similarities, space, recipe);
    const isMentioned = input.mentioning.has(row.memory);
    if (lexicalScore <= 0 && dense <= 0 && !isMentioned) continue;
    const prior =
      priorOf(row, query, recipe, { isLong: lexical.isLong, hasAssistant }) * (isMentioned ? recipe.entityBoost : 1);
    const raw = (lexicalScore + denseWeight * dense) * prior;
    const known = best.get(row.memory);
    if (known !== undefined && known.raw >= raw) continue;
    best.set(row.memory, {
      memory: row.memory,
      row,
      lexical: lexicalScore,
      dense,
      prior,
      raw,
      own: lexical.own[place] as number,
    });
  }
  return [...best.values()].toSorted((left, right) => right.raw - left.raw || left.memory - right.memory);
}

/** Maps evidence to 0 … 1, monotone and the same for every query. */
export function squash(raw: number, recipe: Recipe): number {
  return raw <= 0 ? 0 : 1 - Math.exp(-recipe.squash * raw);
}

/** Weighted mean of a passage's and its neighbours' similarity, in deviations above the background. */
function denseScore(
  index: TurnIndex,
  place: number,
  similarities: ReadonlyMap<number, number>,
  space: EmbeddingSpace,
  recipe: Recipe,
): number {
  const own = similarities.get((index.documents[place] as TurnRow).passage);
  if (own === undefined) return 0;
  const { mean, deviation } = space.background;
  let sum = own * (recipe.denseSmoothing[0] ?? 1);
  let weights = recipe.denseSmoothing[0] ?? 1;
  const number = index.turnOf[place] as number;
  if (number >= 0) {
    for (let distance = 1; distance < recipe.denseSmoothing.length; distance += 1) {
      for (const side of [-distance, distance]) {
        const other = index.neighbour(number, side);
        if (other === undefined) continue;
        const turn = index.turns[other] as Turn;
        const edge = (side < 0 ? turn.documents.at(-1) : turn.documents[0]) as number;
        const similarity = similarities.get((index.documents[edge] as TurnRow).passage);
        if (similarity === undefined) continue;
        const weight = recipe.denseSmoothing[distance] as number;
        sum += similarity * weight;
        weights += weight;
      }
    }
  }
  return Math.max(0, Math.min(6, (sum / weights - mean) / deviation));
}

/** People talk about a day from shortly before it to some weeks after it. */
const WINDOW_BEFORE_MS = 3 * 86_400_000;
const WINDOW_AFTER_MS = 30 * 86_400_000;

function priorOf(
  row: TurnRow,
  query: QueryUnderstanding,
  recipe: Recipe,
  scope: { isLong: boolean; hasAssistant: boolean },
): number {
  let prior = 1;
  if (row.name !== null && query.namedSpeakers.includes(row.name)) prior *= recipe.speakerBoost;
  if (row.isQuestion) prior *= recipe.questionDamping;
  if (query.asksWhen && row.hasTimeExpression) prior *= recipe.whenBoost;
  if (scope.hasAssistant && row.role === "user" && !query.asksAboutAssistant) prior *= recipe.userBoost;
  if (!scope.isLong) prior *= 1 + recipe.lengthPrior * Math.log(1 + row.termCount);
  const { window } = query;
  if (window !== undefined && row.saidAt >= window.from - WINDOW_BEFORE_MS && row.saidAt < window.to + WINDOW_AFTER_MS)
    prior *= recipe.windowBoost;
  return prior;
}
