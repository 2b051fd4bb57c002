/**
 * How a search ranks, as data: the bench and the dashboard show it and vary it. Weights and constants were
 * chosen on the development halves of two corpora (docs/decisions/0005-ranking.md); none depends on a corpus.
 */
export interface Recipe {
  readonly name: string;
  /** Documents of ordinary talk that term statistics are counted with: what keeps a young store from odd weights. */
  readonly priorDocuments: number;
  /** BM25: term saturation, and length normalisation for short and for long turns. */
  readonly k1: number;
  readonly bShort: number;
  readonly bLong: number;
  /** Mean own terms of a scope's turns from which on it counts as one of long turns. */
  readonly longTurnTerms: number;
  /** Share of a turn's words that the turns 1, 2, … places after it borrow. */
  readonly foldPrevious: readonly number[];
  /** The same for the turn right after one that asks. */
  readonly foldAfterQuestion: number;
  /** Share of a turn's words that the turns 1, 2, … places before it borrow. */
  readonly foldNext: readonly number[];
  /** A turn with more own terms than this lends, and one with more than that borrows, proportionally less. */
  readonly lendTerms: number;
  readonly borrowTerms: number;
  /** `1 + lengthPrior * ln(1 + own terms)`, in scopes of short turns only. */
  readonly lengthPrior: number;
  readonly speakerBoost: number;
  readonly questionDamping: number;
  readonly whenBoost: number;
  /** Other than user turns in a dialogue with an assistant, unless the question asks what the assistant said. */
  readonly assistantDamping: number;
  readonly windowBoost: number;
  readonly supersededDamping: number;
  /** Dense score in units of the lexical one, per standard deviation above unrelated texts; times the space's weight. */
  readonly denseWeight: number;
  /** `z * z / (z + knee)` of z deviations counts: few deviations are chance. Above 0. */
  readonly denseKnee: number;
  /** Shares of a turn's own, its neighbours' (1 and 2 places away) similarity. */
  readonly denseSmoothing: readonly number[];
  /** What a fact's own match counts against its message's. */
  readonly factWeight: number;
  readonly entityBoost: number;
  /** For naming by another name what the question names: Anna where it asks for "my sister". */
  readonly aliasBoost: number;
  /** Most of what naming the same things as the best memories adds to the evidence (personalised PageRank); 0: off. */
  readonly graphWeight: number;
  /** How many of the best memories the walk starts from, and its share that goes on rather than starting again. */
  readonly graphSeeds: number;
  readonly graphDamping: number;
  /** How many of the best memories are looked at. */
  readonly graphMemories: number;
  /** For naming something of the type that the question asks for ("which cities"); 1: off. */
  readonly answerTypeBoost: number;
  /** Of a question that gathers: which share of the evidence of words is that of a memory's own. */
  readonly gatherOwn: number;
  /** Of such a question: what holding a kind of what is asked for counts, in units of the lexical score. */
  readonly conceptWeight: number;
  readonly candidates: number;
  /** What filling the slot that is asked for counts, in units of the lexical score. */
  readonly slotWeight: number;
  /** The same for a fact told by the person whom the question is about: it is the answer. */
  readonly answerWeight: number;
  /** `1 - exp(-squash * evidence ^ squashExponent)` is the score between 0 and 1. */
  readonly squash: number;
  readonly squashExponent: number;
}

export const DEFAULT_RECIPE: Recipe = {
  name: "default",
  priorDocuments: 50,
  k1: 0.9,
  bShort: 0.4,
  bLong: 0.75,
  longTurnTerms: 40,
  foldPrevious: [0.5, 0.3, 0.2, 0.15],
  foldAfterQuestion: 0.8,
  foldNext: [0.4, 0.25, 0.15, 0.1],
  lendTerms: 20,
  borrowTerms: 30,
  lengthPrior: 0.12,
  speakerBoost: 1.6,
  questionDamping: 0.85,
  whenBoost: 1.3,
  assistantDamping: 0.4,
  windowBoost: 1.5,
  supersededDamping: 0.6,
  denseWeight: 0.1,
  denseKnee: 1,
  denseSmoothing: [1, 0.5, 0.3],
  factWeight: 0.8,
  entityBoost: 1.1,
  aliasBoost: 2,
  graphWeight: 0,
  graphSeeds: 10,
  graphDamping: 0.6,
  graphMemories: 150,
  answerTypeBoost: 1,
  gatherOwn: 0.4,
  conceptWeight: 0.125,
  candidates: 60,
  slotWeight: 0.1,
  answerWeight: 0.7,
  squash: 2.2,
  squashExponent: 0.7,
};

/** Lexical only, single turns, nothing borrowed: what the bench calls plain. */
export const PLAIN_RECIPE: Recipe = {
  ...DEFAULT_RECIPE,
  name: "plain",
  bLong: 0.4,
  foldPrevious: [],
  foldAfterQuestion: 0,
  foldNext: [],
  lengthPrior: 0,
  speakerBoost: 1,
  questionDamping: 1,
  whenBoost: 1,
  assistantDamping: 1,
  windowBoost: 1,
  denseWeight: 0,
  factWeight: 0,
  entityBoost: 1,
  aliasBoost: 1,
  gatherOwn: 0,
  conceptWeight: 0,
  slotWeight: 0,
  answerWeight: 0,
};

/** With what the graph can add to questions that gather their answer; bench/RESULTS.md says why it is not the default. */
export const GRAPH_RECIPE: Recipe = { ...DEFAULT_RECIPE, name: "graph", graphWeight: 0.3, answerTypeBoost: 1.2 };

export const RECIPES: Readonly<Record<string, Recipe>> = {
  default: DEFAULT_RECIPE,
  plain: PLAIN_RECIPE,
  graph: GRAPH_RECIPE,
};
