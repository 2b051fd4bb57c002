import { MemoryError } from "../../errors.ts";
import type { Reranker } from "../../ports/reranker.ts";
import { endedError, providerError } from "./provider-error.ts";
import { checkedRanking } from "./rerank-scores.ts";

export interface HttpRerankerOptions {
  readonly provider: string;
  readonly model: string;
  /** Of the request: `jina` is that of Jina, vLLM, llama.cpp, LiteLLM and ZeroEntropy, `tei` that of Hugging Face's server. */
  readonly shape: "jina" | "tei";
  /** Called at each request: where, and with which key. */
  readonly endpoint: () => { readonly url: string; readonly apiKey: string | undefined };
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
  readonly scores?: "chances" | "logits";
  readonly maxDocuments: number;
}

/** A reranker that the AI SDK does not know. */
export function createHttpReranker(options: HttpRerankerOptions): Reranker {
  const name = `${options.provider}/${options.model}`;
  const read = checkedRanking(name, options.scores);
  return {
    name,
    maxDocuments: options.maxDocuments,
    async rerank(query, documents, { topN, signal } = {}) {
      if (signal?.aborted === true) throw endedError(name, signal);
      if (documents.length === 0) return [];
      const { url, apiKey } = options.endpoint();
      const send = options.fetch ?? fetch;
      const request = { name, secrets: [apiKey], texts: [query, ...documents], signal };
      try {
        const response = await send(url, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
            ...options.headers,
          },
          body: JSON.stringify(bodyOf(options, query, documents, topN)),
          ...(signal === undefined ? {} : { signal }),
        });
        const text = await response.text();
        if (!response.ok) {
          const { status: statusCode, headers } = response;
          throw providerError(
            { statusCode, responseHeaders: Object.fromEntries(headers), responseBody: text },
            request,
          );
        }
        return read(rankingIn(parsed(text, name), name), documents.length, topN);
      } catch (error) {
        throw providerError(error, request);
      }
    },
  };
}

function bodyOf(
  { shape, model }: HttpRerankerOptions,
  query: string,
  documents: readonly string[],
  topN: number | undefined,
): object {
  if (shape === "tei") return { query, texts: documents, raw_scores: false, truncate: true };
  return { model, query, documents, ...(topN === undefined ? {} : { top_n: topN }) };
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // An answer that broke off: the request may well succeed the next time.
    throw new MemoryError("provider_failed", `${name} gave an answer that is no JSON, or broke off.`, {
      cause,
      retryable: true,
    });
  }
}

/** `{ results: [{ index, relevance_score }] }` or `[{ index, score }]`. */
function rankingIn(answer: unknown, name: string): { index: unknown; score: unknown }[] {
  const list = Array.isArray(answer) ? answer : ((answer ?? {}) as Record<string, unknown>)["results"];
  if (!Array.isArray(list))
    throw new MemoryError("provider_invalid_output", `${name} returned neither results nor a list of scores.`);
  return list.map((entry) => {
    const { index, relevance_score: relevance, score } = (entry ?? {}) as Record<string, unknown>;
    return { index, score: relevance ?? score };
  });
}
