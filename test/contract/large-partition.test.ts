import { expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { parseAdd } from "../../src/api/parse-add.ts";
import { parseSearch } from "../../src/api/parse-read.ts";
import { addMemories } from "../../src/operations/add-memories.ts";
import { WHOLE_PARTITION_PASSAGES } from "../../src/operations/partition-indexes.ts";
import { searchMemories } from "../../src/operations/search-memories.ts";

it("finds what fills the slot that is asked for, in other words, among more than is ranked whole", async () => {
  const engine = createEngine({ dbPath: ":memory:" });
  const add = (messages: readonly string[], options: object): Promise<unknown> =>
    addMemories(engine, parseAdd(messages, { userId: "ana", ...options }, engine.settings));
  await add(["I moved to Tartu.", "My favourite colour is green."], { timestamp: "2025-01-01" });
  const lines = Array.from(
    { length: WHOLE_PARTITION_PASSAGES + 50 },
    (_, index) => `The show number ${index} was loud, and we left early.`,
  );
  await add(lines, { infer: false, timestamp: "2025-02-01" });
  const partition = await engine.store.readPartition("ana");
  expect(partition.passages).toBeGreaterThan(WHOLE_PARTITION_PASSAGES);
  const found = await searchMemories(
    engine,
    parseSearch("Where do I live now?", { filters: { user_id: "ana" }, topK: 3 }),
  );
  expect(found.results[0]?.memory).toContain("Tartu");
  const find = (attributes: readonly string[]): Promise<readonly number[]> =>
    engine.store.slots.findFilling(partition, attributes, 5);
  expect(await find(["residence"])).toHaveLength(1);
  expect(await find(["resid", "nothing"])).toEqual([]);
  // "favorite" stands for "favorite:color".
  expect((await find(["favorite"])).length).toBeGreaterThan(0);
  await engine.close();
}, 30_000);
