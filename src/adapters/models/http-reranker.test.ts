import { afterEach, expect, test } from "vitest";
import { startProviderServer } from "../../../test/support/provider-server.ts";
import type { ProviderServer } from "../../../test/support/provider-server.ts";
import type { Reranker } from "../../ports/reranker.ts";
import { resolveReranker } from "./resolve-models.ts";

let server: ProviderServer;

afterEach(() => server.close());

async function rerankerOn(...replies: ProviderServer["replies"]): Promise<Reranker> {
  server = await startProviderServer(...replies);
  return resolveReranker(
    { provider: "vllm", model: "m", baseURL: server.url },
    {
      fromLanguageModel() {
        throw new Error("not a language model");
      },
    },
  );
}

test.each([
  ["no JSON", { body: "<html>" }, { code: "provider_failed", retryable: true }],
  ["a broken end", { truncate: { results: [] } }, { code: "provider_failed", retryable: true }],
  ["a reset", { reset: { results: [{ index: 0, relevance_score: 1 }] } }, { code: "provider_failed", retryable: true }],
  ["nothing known", { body: { scores: [1] } }, { code: "provider_invalid_output" }],
  ["null", { body: null }, { code: "provider_invalid_output" }],
  ["no score", { body: { results: [{ index: 0 }] } }, { code: "provider_invalid_output" }],
  ["no such document", { body: { results: [{ index: 5, relevance_score: 1 }] } }, { code: "provider_invalid_output" }],
  ["422", { status: 422, body: { error: "query too long" } }, { code: "provider_failed", retryable: false }],
])("%s", async (_, reply, expected) => {
  const reranker = await rerankerOn(reply as ProviderServer["replies"][number]);
  await expect(reranker.rerank("query", ["one"])).rejects.toMatchObject(expected);
});

test("a time limit is told from the caller's abort", async () => {
  const reranker = await rerankerOn("hang");
  const timeout = reranker.rerank("query", ["one"], { signal: AbortSignal.timeout(50) });
  await expect(timeout).rejects.toMatchObject({ code: "timeout", retryable: true });
  const aborted = reranker.rerank("query", ["one"], { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toMatchObject({ code: "aborted" });
});

test("nothing to rank asks nothing; top_n is asked for, and cut where it is not kept to", async () => {
  const results = [0, 1, 2].map((index) => ({ index, relevance_score: index / 10 }));
  const reranker = await rerankerOn({ body: { results } });
  expect(await reranker.rerank("query", [])).toEqual([]);
  expect(server.requests).toEqual([]);
  expect(await reranker.rerank("query", ["a", "b", "c"], { topN: 1 })).toEqual([{ index: 2, score: 0.2 }]);
  expect(server.requests[0]?.body).toEqual({ model: "m", query: "query", documents: ["a", "b", "c"], top_n: 1 });
});
