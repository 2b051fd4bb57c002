import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import type { MemoryConfig } from "../../src/config.ts";
import type { Reranker } from "../../src/ports/reranker.ts";
import { scriptedModel } from "../support/scripted-model.ts";

let folder: string;
const opened: Memory[] = [];
const filters = { user_id: "ana" };
const TEXTS = ["The red kettle is on the shelf.", "The blue kettle leaks.", "The kettle from Porto is made of copper."];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-rerank-"));
});

afterEach(async () => {
  for (const memory of opened.splice(0)) await memory.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openMemory(config: MemoryConfig): Promise<Memory> {
  const memory = new Memory({ dbPath: join(folder, "memory.db"), ...config });
  opened.push(memory);
  for (const text of TEXTS) await memory.add(text, { userId: "ana", infer: false });
  return memory;
}

/** Likes documents that hold a word. */
function reranker(word: string, more: Partial<Reranker> = {}): Reranker & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    name: "test/reranker",
    maxDocuments: 100,
    asked,
    rerank(_query, documents) {
      asked.push([...documents]);
      return Promise.resolve(documents.map((text, index) => ({ index, score: text.includes(word) ? 0.95 : 0.05 })));
    },
    ...more,
  };
}

describe("a configured reranker", () => {
  it("orders the hits anew, blended with the first stage, and shows its score", async () => {
    const memory = await openMemory({ reranker: reranker("copper") });
    const { results, warnings } = await memory.search("red kettle", { filters, explain: true });
    expect(results[0]?.memory).toContain("copper");
    expect(results[0]?.scoreBreakdown?.rerank).toBe(0.95);
    expect(results.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
    expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(warnings).toEqual([]);
  });

  it("brings up what the first stage ranked below the cut", async () => {
    const memory = await openMemory({ reranker: reranker("copper") });
    const { results } = await memory.search("red kettle on the shelf", { filters, topK: 1 });
    expect(results.map(({ memory: text }) => text)).toEqual([TEXTS[2]]);
  });

  it("is left out when the caller says so", async () => {
    const own = reranker("copper");
    const memory = await openMemory({ reranker: own });
    const { results } = await memory.search("red kettle", { filters, rerank: false });
    expect(results[0]?.memory).toContain("red");
    expect(own.asked).toEqual([]);
  });

  it.each([
    ["fails", { rerank: () => Promise.reject(new TypeError("503")) }, "failed. TypeError"],
    ["hangs", { rerank: () => new Promise<never>(() => undefined) }, "rerankTimeoutMs"],
    ["answers nonsense", { rerank: () => Promise.resolve([{ index: 7, score: Number.NaN }]) }, "no score"],
  ])("leaves the first stage's order when it %s, and says so", async (_case, broken, reason) => {
    const memory = await openMemory({ reranker: reranker("copper", broken), rerankTimeoutMs: 100 });
    const { results, warnings } = await memory.search("red kettle", { filters });
    expect(results[0]?.memory).toContain("red");
    expect(warnings.join()).toContain(reason);
    expect((await memory.context("red kettle", { userId: "ana", tokenBudget: 60 })).text).toContain("kettle");
  });

  it("never puts a value in front of the one that replaced it", async () => {
    const memory = new Memory({ dbPath: join(folder, "moves.db"), reranker: reranker("Paris") });
    opened.push(memory);
    await memory.add("I live in Paris.", { userId: "ana", timestamp: "2026-01-01" });
    await memory.add("I moved to Berlin.", { userId: "ana", timestamp: "2026-05-01" });
    const { results } = await memory.search("Where do I live?", { filters });
    const texts = results.map(({ memory: text }) => text);
    expect(texts.findIndex((text) => text.includes("Berlin"))).toBeLessThan(
      texts.findIndex((text) => text.includes("Paris")),
    );
  });

  it("may be the language model, within its budget and ledger", async () => {
    const llm = scriptedModel((call) =>
      call.purpose === "reranking"
        ? '{"scores":[{"document":1,"score":0.1},{"document":2,"score":0.1},{"document":3,"score":0.9}]}'
        : '{"facts":[]}',
    );
    const memory = await openMemory({ llm, reranker: "llm" });
    const { warnings } = await memory.search("kettle", { filters, explain: true });
    expect(warnings).toEqual([]);
    const { calls } = await memory.ledger();
    expect(calls.map(({ purpose }) => purpose)).toContain("reranking");
  });

  it("is asked for in vain where there is none", async () => {
    const memory = await openMemory({});
    const { warnings } = await memory.search("kettle", { filters, rerank: true });
    expect(warnings).toEqual(["rerank needs a configured reranker; the order is that of the first stage."]);
  });
});
