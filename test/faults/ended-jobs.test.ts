import { join } from "node:path";
import { expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import type { Embedder } from "../../src/ports/embedder.ts";
import { Memory } from "../../src/index.ts";
import { JobRunner } from "../../src/operations/run-jobs.ts";
import type { StoreStatistics } from "../../src/ports/memory-store.ts";
import { delay, FaultProcess } from "../support/fault-process.ts";
import { inFolder, isShort, report } from "../support/fault-run.ts";

const MESSAGES = 60;

/** The same space as that of the slow process. */
const quick: Embedder = {
  space: {
    key: "slow/test/4",
    provider: "slow",
    model: "test",
    dimensions: 4,
    background: { mean: 0, deviation: 1 },
    weight: 0.3,
  },
  maxBatchSize: 100,
  async embed(texts) {
    return texts.map((text) => Float32Array.from([1, text.length % 7, text.length % 5, 1]));
  },
};

function content(index: number): string {
  return `The keeper of light ${index} wrote about the storm.`;
}

async function withWaitingVectors(work: (path: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const memory = new Memory({ dbPath: path, embedder: false });
    await memory.add(
      Array.from({ length: MESSAGES }, (_, index) => ({ role: "user", content: content(index) })),
      { userId: "alice" },
    );
    await memory.close();
    await work(path);
  });
}

async function statistics(path: string): Promise<StoreStatistics> {
  const engine = createEngine({ dbPath: path, embedder: quick });
  const result = await engine.store.statistics();
  await engine.close();
  return result;
}

async function finish(path: string, ahead: number): Promise<StoreStatistics> {
  const engine = createEngine({ dbPath: path, embedder: quick, now: () => Date.now() + ahead });
  await new JobRunner(engine).runDue();
  const result = await engine.store.statistics();
  await engine.close();
  return result;
}

it("a process that closes on SIGTERM hands its job back at once", async () => {
  await withWaitingVectors(async (path) => {
    const holder = new FaultProcess("fault-jobs.ts", [path, "close"]);
    await holder.line(4);
    const { code, errors } = await holder.kill("SIGTERM");
    expect(errors).toBe("");
    expect(code).toBe(0);
    const took = Number(/^closed (\d+)$/u.exec(holder.lines.at(-1) ?? "")?.[1]);
    expect(took).toBeLessThan(2_500);
    const before = await statistics(path);
    expect(before.jobs).toEqual({ pending: 1, running: 0, failed: 0 });
    expect(before.pendingVectors).toBeGreaterThan(0);
    expect(before.pendingVectors).toBeLessThan(before.passages);
    const after = await finish(path, 0);
    expect(after.jobs).toEqual({ pending: 0, running: 0, failed: 0 });
    expect(after.pendingVectors).toBe(0);
    report(`SIGTERM in a job: closed in ${took} ms, ${before.pendingVectors} vectors handed back and made by the next`);
  });
});

it("a process that dies in a job loses its lease", async () => {
  await withWaitingVectors(async (path) => {
    const holder = new FaultProcess("fault-jobs.ts", [path, "stay"]);
    await holder.line(4);
    await holder.kill();
    const before = await statistics(path);
    expect(before.jobs).toEqual({ pending: 0, running: 1, failed: 0 });
    const early = await finish(path, 0);
    expect(early.jobs.running).toBe(1);
    const late = await finish(path, 120_000);
    expect(late.jobs).toEqual({ pending: 0, running: 0, failed: 0 });
    expect(late.pendingVectors).toBe(0);
    report(`killed in a job: ${before.pendingVectors} vectors made by the next once the lease was over`);
  });
});

it("background work keeps no process alive", async () => {
  await withWaitingVectors(async (path) => {
    const started = performance.now();
    const holder = new FaultProcess("fault-jobs.ts", [path, "end"]);
    const end = await Promise.race([holder.ended, delay(5_000)]);
    expect(end).toMatchObject({ code: 0, errors: "" });
    report(`nothing to do: the process ended after ${Math.round(performance.now() - started)} ms`);
  });
});

// Its time limit alone is 10 s, so the short form leaves it out.
it.skipIf(isShort)("an embedder that hangs holds up an add for its time limit, and nothing else", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const hanging: Embedder = { ...quick, embed: () => new Promise<never>(() => undefined) };
    const memory = new Memory({ dbPath: path, embedder: hanging });
    const started = performance.now();
    const { messages, warnings } = await memory.add("I live in Oslo.", { userId: "alice" });
    const waited = performance.now() - started;
    expect(messages).toHaveLength(1);
    expect(warnings.join(" ")).toContain("gave no answer within");
    expect(waited).toBeLessThan(15_000);
    const { results } = await memory.search("Oslo", { filters: { user_id: "alice" } });
    expect(results.length).toBeGreaterThan(0);
    await memory.close();
    const after = await finish(path, 0);
    expect(after.pendingVectors).toBe(0);
    report(
      `hanging embedder: the add was acknowledged after ${(waited / 1000).toFixed(1)} s and its vectors made later`,
    );
  });
});
