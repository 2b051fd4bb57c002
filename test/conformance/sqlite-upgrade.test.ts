import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SCHEMA_VERSION } from "../../src/adapters/stores/sqlite/schema.ts";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/memory.ts";
import { JobRunner } from "../../src/operations/run-jobs.ts";

const USER = { userId: "alice" };

let folder: string;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "recollect-upgrade-"));
  path = join(folder, "memory.db");
  const memory = new Memory({ dbPath: path });
  for (const text of ["My sister is Anna.", "My sister lives in Berlin.", "I live in Oslo."])
    await memory.add(text, USER);
  await memory.close();
  toVersion4();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What version 4 had of the tables of today: no relations, no pins, no batches. */
function toVersion4(): void {
  inFile((database) => {
    database.exec(`
      DROP INDEX IF EXISTS memories_pinned; ALTER TABLE memories DROP COLUMN is_pinned;
      DROP TABLE relations; DROP TABLE batch_changes; DROP TABLE batches; DROP INDEX IF EXISTS memories_slot;
      PRAGMA user_version=4;`);
  });
}

function inFile<Result>(work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const version = (): number =>
  inFile((database) => Number(database.prepare("PRAGMA user_version").get()?.["user_version"]));

async function relationsOf(memory: Memory): Promise<string[]> {
  const { results } = await memory.relations(USER);
  return results.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`).toSorted();
}

const RELATIONS = ["Anna lives_in Berlin", "User lives_in Oslo", "User sister Anna"];

describe("a file of an older version", () => {
  it("is brought up when it is opened, and what it held is there", async () => {
    const memory = new Memory({ dbPath: path });
    const { total } = await memory.getAll({ filters: { user_id: "alice" } });
    expect(total).toBe(3);
    const [first] = (await memory.search("Berlin", { filters: { user_id: "alice" } })).results;
    expect(first?.memory).toMatch(/Berlin/u);
    await memory.update(first?.id ?? "", { pinned: true });
    await memory.add("I like rowing.", USER);
    await memory.close();
    expect(version()).toBe(SCHEMA_VERSION);
  });

  it("gets the relations of its facts by a job of its own, once", async () => {
    const engine = createEngine({ dbPath: path });
    await engine.store.statistics();
    const jobs = new JobRunner(engine);
    expect(await jobs.runDue()).toBeGreaterThan(0);
    expect(await jobs.runDue()).toBe(0);
    await engine.close();
    const memory = new Memory({ dbPath: path });
    expect(await relationsOf(memory)).toEqual(RELATIONS);
    expect((await memory.verify()).problems).toEqual([]);
    await memory.close();
  });

  it("or by verify, which knows what is missing", async () => {
    const memory = new Memory({ dbPath: path });
    const { problems } = await memory.verify();
    expect(problems).toEqual([expect.objectContaining({ where: "relations", count: 3, isRepaired: false })]);
    expect((await memory.verify({ repair: true })).isSound).toBe(true);
    expect(await relationsOf(memory)).toEqual(RELATIONS);
    expect((await memory.verify()).problems).toEqual([]);
    await memory.close();
  });

  it("stays as it was when it cannot be brought up", async () => {
    inFile((database) => database.exec("CREATE TABLE relations(other TEXT)"));
    const memory = new Memory({ dbPath: path });
    await expect(memory.stats()).rejects.toMatchObject({ code: "store_failed" });
    await memory.close();
    expect(version()).toBe(4);
    const columns = inFile((database) => database.prepare("PRAGMA table_info(memories)").all());
    expect(columns.map(({ name }) => name)).not.toContain("is_pinned");
  });
});
