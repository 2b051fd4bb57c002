import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createModelEmbedder } from "../../src/adapters/models/model-embedder.ts";
import type { MemoryConfig } from "../../src/config.ts";
import { MemoryError } from "../../src/errors.ts";
import { Memory } from "../../src/memory.ts";
import type { Embedder } from "../../src/ports/embedder.ts";
import { vectorOf } from "../support/store-fixtures.ts";

let folder: string;
const opened: Memory[] = [];
const filters = { user_id: "ana" };
const TEXTS = ["The red kettle is on the shelf.", "Our boat leaks at the stern.", "Ida teaches the violin."];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-spaces-"));
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const memory of opened.splice(0)) await memory.close();
  rmSync(folder, { recursive: true, force: true });
});

function openMemory(config: MemoryConfig = {}): Memory {
  const memory = new Memory({ dbPath: join(folder, "memory.db"), ...config });
  opened.push(memory);
  return memory;
}

async function fill(memory: Memory): Promise<void> {
  for (const text of TEXTS) await memory.add(text, { userId: "ana", infer: false });
}

interface Fake extends Embedder {
  calls: number;
  isBroken: boolean;
}

/** Over a model of 16 dimensions that is only found out by asking it. */
function unknownEmbedder(model = "found"): Fake {
  const fake = createModelEmbedder({
    provider: "test",
    model,
    maxBatchSize: 64,
    load: () =>
      Promise.resolve({
        maxTexts: 64,
        embed: (texts) => {
          own.calls += 1;
          if (own.isBroken) return Promise.reject(new MemoryError("provider_failed", "503", { retryable: true }));
          return Promise.resolve(texts.map((text) => vectorOf(text) ?? vectorOf("nothing")));
        },
      }),
  });
  const own = Object.assign(fake, { calls: 0, isBroken: false });
  return own;
}

describe("an embedder whose dimensions are not known", () => {
  it("is asked once, and what it said is kept for other processes", async () => {
    const first = unknownEmbedder();
    const memory = openMemory({ embedder: first });
    await fill(memory);
    expect((await memory.stats()).vectors["test/found/16"]).toBe(3);
    const { results } = await memory.search("kettle", { filters, explain: true });
    expect(results[0]?.memory).toContain("kettle");
    await memory.close();
    const second = unknownEmbedder();
    const again = openMemory({ embedder: second });
    await again.search("kettle", { filters });
    // The query alone: the space was known.
    expect(second.calls).toBe(1);
    expect(second.space.background).toEqual(first.space.background);
  });

  it("fails no add and no search while it cannot be reached, and its vectors follow", async () => {
    const embedder = unknownEmbedder();
    embedder.isBroken = true;
    const warnings: string[] = [];
    const memory = openMemory({ embedder, onWarning: (warning) => warnings.push(warning) });
    await fill(memory);
    expect((await memory.search("kettle", { filters })).results[0]?.memory).toContain("kettle");
    expect(warnings.join()).toContain("words answer alone");
    await memory.close();
    embedder.isBroken = false;
    const after = openMemory({ embedder });
    expect(await after.reembed({ wait: true })).toEqual({
      space: "test/found/16",
      done: 3,
      total: 3,
      isComplete: true,
    });
  });
});

describe("another embedder on the same file", () => {
  it("leaves the old vectors answering until its own are complete", async () => {
    const before = openMemory();
    await fill(before);
    const old = await before.search("Which vessel lets water in?", { filters, explain: true });
    await before.close();

    const embedder = unknownEmbedder("new");
    const memory = openMemory({ embedder });
    embedder.isBroken = true;
    const during = await memory.search("Which vessel lets water in?", { filters, explain: true });
    expect(during.results.map(({ memory: text, score }) => [text, score])).toEqual(
      old.results.map(({ memory: text, score }) => [text, score]),
    );
    embedder.isBroken = false;
    await memory.close();

    const later = openMemory({ embedder });
    const told: number[] = [];
    const progress = await later.reembed({ wait: true, onProgress: ({ done }) => told.push(done) });
    expect(progress).toMatchObject({ done: 3, total: 3, isComplete: true });
    expect(told.at(-1)).toBe(3);
    const calls = embedder.calls;
    await later.search("kettle on a shelf", { filters });
    expect(embedder.calls).toBe(calls + 1);
    expect(await later.verify()).toMatchObject({ isSound: true });
  });

  it("goes on where another process was cut off", async () => {
    const before = openMemory({ embedder: false });
    for (let index = 0; index < 200; index += 1)
      await before.add(`Shelf ${index} holds tins and jars.`, { userId: "ana", infer: false });
    await before.close();
    const embedder = unknownEmbedder("slow");
    const stop = new AbortController();
    const memory = openMemory({ embedder });
    // Ended at once: what is left is left to whoever comes.
    stop.abort();
    await expect(memory.reembed({ wait: true, signal: stop.signal })).rejects.toMatchObject({ code: "aborted" });
    await memory.close();
    const other = openMemory({ embedder: unknownEmbedder("slow") });
    expect(await other.reembed({ wait: true })).toMatchObject({ done: 200, total: 200, isComplete: true });
  });

  it("is refused with other dimensions under the same name, with the cure", async () => {
    const space = { provider: "t", model: "m", key: "t/m", background: { mean: 0, deviation: 1 }, weight: 0.3 };
    const of = (dimensions: number): Embedder => ({
      space: { ...space, dimensions },
      maxBatchSize: 8,
      embed: (texts) => Promise.resolve(texts.map(() => new Float32Array(dimensions).fill(0.25))),
    });
    const memory = openMemory({ embedder: of(16) });
    await fill(memory);
    await memory.close();
    const other = openMemory({ embedder: of(32) });
    await expect(other.search("kettle", { filters })).rejects.toThrow("Give the model another name");
  });
});

describe("an embedder that hangs", () => {
  it("is left alone after it was late twice, and asked again later", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    try {
      let calls = 0;
      let isBack = false;
      const embedder: Embedder = {
        space: {
          key: "t/h/16",
          provider: "t",
          model: "h",
          dimensions: 16,
          background: { mean: 0, deviation: 0.25 },
          weight: 1,
        },
        maxBatchSize: 8,
        embed(texts) {
          calls += 1;
          return isBack ? Promise.resolve(texts.map(vectorOf)) : new Promise(() => undefined);
        },
      };
      const memory = openMemory({ embedder });
      const search = async (query: string): Promise<readonly string[]> => {
        const found = memory.search(query, { filters });
        for (let step = 0; step < 60; step += 1) await vi.advanceTimersByTimeAsync(100);
        return (await found).warnings;
      };
      await search("one kettle");
      await search("two kettles");
      expect(calls).toBe(2);
      expect((await search("three kettles")).join()).toContain("asked again in");
      expect(calls).toBe(2);
      isBack = true;
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await search("four kettles")).toEqual([]);
      // A query that was asked before costs no call.
      expect(await search("four kettles")).toEqual([]);
      expect(calls).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("reembed", () => {
  it("says what is missing without an embedder, and refuses options that it does not know", async () => {
    const memory = openMemory({ embedder: false });
    await expect(memory.reembed()).rejects.toMatchObject({ code: "invalid_input" });
    await expect(memory.reembed({ quick: true } as never)).rejects.toThrow("quick");
  });
});
