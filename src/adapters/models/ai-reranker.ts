import type { Reranker } from "../../ports/reranker.ts";
import type { AiRerankingModel } from "./ai-sdk-shapes.ts";
import { endedError, providerError } from "./provider-error.ts";
import { checkedRanking } from "./rerank-scores.ts";

export interface AiRerankerOptions {
  readonly name: string;
  readonly maxDocuments: number;
  readonly secrets: readonly (string | undefined)[];
  readonly scores?: "chances" | "logits";
  readonly load: () => Promise<AiRerankingModel>;
}

/** A reranking model of the AI SDK (Cohere, Voyage, Bedrock, Together); one request per call. */
export function createAiReranker({ name, maxDocuments, secrets, scores, load }: AiRerankerOptions): Reranker {
  let loading: Promise<AiRerankingModel> | undefined;
  const read = checkedRanking(name, scores);
  return {
    name,
    maxDocuments,
    async rerank(query, documents, { topN, signal } = {}) {
      if (signal?.aborted === true) throw endedError(name, signal);
      if (documents.length === 0) return [];
      loading ??= load();
      loading.catch(() => (loading = undefined));
      const model = await loading;
      try {
        const { ranking } = await model.doRerank({
          query,
          documents: { type: "text", values: [...documents] },
          topN: topN ?? documents.length,
          ...(signal === undefined ? {} : { abortSignal: signal }),
        });
        const entries = ranking.map(({ index, relevanceScore }) => ({ index, score: relevanceScore }));
        return read(entries, documents.length, topN);
      } catch (error) {
        throw providerError(error, { name, secrets, texts: [query, ...documents], signal });
      }
    },
  };
}
