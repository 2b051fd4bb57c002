import type { Feedback } from "../domain/memory.ts";
import type { MemoryReference, TurnRow } from "../ports/memory-store.ts";
import type { EmbeddingSpace } from "../ports/embedder.ts";
import { foldPlan } from "./fold-plan.ts";
import type { FoldPlan } from "./fold-plan.ts";
import { gathers } from "./gathering.ts";
import { isAskedThing } from "./query-slots.ts";
import type { QueryUnderstanding } from "./understand-query.ts";
import type { Recipe } from "./recipes.ts";
import { scoreLexical } from "./score-lexical.ts";
import { askedOfSubject } from "./slot-subjects.ts";
import type { LexicalScores, TermStatistics } from "./score-lexical.ts";
import type { TurnIndex } from "./turn-index.ts";

/** Where a score comes from; every hit can show it. */
export interface ScoreBreakdown {
  /** BM25 share of what the query could reach, with what neighbours lend and for kinds of what is asked for. */
  readonly lexical: number;
  /** Deviations of the similarity above what unrelated texts reach by chance; 0 without a vector. */
  readonly dense: number;
  /** 1 when it fills the slot that the query asks for ("where do I live": residence), else 0. */
  readonly slot: number;
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
  /** Cosine of the query with each document, NaN where there is no vector. */
  readonly similarities?: Float64Array;
  readonly space?: EmbeddingSpace;
  /** Memories that mention an entity of the query. */
  readonly mentioning: ReadonlySet<MemoryReference>;
  /** Memories that name by another name what the query names. */
  readonly meant?: ReadonlySet<MemoryReference>;
  /** What users think of memories. */
  readonly feedback?: ReadonlyMap<MemoryReference, Feedback>;
  /** What a question after how things are asks for by name. */
  readonly askedThings?: readonly string[];
  /** Terms for kinds of what a gathering question asks for, with their shares. */
  readonly concept?: ReadonlyMap<string, number>;
  /** Evidence below this is of no use to the caller. */
  readonly leastRaw?: number;
}

/**
 * Fuses the rankers: `raw = (lexical + weight * dense + slot) * priors`. Of a question that gathers, a
 * memory's own words count more than those it borrows, and holding a kind of what is asked for counts. Each part is normalised against something
 * that does not depend on what else was found (what the query could reach; the space's background), so that a score
 * means the same in every search. Returns the memories with any evidence, best first, older first on ties.
 */
export function rank(input: RankInput): RankedMemory[] {
  const { index, query, recipe, space, leastRaw = 0 } = input;
  const plan = foldPlan(index, recipe);
  const lexical = scoreLexical(index, query.terms, recipe, input.statistics);
  const { similarities } = input;
  const dense =
    space === undefined || similarities === undefined ? undefined : denseScores(similarities, plan, space, recipe);
  const denseWeight = space === undefined ? 0 : recipe.denseWeight * Math.min(1, space.weight);
  const ownShare = gathers(query) ? recipe.gatherOwn : 0;
  const held = input.concept === undefined || recipe.conceptWeight === 0 ? undefined : index.weigh(input.concept);
  const isOfAsked = askedOfSubject(index.documents, query, input.meant);
  const best = new Map<MemoryReference, RankedMemory>();
  for (const [place, row] of index.documents.entries()) {
    const own = lexical.own[place] as number;
    const words = lerp(lexical.scores[place] as number, own, ownShare) + recipe.conceptWeight * (held?.[place] ?? 0);
    const meaning = dense?.[place] ?? 0;
    const slot =
      row.attribute !== null &&
      isOfAsked(row) &&
      (fillsSlot(row.attribute, query.attributes) ||
        (isAbout(row, query) && isAskedThing(row.attribute, input.askedThings ?? [])))
        ? 1
        : 0;
    const isMeant = input.meant?.has(row.memory) === true && !givesOtherName(row, index);
    const slotWeight = slot === 1 && (isMeant || isAbout(row, query)) ? recipe.answerWeight : recipe.slotWeight;
    const evidence = words + denseWeight * meaning + slotWeight * slot;
    const isMentioned = input.mentioning.has(row.memory);
    if (evidence <= 0 && !isMentioned) continue;
    const opinion = FEEDBACK_PRIOR[input.feedback?.get(row.memory) ?? "NONE"];
    const named = isMeant ? recipe.aliasBoost : isMentioned ? recipe.entityBoost : 1;
    const prior = priorOf(row, query, recipe, plan) * named * opinion;
    const raw = evidence * prior;
    // A fact that holds words of the query still decides whether it stands for its message.
    if (raw < leastRaw && !standsFor(row, lexical, place)) continue;
    const known = best.get(row.memory);
    if (known !== undefined && known.raw >= raw) continue;
    best.set(row.memory, {
      memory: row.memory,
      row,
      lexical: words,
      dense: meaning,
      slot,
      prior,
      raw,
      own,
    });
  }
  return [...best.values()].toSorted((left, right) => right.raw - left.raw || left.memory - right.memory);
}

function lerp(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Bounded: what somebody liked does not answer another question, and what he disliked may still be the answer. */
const FEEDBACK_PRIOR: Readonly<Record<Feedback | "NONE", number>> = {
  NONE: 1,
  POSITIVE: 1.15,
  NEGATIVE: 0.7,
  VERY_NEGATIVE: 0.45,
};

function standsFor(row: TurnRow, lexical: LexicalScores, place: number): boolean {
  return !row.isTurn && (lexical.own[place] as number) > 0;
}

/** The fact is told by the person whom the question is about. */
function isAbout(row: TurnRow, query: QueryUnderstanding): boolean {
  if (row.name !== null) return query.namedSpeakers.includes(row.name);
  return row.role === "user" && (query.isFirstPerson || query.namedSpeakers.length > 0);
}

const NAMING = /^(?:family|pet):|^(?:name|nickname|partner|friend|colleague)$/u;

/** "My sister is Maya" says who is meant; what is told of Maya elsewhere is the answer. */
function givesOtherName({ memory, attribute, isTurn }: TurnRow, index: TurnIndex): boolean {
  if (attribute !== null) return NAMING.test(attribute);
  if (!isTurn) return false;
  const facts = index.derived.get(memory) ?? [];
  return facts.some((place) => NAMING.test(index.documents[place]?.attribute ?? ""));
}

/** "preference:coffee" fills "preference". */
function fillsSlot(attribute: string, asked: readonly string[]): boolean {
  if (asked.length === 0) return false;
  const colon = attribute.indexOf(":");
  return asked.includes(colon < 0 ? attribute : attribute.slice(0, colon)) || asked.includes(attribute);
}

/** Maps evidence to 0 … 1, monotone and the same for every query. */
export function squash(raw: number, recipe: Recipe): number {
  return raw <= 0 ? 0 : 1 - Math.exp(-recipe.squash * raw ** recipe.squashExponent);
}

/** The evidence that a score stands for: `squash` turned round. */
export function unsquash(score: number, recipe: Recipe): number {
  if (score <= 0) return 0;
  return score >= 1 ? Number.POSITIVE_INFINITY : (-Math.log(1 - score) / recipe.squash) ** (1 / recipe.squashExponent);
}

/** A similarity above this many deviations says no more. */
const MOST_DEVIATIONS = 6;

/**
 * Per document the weighted mean of its own and its neighbours' similarity, in deviations above the background; what
 * the best of some dozens of unrelated texts reach counts little.
 */
function denseScores(
  similarities: Float64Array,
  { smoothStarts, smoothFrom, smoothWeights }: FoldPlan,
  space: EmbeddingSpace,
  recipe: Recipe,
): Float64Array {
  const size = similarities.length;
  const scores = new Float64Array(size);
  const { mean, deviation } = space.background;
  const ownWeight = recipe.denseSmoothing[0] ?? 1;
  for (let place = 0; place < size; place += 1) {
    const own = similarities[place] as number;
    if (Number.isNaN(own)) continue;
    let sum = own * ownWeight;
    let weights = ownWeight;
    const end = smoothStarts[place + 1] as number;
    for (let edge = smoothStarts[place] as number; edge < end; edge += 1) {
      const similarity = similarities[smoothFrom[edge] as number] as number;
      if (Number.isNaN(similarity)) continue;
      const weight = smoothWeights[edge] as number;
      sum += similarity * weight;
      weights += weight;
    }
    const above = Math.min(MOST_DEVIATIONS, Math.max(0, (sum / weights - mean) / deviation));
    scores[place] = (above * above) / (above + recipe.denseKnee);
  }
  return scores;
}

/** People talk about a day from shortly before it to some weeks after it. */
const WINDOW_BEFORE_MS = 3 * 86_400_000;
const WINDOW_AFTER_MS = 30 * 86_400_000;

function priorOf(row: TurnRow, query: QueryUnderstanding, recipe: Recipe, scope: FoldPlan): number {
  let prior = 1;
  if (row.name !== null && query.namedSpeakers.includes(row.name)) prior *= recipe.speakerBoost;
  if (row.isQuestion) prior *= recipe.questionDamping;
  if (query.asksWhen && row.hasTimeExpression) prior *= recipe.whenBoost;
  if (scope.hasAssistant && row.role !== "user" && !query.asksAboutAssistant) prior *= recipe.assistantDamping;
  if (!scope.isLong) prior *= 1 + recipe.lengthPrior * Math.log(1 + row.termCount);
  const { window } = query;
  if (window !== undefined && row.saidAt >= window.from - WINDOW_BEFORE_MS && row.saidAt < window.to + WINDOW_AFTER_MS)
    prior *= recipe.windowBoost;
  return prior;
}
