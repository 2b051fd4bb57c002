import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

/** Defects that memory layers are known for, each as a test of what happens here. */
let memory: Memory;
const of = (user: string): { filters: { user_id: string } } => ({ filters: { user_id: user } });

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:" });
});
afterEach(() => memory.close());

async function keep(text: string, userId = "ana", more: object = {}): Promise<string> {
  return (await memory.add(text, { userId, infer: false, ...more })).results[0]?.id ?? "";
}
async function listed(options: object): Promise<string[]> {
  return (await memory.getAll({ topK: 100, ...options } as never)).results.map((item) => item.memory).toSorted();
}
async function found(query: string, options: object = {}): Promise<string[]> {
  return (await memory.search(query, { ...of("ana"), ...options })).results.map((item) => item.memory);
}
const byNumber = (n: unknown): object => ({ filters: { user_id: "ana", n } });
const refused = { code: "invalid_input" };

describe("isolation", () => {
  test("an asterisk as an id reads nobody", async () => {
    await keep("Likes tea");
    await expect(memory.getAll(of("*"))).rejects.toMatchObject(refused);
    await expect(memory.search("tea", of("*"))).rejects.toMatchObject(refused);
    await expect(memory.add("x", { userId: "*" })).rejects.toMatchObject(refused);
  });
  test("an asterisk as an id deletes nobody", async () => {
    await keep("Likes tea");
    await expect(memory.deleteAll({ userId: "*" })).rejects.toMatchObject(refused);
    expect(await listed(of("ana"))).toEqual(["Likes tea"]);
  });
  test("a clause inside AND only narrows", async () => {
    await keep("Likes tea");
    await keep("Likes rum", "bob");
    expect(await listed({ filters: { user_id: "bob", AND: [{ user_id: "ana" }] } })).toEqual([]);
    expect(await listed({ filters: { AND: [{ user_id: "ana" }, { user_id: "bob" }] } })).toEqual([]);
  });
  test("a caller's object is never changed", async () => {
    const filters = {};
    await memory.add("Likes tea", { userId: "ana", filters, infer: false });
    expect(filters).toEqual({});
  });
  test("a list of ids is any of them", async () => {
    await keep("Likes tea");
    await keep("Likes rum", "bob");
    expect(await listed({ filters: { user_id: { in: ["ana", "bob"] } } })).toEqual(["Likes rum", "Likes tea"]);
  });
  test("metadata cannot hide a memory by forging its expiry", async () => {
    await keep("Likes tea", "ana", { metadata: { expiration_date: "2000-01-01" } });
    expect(await listed(of("ana"))).toEqual(["Likes tea"]);
  });
  test("a history asks whose it is", async () => {
    const id = await keep("Likes tea");
    expect(await memory.history(id, { userId: "bob" }).catch(() => [])).toEqual([]);
  });
});

describe("loss and deletion", () => {
  test("the newest of many messages in one add are kept, in order", async () => {
    const content = Array.from({ length: 14 }, (_, index) => `Remark ${index} here`);
    await memory.add(
      content.map((text) => ({ role: "user", content: text })),
      { userId: "ana" },
    );
    const { results } = await memory.getAll({ ...of("ana"), kinds: ["message"], topK: 100 });
    expect(results.map((item) => item.memory).toReversed()).toEqual(content);
  });
  test("what was deleted is in no list, search or block", async () => {
    await keep("Likes zorblatt tea");
    await memory.deleteAll({ userId: "ana" });
    expect(await listed(of("ana"))).toEqual([]);
    expect(await found("zorblatt", { threshold: 0 })).toEqual([]);
    expect((await memory.context("zorblatt", { userId: "ana", threshold: 0 })).text).not.toContain("zorblatt");
  });
});

describe("filters and lists", () => {
  beforeEach(async () => {
    for (const n of [3, 7, 12]) await keep(`Number ${n}`, "ana", { metadata: { n } });
    await keep("No number");
  });

  test("all operators of a condition count", async () => {
    expect(await listed(byNumber({ gte: 5, lte: 10 }))).toEqual(["Number 7"]);
  });
  test("all members of AND count, in search as in lists", async () => {
    const filters = { user_id: "ana", AND: [{ n: { gte: 5 } }, { n: { lte: 10 } }] };
    expect(await listed({ filters })).toEqual(["Number 7"]);
    expect(await found("number", { filters, threshold: 0 })).toEqual(["Number 7"]);
  });
  test("conditions nest, and NOT takes an object", async () => {
    const either = { OR: [{ n: 3 }, { n: 7 }] };
    expect(await listed({ filters: { user_id: "ana", AND: [either] } })).toEqual(["Number 3", "Number 7"]);
    const not = { user_id: "ana", n: { gte: 0 }, NOT: { n: 3 } };
    expect(await listed({ filters: not })).toEqual(["Number 12", "Number 7"]);
  });
  test("an unknown operator is refused", async () => {
    await expect(listed(byNumber({ foo: 1 }))).rejects.toMatchObject(refused);
  });
  test("an asterisk matches what has the key", async () => {
    expect(await listed(byNumber("*"))).toEqual(["Number 12", "Number 3", "Number 7"]);
  });
  test("expired memories do not use up a page", async () => {
    for (let index = 0; index < 60; index += 1) await keep(`Old ${index} tea`, "eve", { expirationDate: "2020-01-01" });
    await keep("Fresh tea", "eve");
    expect(await listed({ ...of("eve"), topK: 10 })).toEqual(["Fresh tea"]);
    expect(await found("tea", { ...of("eve"), topK: 10 })).toEqual(["Fresh tea"]);
  });
});

describe("ranking and duplicates", () => {
  test("a rare word at the end of a long text is found", async () => {
    const long = `${"ordinary words about the weather ".repeat(50)}ticket zq77`;
    await keep(long);
    expect(await found("zq77")).toEqual([long]);
  });
  test("a rare word among a hundred likely texts is found", async () => {
    for (let index = 0; index < 100; index += 1) await keep(`banana smoothie recipe number ${index}`);
    await keep("banana smoothie note xyzzy42");
    expect((await found("banana smoothie recipe xyzzy42", { topK: 10 })).join()).toContain("xyzzy42");
  });
  test("the value of today comes before the one that it replaced", async () => {
    await memory.add("I live in Paris", { userId: "ana", timestamp: "2025-01-01" });
    await memory.add("I moved to Berlin last month", { userId: "ana", timestamp: "2025-06-01" });
    expect((await found("Where do I live now?"))[0]).toContain("Berlin");
  });
  test("one fact stated at once fifty times is one memory", async () => {
    await Promise.all(Array.from({ length: 50 }, async () => memory.add("Alice lives in Paris", { userId: "ana" })));
    expect((await listed(of("ana"))).length).toBe(1);
  });
  test("case, full stops and spaces make no second memory", async () => {
    for (const text of ["I live in Paris", "i live in paris", "I live in Paris.", "I  live in Paris"])
      await memory.add(text, { userId: "ana" });
    expect((await listed(of("ana"))).length).toBe(1);
  });
});

describe("text and errors", () => {
  test("a word inside a Chinese sentence is found", async () => {
    await keep("我用 TypeScript 写代码");
    expect((await found("写代码")).length).toBe(1);
  });
  test("accents do not cut words", async () => {
    await keep("Fährt nach München");
    expect((await found("münchen")).length).toBe(1);
    expect((await found("munchen")).length).toBe(1);
  });
  test("an emoji is a word", async () => {
    await keep("Loves 🍣");
    await keep("Loves 🥦");
    expect((await found("🍣"))[0]).toBe("Loves 🍣");
  });
  test("names of built-in properties are ordinary words", async () => {
    await memory.add('He said "constructor" and "__proto__" twice', { userId: "ana" });
    expect((await found("constructor")).length).toBeGreaterThan(0);
  });
  test("content parts are read in both modes", async () => {
    const parts = [{ role: "user", content: [{ type: "text", text: "Likes green tea" }] }];
    for (const infer of [true, false]) await memory.add(parts, { userId: "ana", infer });
    const { results } = await memory.getAll({ ...of("ana"), kinds: ["message", "fact"] });
    expect(JSON.stringify(results)).not.toContain("[object");
    expect(results.length).toBeGreaterThanOrEqual(2);
  });
  test("an add without options, or of nothing, says what it expects", async () => {
    await expect(memory.add("x", undefined as never)).rejects.toMatchObject(refused);
    await expect(memory.add({} as never, { userId: "ana" })).rejects.toMatchObject(refused);
  });
  test("an empty text is refused", async () => {
    await expect(memory.update(await keep("Likes tea"), "")).rejects.toMatchObject(refused);
  });
  test("a deletion that met nothing says so", async () => {
    expect((await memory.deleteAll({ userId: "nobody" })).count).toBe(0);
  });
});

// Shown elsewhere, because they need more than the library alone: first contact and network; cost growth; crash and
// dimension changes; models that fail; remote embedders; REST client, server, command line, MCP, plugin and webhooks.
