import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import type { MemoryConfig } from "../../src/index.ts";
import { addMemories } from "../../src/operations/add-memories.ts";
import { searchMemories } from "../../src/operations/search-memories.ts";
import { parseAdd } from "../../src/api/parse-add.ts";
import { parseSearch } from "../../src/api/parse-read.ts";

const DAY = 86_400_000;
const filters = { user_id: "ana" };
const closing: Memory[] = [];
let now = Date.UTC(2026, 0, 1);

function open(settings: MemoryConfig): Memory {
  now = Date.UTC(2026, 0, 1);
  const memory = new Memory({ dbPath: ":memory:", now: () => now, ...settings });
  closing.push(memory);
  return memory;
}

afterEach(async () => {
  await Promise.all(closing.splice(0).map((memory) => memory.close()));
});

function uses(path: string): unknown[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT count, recent FROM accesses").all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

async function add(memory: Memory, text: string, daysAgo: number, options: object = {}): Promise<string> {
  const timestamp = new Date(now - daysAgo * DAY).toISOString();
  // Sessions of their own: neighbours lend one another words.
  const { results } = await memory.add(text, {
    userId: "ana",
    runId: `r${daysAgo}-${text.length}`,
    infer: false,
    timestamp,
    ...options,
  });
  return results[0]?.id ?? "";
}

async function order(memory: Memory, query: string, options: object = {}): Promise<string[]> {
  const { results } = await memory.search(query, { filters, ...options });
  return results.map((hit) => hit.memory);
}

describe("decay", () => {
  it("is off unless it is asked for", async () => {
    const memory = open({});
    await add(memory, "The red kettle leaks.", 1000);
    await add(memory, "The blue kettle leaks.", 1);
    expect(await order(memory, "which kettle leaks")).toEqual(["The red kettle leaks.", "The blue kettle leaks."]);
  });

  it("ranks what is old lower, pinned memories as they are, and filters nothing", async () => {
    const plain = open({});
    const fading = open({ decay: { strength: 0.5, halfLifeDays: 30 } });
    for (const memory of [plain, fading]) {
      await add(memory, "The red kettle leaks.", 1000);
      await add(memory, "The blue kettle leaks.", 1);
      await add(memory, "The gold kettle leaks.", 2000, { pinned: true });
    }
    const query = "which kettle leaks";
    expect((await order(fading, query)).slice(0, 2).toSorted()).toEqual([
      "The blue kettle leaks.",
      "The gold kettle leaks.",
    ]);
    expect((await order(fading, query)).at(-1)).toBe("The red kettle leaks.");
    // A threshold that it just reaches before it fades.
    const before = await plain.search(query, { filters });
    const threshold = Math.min(...before.results.map(({ score }) => score)) - 0.0001;
    expect((await order(fading, query, { threshold })).length).toBe(before.results.length);
    const scores = (await fading.search(query, { filters })).results.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((left, right) => right - left));
  });

  it("does not lift what is new above what answers", async () => {
    const memory = open({ decay: true });
    await add(memory, "The dentist moved to Baker Street 12.", 1500);
    await add(memory, "The kettle leaks.", 0);
    expect((await order(memory, "where is the dentist"))[0]).toContain("Baker Street");
  });

  it("reinforces what is used, in a transaction of its own that changes no memory", async () => {
    now = Date.UTC(2026, 0, 1);
    const engine = createEngine({ dbPath: ":memory:", now: () => now, decay: { strength: 0.5, halfLifeDays: 30 } });
    const put = (content: string, runId: string) =>
      addMemories(
        engine,
        parseAdd(
          content,
          { userId: "ana", runId, infer: false, timestamp: new Date(now - 400 * DAY) },
          engine.settings,
        ),
      );
    await put("The red kettle leaks.", "r1");
    await put("The blue kettle leaks.", "r2");
    const find = async (query: string): Promise<string[]> =>
      (await searchMemories(engine, parseSearch(query, { filters, topK: 1 }))).results.map((hit) => hit.memory);
    expect(await find("which kettle leaks")).toEqual(["The red kettle leaks."]);
    await engine.accesses?.flush();
    const before = await engine.store.readPartition("ana");
    for (let day = 0; day < 5; day += 1) {
      now += DAY;
      expect(await find("the blue one")).toEqual(["The blue kettle leaks."]);
    }
    await engine.accesses?.flush();
    expect(await engine.store.readPartition("ana")).toEqual(before);
    expect(await find("which kettle leaks")).toEqual(["The blue kettle leaks."]);
    await engine.close();
  });

  it("takes uses along in an export, and a purge takes them away", async () => {
    const folder = mkdtempSync(join(tmpdir(), "recollect-decay-"));
    const first = open({ decay: true, dbPath: join(folder, "a.db") });
    const id = await add(first, "The red kettle leaks.", 10);
    await order(first, "kettle");
    now += DAY;
    await order(first, "kettle");
    await first.close();
    expect(uses(join(folder, "a.db"))).toEqual([{ count: 2, recent: JSON.stringify([now, now - DAY]) }]);
    const again = open({ dbPath: join(folder, "a.db") });
    const other = open({ dbPath: join(folder, "b.db") });
    let lines = "";
    for await (const line of again.export()) lines += line;
    await other.import(lines);
    await again.purge(id);
    await Promise.all([again.close(), other.close()]);
    expect(uses(join(folder, "a.db"))).toEqual([]);
    expect(uses(join(folder, "b.db"))).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it("refuses settings that make no sense", () => {
    for (const decay of [{ strength: 0.9 }, { halfLifeDays: 0 }, { halfLifeDays: Number.NaN }, "slow", { speed: 1 }])
      expect(() => new Memory({ decay } as never)).toThrow(/decay must be/u);
  });
});
