import { analyze } from "../plain-bm25.ts";

/** Words of an answer as LoCoMo's authors compare them: lower case, no punctuation, no articles; stemmed. */
export function answerWords(text: string): string[] {
  const plain = text.toLowerCase().replaceAll(/\b(?:a|an|the|and)\b/gu, " ");
  // Numbers and words that the analyzer takes for stop words count in an answer: "no", "before", "2".
  return [...plain.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => analyze(word)[0] ?? word);
}

/** Harmonic mean of precision and recall over the words of two answers, each counted as often as it stands. */
export function tokenF1(answer: string, gold: string): number {
  const given = answerWords(answer);
  const wanted = answerWords(gold);
  if (given.length === 0 || wanted.length === 0) return given.length === wanted.length ? 1 : 0;
  const common = commonCount(given, wanted);
  if (common === 0) return 0;
  const precision = common / given.length;
  const recall = common / wanted.length;
  return (2 * precision * recall) / (precision + recall);
}

/** BLEU with unigrams alone: clipped precision times the brevity penalty (Papineni et al., 2002). */
export function bleu1(answer: string, gold: string): number {
  const given = answerWords(answer);
  const wanted = answerWords(gold);
  if (given.length === 0 || wanted.length === 0) return 0;
  const precision = commonCount(given, wanted) / given.length;
  const penalty = given.length >= wanted.length ? 1 : Math.exp(1 - wanted.length / given.length);
  return precision * penalty;
}

function commonCount(given: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of given) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common += 1;
  }
  return common;
}
