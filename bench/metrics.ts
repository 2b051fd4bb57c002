export const recallDepths: readonly number[] = [1, 5, 10, 20, 50];
export const tokenBudgets: readonly number[] = [500, 1000, 2000, 4000, 7000];

export interface RecallAtDepth {
  /** 1 when at least one piece of evidence is among the first k. */
  readonly any: number;
  /** 1 when every piece is. */
  readonly all: number;
  /** Share of the pieces that are. */
  readonly fraction: number;
}

/** Rank of each piece of evidence in the ranked turn ids, from 1; `null` where it is missing. */
export function ranksOf(evidence: readonly string[], ranked: readonly string[]): (number | null)[] {
  const position = new Map(ranked.map((id, index) => [id, index + 1]));
  return evidence.map((id) => position.get(id) ?? null);
}

export function recallAt(ranks: readonly (number | null)[], depth: number): RecallAtDepth {
  const found = ranks.filter((rank) => rank !== null && rank <= depth).length;
  return {
    any: found > 0 ? 1 : 0,
    all: ranks.length > 0 && found === ranks.length ? 1 : 0,
    fraction: ranks.length === 0 ? 0 : found / ranks.length,
  };
}

/** Binary gains; the ideal ranking holds all evidence first. */
export function ndcgAt(ranks: readonly (number | null)[], depth: number): number {
  let ideal = 0;
  for (let rank = 1; rank <= Math.min(depth, ranks.length); rank += 1) ideal += gain(rank);
  if (ideal === 0) return 0;
  let actual = 0;
  for (const rank of ranks) if (rank !== null && rank <= depth) actual += gain(rank);
  return actual / ideal;
}

function gain(rank: number): number {
  return 1 / Math.log2(rank + 1);
}

/** The whole block counts: dates, names, headings and fences are paid for like evidence. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

const longestWholeText = 600;
const shortestSentence = 25;

/**
 * How much of a turn's text a context block holds, 0 to 1. White space is made equal on both sides.
 *
 * - A text of up to 600 characters counts 1 when it stands in the block verbatim and in full, else 0.
 * - A longer text may be shown in part: the share of its sentences (cut after `.`, `!`, `?` or at a line's end, of at
 *   least 25 characters, weighted by length) that stand in the block verbatim. Shorter sentences recur by chance and
 *   are left out. A long text without any such sentence is treated as a short one.
 */
export function shareInBlock(text: string, block: string): number {
  const wanted = squeeze(text);
  const held = squeeze(block);
  if (wanted === "") return 0;
  if (held.includes(wanted)) return 1;
  if (wanted.length <= longestWholeText) return 0;
  const sentences = text
    .split(/\n+|(?<=[.!?])\s+/u)
    .map(squeeze)
    .filter((sentence) => sentence.length >= shortestSentence);
  const total = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  if (total === 0) return 0;
  let shown = 0;
  for (const sentence of sentences) if (held.includes(sentence)) shown += sentence.length;
  return shown / total;
}

/** Mean share of several texts. */
export function evidenceInBlock(texts: readonly string[], block: string): number {
  if (texts.length === 0) return 0;
  return texts.reduce((sum, text) => sum + shareInBlock(text, block), 0) / texts.length;
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
