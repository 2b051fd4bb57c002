import { afterEach, beforeEach, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";

const ana = { userId: "ana" };
let memory: Memory;

beforeEach(() => {
  memory = new Memory({ dbPath: ":memory:", embedder: false });
});
afterEach(() => memory.close());

async function add(text: string, options: object = {}): Promise<string> {
  const { results } = await memory.add(text, { ...ana, ...options });
  return results[0]?.id ?? "";
}

test("what is declared to be derived needs a check when its ground changes", async () => {
  const home = await add("I live in Leeds.", { timestamp: "2025-01-01" });
  const plan = await add("The nearest airport is LBA", { infer: false, derivedFrom: [home] });
  const said = await add("I bank with Leeds Credit Union.", { derivedFrom: home });
  expect((await memory.get(plan))?.restsOn).toEqual([home]);
  expect((await memory.get(plan))?.needsCheck).toBeUndefined();
  await add("I moved to York.", { timestamp: "2025-05-01" });
  for (const id of [plan, said])
    expect((await memory.get(id))?.needsCheck?.[0]).toMatchObject({ change: "superseded", memoryId: home });
  await memory.confirm(plan);
  expect((await memory.get(plan))?.needsCheck).toBeUndefined();
});

test("the link travels, and goes with what it leads to", async () => {
  const home = await add("I live in Leeds.");
  const plan = await add("The nearest airport is LBA", { infer: false, derivedFrom: [home] });
  let text = "";
  for await (const line of memory.export()) text += line;
  const copy = new Memory({ dbPath: ":memory:", embedder: false });
  await copy.import(text);
  expect((await copy.get(plan))?.restsOn).toEqual([home]);
  await copy.close();
  // Its words may tell what was purged.
  await memory.purge([home]);
  expect(await memory.get(plan)).toBeNull();
});

test("leads to memories of the same user alone", async () => {
  const other = (await memory.add("I live in Kyoto.", { userId: "bob" })).results[0]?.id ?? "";
  await expect(add("x y z", { infer: false, derivedFrom: [other] })).rejects.toMatchObject({ code: "not_found" });
  await expect(add("x y z", { infer: false, derivedFrom: [5] })).rejects.toMatchObject({ code: "invalid_input" });
  expect((await memory.getAll({ filters: { user_id: "ana" } })).results).toEqual([]);
});
