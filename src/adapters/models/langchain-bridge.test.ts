import { AIMessage } from "@langchain/core/messages";
import { FakeEmbeddings, FakeListChatModel } from "@langchain/core/utils/testing";
import { describe, expect, test } from "vitest";
import { resolveEmbedder, resolveLanguageModel } from "./resolve-models.ts";

const CALL = { purpose: "extraction", instructions: "Find facts.", prompt: "Ana lives in Lisbon." } as const;

function chatOf(answer: (messages: readonly object[], options: { signal?: AbortSignal }) => Promise<unknown>): object {
  return { modelName: "my-chat", invoke: answer };
}

describe("LangChain's chat models", () => {
  test("a model of @langchain/core answers", async () => {
    const model = resolveLanguageModel(new FakeListChatModel({ responses: ["hello"] }));
    expect(model.provider).toBe("langchain");
    expect(await model.generate(CALL)).toMatchObject({ text: "hello", usage: { inputTokens: 0 } });
  });

  test("Mem0's form holds the object", async () => {
    const model = resolveLanguageModel({
      provider: "langchain",
      config: { model: new FakeListChatModel({ responses: ["hello"] }) },
    });
    expect((await model.generate(CALL)).text).toBe("hello");
  });

  test("tokens, finish reason, parts, images and the schema go over", async () => {
    let asked: readonly object[] = [];
    const model = resolveLanguageModel(
      chatOf(async (messages) => {
        asked = messages;
        const content = [
          { type: "text", text: '{"facts"' },
          { type: "text", text: ":[]}" },
        ];
        return Object.assign(new AIMessage({ content }), {
          usage_metadata: {
            input_tokens: 10,
            output_tokens: 5,
            total_tokens: 15,
            input_token_details: { cache_read: 7 },
          },
          response_metadata: { finish_reason: "length" },
        });
      }),
    );
    const answer = await model.generate({
      ...CALL,
      output: { name: "facts", schema: { type: "object" } },
      images: [{ mediaType: "image/png", data: new Uint8Array([1, 2, 3]) }],
    });
    expect(answer).toMatchObject({
      text: '{"facts":[]}',
      usage: { inputTokens: 10, outputTokens: 5, cachedInputTokens: 7 },
      finishReason: "length",
    });
    expect(model.model).toBe("my-chat");
    expect(JSON.stringify(asked[0])).toContain("JSON Schema");
    expect(JSON.stringify(asked[1])).toContain("data:image/png;base64,AQID");
  });

  test("failures are told apart", async () => {
    const failing = resolveLanguageModel(
      chatOf(async () => {
        throw Object.assign(new Error("Rate limit"), { status: 429, headers: new Headers({ "retry-after": "2" }) });
      }),
    );
    await expect(failing.generate(CALL)).rejects.toMatchObject({
      code: "provider_failed",
      retryable: true,
      details: { status: 429, retryAfterMs: 2000 },
    });
    const hanging = resolveLanguageModel(
      chatOf(
        (_, { signal }) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener("abort", () => {
              reject(new Error("Aborted"));
            });
          }),
      ),
    );
    const signal = AbortSignal.timeout(30);
    await expect(hanging.generate({ ...CALL, signal })).rejects.toMatchObject({ code: "timeout" });
  });
});

describe("LangChain's embeddings", () => {
  test("documents and queries go their own ways", async () => {
    const asked: string[] = [];
    const embedder = resolveEmbedder({
      model: "mine",
      async embedDocuments(texts: string[]) {
        asked.push(...texts.map((text) => `document ${text}`));
        return texts.map(() => [3, 4]);
      },
      async embedQuery(text: string) {
        asked.push(`query ${text}`);
        return [0, 2];
      },
    });
    expect(await embedder.embed(["a", "b"], { purpose: "document" })).toEqual([
      Float32Array.of(0.6, 0.8),
      Float32Array.of(0.6, 0.8),
    ]);
    expect(await embedder.embed(["c"], { purpose: "query" })).toEqual([Float32Array.of(0, 1)]);
    expect(asked).toEqual(["document a", "document b", "query c"]);
    expect(embedder.space.key).toBe("langchain/mine/2");
  });

  test("embeddings of @langchain/core are known as such", async () => {
    const embedder = resolveEmbedder({ provider: "langchain", config: { model: new FakeEmbeddings() } });
    const [vector] = await embedder.embed(["a"], { purpose: "document" });
    expect(vector).toHaveLength(4);
  });
});
