import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { scriptedModel } from "../../test/support/scripted-model.ts";
import type { ScriptedModel } from "../../test/support/scripted-model.ts";
import type { MemoryConfig } from "../config.ts";
import { createEngine } from "../create-memory.ts";
import { MemoryError } from "../errors.ts";
import type { LanguageModelCall } from "../ports/language-model.ts";
import { callModel, reachedCap, readSpent } from "./call-model.ts";
import type { Engine } from "./engine.ts";

let folder: string;
let now = Date.UTC(2026, 0, 31, 12);
const engines: Engine[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-model-"));
  now = Date.UTC(2026, 0, 31, 12);
});

afterEach(async () => {
  vi.useRealTimers();
  for (const engine of engines.splice(0)) await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function openEngine(llm: ScriptedModel, config: MemoryConfig = {}): Engine {
  const engine = createEngine({ dbPath: join(folder, "memory.db"), now: () => now, llm, ...config });
  engines.push(engine);
  return engine;
}

const CALL: LanguageModelCall = { purpose: "extraction", instructions: "Find facts.", prompt: "Hello there" };
const scope = { userId: "ana", runId: "r1" };

function busy(details: Record<string, unknown> = {}): MemoryError {
  return new MemoryError("provider_failed", "busy", { retryable: true, details });
}

describe("callModel", () => {
  it("writes one row for each request, with tokens, price and scope, and no text", async () => {
    const engine = openEngine(scriptedModel("four"));
    const answer = await callModel(engine, CALL, { scope });
    expect(answer.text).toBe("four");
    const { calls } = await engine.store.ledger.list({ limit: 10 });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      provider: "scripted",
      model: "test",
      purpose: "extraction",
      outcome: "answered",
      inputTokens: 6,
      outputTokens: 1,
      at: now,
      scope,
    });
    expect(calls[0]?.cost).toBeCloseTo((6 * 1 + 1 * 4) / 1e6, 12);
    expect(JSON.stringify(calls)).not.toContain("Hello");
  });

  it("tries again where that can help, three times at most, and books each request", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const model = scriptedModel(busy(), busy(), "at last");
    const engine = openEngine(model);
    const answering = callModel(engine, CALL, { scope });
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(model.calls).toHaveLength(3);
    });
    expect((await answering).text).toBe("at last");
    const { calls } = await engine.store.ledger.list({ limit: 10 });
    expect(calls.map(({ outcome }) => outcome)).toEqual(["answered", "failed", "failed"]);
  });

  it("waits as long as the provider asks", async () => {
    const model = scriptedModel(busy({ retryAfterMs: 120 }), "later");
    const engine = openEngine(model);
    const start = performance.now();
    await callModel(engine, CALL, { scope });
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });

  it("does not try again what cannot succeed", async () => {
    const model = scriptedModel(new MemoryError("provider_failed", "no such key", { details: { status: 401 } }));
    const engine = openEngine(model);
    await expect(callModel(engine, CALL, { scope })).rejects.toThrow("no such key");
    expect(model.calls).toHaveLength(1);
  });

  it("gives up at once when the provider asks to wait for longer than the time limit, and says until when", async () => {
    const model = scriptedModel(busy({ retryAfterMs: 90_000 }));
    const engine = openEngine(model);
    await expect(callModel(engine, CALL, { scope })).rejects.toMatchObject({ details: { retryAt: now + 90_000 } });
    expect(model.calls).toHaveLength(1);
  });

  it("ends a model that never answers at the time limit", async () => {
    const engine = openEngine(scriptedModel("hang"), { modelTimeoutMs: 150 });
    const start = performance.now();
    await expect(callModel(engine, CALL, { scope })).rejects.toMatchObject({ code: "timeout", retryable: true });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("ends at the caller's signal", async () => {
    const engine = openEngine(scriptedModel("hang"));
    const stop = new AbortController();
    const answering = callModel(engine, CALL, { scope, signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 30);
    await expect(answering).rejects.toMatchObject({ code: "aborted" });
    const { calls } = await engine.store.ledger.list({ limit: 10 });
    expect(calls[0]?.outcome).toBe("aborted");
  });

  it("keeps so many requests in flight, and no more", async () => {
    let running = 0;
    let most = 0;
    const model = scriptedModel(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      running -= 1;
      return "ok";
    });
    const engine = openEngine(model, { modelConcurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => callModel(engine, CALL, { scope })));
    expect(most).toBe(3);
  });

  it("turns whatever a model object throws into a MemoryError", async () => {
    const engine = openEngine(scriptedModel(new TypeError("x is not a function")));
    await expect(callModel(engine, CALL, { scope })).rejects.toMatchObject({ code: "provider_failed" });
  });
});

describe("the budget", () => {
  it("stops the model before a request when it is used up, until the next day", async () => {
    const model = scriptedModel("a long answer that uses up what there is");
    const engine = openEngine(model, { modelBudget: { dailyTokens: 10 } });
    await callModel(engine, CALL, { scope });
    const refusal = await callModel(engine, CALL, { scope }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: "rate_limited",
      details: { cap: "dailyTokens", retryAt: Date.UTC(2026, 1, 1) },
    });
    expect(model.calls).toHaveLength(1);
    now += 12 * 3_600_000;
    await callModel(engine, CALL, { scope });
    expect(model.calls).toHaveLength(2);
  });

  it("counts what other processes used, and months apart from days", async () => {
    const first = openEngine(scriptedModel("answer"));
    await callModel(first, CALL, { scope });
    const second = openEngine(scriptedModel("answer"), { modelBudget: { monthlyCost: 0.000_001 } });
    await expect(callModel(second, CALL, { scope })).rejects.toMatchObject({ details: { cap: "monthlyCost" } });
    now = Date.UTC(2026, 1, 1);
    await callModel(second, CALL, { scope });
  });

  it("names the cap that lasts longest", () => {
    const spent = { day: { tokens: 9, cost: 1 }, month: { tokens: 9, cost: 1 }, nextDay: 1, nextMonth: 2 };
    expect(reachedCap({}, spent)).toBeNull();
    expect(reachedCap({ dailyTokens: 10, monthlyTokens: 10 }, spent)).toBeNull();
    expect(reachedCap({ dailyTokens: 9, monthlyTokens: 9 }, spent)).toMatchObject({
      name: "monthlyTokens",
      retryAt: 2,
    });
    expect(reachedCap({ dailyCost: 0 }, spent)).toMatchObject({ name: "dailyCost", used: 1 });
  });

  it("begins anew in December as in any month", async () => {
    const engine = openEngine(scriptedModel("x"));
    now = Date.UTC(2026, 11, 31, 23);
    expect(await readSpent(engine)).toMatchObject({ nextDay: Date.UTC(2027, 0, 1), nextMonth: Date.UTC(2027, 0, 1) });
  });
});
