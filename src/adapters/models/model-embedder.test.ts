import { describe, expect, test } from "vitest";
import type { Embedder } from "../../ports/embedder.ts";
import { createModelEmbedder } from "./model-embedder.ts";
import type { ModelEmbedderOptions } from "./model-embedder.ts";
import { resolveEmbedder } from "./resolve-models.ts";

interface Asked {
  readonly embedder: Embedder;
  readonly requests: string[][];
}

function embedderOf(
  answer: (texts: readonly string[]) => unknown[],
  more: Partial<ModelEmbedderOptions> & { readonly maxTexts?: number } = {},
): Asked {
  const requests: string[][] = [];
  const embedder = createModelEmbedder({
    provider: "p",
    model: "m",
    maxBatchSize: 10,
    ...more,
    load: () =>
      Promise.resolve({
        maxTexts: more.maxTexts ?? 10,
        embed: async (texts) => {
          requests.push([...texts]);
          return answer(texts);
        },
      }),
  });
  return { embedder, requests };
}

const same = (texts: readonly string[]): unknown[] => texts.map(() => [1, 2, 2]);
const key = (more: Partial<ModelEmbedderOptions>): string =>
  embedderOf(same, { dimensions: 3, ...more }).embedder.space.key;
const document = { purpose: "document" } as const;

describe("an embedder over a model", () => {
  test("cuts into requests of the size that the provider takes, and keeps the order", async () => {
    const { embedder, requests } = embedderOf((texts) => texts.map((text) => [Number(text), 1]), { maxTexts: 2 });
    const vectors = await embedder.embed(["1", "2", "", "3", "4", "5"], document);
    expect(requests.toSorted()).toEqual([["1", "2"], ["3", "4"], ["5"]]);
    const ratios = vectors.map((vector) => vector && Math.round((vector[0] as number) / (vector[1] as number)));
    expect(ratios).toEqual([1, 2, null, 3, 4, 5]);
  });

  test("sends nothing when there is nothing to say", async () => {
    const { embedder, requests } = embedderOf(same);
    expect(await embedder.embed(["", " \n"], document)).toEqual([null, null]);
    expect(requests).toEqual([]);
  });

  test("long texts are cut, and no character is torn", async () => {
    const { embedder, requests } = embedderOf(same, { maxCharacters: 5, documentPrefix: "d: " });
    await embedder.embed(["abcd😀efg"], document);
    expect(requests).toEqual([["d: abcd"]]);
  });

  test.each([
    ["too few", () => [], /0 vectors for 1 texts/u],
    ["too many", () => [[1], [1]], /2 vectors for 1 texts/u],
    ["not a number", () => [[1, Number.NaN, 0]], /no finite number/u],
    ["null in it", () => [[1, null, 0]], /no finite number/u],
    ["no vector", () => ["text"], /no vector/u],
    ["empty", () => [[]], /without numbers/u],
    ["zeros", () => [[0, 0, 0]], /zeros/u],
    ["wrong dimensions", () => [[1, 1]], /2 dimensions where 3 were expected.*dimensions: 2.*reembed/u],
  ])("%s is refused", async (_, answer, message) => {
    const { embedder } = embedderOf(answer, { dimensions: 3 });
    await expect(embedder.embed(["x"], document)).rejects.toMatchObject({
      code: "provider_invalid_output",
      message: expect.stringMatching(message) as unknown,
    });
  });

  test("a failed load is tried again", async () => {
    let tries = 0;
    const embedder = createModelEmbedder({
      provider: "p",
      model: "m",
      maxBatchSize: 4,
      async load() {
        tries += 1;
        if (tries === 1) throw new Error("not yet");
        return { maxTexts: 4, embed: async (texts) => same(texts) };
      },
    });
    await expect(embedder.embed(["x"], document)).rejects.toThrow("not yet");
    expect(await embedder.embed(["x"], document)).toHaveLength(1);
  });
});

describe("the space", () => {
  test("is told by provider, model, dimensions and the prefix of documents", () => {
    expect(key({})).toBe("p/m/3");
    expect(key({ queryPrefix: "query: " })).toBe("p/m/3");
    expect(key({ documentPrefix: "a: " })).toMatch(/^p\/m\/3\/p-[0-9a-f]{8}$/u);
    expect(key({ documentPrefix: "a: " })).not.toBe(key({ documentPrefix: "b: " }));
  });

  test("says what to do while its dimensions are not known, and knows them after prepare", async () => {
    const { embedder, requests } = embedderOf(same, { maxTexts: 100 });
    expect(() => embedder.space.dimensions).toThrow(/prepare\(\).*dimensions/u);
    expect(() => embedder.space.key).toThrow(/prepare\(\)/u);
    await embedder.prepare?.();
    await embedder.prepare?.();
    expect(embedder.space.key).toBe("p/m/3");
    expect(requests).toHaveLength(1);
    // All vectors are the same here.
    expect(embedder.space.background.mean).toBeCloseTo(1, 5);
    expect(embedder.space.background.deviation).toBeGreaterThan(0);
  });

  test("knows them after a first vector too", async () => {
    const { embedder } = embedderOf(same);
    await embedder.embed(["x"], document);
    expect(embedder.space.dimensions).toBe(3);
  });
});

describe("embedders by name", () => {
  test.each([
    ["openai/text-embedding-3-small", "openai/text-embedding-3-small/1536"],
    ["openai", "openai/text-embedding-3-small/1536"],
    [
      { provider: "openai", config: { model: "text-embedding-3-large", embeddingDims: 256 } },
      "openai/text-embedding-3-large/256",
    ],
    [{ provider: "gemini" }, "google/gemini-embedding-001/3072"],
    [{ provider: "vertexai", config: { embeddingDims: 256 } }, "google-vertex/gemini-embedding-001/256"],
    [{ provider: "aws_bedrock" }, "amazon-bedrock/amazon.titan-embed-text-v2:0/1024"],
    [{ provider: "azure_openai" }, "azure/text-embedding-3-small/1536"],
    ["voyage/voyage-3.5", "voyage/voyage-3.5/1024"],
    ["transformers/Xenova/all-MiniLM-L6-v2", "transformers/Xenova/all-MiniLM-L6-v2/384"],
  ])("%j", (setting, expected) => {
    expect(resolveEmbedder(setting).space.key).toBe(expected);
  });

  test.each([
    ["ollama", /^ollama\/nomic-embed-text\/768\/p-/u],
    [{ provider: "vllm", model: "intfloat/e5-base-v2" }, /^vllm\/intfloat\/e5-base-v2\/768\/p-/u],
  ])("%j has a prefix", (setting, expected) => {
    expect(resolveEmbedder(setting).space.key).toMatch(expected);
  });

  test.each([
    ["fastembed", /instead of the provider fastembed.*transformers/u],
    ["deepseek/x", /deepseek has no embedding models\. Providers: openai/u],
    ["nowhere", /no provider "nowhere"/u],
    ["lmstudio", /name the model/u],
    [{ provider: "openai", dimensions: 0 }, /embedder\.dimensions must be a positive integer/u],
    [{ provider: "openai", modle: "x" }, /no setting embedder\.modle/u],
    [{ model: "x" }, /Embedder with a function embed/u],
    [true, /"provider\/model"/u],
  ])("%j is refused with what to do", (setting, message) => {
    expect(() => resolveEmbedder(setting)).toThrow(message);
  });
});
