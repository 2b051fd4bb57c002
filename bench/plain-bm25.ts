import { stemmer } from "@orama/stemmers/english";
import { monthNames } from "./corpora/corpus.ts";
import { countTokens } from "./metrics.ts";
import type { CorpusConversation, CorpusTurn } from "./corpora/corpus.ts";
import type { RankedTurns, RecallSystem } from "./recall-system.ts";

export interface Bm25Options {
  /** Saturation of the term frequency. Default 0.9. */
  readonly k1?: number;
  /** Strength of the length normalisation, 0 to 1. Default 0.4. */
  readonly b?: number;
  /** What the packing does with a turn that does not fit: `stop` (the pinned definition, default) or `skip` it. */
  readonly packing?: "stop" | "skip";
  /** Most turns returned. Default 50. */
  readonly topK?: number;
}

interface Posting {
  readonly turn: number;
  readonly frequency: number;
}

interface TurnIndex {
  readonly turns: readonly CorpusTurn[];
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  readonly lengths: readonly number[];
  readonly meanLength: number;
}

/**
 * The baseline that every figure stands beside: BM25 over single turns as "Name: text", nothing folded, no boosts, no
 * dates, no roles. Written here and not taken from the product, so that a change of the product cannot move it.
 */
export class PlainBm25 implements RecallSystem {
  readonly name: string;
  readonly #k1: number;
  readonly #b: number;
  readonly #packing: "stop" | "skip";
  readonly #topK: number;
  readonly #indexes = new Map<string, TurnIndex>();

  constructor({ k1 = 0.9, b = 0.4, packing = "stop", topK = 50 }: Bm25Options = {}) {
    this.name = `BM25 k1=${k1} b=${b}`;
    this.#k1 = k1;
    this.#b = b;
    this.#packing = packing;
    this.#topK = topK;
  }

  async add(conversation: CorpusConversation, onTurn: () => void): Promise<void> {
    this.#indexes.set(conversation.id, buildIndex(conversation.turns, onTurn));
  }

  async rank(conversation: CorpusConversation, question: string): Promise<RankedTurns> {
    const turns = this.#search(conversation, question).slice(0, this.#topK);
    return { turnIds: turns.map((turn) => turn.id), hits: turns.length };
  }

  async context(conversation: CorpusConversation, question: string, tokenBudget: number): Promise<string> {
    let block = "";
    for (const turn of this.#search(conversation, question)) {
      const line = `[${formatDay(turn.timestamp)}] ${turn.name ?? turn.role}: ${turn.text}`;
      const longer = block === "" ? line : `${block}\n${line}`;
      if (countTokens(longer) <= tokenBudget) block = longer;
      else if (this.#packing === "stop") break;
    }
    return block;
  }

  async close(): Promise<void> {
    this.#indexes.clear();
  }

  #search(conversation: CorpusConversation, question: string): CorpusTurn[] {
    const index = this.#indexes.get(conversation.id);
    if (index === undefined) return [];
    const scores = new Map<number, number>();
    for (const term of analyze(question)) {
      const postings = index.postings.get(term) ?? [];
      const idf = Math.log(1 + (index.turns.length - postings.length + 0.5) / (postings.length + 0.5));
      for (const { turn, frequency } of postings) {
        const length = (index.lengths[turn] ?? 0) / index.meanLength;
        const weight = (frequency * (this.#k1 + 1)) / (frequency + this.#k1 * (1 - this.#b + this.#b * length));
        scores.set(turn, (scores.get(turn) ?? 0) + idf * weight);
      }
    }
    return [...scores]
      .toSorted(([leftTurn, left], [rightTurn, right]) => right - left || leftTurn - rightTurn)
      .flatMap(([turn]) => index.turns[turn] ?? []);
  }
}

function buildIndex(turns: readonly CorpusTurn[], onTurn: () => void): TurnIndex {
  const postings = new Map<string, Posting[]>();
  const lengths: number[] = [];
  for (const [turn, { name, text }] of turns.entries()) {
    const terms = analyze(name === undefined ? text : `${name}: ${text}`);
    lengths.push(terms.length);
    const frequencies = new Map<string, number>();
    for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    for (const [term, frequency] of frequencies) {
      const list = postings.get(term);
      if (list === undefined) postings.set(term, [{ turn, frequency }]);
      else list.push({ turn, frequency });
    }
    onTurn();
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return { turns, postings, lengths, meanLength: Math.max(1, total / Math.max(1, turns.length)) };
}

/** Lower case, no accents, no apostrophes, stop words out, then Porter2. */
export function analyze(text: string): string[] {
  const folded = text
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036F]/gu, "")
    .replaceAll(/['’]s\b/gu, "")
    .replaceAll(/['’]/gu, "");
  const terms: string[] = [];
  for (const [word] of folded.matchAll(/[a-z0-9]+/gu)) if (!stopWords.has(word)) terms.push(stemmer(word));
  return terms;
}

function formatDay(timestamp: number): string {
  const date = new Date(timestamp * 1000);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const stopWords: ReadonlySet<string> = new Set(
  (
    "a about above after again against all am an and any are arent as at be because been before being below between " +
    "both but by can cant cannot could couldnt d did didnt didn do does doesnt doesn doing dont don down during each " +
    "few for from further get got had hadnt has hasnt hasn have havent haven having he her here hers herself him " +
    "himself his how i if in into is isnt isn it its itself just let ll m me more most mustnt my myself no nor not of " +
    "off on once only or other ought our ours ourselves out over own re s same shant she should shouldnt so some such " +
    "t than that the their theirs them themselves then there these they this those through to too under until up ve " +
    "very was wasnt wasn we were werent weren what when where which while who whom why will with won wont would " +
    "wouldnt you your yours yourself yourselves aren"
  ).split(" "),
);
