import { describe, expect, test } from "vitest";
import { readConfig } from "./parse-mem0-config.ts";

describe("Mem0's configuration", () => {
  test("models and instructions are handed on as they are", () => {
    const llm = { provider: "openai", config: { model: "gpt-5-mini", apiKey: "k" } };
    const embedder = { provider: "ollama", config: { model: "nomic-embed-text", embeddingDims: 768 } };
    const reranker = { provider: "cohere", config: {} };
    const { config, warnings } = readConfig({ llm, embedder, reranker, customInstructions: "Only work." });
    expect({ ...config }).toEqual({ llm, embedder, reranker, customInstructions: "Only work." });
    expect(warnings).toEqual([]);
  });

  test("the memory store's file is ours, and a dbPath beside it wins", () => {
    const vectorStore = { provider: "memory", config: { dbPath: "/data/a.db", dimension: 1536 } };
    expect(readConfig({ vectorStore }).config).toEqual({ dbPath: "/data/a.db" });
    expect(readConfig({ vectorStore, dbPath: "/data/b.db" }).config["dbPath"]).toBe("/data/b.db");
  });

  test("what has no effect is told with its reason", () => {
    const { config, warnings } = readConfig({
      version: "v1.1",
      historyStore: { provider: "sqlite", config: { historyDbPath: "h.db" } },
      historyDbPath: "h.db",
      disableHistory: true,
      vectorStore: { provider: "memory", config: { collectionName: "mine" } },
    });
    expect({ ...config }).toEqual({});
    expect(warnings).toHaveLength(5);
    expect(warnings.join(" ")).toMatch(/collectionName.*dbPath/u);
  });

  test.each(["qdrant", "pgvector", "redis", "", null])(
    "the vector store %j is refused with those that there are",
    (provider) => {
      expect(() => readConfig({ vectorStore: { provider } })).toThrow(/It has "memory"/u);
    },
  );

  test.each([[[]], ["memory.db"], [7]])("%j is no configuration", (input) => {
    expect(() => readConfig(input)).toThrow(/configuration object/u);
  });
});
