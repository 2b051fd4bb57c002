import { countTokens, evidenceInBlock, ranksOf, tokenBudgets } from "./metrics.ts";
import type { Corpus, CorpusConversation, CorpusQuestion } from "./corpora/corpus.ts";
import type { RecallSystem } from "./recall-system.ts";

/** What one system did with one question. Holds no times and no text, so that two runs compare bit by bit. */
export interface QuestionRow {
  readonly id: string;
  readonly conversation: string;
  readonly category: string;
  readonly isHeadline: boolean;
  /** Rank of each piece of evidence among single turns, from 1. */
  readonly ranks: readonly (number | null)[];
  readonly hits: number;
  readonly turns: number;
  /** Per token budget, in the order of `tokenBudgets`: share of the evidence inside the block, and its tokens. */
  readonly evidence: readonly number[];
  readonly tokens: readonly number[];
}

export interface Effort {
  readonly calls: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Measurement {
  readonly system: string;
  readonly rows: readonly QuestionRow[];
  readonly adding: Effort;
  readonly searching: Effort;
  readonly packing: Effort;
}

export type Progress = (done: number, total: number, what: string) => void;

/** Adds every conversation, then asks every question. Quality and time are kept apart. */
export async function measureRecall(system: RecallSystem, corpus: Corpus, progress: Progress): Promise<Measurement> {
  const adding = new Stopwatch();
  const searching = new Stopwatch();
  const packing = new Stopwatch();
  const totalTurns = corpus.conversations.reduce((sum, conversation) => sum + conversation.turns.length, 0);
  let added = 0;
  for (const conversation of corpus.conversations) {
    await adding.time(conversation.turns.length, () =>
      system.add(conversation, () => progress((added += 1), totalTurns, "turns added")),
    );
  }
  const totalQuestions = corpus.conversations.reduce((sum, conversation) => sum + conversation.questions.length, 0);
  const rows: QuestionRow[] = [];
  for (const conversation of corpus.conversations) {
    const textOf = new Map(conversation.turns.map((turn) => [turn.id, turn.text]));
    for (const question of conversation.questions) {
      rows.push(await ask(system, conversation, question, textOf, searching, packing));
      progress(rows.length, totalQuestions, "questions asked");
    }
  }
  return {
    system: system.name,
    rows,
    adding: adding.effort(),
    searching: searching.effort(),
    packing: packing.effort(),
  };
}

async function ask(
  system: RecallSystem,
  conversation: CorpusConversation,
  question: CorpusQuestion,
  textOf: ReadonlyMap<string, string>,
  searching: Stopwatch,
  packing: Stopwatch,
): Promise<QuestionRow> {
  const ranked = await searching.time(1, () => system.rank(conversation, question.question));
  const texts = question.evidence.map((id) => textOf.get(id) ?? "");
  const evidence: number[] = [];
  const tokens: number[] = [];
  for (const budget of tokenBudgets) {
    const block = await packing.time(1, () => system.context(conversation, question.question, budget));
    evidence.push(evidenceInBlock(texts, block));
    tokens.push(countTokens(block));
  }
  return {
    id: question.id,
    conversation: conversation.id,
    category: question.category,
    isHeadline: question.isHeadline,
    ranks: ranksOf(question.evidence, ranked.turnIds),
    hits: ranked.hits,
    turns: ranked.turnIds.length,
    evidence,
    tokens,
  };
}

class Stopwatch {
  #calls = 0;
  #wallMs = 0;
  #cpuMs = 0;

  async time<Result>(calls: number, work: () => Promise<Result>): Promise<Result> {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const result = await work();
    this.#wallMs += performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    this.#cpuMs += (user + system) / 1000;
    this.#calls += calls;
    return result;
  }

  effort(): Effort {
    return { calls: this.#calls, wallMs: this.#wallMs, cpuMs: this.#cpuMs };
  }
}
