import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory, MemoryError } from "../../src/index.ts";

/** The rows of Mem0's open-source class: methods, defaults, result shapes and error texts that callers rely on. */

let folder: string;
let memory: Memory;
let now = Date.UTC(2026, 0, 10, 12);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-contract-"));
  now = Date.UTC(2026, 0, 10, 12);
  memory = new Memory({ dbPath: join(folder, "memory.db"), now: () => now });
});

afterEach(async () => {
  await memory.close();
  rmSync(folder, { recursive: true, force: true });
});

const alice = { userId: "alice" };
const ofAlice = { filters: { user_id: "alice" } };

async function addFact(text: string, options: object = {}): Promise<string> {
  const { results } = await memory.add(text, { ...alice, infer: false, ...options });
  const [item] = results;
  if (item === undefined) throw new Error(`"${text}" made no memory`);
  return item.id;
}

async function texts(options: object = {}): Promise<string[]> {
  const { results } = await memory.getAll({ ...ofAlice, ...options });
  return results.map((item) => item.memory);
}

function refusal(work: Promise<unknown>): Promise<MemoryError> {
  return work.then(
    () => {
      throw new Error("expected a refusal");
    },
    (error: unknown) => {
      if (!MemoryError.isInstance(error)) throw error;
      return error;
    },
  );
}

describe("add, get, getAll", () => {
  test("add answers with Mem0's results", async () => {
    const { results } = await memory.add([{ role: "user", content: "I live in Paris" }], alice);
    expect(results).toEqual([
      expect.objectContaining({ id: expect.any(String), memory: "User lives in Paris", metadata: { event: "ADD" } }),
    ]);
  });

  test("get gives the item, or null for an unknown id and another owner's", async () => {
    const id = await addFact("Likes tea", { metadata: { topic: "drinks" } });
    expect(await memory.get(id)).toMatchObject({
      id,
      memory: "Likes tea",
      user_id: "alice",
      metadata: { topic: "drinks" },
      createdAt: "2026-01-10T12:00:00.000Z",
      hash: expect.stringMatching(/^[0-9a-f]+$/u),
    });
    expect(await memory.get("no-such-id")).toBeNull();
    expect(await memory.get(id, { userId: "bob" })).toBeNull();
    expect(await memory.get(id, { user_id: "alice" })).toMatchObject({ id });
  });

  test("getAll lists 20 by default, newest said first, and pages through all of them", async () => {
    for (let day = 1; day <= 25; day += 1)
      await addFact(`Note number ${day}`, { timestamp: `2026-01-${String(day).padStart(2, "0")}` });
    const first = await memory.getAll(ofAlice);
    expect(first.results.map((item) => item.memory)).toEqual(
      Array.from({ length: 20 }, (_, index) => `Note number ${25 - index}`),
    );
    expect(first.total).toBe(25);
    const second = await memory.getAll({ ...ofAlice, cursor: first.next });
    expect(second.results.map((item) => item.memory)).toEqual([5, 4, 3, 2, 1].map((day) => `Note number ${day}`));
    expect(second.next).toBeNull();
    expect(await texts({ page: 2, pageSize: 10 })).toEqual(
      Array.from({ length: 10 }, (_, index) => `Note number ${15 - index}`),
    );
  });

  test("getAll leaves out expired memories unless asked, and shows messages only by kind", async () => {
    await addFact("Old offer", { expirationDate: "2026-01-09" });
    await addFact("Today's offer", { expirationDate: "2026-01-10" });
    await memory.add("I live in Paris", alice);
    expect((await texts()).toSorted()).toEqual(["Today's offer", "User lives in Paris"]);
    expect(await texts({ showExpired: true })).toContain("Old offer");
    expect(await texts({ kinds: ["message"] })).toEqual(["I live in Paris"]);
  });
});

describe("update", () => {
  test("a text is replaced, found under its new words, and the history keeps the old", async () => {
    const id = await addFact("Plays the violin");
    now += 60_000;
    expect(await memory.update(id, "Plays the trombone")).toEqual({ message: "Memory updated successfully!" });
    expect(await memory.get(id)).toMatchObject({ memory: "Plays the trombone", updatedAt: "2026-01-10T12:01:00.000Z" });
    const found = await memory.search("trombone", ofAlice);
    expect(found.results[0]?.id).toBe(id);
    expect((await memory.search("trombone", { ...ofAlice, threshold: 0.5 })).results).toHaveLength(1);
    expect((await memory.search("violin", { ...ofAlice, threshold: 0.5 })).results).toEqual([]);
    expect(await memory.history(id)).toEqual([
      expect.objectContaining({
        memory_id: id,
        previous_value: "Plays the violin",
        new_value: "Plays the trombone",
        action: "UPDATE",
        is_deleted: 0,
      }),
      expect.objectContaining({ previous_value: null, new_value: "Plays the violin", action: "ADD" }),
    ]);
  });

  test("metadata is merged, reserved names are dropped, a date is set and cleared", async () => {
    const id = await addFact("Likes tea", { metadata: { a: 1, b: 2 } });
    await memory.update(id, { metadata: { b: 3, user_id: "mallory" }, expirationDate: "2027-01-01" });
    expect(await memory.get(id)).toMatchObject({
      metadata: { a: 1, b: 3 },
      user_id: "alice",
      expirationDate: "2027-01-01",
    });
    await memory.update(id, { expirationDate: null });
    expect(await memory.get(id)).not.toHaveProperty("expirationDate");
  });

  test("secrets are masked in a new text too", async () => {
    const id = await addFact("Has a key");
    await memory.update(id, "The key is sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD");
    expect((await memory.get(id))?.memory).not.toContain("abcdefghijklmnop");
  });

  test("what is refused, in Mem0's words", async () => {
    const id = await addFact("Fixed", { immutable: true });
    expect(await refusal(memory.update(id, "Changed"))).toMatchObject({ code: "conflict" });
    expect(await refusal(memory.update("nope", "x"))).toMatchObject({
      code: "not_found",
      message: "Memory with ID nope not found",
    });
    expect((await refusal(memory.update(id, {}))).message).toBe(
      "At least one of text, metadata, or expirationDate must be provided.",
    );
    expect(await refusal(memory.update(id, ""))).toMatchObject({ code: "invalid_input" });
    expect((await refusal(memory.update(id, { expirationDate: "2026-02-30" }))).message).toBe(
      "expirationDate must be a valid date in YYYY-MM-DD format.",
    );
    const { messages } = await memory.add("I live in Paris", alice);
    expect(await refusal(memory.update(messages[0]?.id ?? "", "I live in Rome"))).toMatchObject({
      code: "invalid_input",
    });
    expect(await texts()).toEqual(expect.arrayContaining(["Fixed", "User lives in Paris"]));
  });

  test("20 updates at once leave one unbroken history", async () => {
    const id = await addFact("Counter 0");
    await Promise.all(Array.from({ length: 20 }, (_, index) => memory.update(id, `Counter ${index + 1}`)));
    const rows = await memory.history(id);
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, index) => 21 - index));
    expect((await memory.verify()).problems).toEqual([]);
  });

  test("batches", async () => {
    const ids = [await addFact("One"), await addFact("Two")];
    await memory.batchUpdate(ids.map((memoryId, index) => ({ memoryId, text: `Changed ${index}` })));
    expect((await texts()).toSorted()).toEqual(["Changed 0", "Changed 1"]);
    await memory.batchDelete(ids.map((memoryId) => ({ memoryId })));
    expect(await texts()).toEqual([]);
  });
});

describe("delete, deleteAll, restore, purge", () => {
  test("a deleted memory is gone from every read, and restore brings it back", async () => {
    const id = await addFact("Likes tea");
    expect(await memory.delete(id)).toEqual({ message: "Memory deleted successfully!" });
    expect(await memory.get(id)).toBeNull();
    expect(await texts()).toEqual([]);
    expect((await memory.search("tea", ofAlice)).results).toEqual([]);
    expect((await memory.context("tea", alice)).text).not.toContain("tea");
    expect((await refusal(memory.delete(id))).message).toBe(`Memory with ID ${id} not found`);
    expect((await memory.history(id))[0]).toMatchObject({ action: "DELETE", is_deleted: 1 });
    expect(await memory.restore(id)).toMatchObject({ id, state: "active" });
    expect(await texts()).toEqual(["Likes tea"]);
    expect((await memory.history(id)).map(({ action }) => action)).toEqual(["RESTORE", "DELETE", "ADD"]);
  });

  test("a deleted fact hides the words that it rests on, and saying nothing new does not bring it back", async () => {
    const message = [{ role: "user", content: "I'm vegetarian. I live in Paris." }];
    const { results } = await memory.add(message, { ...alice, timestamp: "2026-01-02", runId: "r" });
    const fact = results.find((item) => item.memory.includes("vegetarian"));
    await memory.delete(fact?.id ?? "");
    await memory.add(message, { ...alice, timestamp: "2026-01-02", runId: "r" });
    const found = await memory.search("vegetarian", ofAlice);
    expect(found.results.filter((hit) => hit.memory.includes("vegetarian"))).toEqual([]);
    expect((await memory.context("Is Alice vegetarian?", alice)).text).not.toContain("vegetarian");
    expect(await texts()).toEqual(["User lives in Paris"]);
    await memory.restore(fact?.id ?? "");
    expect((await texts()).toSorted()).toEqual(["User is vegetarian", "User lives in Paris"]);
  });

  test("with a message go the facts that rest on it alone; restoring a fact brings its message back", async () => {
    const { messages, results } = await memory.add("I live in Paris", alice);
    await memory.delete(messages[0]?.id ?? "");
    expect(await texts()).toEqual([]);
    await memory.restore(results[0]?.id ?? "");
    expect(await texts()).toEqual(["User lives in Paris"]);
    expect(await texts({ kinds: ["message"] })).toEqual(["I live in Paris"]);
  });

  test("a superseded value can be restored beside its successor", async () => {
    await memory.add("I live in Paris", { ...alice, timestamp: "2025-01-02" });
    await memory.add("I moved to Berlin", { ...alice, timestamp: "2025-06-02" });
    const { results } = await memory.getAll({ ...ofAlice, states: ["superseded"] });
    await memory.restore(results[0]?.id ?? "");
    expect(await texts({ states: ["active"] })).toEqual(["User moved to Berlin", "User lives in Paris"]);
  });

  test("deleteAll: ids are ANDed, a dry run changes nothing, no id is refused", async () => {
    await addFact("Mine");
    await addFact("Mine with an agent", { agentId: "a" });
    await memory.add("Hers", { userId: "bob", infer: false });
    const dry = await memory.deleteAll({ userId: "alice", agentId: "a", dryRun: true });
    expect(dry).toMatchObject({ count: 1, ids: [expect.any(String)] });
    expect(await texts()).toHaveLength(2);
    expect(await memory.deleteAll({ userId: "alice", agentId: "a" })).toMatchObject({
      message: "Memories deleted successfully!",
      count: 1,
    });
    expect(await texts()).toEqual(["Mine"]);
    expect((await refusal(memory.deleteAll({}))).message).toBe(
      "At least one filter is required to delete all memories. If you want to delete all memories, use the `reset()` method.",
    );
    expect(await refusal(memory.deleteAll({ userId: "*" }))).toMatchObject({ code: "invalid_input" });
    expect(await refusal(memory.deleteAll({ userId: "alice", dryrun: true } as never))).toMatchObject({
      code: "invalid_input",
    });
    expect((await memory.getAll({ filters: { user_id: "bob" } })).results).toHaveLength(1);
  });

  test("restore is over after retentionDays, and purge is for good", async () => {
    const old = await addFact("Old");
    await memory.delete(old);
    now += 31 * 86_400_000;
    expect(await refusal(memory.restore(old))).toMatchObject({ code: "conflict" });
    const gone = await addFact("Gone");
    const receipt = await memory.purge(gone);
    expect(receipt).toMatchObject({ memories: 1, remainingSources: [], wal: "truncated" });
    expect(receipt.heads[gone]).toMatch(/^[0-9a-f]{64}$/u);
    expect(await refusal(memory.restore(gone))).toMatchObject({ code: "not_found" });
    expect((await memory.history(gone)).every((row) => row.new_value === null && row.previous_value === null)).toBe(
      true,
    );
  });

  test("purging a fact says which messages still hold its words; withSources takes them too", async () => {
    const { messages, results } = await memory.add("I live in Paris", alice);
    const receipt = await memory.purge(results[0]?.id ?? "");
    expect(receipt.remainingSources).toEqual(messages.map(({ id }) => id));
    await memory.add("I moved to Rome", { ...alice, timestamp: "2026-01-08" });
    await memory.purge({ ...alice, withSources: true });
    expect(await texts({ kinds: ["message", "fact"] })).toEqual([]);
  });
});

describe("feedback, users, entities, stats, verify, backup, reset", () => {
  test("feedback is kept and taken back", async () => {
    const id = await addFact("Likes tea");
    await memory.feedback(id, { feedback: "NEGATIVE", feedbackReason: "no longer" });
    expect(await memory.get(id)).toMatchObject({ feedback: "NEGATIVE" });
    await memory.feedback(id, { feedback: null });
    expect(await memory.get(id)).not.toHaveProperty("feedback");
    expect(await refusal(memory.feedback(id, { feedback: "GREAT" as never }))).toMatchObject({ code: "invalid_input" });
    expect(await refusal(memory.feedback("nope", { feedback: "POSITIVE" }))).toMatchObject({ code: "not_found" });
  });

  test("users lists owners, entities named things", async () => {
    await addFact("Likes tea", { agentId: "helper" });
    await memory.add("My sister Anna moved to Lisbon", alice);
    const { results } = await memory.users();
    expect(results).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "user", id: "alice" }),
        expect.objectContaining({ type: "agent", id: "helper" }),
      ]),
    );
    const named = (await memory.entities(alice)).results.map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining(["Anna", "Lisbon"]));
    expect((await memory.entities({ userId: "bob" })).results).toEqual([]);
  });

  test("stats counts, verify finds nothing, a backup opens, reset empties", async () => {
    await memory.add("I live in Paris", alice);
    expect((await memory.stats()).memories.fact.active).toBe(1);
    expect(await memory.verify({ repair: true })).toEqual({ isSound: true, problems: [] });
    const path = join(folder, "copy.db");
    expect((await memory.backup(path)).bytes).toBeGreaterThan(0);
    expect(await refusal(memory.backup(path))).toMatchObject({ code: "conflict" });
    const copy = new Memory({ dbPath: path });
    expect((await copy.getAll(ofAlice)).results).toHaveLength(1);
    await copy.close();
    await memory.reset();
    expect(await texts()).toEqual([]);
    expect((await memory.stats()).history).toBe(0);
  });
});

describe("validation in Mem0's words", () => {
  const calls: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ["messages missing", () => memory.add(undefined as never, alice), "messages is required and cannot be undefined or null. Provide a string or array of messages."],
    ["no messages", () => memory.add([], alice), "messages array cannot be empty. Provide at least one message with non-empty content."],
    ["blank messages", () => memory.add([{ role: "user", content: " " }], alice), "messages array cannot contain only blank content. Provide at least one message with non-empty content."],
    ["blank text", () => memory.add("  ", alice), "messages string cannot be empty. Provide non-empty content."],
    ["no id on add", () => memory.add("x", {}), "One of the filters: userId, agentId or runId is required!"],
    ["blank id", () => memory.add("x", { userId: " " }), "Invalid userId: cannot be empty or whitespace-only. Provide a valid identifier."],
    ["id with a space", () => memory.add("x", { userId: "a b" }), "Invalid userId: cannot contain whitespace. Provide a valid identifier without spaces."],
    ["search without an id", () => memory.search("x", {}), "filters must contain at least one of: user_id, agent_id, run_id. Example: filters: { user_id: 'u1' }"],
    ["getAll without an id", () => memory.getAll({}), "filters must contain at least one of: user_id, agent_id, run_id. Example: filters: { user_id: 'u1' }"],
    ["top-level id in search", () => memory.search("x", { userId: "u" } as never), 'Top-level entity parameters [userId] are not supported in search(). Use filters: { userId: "..." } instead.'],
    ["top-level id in getAll", () => memory.getAll({ user_id: "u" } as never), 'Top-level entity parameters [user_id] are not supported in getAll(). Use filters: { user_id: "..." } instead.'],
    ["threshold no number", () => memory.search("x", { ...ofAlice, threshold: "1" as never }), "threshold must be a valid number"],
    ["threshold out of range", () => memory.search("x", { ...ofAlice, threshold: 2 }), "Invalid threshold: 2. Must be between 0 and 1 (inclusive)."],
    ["topK no integer", () => memory.search("x", { ...ofAlice, topK: 1.5 }), "topK must be a valid integer"],
    ["topK negative", () => memory.getAll({ ...ofAlice, topK: -1 }), "Invalid topK: -1. Must be a non-negative integer."],
    ["impossible day", () => memory.add("x", { ...alice, expirationDate: "2026-02-30" }), "expirationDate must be a valid date in YYYY-MM-DD format."],
    ["unknown operator", () => memory.search("x", { filters: { user_id: "u", n: { foo: 1 } } }), "Unsupported metadata filter operator: foo"],
  ]; // prettier-ignore

  test.each(calls)("%s", async (_name, call, text) => {
    const error = await refusal(call());
    expect(error.code).toBe("invalid_input");
    expect(error.message).toContain(text);
  });

  test("topK 0 gives nothing, history of an unknown id is empty", async () => {
    await addFact("Likes tea");
    expect((await memory.search("tea", { ...ofAlice, topK: 0 })).results).toEqual([]);
    expect(await texts({ topK: 0 })).toEqual([]);
    expect(await memory.history("nope")).toEqual([]);
  });
});

describe("Mem0's configuration", () => {
  test("what has no effect is told, the memory store's path is taken", async () => {
    const warnings: string[] = [];
    const own = Memory.fromConfig({
      version: "v1.1",
      disableHistory: true,
      vectorStore: { provider: "memory", config: { dbPath: join(folder, "other.db") } },
      onWarning: (warning: string) => warnings.push(warning),
    });
    await own.add("Likes tea", { ...alice, infer: false });
    expect((await own.getAll(ofAlice)).results).toHaveLength(1);
    await own.close();
    expect(warnings).toHaveLength(2);
  });

  test.each([
    [{ llm: { provider: "nowhere", config: {} } }, /llm: there is no provider "nowhere"\. Providers: openai/u],
    [{ embedder: { provider: "anthropic", config: {} } }, /embedder: the provider anthropic has no embedding models/u],
    [{ vectorStore: { provider: "qdrant" } }, /"qdrant" is not in this version. It has "memory"/u],
    [{ unheardOf: 1 }, /unheardOf|Unrecognized/u],
  ])("refused with what to do: %j", (config, text) => {
    expect(() => new Memory(config as object)).toThrow(text);
  });
});
