import { MockEmbeddingModelV4, MockLanguageModelV4 } from "ai/test";
import { afterEach, describe, expect, test } from "vitest";
import { chatReply, startProviderServer } from "../../../test/support/provider-server.ts";
import type { ProviderServer } from "../../../test/support/provider-server.ts";
import { PROVIDERS } from "./provider-table.ts";
import { importOptional } from "./import-optional.ts";
import { resolveEmbedder, resolveLanguageModel, resolveReranker } from "./resolve-models.ts";

const CALL = { purpose: "extraction", instructions: "Find facts.", prompt: "Ana lives in Lisbon." } as const;
let server: ProviderServer | undefined;

function fromLanguageModel(): never {
  throw new Error("not asked");
}

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("names", () => {
  test.each([
    ["openai/gpt-5-mini", "openai", "gpt-5-mini"],
    ["openai", "openai", "gpt-5-mini"],
    [{ provider: "openai_structured" }, "openai", "gpt-5-mini"],
    [{ provider: "anthropic", config: {} }, "anthropic", "claude-sonnet-4-6"],
    [{ provider: "gemini" }, "google", "gemini-2.0-flash"],
    [{ provider: "azure_openai", config: { modelProperties: { deployment: "mine" } } }, "azure", "mine"],
    [
      { provider: "aws_bedrock", config: { model: "amazon.nova-lite-v1:0" } },
      "amazon-bedrock",
      "amazon.nova-lite-v1:0",
    ],
    ["together/MiniMaxAI/MiniMax-M3", "together", "MiniMaxAI/MiniMax-M3"],
    [{ provider: "ollama" }, "ollama", "llama3.1:8b"],
    [{ provider: "openai-compatible", model: "x", baseURL: "http://localhost:1" }, "openai-compatible", "x"],
  ])("%j", (setting, provider, model) => {
    expect(resolveLanguageModel(setting)).toMatchObject({ provider, model });
  });

  test("each name and alias stands for one provider", () => {
    const names = PROVIDERS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    // Mem0's own, of language models.
    const mem0 =
      "openai openai_structured anthropic groq ollama lmstudio google gemini azure_openai mistral deepseek xai sarvam aws_bedrock litellm minimax together vllm";
    for (const provider of mem0.split(" "))
      expect(resolveLanguageModel({ provider, config: { model: "m", baseURL: "http://localhost:1" } }).model).toBe("m");
  });

  test.each([
    ["cohere", "cohere/rerank-v3.5"],
    [{ provider: "zero_entropy", config: { model: "zerank-1" } }, "zeroentropy/zerank-1"],
    [{ provider: "sentence_transformer" }, "transformers/Xenova/ms-marco-MiniLM-L-6-v2"],
    [{ provider: "huggingface", config: {} }, "transformers/Xenova/bge-reranker-base"],
    [{ provider: "huggingface", baseURL: "http://localhost:8080" }, "huggingface/default"],
    [{ provider: "llm_reranker", config: { provider: "openai", model: "gpt-5-nano" } }, "of openai/gpt-5-nano"],
    [{ provider: "llm", llm: "groq/x" }, "of groq/x"],
    ["llm", "of openai/gpt-5-mini"],
  ])("reranker %j", (setting, name) => {
    const languageModel = resolveLanguageModel("openai");
    const reranker = resolveReranker(setting, {
      languageModel,
      fromLanguageModel: ({ provider, model }) => ({
        name: `of ${provider}/${model}`,
        maxDocuments: 1,
        rerank: () => Promise.resolve([]),
      }),
    });
    expect(reranker.name).toBe(name);
  });

  test("a reranker of a language model that is not there says so", () => {
    expect(() => resolveReranker("llm", { fromLanguageModel })).toThrow(/Set llm/u);
    expect(() => resolveReranker("anthropic", { fromLanguageModel })).toThrow(/anthropic has no rerankers.*cohere/u);
  });
});

describe("model objects of the AI SDK", () => {
  test("a language model is asked once, with images and the schema", async () => {
    const mock = new MockLanguageModelV4({
      provider: "openai.chat",
      modelId: "gpt-x",
      doGenerate: {
        content: [{ type: "text", text: "{}" }],
        finishReason: { unified: "stop", raw: "stop" },
        usage: {
          inputTokens: { total: 9, noCache: 4, cacheRead: 5, cacheWrite: 0 },
          outputTokens: { total: 3, text: 3, reasoning: 0 },
        },
        warnings: [{ type: "unsupported", feature: "temperature" }],
      },
    });
    const model = resolveLanguageModel(mock);
    expect(model).toMatchObject({ provider: "openai", model: "gpt-x" });
    const image = { mediaType: "image/png", data: new Uint8Array([1]) };
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const answer = await model.generate({ ...CALL, images: [image], output: { name: "facts", schema } });
    expect(answer).toEqual({
      text: "{}",
      usage: { inputTokens: 9, outputTokens: 3, cachedInputTokens: 5 },
      finishReason: "stop",
      warnings: ["unsupported: temperature"],
    });
    expect(mock.doGenerateCalls).toHaveLength(1);
    expect(mock.doGenerateCalls[0]).toMatchObject({
      responseFormat: { type: "json", name: "facts", schema },
      // The schema leaves "a" open: providers would refuse it as strict.
      providerOptions: { openai: { strictJsonSchema: false } },
    });
    expect(JSON.stringify(mock.doGenerateCalls[0]?.prompt)).toContain("image/png");
  });

  test("one of an older AI SDK (v2) is understood", async () => {
    const model = resolveLanguageModel({
      specificationVersion: "v2",
      provider: "acme",
      modelId: "old",
      doGenerate: () =>
        Promise.resolve({
          content: [{ type: "text", text: "hi" }],
          finishReason: "content-filter",
          usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5, cachedInputTokens: 1 },
          warnings: [],
        }),
    });
    expect(await model.generate(CALL)).toEqual({
      text: "hi",
      usage: { inputTokens: 3, outputTokens: 2, cachedInputTokens: 1 },
      finishReason: "refusal",
      warnings: [],
    });
  });

  test("an embedding model", async () => {
    const mock = new MockEmbeddingModelV4({
      provider: "openai.embedding",
      modelId: "text-embedding-3-small",
      maxEmbeddingsPerCall: 2,
      doEmbed: ({ values }) =>
        Promise.resolve({ embeddings: values.map(() => Array.from({ length: 1536 }, () => 1)), warnings: [] }),
    });
    const embedder = resolveEmbedder(mock);
    expect(embedder.space.key).toBe("openai/text-embedding-3-small/1536");
    expect(await embedder.embed(["a", "b", "c"], { purpose: "document" })).toHaveLength(3);
    expect(mock.doEmbedCalls).toHaveLength(2);
  });
});

describe("settings", () => {
  test("reach the request: headers, sampling, limits, properties, a server without /v1", async () => {
    server = await startProviderServer(chatReply("ok"));
    const model = resolveLanguageModel({
      provider: "ollama",
      config: {
        url: server.url,
        model: "m",
        headers: { "x-tenant": "t1" },
        temperature: 0.3,
        topP: 0.9,
        maxTokens: 55,
        modelProperties: { think: false },
      },
    });
    await model.generate({ ...CALL, temperature: 0 });
    const [request] = server.requests;
    expect(request?.path).toBe("/v1/chat/completions");
    expect(request?.headers["x-tenant"]).toBe("t1");
    expect(request?.body).toMatchObject({ temperature: 0.3, top_p: 0.9, max_tokens: 55, think: false });
    expect(request?.headers["authorization"]).toBeUndefined();
  });

  test.each([
    [{ provider: "openai", temperatur: 1 }, /no setting llm\.temperatur\./u],
    [{ provider: "openai", temperature: "hot" }, /llm\.temperature must be a number/u],
    [{ provider: "openai", jsonMode: "yaml" }, /llm\.jsonMode must be "schema"/u],
    [{ provider: "fastembed" }, /fastembed/u],
    [{ provider: "langchain" }, /pass the model object/u],
    [{}, /"provider\/model"/u],
    [null, /"provider\/model"/u],
  ])("%j is refused", (setting, message) => {
    expect(() => resolveLanguageModel(setting)).toThrow(message);
  });

  test("what Mem0 lets pass inside of config passes here", () => {
    expect(() => resolveLanguageModel({ provider: "openai", config: { whatever: 1, model: "m" } })).not.toThrow();
  });

  test("prices are known of some models, and never of another server", () => {
    const known = { input: 0.25, output: 2, cachedInput: 0.025 };
    expect(resolveLanguageModel("openai/gpt-5-mini").price).toEqual(known);
    expect(resolveLanguageModel("openai/gpt-5-mini-2025-08-07").price).toEqual(known);
    expect(resolveLanguageModel("openai/gpt-5-mini-fine").price).toBeUndefined();
    expect(resolveLanguageModel({ provider: "openai", baseURL: "http://localhost:1/v1" }).price).toBeUndefined();
    const price = { input: 1, output: 1 };
    expect(resolveLanguageModel({ provider: "openai", price }).price).toEqual(price);
  });

  test("a server of one's own has to be named", async () => {
    const model = resolveLanguageModel("openai-compatible/m");
    await expect(model.generate(CALL)).rejects.toMatchObject({ code: "invalid_input", message: /needs baseURL/u });
  });

  test.each(["not a url", "localhost:8000"])("baseURL %j is refused", async (baseURL) => {
    const model = resolveLanguageModel({ provider: "vllm", model: "m", baseURL });
    await expect(model.generate(CALL)).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("images are refused before a request where the model is blind", async () => {
    server = await startProviderServer(chatReply("ok"));
    const model = resolveLanguageModel({ provider: "vllm", model: "m", baseURL: server.url, canSeeImages: false });
    const images = [{ mediaType: "image/png", data: new Uint8Array([1]) }];
    await expect(model.generate({ ...CALL, images })).rejects.toMatchObject({ code: "invalid_input" });
    expect(server.requests).toEqual([]);
  });
});

describe("packages that are not installed", () => {
  test.each(["transformers", "node-llama-cpp"])("%s gives the line that installs it", async (provider) => {
    const embedder = resolveEmbedder({ provider, model: "x" });
    await expect(embedder.embed(["a"], { purpose: "document" })).rejects.toMatchObject({
      code: "missing_dependency",
      message: /Run: npm install (?:@huggingface\/transformers@4|node-llama-cpp@3)$/u,
    });
  });

  test("each provider's package is one of the optional peers", async () => {
    const { default: manifest } = (await import("../../../package.json", { with: { type: "json" } })) as {
      default: { peerDependencies: Record<string, string>; peerDependenciesMeta: Record<string, object> };
    };
    const packages = PROVIDERS.flatMap((row) => (row.package === undefined ? [] : [[row.package, row.major] as const]));
    expect(packages.length).toBeGreaterThan(10);
    for (const [name, major] of [...packages, ["@huggingface/transformers", 4], ["node-llama-cpp", 3]] as const) {
      expect(manifest.peerDependencies[name]).toBe(`^${String(major)}.0.0`);
      expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
    }
  });

  test("one that is there but broken is told apart", async () => {
    await expect(importOptional("data:text/javascript,throw new Error('broken')", 1, "A test")).rejects.toMatchObject({
      code: "missing_dependency",
      message: /is installed but cannot be loaded/u,
    });
  });
});
