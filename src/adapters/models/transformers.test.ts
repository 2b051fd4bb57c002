import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { resolveEmbedder, resolveReranker } from "./resolve-models.ts";

/** What the package was asked, which is not installed here: real weights are tried by hand (docs/models.md). */
const asked = vi.hoisted(() => ({
  loads: [] as unknown[][],
  runs: [] as unknown[][],
  failure: "",
  load(...inputs: unknown[]): void {
    this.loads.push(inputs);
    if (this.failure !== "") throw new Error(this.failure);
  },
}));

vi.mock("@huggingface/transformers", () => {
  return {
    async pipeline(...inputs: unknown[]) {
      asked.load(...inputs);
      const { progress_callback: tell } = inputs[2] as { progress_callback?: (progress: object) => void };
      tell?.({ status: "initiate", file: "onnx/model.onnx" });
      tell?.({ status: "progress", file: "onnx/model.onnx", loaded: 5, total: 10 });
      return async (texts: string[], options: object) => {
        asked.runs.push([texts, options]);
        return { dims: [texts.length, 2], data: Float32Array.from(texts.flatMap((text) => [text.length, 0])) };
      };
    },
    AutoTokenizer: {
      async from_pretrained(...inputs: unknown[]) {
        asked.load("tokenizer", ...inputs);
        return (texts: string[], { text_pair: pairs }: { text_pair: string[] }) =>
          texts.map((text, i) => [text, pairs[i]]);
      },
    },
    AutoModelForSequenceClassification: {
      async from_pretrained(...inputs: unknown[]) {
        asked.load("classifier", ...inputs);
        return async (pairs: [string, string][]) => {
          asked.runs.push(pairs);
          const data = pairs.map(([query, document]) => (document.includes(query) ? 4 : -4));
          return { logits: { dims: [pairs.length, 1], data } };
        };
      },
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), "recollect-weights-"));

beforeEach(() => {
  asked.loads.length = 0;
  asked.runs.length = 0;
  asked.failure = "";
});

afterAll(() => {
  rmdirSync(folder);
});

describe("sentence encoders", () => {
  test("run sixteen texts at a time, loaded once, in order, the pooling as the model wants it", async () => {
    const embedder = resolveEmbedder({ provider: "transformers", model: "BAAI/bge-small-en-v1.5", dimensions: 2 });
    const vectors = await embedder.embed(
      Array.from({ length: 20 }, (_, index) => "x".repeat(index + 1)),
      {
        purpose: "document",
      },
    );
    expect(vectors).toHaveLength(20);
    await embedder.embed(["a question"], { purpose: "query" });
    expect(asked.loads).toHaveLength(1);
    expect(asked.runs.map(([texts]) => (texts as string[]).length)).toEqual([16, 4, 1]);
    expect(asked.runs[0]?.[1]).toEqual({ pooling: "cls", normalize: true });
    expect(asked.runs[2]?.[0]).toEqual(["Represent this sentence for searching relevant passages: a question"]);
  });

  test("a hub id may be downloaded, with progress; a folder is all there is", async () => {
    const onProgress = vi.fn<(progress: object) => void>();
    const hub = { provider: "transformers", model: "org/model", cacheDirectory: "/cache", dtype: "q8", onProgress };
    await resolveEmbedder(hub).embed(["a"], { purpose: "document" });
    expect(asked.loads[0]).toMatchObject([
      "feature-extraction",
      "org/model",
      { local_files_only: false, cache_dir: "/cache", dtype: "q8" },
    ]);
    expect(onProgress.mock.calls).toEqual([[{ file: "onnx/model.onnx", loaded: 5, total: 10 }]]);
    const local = resolveEmbedder({ provider: "transformers", model: folder });
    await local.embed(["a"], { purpose: "document" });
    expect(asked.loads[1]).toMatchObject(["feature-extraction", folder, { local_files_only: true }]);
    expect(local.space.key).toMatch(/^transformers\/recollect-weights-\w+\/2$/u);
  });

  test("what cannot be loaded says what is needed", async () => {
    asked.failure = "404";
    const embedder = resolveEmbedder({ provider: "transformers", model: folder });
    await expect(embedder.embed(["a"], { purpose: "document" })).rejects.toMatchObject({
      code: "provider_failed",
      message: expect.stringMatching(/the folder .*config\.json, tokenizer\.json/u) as unknown,
    });
  });
});

describe("cross-encoders", () => {
  test("read query and document together; logits become chances", async () => {
    const reranker = resolveReranker("sentence_transformer", {
      fromLanguageModel() {
        throw new Error("not a language model");
      },
    });
    const documents = Array.from({ length: 18 }, (_, index) => (index === 17 ? "salt and sugar" : `nothing ${index}`));
    const ranking = await reranker.rerank("salt", documents, { topN: 2 });
    expect(ranking).toHaveLength(2);
    expect(ranking[0]?.index).toBe(17);
    expect(ranking[0]?.score).toBeCloseTo(0.982, 3);
    expect(ranking[1]?.score).toBeCloseTo(0.018, 3);
    expect(asked.runs.map((pairs) => pairs.length)).toEqual([16, 2]);
    expect(asked.loads.map(([what]) => what)).toEqual(["tokenizer", "classifier"]);
    await expect(reranker.rerank("salt", documents, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
  });
});
