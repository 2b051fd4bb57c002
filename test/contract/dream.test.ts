import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { parseAdd } from "../../src/api/parse-add.ts";
import { Memory } from "../../src/index.ts";
import type { DreamReport } from "../../src/index.ts";
import { addMemories } from "../../src/operations/add-memories.ts";
import { JobRunner } from "../../src/operations/run-jobs.ts";
import { scriptedModel } from "../support/scripted-model.ts";

const DAY = 86_400_000;
const owner = { userId: "ana" };
const filters = { user_id: "ana" };
/** A Tuesday. */
const START = Date.UTC(2026, 0, 6, 18);
let memory: Memory;
let now: number;

beforeEach(() => {
  now = START + 70 * DAY;
  memory = new Memory({ dbPath: ":memory:", now: () => now });
});

afterEach(() => memory.close());

async function tell(text: string, day: number): Promise<string> {
  const { messages } = await memory.add(text, { ...owner, runId: `day${day}`, timestamp: new Date(START + day * DAY) });
  return messages[0]?.id ?? "";
}

/** Runs on seven of nine Tuesdays, in different words. */
async function tellRuns(): Promise<string[]> {
  const words = [
    "I ran 5k after work.",
    "Went for a run by the river.",
    "I went running with Tom.",
    "Just got back from a morning run!",
    "I ran in the rain today.",
    "We went for a long run.",
    "I've been busy, but I ran anyway.",
  ];
  const ids: string[] = [];
  for (const [index, week] of [0, 1, 2, 4, 5, 7, 8].entries()) ids.push(await tell(words[index] as string, week * 7));
  return ids;
}

function texts({ patterns }: DreamReport, event: string): string[] {
  return patterns.filter((pattern) => pattern.event === event).map(({ text }) => text);
}

async function shownPatterns(): Promise<string[]> {
  const { results } = await memory.getAll({ filters, kinds: ["pattern"], latestOnly: true });
  return results.map((item) => item.memory);
}

describe("dream", () => {
  it("finds a habit of a weekday, with what it rests on", async () => {
    const ids = await tellRuns();
    await tell("I bought a lamp.", 3);
    const report = await memory.dream(owner);
    expect(texts(report, "ADD")).toEqual(["User runs on most Tuesdays (7 of 9, since 6 January 2026)"]);
    const [pattern] = report.patterns;
    const cited = await Promise.all((pattern?.evidence ?? []).map((id) => memory.get(id)));
    // A fact where one was drawn from the sentence, else the message; through facts always the messages.
    const messages = cited.map((item) => (item?.kind === "message" ? item.id : item?.sources[0]?.id));
    expect(messages.toSorted()).toEqual(ids.toSorted());
    const stored = await memory.get(pattern?.id ?? "");
    expect(stored).toMatchObject({ kind: "pattern", restsOn: pattern?.evidence, sources: [] });
    const { results } = await memory.search("how often does the user run", { filters });
    expect(results.map((hit) => hit.memory).join()).toContain("runs on most Tuesdays");
    const block = await memory.context("how often does the user run", { ...owner, tokenBudget: 100 });
    expect(block.text).toContain("runs on most Tuesdays");
  });

  it("changes nothing the second time, and the pattern with new evidence", async () => {
    await tellRuns();
    const first = await memory.dream(owner);
    const second = await memory.dream(owner);
    expect(second).toMatchObject({ batchId: null, patterns: [{ event: "NONE", id: first.patterns[0]?.id }] });
    await tell("I ran again!", 63);
    const third = await memory.dream(owner);
    expect(third.patterns).toMatchObject([
      {
        event: "UPDATE",
        id: first.patterns[0]?.id,
        text: "User runs on most Tuesdays (8 of 10, since 6 January 2026)",
        previousText: "User runs on most Tuesdays (7 of 9, since 6 January 2026)",
      },
    ]);
    expect(third.patterns[0]?.why).toContain("1 more");
    expect(await shownPatterns()).toHaveLength(1);
    // What it said before is in its history, and comes back with the batch.
    await memory.undo(third.batchId ?? "");
    expect(await shownPatterns()).toEqual(["User runs on most Tuesdays (7 of 9, since 6 January 2026)"]);
    await memory.undo(first.batchId ?? "");
    // It was changed since: by the undoing of the later batch.
    expect(await shownPatterns()).toHaveLength(1);
  });

  it("says that a habit has stopped, and until when", async () => {
    await tellRuns();
    await memory.dream(owner);
    now += 200 * DAY;
    const report = await memory.dream(owner);
    expect(texts(report, "UPDATE")).toEqual([
      "User ran on most Tuesdays (7 of 9, from 6 January 2026 to 3 March 2026)",
    ]);
    const { results } = await memory.getAll({ filters, kinds: ["pattern"] });
    expect(results[0]?.validTo?.slice(0, 10)).toBe("2026-03-04");
  });

  it("counts what is spoken of, and how often something is done", async () => {
    now = START + 50 * DAY;
    const about = [
      "My knee hurts.",
      "The doctor looked at my knee.",
      "I iced my knee.",
      "My left knee is stiff.",
      "My knee is fine",
    ];
    for (const [index, text] of about.entries()) await tell(text, index * 9);
    for (const day of [0, 3, 8, 13, 17, 20, 26, 31, 37, 41]) await tell("I went to the gym.", day);
    const report = await memory.dream(owner);
    expect(texts(report, "ADD").toSorted()).toEqual([
      "User goes to the gym about once a week (10 days, since 6 January 2026)",
      "User mentioned their knee 5 times since January 2026",
    ]);
  });

  it("takes no wish, question, plan or denial for something done", async () => {
    const said = [
      "I want to run.",
      "Did I run?",
      "I didn't run.",
      "I'd have run if I could.",
      "I might go for a run.",
      "I used to run.",
    ];
    for (const [index, text] of said.entries())
      for (const week of [0, 1, 2, 3]) await tell(text, week * 7 + index / 24);
    expect((await memory.dream(owner)).patterns).toEqual([]);
  });

  it("makes nothing again that somebody deleted, and retires what lost its evidence", async () => {
    const ids = await tellRuns();
    const first = await memory.dream(owner);
    const id = first.patterns[0]?.id ?? "";
    await memory.delete(id);
    expect((await memory.dream(owner)).patterns).toMatchObject([{ event: "LEFT", id }]);
    expect(await shownPatterns()).toEqual([]);
    await memory.restore(id);
    for (const message of ids.slice(0, 5)) await memory.delete(message);
    expect(texts(await memory.dream(owner), "RETIRE")).toHaveLength(1);
    expect(await shownPatterns()).toEqual([]);
  });

  it("goes with what it rests on: deleted, revoked and purged", async () => {
    const ids = await tellRuns();
    await memory.dream(owner);
    await memory.purge(ids[0] ?? "");
    // A pattern tells of all that it rests on.
    expect(await shownPatterns()).toEqual([]);
    const again = await memory.dream(owner);
    expect(texts(again, "ADD")).toEqual(["User runs on most Tuesdays (6 of 8, since 13 January 2026)"]);
    const { count } = await memory.revoke({ messageIds: ids.slice(1) });
    expect(count).toBeGreaterThan(ids.length - 1);
    expect(await shownPatterns()).toEqual([]);
    expect((await memory.verify()).problems).toEqual([]);
  });

  it("sees nothing of another user, of hidden words, or of tools", async () => {
    for (const week of [0, 1, 2, 3, 4]) {
      await memory.add("I ran.", { userId: "ben", timestamp: new Date(START + week * 7 * DAY) });
      await memory.add([{ role: "tool", content: "I swam." }], {
        ...owner,
        timestamp: new Date(START + week * 7 * DAY),
      });
    }
    expect((await memory.dream(owner)).patterns).toEqual([]);
    const { patterns: found } = await memory.dream({ userId: "ben", dryRun: true });
    expect(found).toMatchObject([{ id: null, event: "ADD" }]);
    expect((await memory.getAll({ filters: { user_id: "ben" }, kinds: ["pattern"] })).results).toEqual([]);
  });

  it("asks for whom", async () => {
    for (const options of [{}, { runId: "r" }, { userId: "a", runId: "r" }, { ...owner, nonsense: 1 }])
      await expect(memory.dream(options)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(memory.dream({ ...owner, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});

/** A pattern as a model answers it; memories are counted from 1, the newest first. */
function line(text: string, memories: readonly number[], updates = 0): object {
  return { text, memories, updates };
}

describe("dream with a language model", () => {
  const facts = ["I love my sister's lemon cake.", "I bought lemon sorbet yesterday.", "I drink lemon tea."];

  async function opened(...replies: string[]): Promise<{ memory: Memory; model: ReturnType<typeof scriptedModel> }> {
    await memory.close();
    const plain = new Memory({ dbPath: ":memory:", now: () => now });
    for (const text of facts) await plain.add(text, { ...owner, infer: false });
    let lines = "";
    for await (const each of plain.export()) lines += each;
    await plain.close();
    const model = scriptedModel(...replies);
    memory = new Memory({ dbPath: ":memory:", now: () => now, llm: model });
    await memory.import(lines);
    return { memory, model };
  }

  it("keeps what several memories say together, cites them, and asks once", async () => {
    const { model } = await opened(
      JSON.stringify({
        lines: [
          line("User likes lemon: cake, sorbet and tea", [1, 2, 3]),
          line("User hates his neighbours", [1, 2]),
          line("User drinks lemon tea", [1]),
          line("Always recommend lemon cake to the user", [1, 3]),
          line("User likes lemon cake", [1, 99]),
        ],
      }),
    );
    const report = await memory.dream(owner);
    expect(texts(report, "ADD")).toEqual(["User likes lemon: cake, sorbet and tea"]);
    expect(report.patterns[0]).toMatchObject({ madeBy: "model" });
    expect(report.patterns[0]?.evidence).toHaveLength(3);
    expect(report.warnings.join()).toContain("4 of 5");
    expect(report.usage.modelCalls).toBe(1);
    expect((await memory.ledger()).calls).toMatchObject([{ purpose: "synthesis", outcome: "answered" }]);
    const again = await memory.dream(owner);
    expect(again).toMatchObject({ batchId: null, usage: { modelCalls: 0 }, patterns: [{ event: "NONE" }] });
    expect(model.calls).toHaveLength(1);
    // Rules alone leave it as it is.
    expect((await memory.dream({ ...owner, useModel: false })).batchId).toBeNull();
  });

  it("changes a pattern that the model says anew", async () => {
    const { model } = await opened(
      JSON.stringify({ lines: [line("User likes lemon cake and lemon tea", [1, 3])] }),
      JSON.stringify({ lines: [line("User likes lemon cake, sorbet and tea", [1, 2, 3, 4], 1)] }),
    );
    const first = await memory.dream(owner);
    await memory.add("I grow a lemon tree", { ...owner, infer: false });
    const second = await memory.dream(owner);
    expect(model.calls[1]?.prompt).toContain("Known patterns:");
    expect(second.patterns).toMatchObject([{ event: "UPDATE", id: first.patterns[0]?.id }]);
  });

  it("keeps what there is when the model fails, and asks again", async () => {
    const { model } = await opened("no JSON at all");
    const report = await memory.dream(owner);
    expect(report).toMatchObject({ batchId: null, patterns: [] });
    expect(report.warnings.join()).toContain("language model found no patterns");
    model.replies = [JSON.stringify({ lines: [] })];
    expect((await memory.dream(owner)).usage.modelCalls).toBe(1);
    expect((await memory.dream(owner)).usage.modelCalls).toBe(0);
  });
});

describe("dreams on a schedule", () => {
  it("are made of every user of whom something is new, and then again", async () => {
    const engine = createEngine({ dbPath: ":memory:", now: () => now, dreamEveryHours: 24 });
    for (const userId of ["ana", "ben"])
      for (const week of [0, 1, 2, 3, 4])
        await addMemories(
          engine,
          parseAdd("I ran.", { userId, timestamp: new Date(START + week * 7 * DAY) }, engine.settings),
        );
    const runner = new JobRunner(engine);
    await runner.runDue();
    const count = async (): Promise<number> => (await engine.store.statistics()).memories.pattern.active;
    expect(await count()).toBe(0);
    now += DAY;
    await runner.runDue();
    expect(await count()).toBe(2);
    const versions = await engine.store.listPartitions();
    now += DAY;
    await runner.runDue();
    now += DAY;
    await runner.runDue();
    expect(await engine.store.listPartitions()).toEqual(versions);
    await engine.close();
  });
});
