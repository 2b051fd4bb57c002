import type { Recipe } from "./recipes.ts";
import type { Turn, TurnIndex } from "./turn-index.ts";

/** Counts of a whole store or partition; left out, they are counted from the index itself. */
export interface TermStatistics {
  readonly total: number;
  readonly frequencies: ReadonlyMap<string, number>;
}

export interface LexicalScores {
  /** Per document: BM25 over the most that the query could reach, 0 to 1. */
  readonly scores: Float64Array;
  /** The same without what neighbours lend. */
  readonly own: Float64Array;
  /** True when the scope's turns are long. */
  readonly isLong: boolean;
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
  const isLong = index.meanTurnTerms >= recipe.longTurnTerms;
  const b = isLong ? recipe.bLong : recipe.bShort;
  const lengths = foldedLengths(index, recipe);
  const weights = new Float64Array(size);
  let reachable = 0;
  for (const term of terms) {
    const posting = index.postings.get(term);
    const dates = index.datePostings.get(term);
    const touched: number[] = [];
    if (posting !== undefined) foldPosting(index, posting, recipe, weights, touched);
    for (let at = 0; at < (dates?.length ?? 0); at += 2)
      addWeight(weights, touched, dates?.[at] as number, dates?.[at + 1] as number);
    const frequency = statistics?.frequencies.get(term) ?? touched.length;
    const total = Math.max(statistics?.total ?? index.turnDocuments + index.factDocuments, frequency);
    const idf = Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));
    reachable += idf * (recipe.k1 + 1);
    for (const place of touched) {
      const isTurn = (index.turnOf[place] as number) >= 0;
      const mean = isTurn ? lengths.meanTurn : index.meanFactTerms;
      const length = isTurn ? (lengths.values[place] as number) : (index.documents[place]?.termCount ?? 0);
      scores[place] = (scores[place] as number) + saturate(weights[place] as number, length, mean, idf, recipe.k1, b);
      weights[place] = 0;
    }
    if (posting === undefined) continue;
    for (let at = 0; at < posting.length; at += 2) {
      const place = posting[at] as number;
      const length = index.documents[place]?.termCount ?? 0;
      const mean = (index.turnOf[place] as number) >= 0 ? index.meanTurnTerms : index.meanFactTerms;
      own[place] = (own[place] as number) + saturate(posting[at + 1] as number, length, mean, idf, recipe.k1, b);
    }
  }
  if (reachable > 0) {
    for (let place = 0; place < size; place += 1) {
      scores[place] = (scores[place] as number) / reachable;
      own[place] = (own[place] as number) / reachable;
    }
  }
  return { scores, own, isLong };
}

function saturate(weight: number, length: number, mean: number, idf: number, k1: number, b: number): number {
  const norm = mean > 0 ? 1 - b + (b * length) / mean : 1;
  return (idf * (k1 + 1) * weight) / (weight + k1 * norm);
}

function addWeight(weights: Float64Array, touched: number[], place: number, weight: number): void {
  if (weight === 0) return;
  if (weights[place] === 0) touched.push(place);
  weights[place] = (weights[place] as number) + weight;
}

/** Adds one term's counts to its documents and to those that borrow from them. */
function foldPosting(
  index: TurnIndex,
  posting: readonly number[],
  recipe: Recipe,
  weights: Float64Array,
  touched: number[],
): void {
  for (let at = 0; at < posting.length; at += 2) {
    const place = posting[at] as number;
    const count = posting[at + 1] as number;
    addWeight(weights, touched, place, count);
    for (const [borrower, share] of borrowers(index, place, recipe))
      addWeight(weights, touched, borrower, count * share);
  }
}

/** Which documents borrow words of a document, and what share. Only a turn's outer passages lend and borrow. */
function borrowers(index: TurnIndex, place: number, recipe: Recipe): [number, number][] {
  const number = index.turnOf[place] as number;
  if (number < 0) return [];
  const turn = index.turns[number] as Turn;
  const lend = cap(recipe.lendTerms, index.documents[place]?.termCount ?? 0);
  const found: [number, number][] = [];
  if (turn.documents.at(-1) === place) {
    for (const [offset, weight] of recipe.foldPrevious.entries()) {
      const other = index.neighbour(number, offset + 1);
      if (other === undefined) break;
      const share = offset === 0 && turn.isQuestion ? recipe.foldAfterQuestion : weight;
      const borrower = (index.turns[other] as Turn).documents[0] as number;
      found.push([borrower, share * lend * cap(recipe.borrowTerms, index.documents[borrower]?.termCount ?? 0)]);
    }
  }
  if (turn.documents[0] === place) {
    for (const [offset, weight] of recipe.foldNext.entries()) {
      const other = index.neighbour(number, -offset - 1);
      if (other === undefined) break;
      const borrower = (index.turns[other] as Turn).documents.at(-1) as number;
      found.push([borrower, weight * lend * cap(recipe.borrowTerms, index.documents[borrower]?.termCount ?? 0)]);
    }
  }
  return found;
}

function cap(limit: number, terms: number): number {
  return terms <= limit ? 1 : limit / terms;
}

interface FoldedLengths {
  readonly values: Float64Array;
  readonly meanTurn: number;
}

const cache = new WeakMap<TurnIndex, { recipe: Recipe; size: number; lengths: FoldedLengths }>();

/** Own terms plus what each neighbour lends, per document; kept until the index grows. */
function foldedLengths(index: TurnIndex, recipe: Recipe): FoldedLengths {
  const known = cache.get(index);
  if (known !== undefined && known.recipe === recipe && known.size === index.documents.length) return known.lengths;
  const values = new Float64Array(index.documents.length);
  for (const [place, row] of index.documents.entries()) {
    values[place] = (values[place] as number) + row.termCount;
    for (const [borrower, share] of borrowers(index, place, recipe)) {
      values[borrower] = (values[borrower] as number) + share * row.termCount;
    }
  }
  let sum = 0;
  for (const [place, value] of values.entries()) if ((index.turnOf[place] as number) >= 0) sum += value;
  const lengths = { values, meanTurn: index.turnDocuments === 0 ? 0 : sum / index.turnDocuments };
  cache.set(index, { recipe, size: index.documents.length, lengths });
  return lengths;
}
