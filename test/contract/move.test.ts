import { afterEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/index.ts";

const open: Memory[] = [];
afterEach(async () => {
  for (const memory of open.splice(0)) await memory.close();
});

function createMemory(): Memory {
  const memory = new Memory({ dbPath: ":memory:" });
  open.push(memory);
  return memory;
}

async function found(memory: Memory, query: string, filters: object): Promise<string[]> {
  const { results } = await memory.search(query, { filters, topK: 10 });
  return results.map((hit) => hit.memory);
}

const WRONG = { user_id: "hana", app_id: "wrong" };
const RIGHT = { user_id: "hana", app_id: "right" };

describe("memory.move", () => {
  it("files a memory elsewhere with its id, times, history, what it replaced and what it rests on", async () => {
    const memory = createMemory();
    const scope = { userId: "hana", appId: "wrong", runId: "r1" };
    await memory.add("I live in Berlin.", { ...scope, timestamp: "2026-01-02" });
    await memory.add("I moved to Kyoto.", { ...scope, timestamp: "2026-02-03" });
    const [current] = (await memory.getAll({ filters: WRONG, latestOnly: true })).results;
    const before = await memory.history(current?.id ?? "");
    const { moved, messages, shared } = await memory.move(current?.id ?? "", { appId: "right" });
    expect(moved).toHaveLength(2);
    expect(moved[0]).toMatchObject({
      id: current?.id,
      from: { appId: "wrong" },
      to: { userId: "hana", appId: "right", runId: "r1" },
    });
    expect(messages).toHaveLength(2);
    expect(shared).toEqual([]);
    expect(await found(memory, "where does the user live", WRONG)).toEqual([]);
    expect((await found(memory, "where does the user live", RIGHT)).join()).toMatch(/Kyoto/u);
    const after = await memory.get(current?.id ?? "");
    expect(after).toMatchObject({ memory: current?.memory, createdAt: current?.createdAt, app_id: "right" });
    const history = await memory.history(current?.id ?? "");
    expect(history).toHaveLength(before.length + 1);
    expect(history[0]?.reason).toBe("moved by call: appId wrong to right");
    // As it was then: the older value went along.
    const then = await memory.search("where does the user live", { filters: RIGHT, asOf: "2026-01-10" });
    expect(then.results[0]?.memory).toMatch(/Berlin/u);
    expect((await memory.verify()).problems).toEqual([]);
  });

  it("leaves a message that other memories rest on where it is, as evidence for both", async () => {
    const memory = createMemory();
    await memory.add("I prefer tabs over spaces. My sister Anna works at Siemens.", { userId: "hana", appId: "wrong" });
    const { results } = await memory.getAll({ filters: WRONG });
    const tabs = results.find((each) => each.memory.includes("tabs"));
    const { messages, shared } = await memory.move([tabs?.id ?? ""], { appId: null });
    expect(messages).toEqual([]);
    expect(shared).toHaveLength(1);
    const own = await memory.getAll({ filters: { AND: [{ user_id: "hana" }, { app_id: null }] } });
    expect(own.results.map((each) => each.memory)).toEqual([tabs?.memory]);
    expect(own.results[0]?.sources[0]?.text).toContain("tabs");
    expect((await found(memory, "tabs or spaces", { AND: [{ user_id: "hana" }, { app_id: null }] })).join()).toContain(
      "tabs",
    );
    expect((await memory.verify()).problems).toEqual([]);
  });

  it("can be taken back, and an export of before and after then differs by its histories alone", async () => {
    const memory = createMemory();
    for (const text of ["We chose SQLite.", "Deploys are on Fridays.", "Always answer in French."])
      await memory.add(text, { userId: "hana", appId: "wrong", agentId: "bot", runId: "r1" });
    const records = async (): Promise<unknown[]> => {
      const all: unknown[] = [];
      for await (const line of memory.export()) {
        const { record } = JSON.parse(line) as { record?: Record<string, unknown> };
        if (record !== undefined) all.push({ ...record, updatedAt: 0 });
      }
      return all;
    };
    const before = await records();
    const ids = (await memory.getAll({ filters: WRONG })).results.map(({ id }) => id);
    const there = await memory.move(ids, { appId: "right", agentId: null, runId: "r2" });
    expect(await records()).not.toEqual(before);
    expect(await memory.move(ids, { appId: "right" })).toEqual({ moved: [], messages: [], shared: [] });
    const back = await memory.move(ids, { appId: "wrong", agentId: "bot", runId: "r1" });
    expect(back.moved).toHaveLength(there.moved.length);
    expect(await records()).toEqual(before);
    expect((await memory.verify()).problems).toEqual([]);
    expect((await found(memory, "deploys", { ...WRONG, agent_id: "bot" })).join()).toContain("Fridays");
  });

  it("moves nothing when one id is unknown, nor to another user, nor to nobody", async () => {
    const memory = createMemory();
    await memory.add("We chose SQLite.", { appId: "wrong", infer: false });
    const [one] = (await memory.getAll({ filters: { app_id: "wrong" } })).results;
    const id = one?.id ?? "";
    await expect(memory.move([id, "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"], { appId: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(memory.move(id, { appId: null })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(memory.move(id, { userId: "bo" } as never)).rejects.toThrow(/stays its user's/u);
    await expect(memory.move(id, {})).rejects.toThrow(/where to/u);
    await expect(memory.move([], { appId: "x" })).rejects.toThrow(/ids/u);
    expect((await memory.get(id))?.app_id).toBe("wrong");
  });
});
