import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseAdd } from "../api/parse-add.ts";
import { createEngine } from "../create-memory.ts";
import { INDEX_MESSAGE } from "../domain/job.ts";
import { MemoryError } from "../errors.ts";
import type { Embedder } from "../ports/embedder.ts";
import { addMemories } from "./add-memories.ts";
import type { Engine } from "./engine.ts";
import { JobRunner, LEASE_MS, LOOK_EVERY_MS, MAX_ATTEMPTS, pauseBeforeRetry } from "./run-jobs.ts";

let folder: string;
let now: number;
const engines: Engine[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-jobs-"));
  now = Date.UTC(2026, 0, 1);
});

afterEach(async () => {
  vi.useRealTimers();
  for (const engine of engines.splice(0)) await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A process: its own engine on the one file. */
function openEngine(embedder?: Embedder | false): Engine {
  const engine = createEngine({
    dbPath: join(folder, "memory.db"),
    now: () => now,
    ...(embedder === undefined ? {} : { embedder }),
  });
  engines.push(engine);
  return engine;
}

interface FakeEmbedder extends Embedder {
  calls: number;
  /** What happens to a call; the vectors by default. */
  answer: (texts: readonly string[]) => readonly (Float32Array | null)[] | Promise<never>;
}

function fakeEmbedder(model = "test"): FakeEmbedder {
  return {
    space: {
      key: `fake/${model}/4`,
      provider: "fake",
      model,
      dimensions: 4,
      background: { mean: 0, deviation: 1 },
      weight: 0.3,
    },
    maxBatchSize: 16,
    calls: 0,
    answer: good,
    async embed(texts) {
      this.calls += 1;
      return this.answer(texts);
    },
  };
}

function good(texts: readonly string[]): Float32Array[] {
  return texts.map((text) => Float32Array.from([1, text.length % 7, text.length % 5, 1]));
}

function fail(): never {
  throw new Error("the sentence 'I live in Oslo' was refused");
}

function add(engine: Engine, text: string): ReturnType<typeof addMemories> {
  return addMemories(engine, parseAdd(text, { userId: "alice" }, engine.settings));
}

const longText = Array.from({ length: 4_000 }, (_, index) => `The harbour light number ${index} was green.`).join(" ");

/** Stores a long message of which only the first passages are indexed, as if its process had died there. */
async function addHalfIndexed(engine: Engine): Promise<{ id: string; passages: number; warnings: readonly string[] }> {
  const whole = await addMemories(engine, parseAdd(longText, { userId: "bob" }, engine.settings));
  const passages = await engine.store.countPassages(whole.messages[0]?.id as string);
  const { store } = engine;
  const apply = store.apply.bind(store);
  vi.spyOn(store, "apply").mockImplementation(async (change) => {
    if (change.addPassages !== undefined) throw new MemoryError("store_failed", "the disk is full");
    return apply(change);
  });
  const { messages, warnings } = await add(engine, longText);
  vi.restoreAllMocks();
  return { id: messages[0]?.id as string, passages, warnings };
}

describe("indexing of long messages", () => {
  it("fails no add that is stored already: the answer warns", async () => {
    const { id, warnings } = await addHalfIndexed(openEngine());
    expect(warnings.join(" ")).toContain(`${id} is stored; only its beginning is found`);
  });

  it("goes on where a dead process stopped, once its lease is over", async () => {
    const first = openEngine();
    const { id, passages } = await addHalfIndexed(first);
    expect(await first.store.countPassages(id)).toBeLessThan(passages);

    const second = openEngine();
    const runner = new JobRunner(second);
    expect(await runner.runDue()).toBe(0);
    now += LEASE_MS + 1;
    expect(await runner.runDue()).toBe(1);
    expect(await second.store.countPassages(id)).toBe(passages);
    expect((await second.store.statistics()).jobs).toEqual({ pending: 0, running: 0, failed: 0 });
  });

  it("adds nothing twice when two processes do it at once", async () => {
    const first = openEngine();
    const { id, passages } = await addHalfIndexed(first);
    now += LEASE_MS + 1;
    const second = openEngine();
    const job = await second.store.jobs.claim([INDEX_MESSAGE], now + LEASE_MS, now);
    const { resumeIndexing } = await import("./index-long-messages.ts");
    const { signal } = new AbortController();
    await Promise.all([
      resumeIndexing(first, job as NonNullable<typeof job>, signal),
      resumeIndexing(second, job as NonNullable<typeof job>, signal),
    ]);
    expect(await second.store.countPassages(id)).toBe(passages);
  });

  it("is handed back untried when the process closes, and finished by the next", async () => {
    const first = openEngine();
    const { id, passages } = await addHalfIndexed(first);
    now += LEASE_MS + 1;
    const runner = new JobRunner(first);
    const { store } = first;
    const apply = store.apply.bind(store);
    let stopped: Promise<void> | undefined;
    vi.spyOn(store, "apply").mockImplementation(async (change) => {
      stopped ??= runner.stop();
      return apply(change);
    });
    expect(await runner.runDue()).toBe(1);
    await stopped;
    expect(await store.countPassages(id)).toBeLessThan(passages);
    expect((await store.statistics()).jobs).toEqual({ pending: 1, running: 0, failed: 0 });
    const next = openEngine();
    await new JobRunner(next).runDue();
    expect(await next.store.countPassages(id)).toBe(passages);
  });

  it("ends when the message was purged meanwhile", async () => {
    const first = openEngine();
    const { id } = await addHalfIndexed(first);
    const second = openEngine();
    now += LEASE_MS + 1;
    const job = await second.store.jobs.claim([INDEX_MESSAGE], now + LEASE_MS, now);
    await first.store.purge([id], now);
    const { resumeIndexing } = await import("./index-long-messages.ts");
    expect(await resumeIndexing(second, job as NonNullable<typeof job>, new AbortController().signal)).toBe("done");
    expect((await second.store.statistics()).jobs).toEqual({ pending: 0, running: 0, failed: 0 });
  });
});

describe("vectors that are caught up", () => {
  it("makes them after the embedder failed, and the add only warns", async () => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = fail;
    const result = await add(engine, "I live in Oslo.");
    expect(result.warnings.join(" ")).toContain("The embedder fake/test/4 failed");
    expect(embedder.calls).toBe(1);
    expect((await engine.store.statistics()).jobs.pending).toBe(1);
    expect((await engine.store.statistics()).pendingVectors).toBeGreaterThan(0);

    embedder.answer = good;
    const runner = new JobRunner(engine);
    expect(await runner.runDue()).toBe(1);
    const after = await engine.store.statistics();
    expect(after.pendingVectors).toBe(0);
    expect(after.jobs).toEqual({ pending: 0, running: 0, failed: 0 });
    expect(await runner.runDue()).toBe(0);
  });

  it.each([
    ["too few vectors", () => []],
    ["NaN", (texts: readonly string[]) => texts.map(() => Float32Array.from([Number.NaN, 0, 0, 1]))],
    ["other dimensions", (texts: readonly string[]) => texts.map(() => Float32Array.from([1, 0]))],
    ["zeros", (texts: readonly string[]) => texts.map(() => new Float32Array(4))],
    ["plain arrays", (texts: readonly string[]) => texts.map(() => [1, 0, 0, 0]) as never],
    ["nothing at all", () => undefined as never],
  ])("stores no garbage: %s", async (_name, answer) => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = answer;
    const result = await add(engine, "I live in Oslo.");
    expect(result.messages).toHaveLength(1);
    expect(result.warnings.join(" ")).toContain("nothing of it is stored");
    expect((await engine.store.statistics()).vectors).toEqual({ "fake/test/4": 0 });
    embedder.answer = good;
    await new JobRunner(engine).runDue();
    expect((await engine.store.statistics()).pendingVectors).toBe(0);
  });

  it("makes them anew when the embedder was changed", async () => {
    const before = openEngine(fakeEmbedder("old"));
    for (let index = 0; index < 40; index += 1) await add(before, `I own boat number ${index}.`);
    const after = openEngine(fakeEmbedder("new"));
    await new JobRunner(after).runDue();
    const { vectors, pendingVectors } = await after.store.statistics();
    expect(vectors["fake/new/4"]).toBe(vectors["fake/old/4"]);
    expect(pendingVectors).toBe(0);
  });

  it("leaves the vectors of another embedder to the process that has it", async () => {
    const failing = fakeEmbedder("one");
    failing.answer = fail;
    const one = openEngine(failing);
    await add(one, "I live in Oslo.");
    const two = openEngine(fakeEmbedder("two"));
    await new JobRunner(two).runDue();
    expect((await two.store.statistics()).jobs.pending).toBe(1);
    failing.answer = good;
    expect(await new JobRunner(one).runDue()).toBe(1);
  });

  it("is not held up by a text that the embedder refuses", async () => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = fail;
    for (let index = 0; index < 20; index += 1)
      await add(engine, `Boat ${index} was ${index === 7 ? "lost" : "kept"}.`);
    embedder.answer = (texts) => (texts.some((text) => text.includes("lost")) ? fail() : good(texts));
    await new JobRunner(engine).runDue();
    const { pendingVectors, passages, vectors, jobs } = await engine.store.statistics();
    expect(vectors["fake/test/4"]).toBe(passages - pendingVectors);
    expect(pendingVectors).toBeGreaterThan(0);
    expect(pendingVectors).toBeLessThan(4);
    expect(jobs).toEqual({ pending: 1, running: 0, failed: 0 });
  });

  it("waits longer after each failure, gives up at last, and keeps no words of the error", async () => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = fail;
    await add(engine, "I live in Oslo.");
    const runner = new JobRunner(engine);
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      expect(await runner.runDue()).toBe(1);
      expect(await runner.runDue()).toBe(0);
      now += pauseBeforeRetry(attempt) - 1;
      expect(await runner.runDue()).toBe(0);
      now += 1;
    }
    expect(await runner.runDue()).toBe(1);
    expect((await engine.store.statistics()).jobs).toEqual({ pending: 0, running: 0, failed: 1 });
    const { DatabaseSync } = await import("node:sqlite");
    const file = new DatabaseSync(join(folder, "memory.db"), { readOnly: true });
    expect(file.prepare("SELECT error FROM jobs").get()).toEqual({ error: "provider_failed" });
    file.close();
    // Opening the file anew is a new chance.
    embedder.answer = good;
    expect(await new JobRunner(openEngine(embedder)).runDue()).toBe(1);
    expect((await engine.store.statistics()).jobs).toEqual({ pending: 0, running: 0, failed: 0 });
  });

  it("gives up on a job that killed every process that took it", async () => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = fail;
    await add(engine, "I live in Oslo.");
    const type = `embed-passages ${embedder.space.key}`;
    for (let death = 0; death < MAX_ATTEMPTS; death += 1) {
      expect(await engine.store.jobs.claim([type], now + LEASE_MS, now)).not.toBeNull();
      now += LEASE_MS + 1;
    }
    await new JobRunner(engine).runDue();
    expect((await engine.store.statistics()).jobs).toEqual({ pending: 0, running: 0, failed: 1 });
  });
});

describe("the runner", () => {
  it("looks on a timer that keeps nothing alive, and writes nothing when nothing is due", async () => {
    const engine = openEngine();
    await add(engine, "I live in Oslo.");
    const spy = vi.spyOn(engine.store.jobs, "claim");
    const timers: { unref: ReturnType<typeof vi.fn<() => void>>; run: () => void; milliseconds: number }[] = [];
    vi.stubGlobal("setTimeout", (run: () => void, milliseconds: number) => {
      const timer = { unref: vi.fn<() => void>(), run, milliseconds };
      timers.push(timer);
      return timer;
    });
    const runner = new JobRunner(engine);
    runner.start();
    vi.unstubAllGlobals();
    expect(timers).toHaveLength(1);
    expect(timers[0]?.unref).toHaveBeenCalledOnce();
    const { DatabaseSync } = await import("node:sqlite");
    const other = new DatabaseSync(join(folder, "memory.db"));
    const version = (): unknown => other.prepare("PRAGMA data_version").get()?.["data_version"];
    const before = version();
    timers[0]?.run();
    await vi.waitFor(() => {
      expect(spy.mock.settledResults[0]).toEqual({ type: "fulfilled", value: null });
    });
    expect(version()).toBe(before);
    other.close();
    await runner.stop();
    expect(LOOK_EVERY_MS).toBeGreaterThanOrEqual(1_000);
  });

  it("does nothing to a job whose lease another process took over", async () => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = fail;
    await add(engine, "I live in Oslo.");
    const type = `embed-passages ${embedder.space.key}`;
    const slow = await engine.store.jobs.claim([type], now + LEASE_MS, now);
    now += LEASE_MS + 1;
    const taken = await engine.store.jobs.claim([type], now + LEASE_MS, now);
    expect(taken?.attempts).toBe(2);
    await engine.store.jobs.fail(slow as NonNullable<typeof slow>, "late", null);
    await engine.store.jobs.release(slow as NonNullable<typeof slow>, now);
    expect((await engine.store.statistics()).jobs).toEqual({ pending: 0, running: 1, failed: 0 });
  });

  it("lets a hanging embedder go when the engine closes, and the job is handed back", async () => {
    const embedder = fakeEmbedder();
    const engine = openEngine(embedder);
    embedder.answer = fail;
    await add(engine, "I live in Oslo.");
    embedder.answer = () => new Promise<never>(() => undefined);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.spyOn(engine.store.jobs, "claim");
    await vi.advanceTimersByTimeAsync(10);
    // The runner that opening the file started.
    await vi.waitFor(
      async () => {
        await vi.advanceTimersByTimeAsync(1_000);
        expect(embedder.calls).toBe(2);
      },
      { timeout: 5_000 },
    );
    const closed = engine.close();
    await vi.advanceTimersByTimeAsync(2_000);
    await closed;
    vi.useRealTimers();
    const next = openEngine(fakeEmbedder());
    expect((await next.store.statistics()).jobs).toEqual({ pending: 1, running: 0, failed: 0 });
  });
});
