import { MemoryError } from "../../errors.ts";

type Ranking = readonly { readonly index: number; readonly score: number }[];

/**
 * Looks over what a reranker returned and maps its scores to 0..1. Some models give logits, and nothing in the answer
 * says so: from the first score outside 0..1 on, all of this reranker are taken as logits.
 */
export function checkedRanking(
  name: string,
  scores?: "chances" | "logits",
): (entries: readonly { readonly index: unknown; readonly score: unknown }[], count: number, topN?: number) => Ranking {
  let areLogits = scores === "logits";
  return (entries, count, topN) => {
    const seen = new Set<number>();
    const ranking = entries.map(({ index, score }) => {
      if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= count || seen.has(index))
        throw new MemoryError(
          "provider_invalid_output",
          `${name} returned a ranking with the index ${String(index)}, which is no document or came twice; there were ${count}.`,
        );
      if (typeof score !== "number" || !Number.isFinite(score))
        throw new MemoryError("provider_invalid_output", `${name} returned a score that is no finite number.`);
      seen.add(index);
      return { index, score };
    });
    if (scores === undefined && ranking.some(({ score }) => score < 0 || score > 1)) areLogits = true;
    const mapped = ranking.map(({ index, score }) => ({
      index,
      score: areLogits ? 1 / (1 + Math.exp(-score)) : Math.min(1, Math.max(0, score)),
    }));
    return mapped.toSorted((one, other) => other.score - one.score).slice(0, topN ?? mapped.length);
  };
}
