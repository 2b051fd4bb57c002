import { afterEach, beforeEach, expect, it } from "vitest";
import { Memory } from "../../src/index.ts";

let memory: Memory;
const ana = { userId: "ana" };

beforeEach(async () => {
  memory = new Memory({ dbPath: ":memory:" });
  const old = { ...ana, timestamp: "2025-01-10" };
  await memory.add("My sister lives in Berlin.", old);
  await memory.add("I live in Oslo.", old);
  await memory.add("My brother works at Siemens and I work at Equinor.", old);
  await memory.add("I moved to Munich.", { ...ana, timestamp: "2025-05-01" });
});
afterEach(() => memory.close());

async function first(query: string): Promise<string | undefined> {
  const { results } = await memory.search(query, { filters: { user_id: "ana" }, topK: 5 });
  // What comes first has no less of a score than what follows.
  expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).toSorted((a, b) => b - a));
  return results[0]?.memory;
}

it.each([
  ["Where does my sister live?", /Berlin/u],
  ["Who lives in Berlin?", /Berlin/u],
  ["Where do I live?", /Munich/u],
  ["Where do I live now?", /Munich/u],
  ["Where does my brother work?", /Siemens/u],
  ["Where do I work?", /Equinor/u],
])("%s", async (query, expected) => {
  expect(await first(query)).toMatch(expected);
});

it("a question for whom is cooked asks for everybody's diet", async () => {
  await memory.add("My daughter is allergic to nuts.", ana);
  const { results } = await memory.search("What can I cook tonight?", { filters: { user_id: "ana" }, topK: 3 });
  expect(results.map(({ memory: text }) => text).join("\n")).toMatch(/nuts/u);
});
