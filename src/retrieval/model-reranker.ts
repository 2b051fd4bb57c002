import { MemoryError } from "../errors.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../ports/language-model.ts";
import type { Reranker } from "../ports/reranker.ts";
import { renderRerank, RERANK_INSTRUCTIONS, RERANK_SCHEMA } from "../prompts/rerank.ts";

export interface ModelRerankerOptions {
  /** Provider and model. */
  readonly name: string;
  /** One answer of the language model; retries, budget and ledger are its own. */
  readonly generate: (call: LanguageModelCall) => Promise<LanguageModelAnswer>;
}

const MAX_DOCUMENTS = 50;
const TOKENS_PER_DOCUMENT = 24;

/** Any language model as a reranker: one call that scores all documents. */
export function createModelReranker({ name, generate }: ModelRerankerOptions): Reranker {
  return {
    name,
    maxDocuments: MAX_DOCUMENTS,
    async rerank(query, documents, { topN, signal } = {}) {
      if (documents.length === 0) return [];
      const { text } = await generate({
        purpose: "reranking",
        instructions: RERANK_INSTRUCTIONS,
        prompt: renderRerank(query, documents),
        output: { name: "scores", schema: RERANK_SCHEMA },
        temperature: 0,
        // Models that think spend tokens before the first of the answer.
        maxOutputTokens: 1_000 + documents.length * TOKENS_PER_DOCUMENT,
        ...(signal === undefined ? {} : { signal }),
      });
      const ranking = readScores(text, documents.length, name);
      return ranking.toSorted((one, other) => other.score - one.score).slice(0, topN ?? ranking.length);
    },
  };
}

/** @throws MemoryError `provider_invalid_output` where there is not one score to read. */
function readScores(text: string, count: number, name: string): { index: number; score: number }[] {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  let scores: unknown;
  try {
    ({ scores } = JSON.parse(text.slice(start, end + 1)) as { scores?: unknown });
  } catch (cause) {
    throw new MemoryError("provider_invalid_output", `${name} was asked for scores as JSON and wrote something else.`, {
      cause,
    });
  }
  const byIndex = new Map<number, number>();
  for (const entry of Array.isArray(scores) ? (scores as unknown[]) : []) {
    const { document, score } = (entry ?? {}) as Record<string, unknown>;
    if (typeof document !== "number" || !Number.isInteger(document) || document < 1 || document > count) continue;
    if (typeof score !== "number" || !(score >= 0 && score <= 1)) continue;
    if (!byIndex.has(document - 1)) byIndex.set(document - 1, score);
  }
  // Documents without a score are left out: the first stage's order stands for them.
  if (byIndex.size > 0) return Array.from(byIndex, ([index, score]) => ({ index, score }));
  throw new MemoryError("provider_invalid_output", `${name} gave no score from 0 to 1 for any of ${count} documents.`);
}
