import { foldPlan } from "./fold-plan.ts";
import { inverseFrequency } from "./inverse-frequency.ts";
import type { Recipe } from "./recipes.ts";
import type { TurnIndex } from "./turn-index.ts";

/**
 * Counts of the scope that the index is a part of; left out, they are counted from the index itself. A term without
 * a count is a common one: its share of the part stands for that of the whole.
 */
export interface TermStatistics {
  readonly total: number;
  readonly frequencies: ReadonlyMap<string, number>;
}

export interface LexicalScores {
  /** Per document: BM25 over the most that the query could reach, 0 to 1. */
  readonly scores: Float64Array;
  /** The same without what neighbours lend. */
  readonly own: Float64Array;
}

/**
 * Scores every document of the index against the query's terms. Turns also match on words of their neighbours
 * ("folding", retrieval reference 1.2); facts on their own words only. BM25 after Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the never-negative idf of Lucene.
 */
export function scoreLexical(
  index: TurnIndex,
  terms: readonly string[],
  recipe: Recipe,
  statistics?: TermStatistics,
): LexicalScores {
  const size = index.documents.length;
  const scores = new Float64Array(size);
  const own = new Float64Array(size);
  const plan = foldPlan(index, recipe);
  const { starts, borrowers, shares, lengths } = plan;
  const { turnOf, termCounts } = index;
  const b = plan.isLong ? recipe.bLong : recipe.bShort;
  const { k1 } = recipe;
  const norm = (length: number, mean: number): number => k1 * (mean > 0 ? 1 - b + (b * length) / mean : 1);
  const weights = new Float64Array(size);
  const touched = new Int32Array(size);
  let reachable = 0;
  for (const term of terms) {
    const posting = index.posting(term);
    let count = 0;
    const add = (place: number, weight: number): void => {
      if (weights[place] === 0) touched[count++] = place;
      weights[place] = (weights[place] as number) + weight;
    };
    for (let at = 0; at < posting.length; at += 2) {
      const place = posting[at] as number;
      const frequency = posting[at + 1] as number;
      add(place, frequency);
      const end = starts[place + 1] as number;
      for (let edge = starts[place] as number; edge < end; edge += 1)
        add(borrowers[edge] as number, frequency * (shares[edge] as number));
    }
    const dates = index.datePosting(term);
    for (let at = 0; at < dates.length; at += 2) add(dates[at] as number, dates[at + 1] as number);
    // A word's turn lends to eight more; of long turns, which take little from it, only those count that hold it.
    const holders = plan.isLong ? (posting.length + dates.length) / 2 : count;
    const total = statistics?.total ?? size;
    const frequency =
      statistics === undefined
        ? holders
        : (statistics.frequencies.get(term) ?? Math.round((holders / Math.max(1, size)) * total));
    const idf = inverseFrequency(term, frequency, total, recipe.priorDocuments);
    const most = idf * (k1 + 1);
    reachable += most;
    for (let at = 0; at < count; at += 1) {
      const place = touched[at] as number;
      const weight = weights[place] as number;
      weights[place] = 0;
      const isTurn = (turnOf[place] as number) >= 0;
      const length = isTurn ? (lengths[place] as number) : (termCounts[place] as number);
      const mean = isTurn ? plan.meanTurnLength : index.meanFactTerms;
      scores[place] = (scores[place] as number) + (most * weight) / (weight + norm(length, mean));
    }
    for (let at = 0; at < posting.length; at += 2) {
      const place = posting[at] as number;
      const weight = posting[at + 1] as number;
      const mean = (turnOf[place] as number) >= 0 ? index.meanTurnTerms : index.meanFactTerms;
      own[place] = (own[place] as number) + (most * weight) / (weight + norm(termCounts[place] as number, mean));
    }
  }
  if (reachable > 0) {
    for (let place = 0; place < size; place += 1) {
      scores[place] = (scores[place] as number) / reachable;
      own[place] = (own[place] as number) / reachable;
    }
  }
  return { scores, own };
}
