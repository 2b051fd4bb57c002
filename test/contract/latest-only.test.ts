import { afterEach, beforeEach, expect, it } from "vitest";
import { Memory } from "../../src/index.ts";

const owner = { userId: "ana" };
const filters = { user_id: "ana" };
let memory: Memory;

beforeEach(async () => {
  memory = new Memory({ dbPath: ":memory:" });
  await memory.add("I live in Berlin.", { ...owner, timestamp: "2025-01-01" });
  await memory.add("I moved to Paris.", { ...owner, timestamp: "2025-03-01" });
  // Deleted, said again, restored: the one that was said again is folded into it.
  const { results } = await memory.add("I play the cello.", { ...owner, timestamp: "2025-01-02" });
  const id = results[0]?.id ?? "";
  await memory.delete(id);
  await memory.add("I play the cello.", { ...owner, timestamp: "2025-04-02" });
  await memory.restore(id);
});

afterEach(() => memory.close());

function notActive(items: readonly { readonly state: string; readonly memory: string }[]): string[] {
  return items.filter(({ state }) => state !== "active").map((item) => `${item.state} ${item.memory}`);
}

/** What each read shows, as "state text", of what was replaced or merged. */
async function shown(options: object): Promise<{ search: string[]; getAll: string[] }> {
  const search = await memory.search("Where do I live, what do I play: Berlin, Paris, cello?", {
    filters,
    threshold: 0,
    topK: 50,
    ...options,
  });
  const list = await memory.getAll({ filters, ...options });
  return { search: notActive(search.results), getAll: notActive(list.results) };
}

it("reads show replaced values unless latestOnly, and merged ones with includeMerged", async () => {
  const replaced = "superseded User lives in Berlin";
  const merged = "merged User plays the cello";
  expect((await shown({})).getAll).toEqual([replaced]);
  expect((await shown({})).search).toEqual([replaced]);
  expect(await shown({ latestOnly: true })).toEqual({ search: [], getAll: [] });
  expect((await shown({ includeMerged: true })).getAll.toSorted()).toEqual([merged, replaced]);
  expect(await shown({ latestOnly: true, includeMerged: true })).toMatchObject({ getAll: [merged] });
});

it("a context with latestOnly tells what holds alone, also where all of the scope would fit", async () => {
  const all = await memory.context("Where do I live?", owner);
  expect(all).toMatchObject({ isComplete: true });
  expect(all.text).toContain("Berlin");
  const latest = await memory.context("Where do I live?", { ...owner, latestOnly: true });
  expect(latest.text).toContain("Paris");
  expect(latest.text).not.toContain("Berlin");
});
