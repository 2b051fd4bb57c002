import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Timeline } from "../../src/index.ts";
import { Memory } from "../../src/memory.ts";

let memory: Memory;
const nora = { userId: "nora" };

beforeEach(async () => {
  memory = new Memory({ dbPath: ":memory:" });
  const said = [
    ["I live in Bristol.", "2025-01-13T18:40:00Z"],
    ["I went to Rome last month.", "2025-03-13T10:00:00Z"],
    ["I broke my wrist three days ago.", "2025-03-13T11:00:00Z"],
    ["I live in Cardiff now.", "2025-06-08T09:00:00Z"],
    ["I've played the cello since 2008.", "2025-06-09T09:00:00Z"],
  ] as const;
  for (const [text, timestamp] of said) await memory.add(text, { ...nora, timestamp });
});

afterEach(async () => {
  await memory.close();
});

function lines({ results }: Timeline): string[] {
  return results.map(({ from, to, text }) => `${from.slice(0, 10)} ${to?.slice(0, 10) ?? "…"} ${text}`);
}

const BRISTOL = "2025-01-13 2025-06-08 User lives in Bristol";
const ROME = "2025-02-01 2025-03-01 User went to Rome last month (February 2025)";
const WRIST = "2025-03-10 2025-03-11 User broke their wrist three days ago (10 March 2025)";
const CARDIFF = "2025-06-08 … User lives in Cardiff now";
const CELLO = "2008-01-01 … User has played the cello since 2008";

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => error);
}

describe("timeline", () => {
  it("lists a scope in the order of what happened, not of what was said", async () => {
    expect(lines(await memory.timeline(null, nora))).toEqual([CELLO, BRISTOL, ROME, WRIST, CARDIFF]);
    expect(lines(await memory.timeline("", { ...nora, order: "descending" }))).toEqual([
      CARDIFF,
      WRIST,
      ROME,
      BRISTOL,
      CELLO,
    ]);
  });

  it("says where each time comes from, in whose words and how exact it is", async () => {
    const { results } = await memory.timeline(null, nora);
    const rome = results.find(({ text }) => text.includes("Rome"));
    expect(rome).toMatchObject({ basis: "stated", granularity: "month", timeWords: "last month", state: "active" });
    expect(rome?.sources[0]?.text).toBe("I went to Rome last month.");
    const bristol = results.find(({ text }) => text.includes("Bristol"));
    expect(bristol).toMatchObject({ basis: "said", state: "superseded" });
    expect(bristol?.replacedBy).toBe(results.find(({ text }) => text.includes("Cardiff"))?.memoryId);
    expect(await memory.get(rome?.memoryId ?? "")).not.toBeNull();
  });

  it("takes what was true at some moment of the window; a day as `to` is part of it", async () => {
    expect(lines(await memory.timeline(null, { ...nora, from: "2025-03-01", to: "2025-03-10" }))).toEqual([
      CELLO,
      BRISTOL,
      WRIST,
    ]);
    expect(lines(await memory.timeline(null, { ...nora, from: "2025-03-01", to: "2025-03-09" }))).toEqual([
      CELLO,
      BRISTOL,
    ]);
    expect(
      lines(await memory.timeline(null, { ...nora, from: "2025-03-01", to: "2025-06-30", changesOnly: true })),
    ).toEqual([BRISTOL, WRIST, CARDIFF]);
    expect(lines(await memory.timeline(null, { ...nora, to: new Date("2008-06-01") }))).toEqual([CELLO]);
  });

  it("narrows to a topic, with what its slot held before", async () => {
    expect(lines(await memory.timeline("Which city does Nora live in?", nora))).toEqual([BRISTOL, CARDIFF]);
    expect(lines(await memory.timeline("Rome", nora))).toEqual([ROME]);
    expect(lines(await memory.timeline("Rome", { ...nora, from: "2025-03-01" }))).toEqual([]);
    expect(
      lines(await memory.timeline("wrist or Rome in March 2025", { ...nora, referenceDate: "2025-06-10" })),
    ).toContain(WRIST);
  });

  it("pages without gaps or repeats, with and without a topic", async () => {
    for (const topic of [null, "Nora's life: cello, Rome, Bristol, wrist, Cardiff"]) {
      const all = lines(await memory.timeline(topic, nora));
      const paged: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Timeline = await memory.timeline(topic, { ...nora, limit: 2, cursor });
        expect(page.results.length).toBeLessThanOrEqual(2);
        paged.push(...lines(page));
        cursor = page.next;
      } while (cursor !== null);
      expect(paged).toEqual(all);
      expect(all.length).toBeGreaterThan(2);
    }
  });

  it("stays in its scope, and leaves out what was deleted", async () => {
    expect(lines(await memory.timeline(null, { userId: "other" }))).toEqual([]);
    const { results } = await memory.timeline("Rome", nora);
    await memory.delete(results[0]?.memoryId ?? "");
    expect(lines(await memory.timeline(null, nora))).toEqual([CELLO, BRISTOL, WRIST, CARDIFF]);
    expect(lines(await memory.timeline("Rome", nora)).filter((line) => line.includes("Rome"))).toEqual([]);
  });

  it("tells what was true then, or known then", async () => {
    expect(lines(await memory.timeline(null, { ...nora, asOf: "2025-03-10T12:00:00Z" }))).toEqual([
      CELLO,
      BRISTOL,
      ROME,
      WRIST,
    ]);
    expect(lines(await memory.timeline(null, { ...nora, knownAt: "2000-01-01" }))).toEqual([]);
  });

  it("lists messages of a topic when they are asked for", async () => {
    // Facts stand for their message; this one is told by an assistant, and no facts come of it.
    await memory.add([{ role: "assistant", content: "The ferry to Elba ran aground on 2 May 2024, I am told." }], {
      ...nora,
      timestamp: "2025-06-10T09:00:00Z",
    });
    expect(lines(await memory.timeline("the ferry to Elba", { ...nora, kinds: ["message"] }))).toEqual([
      "2024-05-02 2024-05-03 The ferry to Elba ran aground on 2 May 2024, I am told.",
    ]);
  });

  it("says what is wrong with a call", async () => {
    for (const wrong of [
      { ...nora, from: "2025-03-02", to: "2025-03-01" },
      { ...nora, limit: 0 },
      { ...nora, limit: 1_001 },
      { ...nora, order: "newest" as never },
      { ...nora, cursor: "x" },
      { ...nora, kinds: ["message" as const] },
      {},
    ])
      expect(await errorOf(memory.timeline(null, wrong))).toMatchObject({ code: "invalid_input" });
    expect(await errorOf(memory.timeline(7 as never, nora))).toMatchObject({ code: "invalid_input" });
    expect((await memory.timeline(null, { ...nora, fromm: 1 } as never)).warnings[0]).toContain("fromm");
  });
});
