import { describe, expect, test } from "vitest";
import { parseConfig } from "./config.ts";

describe("parseConfig", () => {
  test("fills in the defaults, also for what is undefined", () => {
    expect(parseConfig({ durability: undefined, maxMessages: 5 })).toEqual({
      durability: "strict",
      recipe: "default",
      maskSecrets: true,
      allowPrivateAddresses: false,
      maxMessageCharacters: 4_000_000,
      maxMessages: 5,
      retentionDays: 30,
      reviewBelow: 0.3,
      timeZone: "UTC",
      vectorCacheBytes: 512 * 1024 * 1024,
      modelTimeoutMs: 60_000,
      rerankTimeoutMs: 2_000,
      modelConcurrency: 4,
      modelBudget: {},
      extractionDelayMs: 20_000,
    });
  });

  test("takes every setting", () => {
    const settings = {
      dbPath: "a.db",
      durability: "relaxed",
      llm: "openai/gpt-5-mini",
      embedder: false,
      previousEmbedder: "openai/text-embedding-3-small",
      reranker: { provider: "cohere" },
      modelTimeoutMs: 1,
      rerankTimeoutMs: 1,
      modelConcurrency: 1,
      modelBudget: { dailyTokens: 5, monthlyCost: 0.5 },
      modelPrice: { input: 1, output: 2, cachedInput: 0.1 },
      extractionDelayMs: 0,
      customInstructions: "Only work.",
      agentCustomInstructions: "Only tools.",
      customCategories: ["work", { travel: "trips" }],
      includes: "work",
      excludes: "health",
      recipe: "lexical",
      maskSecrets: false,
      allowPrivateAddresses: true,
      maxMessageCharacters: 1,
      maxMessages: 1,
      retentionDays: 0,
      reviewBelow: 1,
      timeZone: "Asia/Tokyo",
      dreamEveryHours: 24,
      decay: { halfLifeDays: 30, strength: 0.1 },
      vectorCacheBytes: 1,
      now: Date.now,
      onWarning: String,
    };
    expect(parseConfig(settings)).toEqual(settings);
  });

  test.each([
    [{ dbPath: "" }, 'dbPath must be a path that is not empty, got "".'],
    [{ allowPrivateAddresses: ["127.0.0.1"] }, "allowPrivateAddresses must be true or false, got an array."],
    [{ durability: "fast" }, 'durability must be "strict" or "relaxed", got "fast".'],
    [{ embedder: true }, "embedder must be an embedder's name, its settings, an Embedder, or false, got true."],
    [{ llm: 5 }, "llm must be a model's name, its settings or a model object, got 5."],
    [{ modelBudget: { dailyTokens: -1 } }, "modelBudget must be an object of dailyTokens, monthlyTokens, dailyCost"],
    [{ modelBudget: { weekly: 1 } }, "modelBudget must be an object of"],
    [{ modelPrice: { input: 1 } }, "modelPrice must be an object of input, output"],
    [{ extractionDelayMs: -1 }, "extractionDelayMs must be 0 or a positive integer, got -1."],
    [{ recipe: 1 }, "recipe must be the name of a recipe, got 1."],
    [{ maskSecrets: "no" }, 'maskSecrets must be true or false, got "no".'],
    [{ maxMessages: 0 }, "maxMessages must be a positive integer, got 0."],
    [{ maxMessageCharacters: 1.5 }, "maxMessageCharacters must be a positive integer, got 1.5."],
    [{ retentionDays: -1 }, "retentionDays must be 0 or a positive integer, got -1."],
    [{ vectorCacheBytes: null }, "vectorCacheBytes must be a positive integer, got null."],
    [{ now: 5 }, "now must be a function that returns epoch milliseconds, got 5."],
    [{ onWarning: [] }, "onWarning must be a function that takes a text, got an array."],
    [{ durable: true }, 'there is no setting "durable".'],
    ["a.db", 'expected an object of settings, got "a.db".'],
    [null, "expected an object of settings, got null."],
  ])("refuses %j", (config, message) => {
    expect(() => parseConfig(config)).toThrow(message);
  });
});
