import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";

let memory: Memory;
let now: number;
const user = { userId: "nora" };
const filters = { user_id: "nora" };
const question = "Where does Nora live?";

/** Told on the first day; the store learns of the move in July, which was in June. */
const LEARNT = Date.UTC(2025, 0, 13);
const MOVED = "2025-06-08T09:00:00Z";
const TOLD = Date.UTC(2025, 6, 20);

beforeEach(async () => {
  now = LEARNT;
  memory = new Memory({ dbPath: ":memory:", now: () => now });
  await memory.add("I live in Bristol.", { ...user, timestamp: new Date(LEARNT) });
  await memory.add("Always answer me in Dutch.", { ...user, timestamp: new Date(LEARNT) });
  now = TOLD;
  await memory.add("I live in Cardiff now.", { ...user, timestamp: MOVED });
});

afterEach(async () => {
  await memory.close();
});

function cities(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /Bristol|Cardiff/u.exec(line)?.[0] ?? []);
}

async function homes(moment: { asOf?: string; knownAt?: string }): Promise<Record<string, string[]>> {
  const search = await memory.search(question, { filters, ...moment });
  const list = await memory.getAll({ filters, ...moment });
  const timeline = await memory.timeline(question, { ...user, ...moment });
  const context = await memory.context(question, { ...user, ...moment });
  return {
    search: cities(search.results.map((hit) => `${hit.memory}`)),
    getAll: cities(list.results.map((item) => item.memory)),
    timeline: cities(timeline.results.map((entry) => entry.text)),
    context: cities(context.text.split("\n")),
  };
}

async function texts(options: object): Promise<string[]> {
  return (await memory.getAll({ filters, kinds: ["fact"], ...options })).results.map((item) => item.memory);
}

async function rules(moment: object): Promise<boolean> {
  return (await memory.context(question, { ...user, ...moment })).text.includes("Dutch");
}

async function places(moment: object): Promise<string[]> {
  const { results } = await memory.entities({ ...user, ...moment });
  return cities(results.map(({ name }) => name));
}

function all(...named: string[]): Record<string, string[]> {
  return { search: named, getAll: named, timeline: named, context: named };
}

describe("asOf and knownAt", () => {
  it("what was true in the world then, whatever the store knew", async () => {
    expect(await homes({ asOf: "2025-03-01" })).toEqual(all("Bristol"));
    expect(await homes({ asOf: "2025-07-01" })).toEqual(all("Cardiff"));
    expect(await homes({ asOf: "2024-12-01" })).toEqual(all());
  });

  it("what the store knew then, whatever was true", async () => {
    expect(await homes({ knownAt: "2025-07-01" })).toEqual(all("Bristol"));
    expect(await homes({ knownAt: "2025-01-01" })).toEqual(all());
  });

  it("together: what it would have answered then about that moment", async () => {
    // In July it did not know of the move in June.
    expect(await homes({ asOf: "2025-07-01", knownAt: "2025-07-01" })).toEqual(all("Bristol"));
    expect(await homes({ asOf: "2025-07-01", knownAt: "2025-08-01" })).toEqual(all("Cardiff"));
    expect(await homes({ asOf: "2025-03-01", knownAt: "2025-08-01" })).toEqual(all("Bristol"));
  });

  it("shows a memory as it was known: without the end and the successor that came later", async () => {
    const [then] = (await memory.getAll({ filters, kinds: ["fact"], knownAt: "2025-07-01" })).results;
    expect(then).toMatchObject({ memory: "User lives in Bristol", state: "active" });
    expect([then?.validTo, then?.replacedBy]).toEqual([undefined, undefined]);
    const item = await memory.get(then?.id ?? "", { knownAt: "2025-07-01" });
    expect([item?.state, item?.validTo]).toEqual(["active", undefined]);
    expect((await memory.get(then?.id ?? ""))?.state).toBe("superseded");
    expect(await memory.get(then?.id ?? "", { knownAt: "2025-01-01" })).toBeNull();
    expect(await memory.get(then?.id ?? "", { asOf: "2025-07-01" })).toBeNull();
    expect((await memory.get(then?.id ?? "", { asOf: "2025-07-01", knownAt: "2025-07-01" }))?.state).toBe("active");
  });

  it("asks for states as they were", async () => {
    expect(await texts({ latestOnly: true, knownAt: "2025-07-01" })).toEqual(["User lives in Bristol"]);
    expect(await texts({ states: ["active"], knownAt: "2025-07-01" })).toEqual(["User lives in Bristol"]);
    expect(await texts({ states: ["superseded"], knownAt: "2025-07-01" })).toEqual([]);
    expect(await texts({ states: ["superseded"], knownAt: "2025-08-01" })).toEqual(["User lives in Bristol"]);
  });

  it("gives the words of before a change, and the history until then", async () => {
    const [item] = (await memory.getAll({ filters, kinds: ["fact"], states: ["active"] })).results;
    now = Date.UTC(2025, 8, 1);
    await memory.update(item?.id ?? "", "User lives in Cardiff Bay");
    expect((await memory.get(item?.id ?? ""))?.memory).toBe("User lives in Cardiff Bay");
    expect((await memory.get(item?.id ?? "", { knownAt: "2025-08-01" }))?.memory).toBe("User lives in Cardiff now");
    expect((await memory.history(item?.id ?? "")).map(({ action }) => action)).toEqual(["UPDATE", "ADD"]);
    expect((await memory.history(item?.id ?? "", { knownAt: "2025-08-01" })).map(({ action }) => action)).toEqual([
      "ADD",
    ]);
    expect(await memory.history(item?.id ?? "", { asOf: "2025-01-01" })).toEqual([]);
    expect(await memory.history(item?.id ?? "", { ...user, asOf: "2025-07-01" })).toHaveLength(2);
  });

  it("keeps what was merged since, and never brings back what was deleted", async () => {
    now = Date.UTC(2025, 8, 1);
    await memory.add("I play the cello in an orchestra.", { ...user, timestamp: new Date(now) });
    const [cello] = (await memory.getAll({ filters, kinds: ["fact"] })).results;
    expect(cello?.memory).toContain("cello");
    now = Date.UTC(2025, 9, 1);
    await memory.add("I play the cello in an orchestra every Friday evening.", { ...user, timestamp: new Date(now) });
    expect((await texts({ knownAt: "2025-09-15" })).filter((text) => text.includes("cello"))).toEqual([
      "User plays the cello in an orchestra",
    ]);
    await memory.delete(cello?.id ?? "");
    expect((await texts({ knownAt: "2025-09-15" })).filter((text) => text.includes("cello"))).toEqual([]);
  });

  it("gives the standing rules of then in context", async () => {
    expect(await rules({ asOf: "2025-03-01" })).toBe(true);
    expect(await rules({ knownAt: "2025-03-01" })).toBe(true);
    expect(await rules({ knownAt: "2025-01-01" })).toBe(false);
  });

  it("names the entities of then", async () => {
    expect(await places({})).toEqual(["Cardiff"]);
    expect(await places({ asOf: "2025-03-01" })).toEqual(["Bristol"]);
    expect(await places({ asOf: "2025-07-01" })).toEqual(["Cardiff"]);
    expect(await places({ knownAt: "2025-07-01" })).toEqual(["Bristol"]);
    expect(await places({ asOf: "2025-07-01", knownAt: "2025-08-01" })).toEqual(["Cardiff"]);
    expect(await places({ knownAt: "2025-01-01" })).toEqual([]);
  });

  it("refuses what is no time", async () => {
    for (const wrong of [{ asOf: "yesterday" }, { knownAt: {} }])
      for (const call of [
        () => memory.get("x", wrong as never),
        () => memory.history("x", wrong as never),
        () => memory.timeline(null, { ...user, ...wrong } as never),
      ])
        await expect(call()).rejects.toMatchObject({ code: "invalid_input" });
  });
});
