import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parseAdd } from "../api/parse-add.ts";
import { createEngine } from "../create-memory.ts";
import type { Embedder } from "../ports/embedder.ts";
import { addMemories } from "./add-memories.ts";
import type { AddResult } from "./add-result.ts";
import { CLOSE_PATIENCE_MS } from "./close-engine.ts";
import type { Engine } from "./engine.ts";

const hanging: Embedder = {
  space: {
    key: "fake/hanging/4",
    provider: "fake",
    model: "hanging",
    dimensions: 4,
    background: { mean: 0, deviation: 1 },
    weight: 0.3,
  },
  maxBatchSize: 16,
  embed: () => new Promise<never>(() => undefined),
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-close-"));
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function open(embedder?: Embedder): Engine {
  return createEngine({ dbPath: join(folder, "memory.db"), ...(embedder === undefined ? {} : { embedder }) });
}

function add(engine: Engine, text: string): Promise<AddResult> {
  return addMemories(engine, parseAdd(text, { userId: "alice" }, engine.settings));
}

async function countStored(ids: readonly string[]): Promise<number> {
  const engine = open();
  const found = await engine.store.getMemories(ids);
  await engine.close();
  return found.length;
}

it("lets running adds end, and stores what they acknowledge", async () => {
  const engine = open();
  const adds = Array.from({ length: 5 }, (_, index) => add(engine, `I own boat number ${index}.`));
  await engine.close();
  const ids = (await Promise.all(adds)).map(({ messages }) => messages[0]?.id as string);
  expect(await countStored(ids)).toBe(5);
});

it("waits 2 s for a model, then the add is stored without it", async () => {
  const engine = open(hanging);
  await engine.store.open();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
  const adding = add(engine, "I live in Oslo.");
  let isClosed = false;
  const closing = engine.close().finally(() => {
    isClosed = true;
  });
  await vi.advanceTimersByTimeAsync(CLOSE_PATIENCE_MS - 1);
  expect(isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  const { messages, warnings } = await adding;
  await closing;
  vi.useRealTimers();
  expect(warnings.join(" ")).toContain("was given up");
  expect(await countStored([messages[0]?.id as string])).toBe(1);
});

it("refuses calls after it, and may be asked twice", async () => {
  const engine = open();
  await add(engine, "I live in Oslo.");
  await engine.close();
  await engine.close();
  await expect(add(engine, "I own a boat.")).rejects.toMatchObject({ code: "store_failed" });
});
