import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { Memory } from "../../src/index.ts";
import { alice, collect, ofAlice, openHostileStore, refusal } from "../support/hostile-store.ts";
import { embedderOf, outcomeOf } from "../support/hostile-values.ts";

/** Embedders and files that are not what they should be. */

const store = openHostileStore();

describe("embedders", () => {
  const answers: readonly (readonly [string, (texts: readonly string[]) => unknown])[] = [
    ["throws", () => { throw new TypeError("secret text of the provider"); }],
    ["throws what is no error", () => { throw "no"; }],
    ["answers nothing", () => undefined],
    ["answers too few", () => []],
    ["answers NaN", (texts) => texts.map(() => new Float32Array([Number.NaN, 0, 1]))],
    ["answers infinity", (texts) => texts.map(() => new Float32Array([Number.POSITIVE_INFINITY, 0, 1]))],
    ["answers zeros", (texts) => texts.map(() => new Float32Array(3))],
    ["answers other lengths", (texts) => texts.map(() => new Float32Array([1, 0]))],
    ["answers plain lists", (texts) => texts.map(() => [1, 0, 0])],
    ["answers undefined members", (texts) => Array(texts.length)],
  ]; // prettier-ignore

  test.each(answers)("one that %s: the words are stored and found, and a warning says so", async (_name, embed) => {
    const path = join(store.folder, "embedded.db");
    const own = new Memory({ dbPath: path, embedder: embedderOf(embed) });
    const added = await own.add("I live in Lisbon", alice);
    expect(added.results).toHaveLength(1);
    expect(added.warnings.join()).toContain("test/hostile/3");
    const found = await own.search("Lisbon", ofAlice);
    expect(found.results[0]?.memory).toContain("Lisbon");
    expect(found.results.every((hit) => Number.isFinite(hit.score))).toBe(true);
    expect(found.warnings.join()).toContain("Words alone");
    expect((await own.context("Lisbon", alice)).text).toContain("Lisbon");
    expect(JSON.stringify([added.warnings, found.warnings])).not.toContain("secret text");
    await own.close();
  });

  test("one that never answers: add and search end by their time limits", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const own = new Memory({ dbPath: ":memory:", embedder: embedderOf(() => new Promise(() => undefined)) });
      const adding = own.add("I live in Lisbon", alice);
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
      await vi.advanceTimersByTimeAsync(11_000);
      expect((await adding).results).toHaveLength(1);
      const searching = own.search("Lisbon", ofAlice);
      await vi.advanceTimersByTimeAsync(4000);
      const { results, warnings } = await searching;
      expect(results[0]?.memory).toContain("Lisbon");
      expect(warnings.join()).toMatch(/no answer within 3000 ms/u);
      const closing = own.close();
      await vi.advanceTimersByTimeAsync(11_000);
      await closing;
    } finally {
      vi.useRealTimers();
    }
  });
});

/** What every call on a file ends with, and whether its bytes are as they were. */
async function tryFile(path: string): Promise<{ codes: Set<string | null>; message: string; isUnchanged: boolean }> {
  const before = readFileSync(path);
  const own = new Memory({ dbPath: path });
  const calls = [() => own.add("x", alice), () => own.search("x", ofAlice), () => own.stats()];
  const outcomes = [];
  for (const work of calls) outcomes.push(await outcomeOf(work));
  await own.close();
  return {
    codes: new Set(outcomes.map(({ code }) => code)),
    message: outcomes[0]?.message ?? "",
    isUnchanged: readFileSync(path).equals(before),
  };
}

/** The end of every call on a file that is left alone. */
function leftAlone(text: RegExp): object {
  return { codes: new Set(["store_failed"]), message: expect.stringMatching(text), isUnchanged: true };
}

describe("files", () => {
  test("no database", async () => {
    const path = join(store.folder, "notes.txt");
    writeFileSync(path, "Just some notes, and long enough for a header. ".repeat(50));
    expect(await tryFile(path)).toEqual(leftAlone(/not a SQLite file/u));
  });

  test("a database of another program, and Mem0's own files", async () => {
    const tables = {
      "other.db": ["CREATE TABLE songs(id INTEGER)", /another program \(tables: songs\)/u],
      "vector_store.db": ["CREATE TABLE vectors(id TEXT PRIMARY KEY, vector BLOB, payload TEXT)", /file of Mem0.*import --from mem0/u],
      "history.db": ["CREATE TABLE memory_history(id TEXT, memory_id TEXT, previous_value TEXT, new_value TEXT, action TEXT, created_at TEXT, updated_at TEXT, is_deleted INTEGER); CREATE TABLE messages(id TEXT, session_scope TEXT, role TEXT, content TEXT, name TEXT, created_at TEXT)", /file of Mem0.*import --from mem0/u],
    } as const; // prettier-ignore
    for (const [name, [sql, text]] of Object.entries(tables)) {
      const database = new DatabaseSync(join(store.folder, name));
      database.exec(sql);
      database.close();
      expect(await tryFile(join(store.folder, name))).toEqual(leftAlone(text));
    }
  });

  test("a newer version", async () => {
    const path = join(store.folder, "newer.db");
    await store.memory.backup(path);
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version=99; PRAGMA journal_mode=DELETE");
    database.close();
    expect(await tryFile(path)).toEqual(leftAlone(/newer Recollect.*Upgrade/u));
  });

  test("a folder holds memory.db; a file in place of a folder is refused", async () => {
    const path = join(store.folder, "a folder.d");
    mkdirSync(path);
    const own = new Memory({ dbPath: path });
    await own.add("x y", { ...alice, infer: false });
    await own.close();
    expect(readFileSync(join(path, "memory.db")).length).toBeGreaterThan(0);
    const below = new Memory({ dbPath: join(path, "memory.db", "memory.db") });
    expect((await outcomeOf(() => below.add("x", alice))).code).toBe("store_failed");
    const long = new Memory({ dbPath: join(store.folder, "x".repeat(3000)) });
    expect((await outcomeOf(() => long.add("x", alice))).code).toBe("store_failed");
  });

  test("a backup where there is none to be made", async () => {
    expect(await store.ending(store.call("backup", store.folder))).toMatchObject(refusal("conflict"));
    expect(await store.ending(store.call("backup", join(store.folder, "none", "copy.db")))).toMatchObject(
      refusal("store_failed"),
    );
    expect(await store.ending(store.call("backup", "a\u0000b"))).toMatchObject(refusal());
  });

  test("imports of what is no export, of half a file, and from a source that fails", async () => {
    const lines = (await collect(store.memory.export())).split("\n").filter((line) => line !== "");
    const sources: readonly unknown[] = [
      "{}", "[".repeat(1_000_000), "not json", "\u0000", "null", lines.slice(0, -1).join("\n"), lines.slice(1).join("\n"),
      lines.join("\n").replace("tea", "gin"), [new Uint8Array([0xff, 0xfe])], Buffer.from(lines.join("\n")),
      { [Symbol.asyncIterator]: 5 },
      { *[Symbol.iterator]() { yield lines[0]; throw new TypeError("the disk is gone"); } },
    ]; // prettier-ignore
    for (const source of sources) expect(await store.refused(store.call("import", source))).toMatch(/import|export/u);
  });
});

test("a Node without SQLite is told in one line what it needs", () => {
  const index = pathToFileURL(join(import.meta.dirname, "../../src/index.ts")).href;
  const script = `const { Memory } = await import(${JSON.stringify(index)});
    await new Memory({ dbPath: ":memory:" }).add("x", { userId: "a" }).catch((error) => console.log(error.code, error.message));`;
  const args = ["--no-experimental-sqlite", "--input-type=module", "-e", script];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout).toMatch(/^missing_dependency Recollect needs Node\.js 24\.15 or newer/u);
});
