import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

const alice = { userId: "alice" };
const ofAlice = { filters: { user_id: "alice" } };
let memory: Memory;
let now: number;

beforeEach(() => {
  now = Date.UTC(2026, 0, 10, 12);
  memory = new Memory({ dbPath: ":memory:", now: () => now });
});
afterEach(() => memory.close());

async function texts(options: object = {}): Promise<string[]> {
  const { results } = await memory.getAll({ ...ofAlice, topK: 100, ...options });
  return results.map((item) => item.memory).toSorted();
}
async function shown(word: string): Promise<string> {
  const { results } = await memory.search(word, { ...ofAlice, threshold: 0, topK: 100, explain: true });
  const block = await memory.context(word, { ...alice, threshold: 0 });
  return JSON.stringify(results) + block.text + JSON.stringify(block.hits);
}
async function exported(store: Memory): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of store.export()) lines.push(line);
  return lines;
}
const said = (content: string): { role: "user"; content: string }[] => [{ role: "user", content }];

describe("a deleted fact", () => {
  test("its words are shown by no read", async () => {
    const { results } = await memory.add(said("I'm vegetarian. I live in Paris."), {
      ...alice,
      timestamp: "2026-01-02",
    });
    await memory.delete(results.find((item) => item.memory.includes("vegetarian"))?.id ?? "");
    expect(await shown("vegetarian")).not.toContain("vegetarian");
    expect(await shown("Paris")).toContain("Paris");
    expect(JSON.stringify(await memory.getAll({ ...ofAlice, kinds: ["message", "fact"] }))).not.toContain("vegetarian");
  });

  test("is no source of what was said in another run too", async () => {
    await memory.add(said("I live in Paris. We use pnpm."), { ...alice, runId: "one", timestamp: "2026-01-02" });
    await memory.add(said("My cat snores. We use pnpm."), { ...alice, runId: "two", timestamp: "2026-01-03" });
    await memory.deleteAll({ ...alice, runId: "two" });
    expect(await shown("pnpm")).toContain("We use pnpm");
    expect(await shown("pnpm")).not.toContain("… . We use pnpm");
    const { results } = await memory.getAll({ ...ofAlice, topK: 100 });
    expect(results.flatMap(({ sources }) => sources.map(({ runId }) => runId))).not.toContain("two");
  });

  test("a replay of the message does not bring it back", async () => {
    const options = { ...alice, timestamp: "2026-01-02", runId: "r" };
    const { results } = await memory.add(said("I'm vegetarian"), options);
    await memory.delete(results[0]?.id ?? "");
    await memory.add(said("I'm vegetarian"), options);
    expect(await texts()).toEqual([]);
    expect(await shown("vegetarian")).not.toContain("vegetarian");
  });

  test("a replay by idempotency key does not bring it back", async () => {
    const options = { ...alice, idempotencyKey: "k" };
    const { results } = await memory.add(said("I'm vegetarian"), options);
    await memory.delete(results[0]?.id ?? "");
    await memory.add(said("I'm vegetarian"), options);
    expect(await texts()).toEqual([]);
  });

  test("that was said twice is hidden in both messages", async () => {
    const first = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02" });
    await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-05" });
    await memory.delete(first.results[0]?.id ?? "");
    expect(await texts()).toEqual([]);
    expect(await shown("vegetarian")).not.toContain("vegetarian");
  });

  test("that was superseded comes back as a current one, without the end that its successor set", async () => {
    await memory.add("I live in Paris", { ...alice, timestamp: "2025-01-02" });
    await memory.add("I moved to Berlin", { ...alice, timestamp: "2025-06-02" });
    const { results } = await memory.getAll({ ...ofAlice, states: ["superseded"] });
    const id = results[0]?.id ?? "";
    await memory.delete(id);
    const back = await memory.restore(id);
    expect(back).toMatchObject({ state: "active" });
    expect(JSON.stringify(back)).not.toMatch(/"validTo":"?2|"valid_to":"?2/u);
  });
});

describe("deleted messages", () => {
  test("a fact that rests on two goes when both are deleted, one after the other", async () => {
    const first = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02" });
    const second = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-05" });
    await memory.delete(first.messages[0]?.id ?? "");
    expect(await texts()).toEqual(["User is vegetarian"]);
    await memory.delete(second.messages[0]?.id ?? "");
    expect(await texts()).toEqual([]);
    expect(await shown("vegetarian")).not.toContain("vegetarian");
  });

  test("batchDelete takes a message and a fact that goes with it", async () => {
    const { messages, results } = await memory.add(said("I'm vegetarian"), alice);
    const answer = await memory.batchDelete([results[0]?.id ?? "", messages[0]?.id ?? ""]);
    expect(answer.message).toBe("Successfully deleted 2 memories");
  });
  test("batchDelete in the other order", async () => {
    const { messages, results } = await memory.add(said("I'm vegetarian"), alice);
    const answer = await memory.batchDelete([messages[0]?.id ?? "", results[0]?.id ?? ""]);
    expect(answer.message).toBe("Successfully deleted 2 memories");
  });
  test("a message that is not there still stops a batch", async () => {
    const { messages } = await memory.add(said("I'm vegetarian"), alice);
    await memory.delete(messages[0]?.id ?? "");
    await expect(memory.batchDelete([messages[0]?.id ?? ""])).rejects.toMatchObject({ code: "not_found" });
  });

  test("immutable memories are deleted", async () => {
    const { results } = await memory.add("Likes tea", { ...alice, infer: false, immutable: true });
    await memory.delete(results[0]?.id ?? "");
    expect(await texts()).toEqual([]);
  });
});

describe("deleteAll", () => {
  test.each([["userId"], ["agentId"], ["runId"], ["appId"]])("refuses * for %s", async (key) => {
    await memory.add("x y", { ...alice, infer: false });
    await expect(memory.deleteAll({ [key]: "*" })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await texts()).toEqual(["x y"]);
  });
  test("more than a chunk, while others add", async () => {
    for (let index = 0; index < 30; index += 1)
      await memory.add(
        Array.from({ length: 30 }, (_, n) => ({ role: "user", content: `Note ${index} ${n} word` })),
        { ...alice, infer: false },
      );
    const [answer] = await Promise.all([
      memory.deleteAll(alice),
      memory.add("Others go on", { userId: "bob", infer: false }),
      memory.add("Late", { ...alice, infer: false }),
    ]);
    expect(answer.count).toBeGreaterThanOrEqual(900);
    expect(await texts()).not.toContain("Note 0 0 word");
    expect((await texts({ states: ["deleted"] })).length).toBeGreaterThan(0);
  });
});

describe("purge", () => {
  test("no read of this process shows it, caches included", async () => {
    const { messages } = await memory.add(said("I'm vegetarian"), { ...alice, idempotencyKey: "k" });
    await shown("vegetarian");
    await memory.purge(messages[0]?.id ?? "");
    expect(await shown("vegetarian")).not.toContain("vegetarian");
    expect(await texts({ states: ["active", "deleted", "superseded"] })).toEqual([]);
    expect((await memory.entities(alice)).results.map((entity) => entity.name).join()).not.toContain("vegetarian");
  });
  test("a scope's tombstones are purged with it", async () => {
    const { results } = await memory.add("Likes tea", { ...alice, infer: false });
    const id = results[0]?.id ?? "";
    await memory.delete(id);
    expect((await memory.purge(alice)).memories).toBe(1);
    await expect(memory.restore(id)).rejects.toMatchObject({ code: "not_found" });
  });
  test("withSources: a fact that rests on the source alone goes too, one that rests elsewhere stays", async () => {
    const first = await memory.add(said("I'm vegetarian. I live in Paris."), { ...alice, timestamp: "2026-01-02" });
    await memory.add(said("I live in Paris."), { ...alice, timestamp: "2026-01-05" });
    await memory.purge(first.results.find((item) => item.memory.includes("vegetarian"))?.id ?? "", {
      withSources: true,
    });
    expect(await texts()).toEqual(["User lives in Paris"]);
    expect(await shown("vegetarian")).not.toContain("vegetarian");
  });
  test("a purged fact's words do not come back into results with its message", async () => {
    const { results } = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02", runId: "r" });
    const receipt = await memory.purge(results[0]?.id ?? "");
    expect(receipt.remainingSources.length).toBe(1);
    await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02", runId: "r" });
    expect(await texts()).toEqual([]);
  });
});

describe("what a purge without its sources leaves", () => {
  const statement = "I live in Paris. I'm vegetarian.";
  async function purgedFact(isDeletedFirst: boolean): Promise<{ messageId: string }> {
    const added = await memory.add(said(statement), { ...alice, timestamp: "2026-01-02", runId: "r" });
    const id = added.results.find((item) => item.memory.includes("vegetarian"))?.id ?? "";
    if (isDeletedFirst) await memory.delete(id);
    expect((await memory.purge(id)).remainingSources).toEqual([added.messages[0]?.id]);
    return { messageId: added.messages[0]?.id ?? "" };
  }

  test.each([[true], [false]])("the words stay hidden in the message (deleted first: %s)", async (isDeletedFirst) => {
    const { messageId } = await purgedFact(isDeletedFirst);
    expect(await shown("vegetarian")).not.toContain("vegetarian");
    expect(await shown("Paris")).toContain("Paris");
    expect(JSON.stringify(await memory.get(messageId))).not.toContain("vegetarian");
    expect(JSON.stringify(await memory.getAll({ ...ofAlice, kinds: ["message", "fact"] }))).not.toContain("vegetarian");
    expect((await memory.verify()).problems).toEqual([]);
  });

  test("the places, and no words, go with an export", async () => {
    await purgedFact(true);
    const lines = await exported(memory);
    expect(lines.join("")).toContain('"hidden":[{"start":');
    const other = new Memory({ dbPath: ":memory:", now: () => now });
    await other.import(lines.join(""));
    expect(JSON.stringify(await other.search("vegetarian", { ...ofAlice, threshold: 0 }))).not.toContain("vegetarian");
    expect(await exported(other)).toEqual(lines);
    await other.close();
  });

  test("the places go with the message", async () => {
    const { messageId } = await purgedFact(true);
    await memory.purge(messageId);
    expect((await exported(memory)).join("")).not.toContain('"hidden"');
    expect((await memory.verify()).problems).toEqual([]);
  });

  test("a part that another memory rests on as well stays visible", async () => {
    const { results } = await memory.add(said("My sister Ana lives in Rome"), { ...alice, timestamp: "2026-01-02" });
    expect(results.map((item) => item.memory.includes("Rome"))).toEqual([false, true]);
    await memory.purge(results[0]?.id ?? "");
    expect(await shown("Rome")).toContain("Ana lives in Rome");
  });
});

describe("a deleted fact that is stated again", () => {
  test("in a new message is a new memory, and the old message stays hidden", async () => {
    const first = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02" });
    const id = first.results[0]?.id ?? "";
    await memory.delete(id);
    now += 1000;
    const second = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-05" });
    expect(second.results).toMatchObject([{ event: "ADD", memory: "User is vegetarian" }]);
    expect(second.results[0]?.id).not.toBe(id);
    expect(await texts()).toEqual(["User is vegetarian"]);
    const { results } = await memory.search("vegetarian", { ...ofAlice, threshold: 0 });
    const sources = results.flatMap((hit) => hit.sources.map((source) => source.id));
    expect(sources).toEqual([second.messages[0]?.id]);
  });

  test("as a slot's value fills the slot again", async () => {
    const first = await memory.add(said("I live in Paris"), { ...alice, timestamp: "2026-01-02" });
    await memory.delete(first.results[0]?.id ?? "");
    await memory.add(said("I live in Paris"), { ...alice, timestamp: "2026-01-03" });
    expect(await texts()).toEqual(["User lives in Paris"]);
  });

  test("after a purge is a new memory too", async () => {
    const first = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02" });
    await memory.purge(first.results[0]?.id ?? "");
    await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-05" });
    expect(await texts()).toEqual(["User is vegetarian"]);
  });

  test("and then restored gives one memory that rests on both", async () => {
    const first = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02" });
    const id = first.results[0]?.id ?? "";
    await memory.delete(id);
    await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-05" });
    await memory.restore(id);
    expect(await texts()).toEqual(["User is vegetarian"]);
    expect(await memory.get(id)).toMatchObject({ state: "active", sources: [{}, {}] });
  });
});

describe("deleteAll and purge of a scope", () => {
  test("purge: true leaves nothing, tombstones included", async () => {
    const { results } = await memory.add(said("I'm vegetarian. I live in Paris."), alice);
    await memory.delete(results[0]?.id ?? "");
    await memory.add("Likes tea", { userId: "bob", infer: false });
    expect((await memory.deleteAll({ ...alice, purge: true, dryRun: true })).count).toBe(3);
    const answer = await memory.deleteAll({ ...alice, purge: true });
    expect(answer).toMatchObject({ count: 3, receipt: { memories: 3, remainingSources: [] } });
    expect(await texts({ states: ["active", "deleted", "superseded"], kinds: ["message", "fact"] })).toEqual([]);
    expect((await memory.getAll({ filters: { user_id: "bob" } })).results.length).toBe(1);
    await expect(memory.deleteAll({ ...alice, purge: "yes" as never })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("purge takes old tombstones of a scope only, given seconds, a Date or ISO text", async () => {
    const ids: string[] = [];
    for (const text of ["Likes tea", "Likes rum", "Likes ale", "Likes gin"])
      ids.push((await memory.add(text, { ...alice, infer: false })).results[0]?.id ?? "");
    const start = now;
    for (const id of ids.slice(0, 3)) {
      now += 86_400_000;
      await memory.delete(id);
    }
    const day = (count: number): number => start + count * 86_400_000 + 1;
    expect((await memory.purge({ userId: "bob", deletedBefore: new Date(day(9)) })).memories).toBe(0);
    expect((await memory.purge({ ...alice, deletedBefore: day(0) / 1000 })).memories).toBe(0);
    expect((await memory.purge({ ...alice, deletedBefore: Math.ceil(day(1) / 1000) })).memories).toBe(1);
    expect((await memory.purge({ ...alice, deletedBefore: new Date(day(2)) })).memories).toBe(1);
    expect(await texts({ states: ["deleted"] })).toEqual(["Likes ale"]);
    expect((await memory.purge({ ...alice, deletedBefore: new Date(day(3)).toISOString() })).memories).toBe(1);
    expect(await texts()).toEqual(["Likes gin"]);
    await expect(memory.purge({ ...alice, deletedBefore: "last week" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(memory.purge({ deletedBefore: day(3) })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("purge by id asks whose it is", async () => {
    const { results } = await memory.add("Likes tea", { ...alice, infer: false });
    const id = results[0]?.id ?? "";
    await expect(memory.purge(id, { userId: "bob" })).rejects.toMatchObject({ code: "not_found" });
    await expect(memory.purge([id], { runId: "r" })).rejects.toMatchObject({ code: "not_found" });
    expect((await memory.purge(id, alice)).memories).toBe(1);
  });

  test("the count is what was written, not what was seen", async () => {
    await memory.add(
      Array.from({ length: 200 }, (_, index) => ({ role: "user", content: `Note ${index} word` })),
      { ...alice, infer: false },
    );
    const answers = await Promise.all([memory.deleteAll(alice), memory.deleteAll(alice)]);
    expect(answers.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  });

  test("everybody's of a run, when asked", async () => {
    for (const userId of ["alice", "bob"]) await memory.add("Likes tea", { userId, runId: "r", infer: false });
    expect((await memory.deleteAll({ runId: "r" })).count).toBe(0);
    expect((await memory.deleteAll({ runId: "r", acrossUsers: true })).count).toBe(2);
  });

  test("a fact drawn from a message while it is deleted goes with it", async () => {
    const { messages, results } = await memory.add(said("I'm vegetarian"), { ...alice, timestamp: "2026-01-02" });
    const id = results[0]?.id ?? "";
    await memory.delete(id);
    await Promise.all([memory.restore(id), memory.delete(messages[0]?.id ?? "")]);
    expect(await texts()).toEqual([]);
  });
});
