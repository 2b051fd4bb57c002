import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

const alice = { userId: "alice" };
let now = 0;
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:", embedder: false, now: () => now });
});
afterEach(() => memory.close());

/** Said and stored on the day. */
async function say(text: string, day: string, scope: object = alice): Promise<string> {
  now = Date.parse(day);
  const { results } = await memory.add(text, { ...scope, timestamp: day } as never);
  return results[0]?.id ?? "";
}

async function edges(options: object = {}): Promise<string[]> {
  const { results } = await memory.relations({ ...alice, ...options });
  return results.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`);
}

describe("what the graph knew", () => {
  beforeEach(async () => {
    await say("My sister is Anna.", "2025-01-10");
    await say("Anna lives in Oslo.", "2025-02-10");
    await say("Anna moved to Munich in April 2025.", "2025-06-10");
    now = Date.parse("2026-01-10");
  });

  test("relations: without what was learnt later", async () => {
    expect(await edges({ knownAt: "2025-01-05" })).toEqual([]);
    expect(await edges({ knownAt: "2025-01-15" })).toEqual(["User sister Anna"]);
    expect(await edges({ predicate: "lives_in", knownAt: "2025-03-01" })).toEqual(["Anna lives_in Oslo"]);
    expect(await edges({ predicate: "lives_in" })).toEqual(["Anna lives_in Munich"]);
    const { results } = await memory.relations({ ...alice, predicate: "lives_in", knownAt: "2025-03-01" });
    expect(results[0]).toMatchObject({ validTo: null, state: "active" });
  });

  test("asOf and knownAt are two questions", async () => {
    const homes = { predicate: "lives_in", asOf: "2025-05-15" };
    expect(await edges({ ...homes, knownAt: "2025-05-20" })).toEqual(["Anna lives_in Oslo"]);
    expect(await edges({ ...homes, knownAt: "2025-07-01" })).toEqual(["Anna lives_in Munich"]);
    expect(await edges({ ...homes, asOf: "2025-03-01", knownAt: "2025-07-01" })).toEqual(["Anna lives_in Oslo"]);
  });

  test("neighbours, paths and a part of the graph", async () => {
    const then = { ...alice, knownAt: "2025-03-01" };
    const { neighbours } = await memory.neighbours("Anna", then);
    expect(neighbours.map(({ entity }) => entity.name)).toEqual(["Oslo", "User"]);
    expect((await memory.neighbours("Anna", { ...alice, knownAt: "2025-01-05" })).entity).toBeNull();
    const { paths } = await memory.graph.paths({ ...then, from: "me", to: "Oslo" });
    expect(paths[0]?.entities.map(({ name }) => name)).toEqual(["User", "Anna", "Oslo"]);
    expect((await memory.graph.paths({ ...then, from: "me", to: "Munich" })).paths).toEqual([]);
    const graph = await memory.graph.read({ ...then, entities: ["Anna"], depth: 1 });
    expect(graph.entities.map(({ name }) => name).toSorted()).toEqual(["Anna", "Oslo", "User"]);
    const asked = await memory.graph.read({ ...then, query: "Where does Anna live?" });
    expect(asked.relations.map(({ object }) => object.name)).not.toContain("Munich");
  });

  test("names that were given later were not known", async () => {
    await say("Everybody calls Anna Annie.", "2025-08-01");
    now = Date.parse("2026-01-10");
    expect((await memory.neighbours("Annie", alice)).entity?.name).toBe("Anna");
    expect((await memory.neighbours("Annie", { ...alice, knownAt: "2025-07-01" })).entity).toBeNull();
  });

  test("what was corrected since was known before", async () => {
    const id = await say("My brother is Carl.", "2025-09-01");
    await say("Correction: my brother is Karl, not Carl.", "2025-10-01");
    now = Date.parse("2026-01-10");
    expect(id).not.toBe("");
    expect(await edges({ predicate: "brother", knownAt: "2025-09-15" })).toEqual(["User brother Carl"]);
  });

  test("what was deleted stays deleted", async () => {
    const id = await say("My boss is Dana.", "2025-09-01");
    now = Date.parse("2025-12-01");
    await memory.delete(id);
    expect(await edges({ predicate: "manager", knownAt: "2025-10-01" })).toEqual([]);
  });
});

test("a question's answers lend no names of facts that are deleted", async () => {
  now = Date.parse("2025-01-10");
  const { results } = await memory.add("What a lovely morning by the lake! My plumber Otto lives in Bergen.", {
    ...alice,
    timestamp: "2025-01-10",
  });
  for (const { id, memory: text } of results) if (text.includes("Otto")) await memory.delete(id);
  const graph = await memory.graph.read({ ...alice, query: "What about that lovely morning by the lake?" });
  expect(graph.entities.map(({ name }) => name)).not.toContain("Otto");
  expect(graph.entities.map(({ name }) => name)).not.toContain("Bergen");
});
