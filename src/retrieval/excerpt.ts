import { analyze } from "../text/analyze.ts";

/**
 * The sentences of a long text that hold most of the query's terms, in their order, gaps marked by an ellipsis;
 * a text within the limit is returned as it is. Opening sentences win ties, since they say what a text is about.
 */
export function excerpt(text: string, terms: readonly string[], limit: number): string {
  if (text.length <= limit) return text;
  const wanted = new Set(terms);
  const sentences = text.split(/(?<=[.!?。！？])\s+|\n+/u).filter((sentence) => sentence.trim() !== "");
  const scored = sentences.map((sentence, index) => {
    const found = new Set(analyze(sentence.slice(0, limit)).filter((term) => wanted.has(term)));
    return { index, sentence, score: found.size - index / (sentences.length * 2) };
  });
  const chosen = new Set<number>();
  let length = 0;
  for (const { index, sentence } of scored.toSorted((left, right) => right.score - left.score)) {
    if (length + sentence.length + 2 > limit) continue;
    chosen.add(index);
    length += sentence.length + 2;
  }
  if (chosen.size === 0) return `${text.slice(0, limit - 1)}…`;
  let result = "";
  let last = -1;
  for (const index of [...chosen].toSorted((left, right) => left - right)) {
    result += index === last + 1 ? (result === "" ? "" : " ") : result === "" ? "… " : " … ";
    result += sentences[index];
    last = index;
  }
  return last === sentences.length - 1 ? result : `${result} …`;
}
