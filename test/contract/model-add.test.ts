import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAdd } from "../../src/api/parse-add.ts";
import { createEngine } from "../../src/create-memory.ts";
import { MemoryError } from "../../src/errors.ts";
import { Memory } from "../../src/memory.ts";
import type { MemoryConfig } from "../../src/config.ts";
import { addMemories } from "../../src/operations/add-memories.ts";
import type { Engine } from "../../src/operations/engine.ts";
import { JobRunner } from "../../src/operations/run-jobs.ts";
import { scriptedModel } from "../support/scripted-model.ts";
import type { ScriptedModel } from "../support/scripted-model.ts";

let folder: string;
let now: number;
const opened: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-model-add-"));
  now = Date.UTC(2026, 4, 1, 12);
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

function openMemory(config: MemoryConfig): Memory {
  const memory = new Memory({ dbPath: join(folder, "memory.db"), now: () => now, ...config });
  opened.push(memory);
  return memory;
}

function openEngine(llm: ScriptedModel, config: MemoryConfig = {}): { engine: Engine; jobs: JobRunner } {
  const engine = createEngine({ dbPath: join(folder, "memory.db"), now: () => now, llm, ...config });
  opened.push(engine);
  return { engine, jobs: new JobRunner(engine) };
}

/** A model's answer with one fact resting on one message. */
function answer(text: string, quote: string, message = 1, more: object = {}): string {
  return JSON.stringify({ facts: [{ text, kind: "fact", sources: [{ message, quote }], confidence: 0.9, ...more }] });
}

async function openings(store: Memory): Promise<string[]> {
  const { results } = await store.relations({ userId: "ana", predicate: "opened" });
  return results.map(({ subject, predicate, object, origin }) =>
    [subject.name, predicate, object.name, origin].join(" "),
  );
}

const BROKEN = "I'm sorry, I cannot help with that.";
const SAID = "Anyway, last Tuesday the vet told us Biscuit has to lose two kilos.";
const FACT = answer("User's vet said on 28 April 2026 that Biscuit has to lose two kilos", SAID.slice(8, -1));
const filters = { user_id: "ana" };

describe("add with a language model", () => {
  it("keeps the relations that the model names, and an export brings them along", async () => {
    const said = "Tom opened a bakery named Crumb with his cousin Rosa last year.";
    const relations = [
      { subject: "Tom", predicate: "Opened", object: "Crumb" },
      { subject: "Tom", predicate: "likes", object: "Nobody" },
    ];
    const model = scriptedModel(
      answer("Tom opened a bakery named Crumb", "opened a bakery named Crumb", 1, { relations }),
    );
    const memory = openMemory({ llm: model });
    await memory.add(said, { userId: "ana" });
    expect(await openings(memory)).toEqual(["Tom opened Crumb model"]);
    const lines: string[] = [];
    for await (const line of memory.export()) lines.push(line);
    const other = new Memory({ dbPath: ":memory:", now: () => now });
    opened.push(other);
    await other.import(lines);
    expect(await openings(other)).toEqual(["Tom opened Crumb model"]);
  });

  it("stores the message, asks once and returns the model's facts with what they rest on", async () => {
    const model = scriptedModel(FACT);
    const memory = openMemory({ llm: model });
    const added = await memory.add(SAID, { userId: "ana" });
    expect(added.results.map(({ memory: text }) => text).join()).toContain("Biscuit has to lose two kilos");
    expect(added).toMatchObject({ pendingMessages: 0, usage: { modelCalls: 1 } });
    expect(model.calls).toHaveLength(1);
    const { results } = await memory.search("What did the vet say about Biscuit?", { filters });
    expect(results[0]?.sources[0]?.text).toBe(SAID);
    const [history] = await memory.history(added.results[0]?.id ?? "");
    expect(history).toBeDefined();
    expect(await memory.stats()).toMatchObject({
      pendingExtraction: 0,
      jobs: { pending: 0, running: 0, failed: 0 },
      models: { languageModel: "scripted/test" },
    });
  });

  it("keeps the message before the model is asked", async () => {
    const memory = openMemory({
      llm: scriptedModel(async () => {
        const { results } = await memory.search("Biscuit kilos", { filters });
        expect(results[0]?.memory).toBe(SAID);
        return FACT;
      }),
    });
    await memory.add(SAID, { userId: "ana" });
  });

  it.each([
    ["refuses", BROKEN],
    ["fails for good", new MemoryError("provider_failed", "401 no such key")],
    ["hangs", "hang" as const],
  ])("lets the rules' facts stand while the model %s, says why, and asks again later", async (_case, reply) => {
    const model = scriptedModel(reply);
    const { engine, jobs } = openEngine(model, { modelTimeoutMs: 300 });
    const request = parseAdd(
      ["I live in Lisbon.", SAID].map((content) => ({ role: "user", content })),
      { userId: "ana" },
      engine.settings,
    );
    const added = await addMemories(engine, request);
    expect(added.results.some(({ memory }) => memory.includes("Lisbon"))).toBe(true);
    expect(added.pendingMessages).toBe(2);
    expect(added.warnings.join()).toContain("asked again later");
    expect(await engine.store.statistics()).toMatchObject({ pendingExtraction: 2, jobs: { pending: 1, failed: 0 } });

    model.replies = [answer("User's vet said Biscuit has to lose two kilos", "Biscuit has to lose two kilos", 2)];
    now += 60_000;
    expect(await jobs.runDue()).toBe(1);
    expect(await engine.store.statistics()).toMatchObject({ pendingExtraction: 0, jobs: { pending: 0 } });
    const list = await engine.store.listMemories({
      userIds: ["ana"],
      kinds: ["fact"],
      order: "said-ascending",
      limit: 10,
    });
    const texts = list.memories.map(({ record }) => record.text);
    expect(texts.filter((text) => text.includes("Lisbon"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("Biscuit")).length).toBeGreaterThanOrEqual(1);
  });

  it("answers a repeated idempotency key with the model's facts, and asks nobody", async () => {
    const model = scriptedModel(FACT);
    const memory = openMemory({ llm: model });
    const first = await memory.add(SAID, { userId: "ana", idempotencyKey: "k" });
    const second = await memory.add(SAID, { userId: "ana", idempotencyKey: "k" });
    expect(second.results).toEqual(first.results);
    expect(model.calls).toHaveLength(1);
  });

  it("asks about a replayed conversation once", async () => {
    const model = scriptedModel(FACT);
    const memory = openMemory({ llm: model });
    const timestamp = "2026-05-01T10:00:00Z";
    for (let time = 0; time < 3; time += 1) await memory.add(SAID, { userId: "ana", runId: "r", timestamp });
    expect(model.calls).toHaveLength(1);
  });

  it("does not hold up other adds of the user while it thinks", async () => {
    let let_go!: (text: string) => void;
    const thinking = new Promise<string>((resolve) => {
      let_go = resolve;
    });
    const memory = openMemory({ llm: scriptedModel(() => thinking) });
    const slow = memory.add(SAID, { userId: "ana" });
    await memory.add("The kettle is from Porto.", { userId: "ana", infer: false });
    let_go(FACT);
    expect((await slow).results).toHaveLength(1);
  });

  it("draws nothing from a message that was purged while the model was thinking", async () => {
    let let_go!: (text: string) => void;
    const thinking = new Promise<string>((resolve) => {
      let_go = resolve;
    });
    const memory = openMemory({ llm: scriptedModel(() => thinking) });
    const adding = memory.add(SAID, { userId: "ana" });
    await expect.poll(async () => (await memory.stats()).memories.message.active).toBe(1);
    await memory.purge({ userId: "ana" });
    let_go(FACT);
    expect((await adding).results).toEqual([]);
    expect((await memory.getAll({ filters })).results).toEqual([]);
    expect((await memory.stats()).pendingExtraction).toBe(0);
  });

  it("stops at the caller's signal; what was said is stored and its facts follow", async () => {
    const model = scriptedModel("hang");
    const { engine, jobs } = openEngine(model);
    const stop = new AbortController();
    const adding = addMemories(engine, parseAdd(SAID, { userId: "ana", signal: stop.signal }, engine.settings));
    await expect.poll(() => model.calls.length).toBe(1);
    stop.abort();
    await expect(adding).rejects.toMatchObject({ code: "aborted" });
    model.replies = [FACT];
    now += 60_000;
    await jobs.runDue();
    expect((await engine.store.statistics()).memories.fact.active).toBe(1);
  });

  it("goes on by rules alone when the budget is used up, and takes the rest up the next day", async () => {
    const model = scriptedModel(FACT);
    const { engine, jobs } = openEngine(model, { modelBudget: { dailyTokens: 1 } });
    const add = (text: string): ReturnType<typeof addMemories> =>
      addMemories(engine, parseAdd(text, { userId: "ana" }, engine.settings));
    await add(SAID);
    const second = await add("I live in Lisbon.");
    expect(second.results[0]?.memory).toContain("Lisbon");
    expect(second.warnings.join()).toContain("dailyTokens");
    expect(model.calls).toHaveLength(1);
    expect(await jobs.runDue()).toBe(0);
    now += 86_400_000;
    expect(await jobs.runDue()).toBe(1);
    expect(model.calls).toHaveLength(2);
  });
});

describe("what a model is asked for", () => {
  it("follows the configuration and the call, the call on top", async () => {
    const model = scriptedModel('{"facts":[]}');
    const memory = openMemory({ llm: model, customInstructions: "Only work.", excludes: "health" });
    await memory.add(SAID, { userId: "ana" });
    await memory.add("The printer on floor two jams.", { userId: "ana", customInstructions: "Only machines." });
    expect(model.calls[0]?.prompt).toContain("Only work.");
    expect(model.calls[1]?.prompt).toContain("Only machines.");
    expect(model.calls[1]?.prompt).not.toContain("Only work.");
    expect(model.calls[1]?.prompt).toContain("health");
    // The part that providers cache is the same for all.
    expect(new Set(model.calls.map(({ instructions }) => instructions)).size).toBe(1);
  });

  it("files facts under the caller's categories alone", async () => {
    const said = answer("User's vet said Biscuit has to lose two kilos", "Biscuit has to lose two kilos", 1, {
      categories: ["Pets", "made up"],
    });
    const memory = openMemory({ llm: scriptedModel(said), customCategories: [{ Pets: "animals at home" }] });
    await memory.add(SAID, { userId: "ana" });
    const { results } = await memory.getAll({ filters });
    expect(results.map(({ categories }) => categories)).toEqual([["Pets"]]);
  });

  it("gives each fact of a group to its speaker", async () => {
    const model = scriptedModel(
      JSON.stringify({
        facts: [
          { text: "Ida adopted a three-legged cat", sources: [{ message: 1, quote: "adopted a three-legged cat" }] },
          { text: "Ben sold his trombone", sources: [{ message: 2, quote: "sold my trombone" }] },
        ],
      }),
    );
    const memory = openMemory({ llm: model });
    await memory.add(
      [
        { role: "user", name: "Ida", content: "So yesterday I adopted a three-legged cat." },
        { role: "user", name: "Ben", content: "And I finally sold my trombone." },
      ],
      { userId: "ana", runId: "group" },
    );
    const { results } = await memory.getAll({ filters });
    const byName = Object.fromEntries(results.map(({ name, memory: text }) => [name, text]));
    expect(byName["Ida"]).toContain("cat");
    expect(byName["Ben"]).toContain("trombone");
  });

  it("writes down an agent's procedure as one memory that rests on the whole trace", async () => {
    const procedure = {
      goal: "publish the site",
      steps: [{ did: "run npm run build", result: "ok" }],
      state: "the site is published",
      next: null,
    };
    const model = scriptedModel(JSON.stringify(procedure));
    const memory = openMemory({ llm: model });
    const added = await memory.add(
      [
        {
          role: "assistant",
          content: "My task is to publish the site. I run npm run build; it says ok. The site is published.",
        },
        { role: "tool", content: "ok" },
      ],
      { agentId: "publisher", runId: "r", memoryType: "procedural_memory" },
    );
    expect(added.results.map(({ kind }) => kind)).toEqual(["procedure"]);
    const { results } = await memory.getAll({ filters: { agent_id: "publisher" } });
    expect(results[0]?.kind).toBe("procedure");
    expect(results[0]?.sources).toHaveLength(2);
    await expect(memory.add("x", { userId: "ana", memoryType: "procedural_memory" })).rejects.toThrow("agentId");
  });
});

describe("add with wait: false", () => {
  it("gathers the messages of a session and asks once for all of them", async () => {
    const model = scriptedModel('{"facts":[]}');
    const { engine, jobs } = openEngine(model);
    for (let turn = 0; turn < 12; turn += 1) {
      const options = { userId: "ana", runId: "r1", wait: false, timestamp: now / 1000 + turn };
      const added = await addMemories(
        engine,
        parseAdd(`Turn ${turn} of the talk about tea.`, options, engine.settings),
      );
      expect(added).toMatchObject({ pendingMessages: 1, usage: { modelCalls: 0 } });
    }
    expect(await jobs.runDue()).toBe(0);
    now += 20_000;
    expect(await jobs.runDue()).toBe(1);
    expect(model.calls).toHaveLength(1);
    for (const turn of [0, 11]) expect(model.calls[0]?.prompt).toContain(`Turn ${turn} of`);
    expect((await engine.store.statistics()).pendingExtraction).toBe(0);
  });

  it("asks at once when a window is full, 40 messages in one request, sessions apart", async () => {
    const model = scriptedModel('{"facts":[]}');
    const { engine, jobs } = openEngine(model);
    for (let turn = 0; turn < 100; turn += 1) {
      const options = { userId: "ana", runId: turn < 90 ? "long" : "short", wait: false };
      await addMemories(engine, parseAdd(`Turn ${turn} of the talk about tea.`, options, engine.settings));
    }
    await jobs.runDue();
    expect(model.calls).toHaveLength(2);
    now += 20_000;
    await jobs.runDue();
    expect(model.calls).toHaveLength(4);
  });

  it("does not ask for the few messages that came while the model thought: they wait for their own window", async () => {
    const arrived: (() => Promise<void>)[] = [];
    const model = scriptedModel(async () => {
      await arrived.shift()?.();
      return '{"facts":[]}';
    });
    const { engine, jobs } = openEngine(model);
    const say = async (turn: number): Promise<void> => {
      const options = { userId: "ana", runId: "long", wait: false };
      await addMemories(engine, parseAdd(`Turn ${turn} of the talk about tea.`, options, engine.settings));
    };
    arrived.push(async () => {
      for (let turn = 40; turn < 45; turn += 1) await say(turn);
    });
    for (let turn = 0; turn < 40; turn += 1) await say(turn);
    await jobs.runDue();
    expect(model.calls).toHaveLength(1);
    now += 20_000;
    await jobs.runDue();
    expect(model.calls).toHaveLength(2);
    expect((await engine.store.statistics()).jobs).toMatchObject({ pending: 0, failed: 0 });
  });

  it("hands the work to another process when the first one dies", async () => {
    const first = openEngine(scriptedModel("hang"));
    await addMemories(first.engine, parseAdd(SAID, { userId: "ana", wait: false }, first.engine.settings));
    const second = openEngine(scriptedModel(FACT));
    now += 20_000;
    await second.jobs.runDue();
    expect((await second.engine.store.statistics()).memories.fact.active).toBe(1);
  });

  it("is finished at once without a model", async () => {
    const memory = openMemory({});
    const added = await memory.add("I live in Lisbon.", {
      userId: "ana",
      wait: false,
      customInstructions: "Only work.",
    });
    expect(added.results).toHaveLength(1);
    expect(added.pendingMessages).toBe(0);
    expect(added.warnings).toEqual([
      "customInstructions needs a configured language model; rules alone do not follow it.",
    ]);
  });
});
