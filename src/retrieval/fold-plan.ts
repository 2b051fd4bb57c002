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
  const lent = new Edges(size);
  const smooth = new Edges(size);
  const lengths = new Float64Array(size);
  let hasAssistant = false;
  const { documents, turns, turnOf } = index;
  const { foldPrevious, foldNext, denseSmoothing, foldAfterQuestion, borrowTerms } = recipe;
  // Written as plain loops: this runs for each search of a large partition, over some hundreds of rows.
  for (let place = 0; place < size; place += 1) {
    const row = documents[place] as TurnRow;
    lengths[place] = (lengths[place] as number) + row.termCount;
    hasAssistant ||= row.role === "assistant";
    lent.open(place);
    smooth.open(place);
    const number = turnOf[place] as number;
    if (number < 0) continue;
    const turn = turns[number] as Turn;
    const lend = capped(recipe.lendTerms, row.termCount);
    const borrow = (borrower: number, weight: number): void => {
      const share = weight * lend * capped(borrowTerms, documents[borrower]?.termCount ?? 0);
      if (share <= 0) return;
      lent.add(borrower, share);
      lengths[borrower] = (lengths[borrower] as number) + share * row.termCount;
    };
    // Only a turn's outer passages lend and borrow.
    if (turn.documents.at(-1) === place) {
      for (let offset = 0; offset < foldPrevious.length; offset += 1) {
        const other = index.neighbour(number, offset + 1);
        if (other === undefined) break;
        const weight = offset === 0 && turn.isQuestion ? foldAfterQuestion : (foldPrevious[offset] as number);
        borrow((turns[other] as Turn).documents[0] as number, weight);
      }
    }
    if (turn.documents[0] === place) {
      for (let offset = 0; offset < foldNext.length; offset += 1) {
        const other = index.neighbour(number, -offset - 1);
        if (other === undefined) break;
        borrow((turns[other] as Turn).documents.at(-1) as number, foldNext[offset] as number);
      }
    }
    for (let distance = 1; distance < denseSmoothing.length; distance += 1) {
      const weight = denseSmoothing[distance] as number;
      const before = index.neighbour(number, -distance);
      if (before !== undefined) smooth.add((turns[before] as Turn).documents.at(-1) as number, weight);
      const after = index.neighbour(number, distance);
      if (after !== undefined) smooth.add((turns[after] as Turn).documents[0] as number, weight);
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
  readonly #targets: number[] = [];
  readonly #weights: number[] = [];

  constructor(size: number) {
    this.#starts = new Int32Array(size + 1);
  }

  open(place: number): void {
    this.#starts[place] = this.#targets.length;
  }

  add(target: number, weight: number): void {
    this.#targets.push(target);
    this.#weights.push(weight);
  }

  close(): { starts: Int32Array; targets: Int32Array; weights: Float64Array } {
    this.#starts[this.#starts.length - 1] = this.#targets.length;
    return {
      starts: this.#starts,
      targets: new Int32Array(this.#targets),
      weights: new Float64Array(this.#weights),
    };
  }
}
