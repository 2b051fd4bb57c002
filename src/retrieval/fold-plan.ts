import type { TurnRow } from "../ports/memory-store.ts";
import type { Recipe } from "./recipes.ts";
import type { Turn, TurnIndex } from "./turn-index.ts";

/**
 * Who lends words to whom in an index, worked out once for all queries. Everything is a flat array by document
 * place, since a query walks it for every occurrence of each of its terms.
 */
export interface FoldPlan {
  /** The borrowers of document d are `borrowers[starts[d]] … borrowers[starts[d + 1] - 1]`, with their shares. */
  readonly starts: Int32Array;
  readonly borrowers: Int32Array;
  readonly shares: Float64Array;
  /** Own terms plus what neighbours lend. */
  readonly lengths: Float64Array;
  readonly meanTurnLength: number;
  /** Documents whose similarity a turn's document shares, with their weights, laid out the same way. */
  readonly smoothStarts: Int32Array;
  readonly smoothFrom: Int32Array;
  readonly smoothWeights: Float64Array;
  /** True when the turns of the scope are long. */
  readonly isLong: boolean;
  /** True when an assistant speaks in it: who says something then matters. */
  readonly hasAssistant: boolean;
}

interface CachedPlan {
  readonly recipe: Recipe;
  readonly size: number;
  readonly plan: FoldPlan;
}

const plans = new WeakMap<TurnIndex, CachedPlan>();

/** The plan of an index under a recipe; kept until the index grows. */
export function foldPlan(index: TurnIndex, recipe: Recipe): FoldPlan {
  const known = plans.get(index);
  if (known !== undefined && known.recipe === recipe && known.size === index.documents.length) return known.plan;
  const plan = makePlan(index, recipe);
  plans.set(index, { recipe, size: index.documents.length, plan });
  return plan;
}

function makePlan(index: TurnIndex, recipe: Recipe): FoldPlan {
  const size = index.documents.length;
  const lengths = new Float64Array(size);
  let hasAssistant = false;
  const { documents, turns, turnOf } = index;
  const { foldPrevious, foldNext, denseSmoothing, foldAfterQuestion, borrowTerms } = recipe;
  const lent = new Edges(size, foldPrevious.length + foldNext.length);
  const smooth = new Edges(size, (denseSmoothing.length - 1) * 2);
  // Written as plain loops: this runs for each search of a large partition, over some hundreds of rows.
  const radius = Math.max(foldPrevious.length, foldNext.length, denseSmoothing.length - 1);
  const around = new Int32Array(radius * 2);
  for (let place = 0; place < size; place += 1) {
    const row = documents[place] as TurnRow;
    lengths[place] = (lengths[place] as number) + row.termCount;
    hasAssistant ||= row.role === "assistant";
    lent.open(place);
    smooth.open(place);
    const number = turnOf[place] as number;
    if (number < 0) continue;
    const turn = turns[number] as Turn;
    index.neighbours(number, radius, around);
    const lend = capped(recipe.lendTerms, row.termCount);
    // Only a turn's outer passages lend and borrow.
    if (turn.documents.at(-1) === place) {
      for (let offset = 0; offset < foldPrevious.length; offset += 1) {
        const other = around[radius + offset] as number;
        if (other < 0) break;
        const weight = offset === 0 && turn.isQuestion ? foldAfterQuestion : (foldPrevious[offset] as number);
        const borrower = (turns[other] as Turn).documents[0] as number;
        const share = weight * lend * capped(borrowTerms, documents[borrower]?.termCount ?? 0);
        if (share <= 0) continue;
        lent.add(borrower, share);
        lengths[borrower] = (lengths[borrower] as number) + share * row.termCount;
      }
    }
    if (turn.documents[0] === place) {
      for (let offset = 0; offset < foldNext.length; offset += 1) {
        const other = around[offset] as number;
        if (other < 0) break;
        const borrower = (turns[other] as Turn).documents.at(-1) as number;
        const share = (foldNext[offset] as number) * lend * capped(borrowTerms, documents[borrower]?.termCount ?? 0);
        if (share <= 0) continue;
        lent.add(borrower, share);
        lengths[borrower] = (lengths[borrower] as number) + share * row.termCount;
      }
    }
    for (let distance = 1; distance < denseSmoothing.length; distance += 1) {
      const weight = denseSmoothing[distance] as number;
      const before = around[distance - 1] as number;
      if (before >= 0) smooth.add((turns[before] as Turn).documents.at(-1) as number, weight);
      const after = around[radius + distance - 1] as number;
      if (after >= 0) smooth.add((turns[after] as Turn).documents[0] as number, weight);
    }
  }
  let sum = 0;
  for (let place = 0; place < size; place += 1) if ((turnOf[place] as number) >= 0) sum += lengths[place] as number;
  const own = lent.close();
  const smoothed = smooth.close();
  return {
    starts: own.starts,
    borrowers: own.targets,
    shares: own.weights,
    lengths,
    meanTurnLength: index.turnDocuments === 0 ? 0 : sum / index.turnDocuments,
    smoothStarts: smoothed.starts,
    smoothFrom: smoothed.targets,
    smoothWeights: smoothed.weights,
    isLong: index.meanTurnTerms >= recipe.longTurnTerms,
    hasAssistant,
  };
}

function capped(limit: number, terms: number): number {
  return terms <= limit ? 1 : limit / terms;
}

/** Weighted edges, added document by document in order. */
class Edges {
  readonly #starts: Int32Array;
  readonly #targets: Int32Array;
  readonly #weights: Float64Array;
  #count = 0;

  /** For so many documents, with so many edges each at most. */
  constructor(size: number, most: number) {
    this.#starts = new Int32Array(size + 1);
    this.#targets = new Int32Array(size * most);
    this.#weights = new Float64Array(size * most);
  }

  open(place: number): void {
    this.#starts[place] = this.#count;
  }

  add(target: number, weight: number): void {
    this.#targets[this.#count] = target;
    this.#weights[this.#count] = weight;
    this.#count += 1;
  }

  close(): { starts: Int32Array; targets: Int32Array; weights: Float64Array } {
    this.#starts[this.#starts.length - 1] = this.#count;
    // Copies: plans of small partitions stay in memory with their index.
    return {
      starts: this.#starts,
      targets: this.#targets.slice(0, this.#count),
      weights: this.#weights.slice(0, this.#count),
    };
  }
}
