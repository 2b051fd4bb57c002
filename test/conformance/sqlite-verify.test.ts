import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteDriver } from "../../src/adapters/stores/sqlite/driver.ts";
import { SqliteStore } from "../../src/adapters/stores/sqlite/sqlite-store.ts";
import type { Problem, VerifyOptions } from "../../src/ports/memory-store.ts";
import { buildPassages } from "../../src/operations/build-passages.ts";
import { analyze } from "../../src/text/analyze.ts";
import {
  addRecord,
  addText,
  applyTo,
  newMemory,
  recordOf,
  SPACE,
  vectorOf,
  wordEmbedder,
} from "../support/store-fixtures.ts";

const OPTIONS: VerifyOptions = {
  analyze: (text, language) => analyze(text, language === undefined ? {} : { language }),
  buildPassages: (memories) =>
    buildPassages(
      memories.map(({ record }) => ({ text: record.text, date: record.saidAt, language: record.language })),
      wordEmbedder,
    ),
};

let folder: string;
let path: string;
let store: SqliteStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  path = join(folder, "memory.db");
  store = new SqliteStore({ path, space: SPACE });
  const message = await addText(store, "Anna moved to Zanzibar with her quokka", { userId: "u" });
  await addRecord(
    store,
    recordOf(
      "Anna lives in Zanzibar",
      { userId: "u" },
      {
        kind: "fact",
        sources: [{ messageId: message.id, spans: [{ start: 0, end: 22 }] }],
      },
    ),
    { mentions: [{ name: "Zanzibar", type: "place" }] },
  );
  for (let at = 0; at < 300; at += 1)
    await addText(store, `Message number ${at} about gardening`, { userId: at % 2 === 0 ? "u" : "v" });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Changes the file behind the store's back. */
function tamper(...statements: readonly string[]): void {
  const driver = new SqliteDriver(path);
  for (const statement of statements) driver.execute(statement);
  driver.close();
}

function kinds(problems: readonly Problem[]): string[] {
  return problems.map(({ where, what }) => `${where}: ${what}`);
}

describe("verify", () => {
  it("finds nothing wrong in a store that was used", async () => {
    const [first] = (await store.listMemories({ userIds: ["u"], order: "said-ascending", limit: 1 })).memories;
    const text = "Anna moved to Oslo with her two quokkas";
    const [passages = []] = await buildPassages([{ text, date: 0 }], wordEmbedder);
    await applyTo(store, "u", {
      patch: [
        {
          id: first?.record.id ?? "",
          changes: { text },
          identity: text,
          passages,
          event: "UPDATE",
          actor: "user",
          reason: "",
        },
      ],
    });
    await applyTo(store, "u", {
      patch: [
        { id: first?.record.id ?? "", changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "" },
      ],
    });
    expect(await store.verify(OPTIONS)).toEqual([]);
  });

  it.each([
    [
      "a changed text",
      "UPDATE memories SET text = 'Anna lives in Oslo' WHERE text = 'Anna lives in Zanzibar'",
      "history: a version of its history, or a text that it speaks of, was changed",
    ],
    [
      "a changed event",
      "UPDATE history SET event = 'MERGE' WHERE history_no = 2",
      "history: a version of its history, or a text that it speaks of, was changed",
    ],
    [
      "a changed hash",
      "UPDATE history SET hash = zeroblob(32) WHERE history_no = 2",
      "history: a version of its history, or a text that it speaks of, was changed",
    ],
    ["a removed history row", "DELETE FROM history WHERE history_no = 2", "history: it has no history"],
    [
      "a removed record",
      "DELETE FROM memories WHERE text = 'Anna lives in Zanzibar'",
      "records: a memory has a history but no record",
    ],
    [
      "broken metadata",
      "UPDATE memories SET metadata = '{' WHERE text = 'Anna lives in Zanzibar'",
      "records: metadata or categories are not JSON",
    ],
  ])("detects %s, which no repair hides", async (_name, statement, problem) => {
    tamper(statement);
    expect(kinds(await store.verify(OPTIONS))).toContain(problem);
    const repaired = await store.verify({ ...OPTIONS, repair: true });
    expect(repaired.filter(({ isRepaired }) => !isRepaired).map(({ where, what }) => `${where}: ${what}`)).toContain(
      problem,
    );
  });

  it("detects a memory that was removed together with its history, by the checkpoint", async () => {
    for (let at = 0; at < 720; at += 1) await addText(store, `note ${at}`, { userId: "u" });
    expect(await store.verify(OPTIONS)).toEqual([]);
    const [gone] = (await store.listMemories({ userIds: ["v"], order: "said-ascending", limit: 1 })).memories;
    if (gone === undefined) throw new Error("no memory");
    const { reference, record } = gone;
    const driver = new SqliteDriver(path);
    const passage = driver.get(
      "SELECT passage_no, terms, scope FROM text_source WHERE passage_no IN (SELECT passage_no FROM passages WHERE rid = ?)",
      reference,
    );
    driver.run(
      "INSERT INTO text_index(text_index, rowid, terms, scope) VALUES('delete', ?, ?, ?)",
      BigInt(Number(passage?.["passage_no"])),
      String(passage?.["terms"]),
      String(passage?.["scope"]),
    );
    for (const [table, column, value] of [
      ["passages", "rid", reference],
      ["memories", "rid", reference],
      ["history", "memory_id", record.id],
    ] as const)
      driver.run(`DELETE FROM ${table} WHERE ${column} = ?`, value);
    driver.close();
    expect(kinds(await store.verify(OPTIONS))).toContain(
      "history: rows were changed, removed or slipped in since a checkpoint",
    );
  });

  it.each([
    [
      "words missing from the index",
      [
        "INSERT INTO text_index(text_index, rowid, terms, scope) SELECT 'delete', passage_no, terms, scope FROM text_source LIMIT 5",
      ],
    ],
    [
      "words of nothing in the index",
      ["INSERT INTO text_index(rowid, terms, scope) VALUES(999999999, 'ghost', 'p1 kt')"],
    ],
    ["other words in the index", ["UPDATE passages SET terms = replace(terms, 'garden', 'sailing')"]],
    [
      "other terms than the analyzer's",
      [
        "INSERT INTO text_index(text_index, rowid, terms, scope) SELECT 'delete', passage_no, terms, scope FROM text_source",
        "UPDATE passages SET terms = replace(terms, 'garden', 'sailing')",
        "INSERT INTO text_index(rowid, terms, scope) SELECT passage_no, terms, scope FROM text_source",
      ],
    ],
    [
      "missing index units",
      [
        "INSERT INTO text_index(text_index, rowid, terms, scope) SELECT 'delete', passage_no, terms, scope FROM text_source LIMIT 3",
        "DELETE FROM passages WHERE passage_no IN (SELECT passage_no FROM passages LIMIT 3)",
      ],
    ],
    ["a damaged segment", ["UPDATE vector_blocks SET q = zeroblob(10)", "DELETE FROM vector_tail"]],
    ["wrong packed copies", ["UPDATE vector_tail SET q = zeroblob(36)"]],
    [
      "a damaged vector",
      ["UPDATE vectors SET e = zeroblob(12) WHERE vector_no IN (SELECT vector_no FROM vectors LIMIT 2)"],
    ],
    ["lost vectors", ["DELETE FROM vectors WHERE vector_no IN (SELECT vector_no FROM vectors LIMIT 2)"]],
    ["wrong counters", ["UPDATE partitions SET passages = passages + 3, terms = 1"]],
    ["dangling sources", ["INSERT INTO sources(rid, message_rid, spans) SELECT rid, 77, '[]' FROM memories LIMIT 4"]],
    ["dangling mentions", ["DELETE FROM entities"]],
  ])("detects and repairs %s", async (_name, statements) => {
    tamper(...statements);
    const found = await store.verify(OPTIONS);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ isRepairable }) => isRepairable)).toBe(true);
    const repaired = await store.verify({ ...OPTIONS, repair: true });
    expect(repaired.filter(({ isRepaired }) => !isRepaired)).toEqual([]);
    // What lost its vector waits for the embedder, and a job says so; then all is well again.
    const { passages } = await store.readUnembedded(SPACE.key, 1000, 0);
    await store.putVectors(
      SPACE.key,
      passages.map(({ passage, text }) => ({ passage, vector: vectorOf(text) })),
    );
    expect(await store.verify(OPTIONS)).toEqual([]);
    const hits = await store.searchTerms({
      partition: await store.readPartition("u"),
      terms: analyze("quokka Zanzibar"),
      limit: 5,
    });
    // The message and its fact.
    expect(hits).toHaveLength(2);
  });

  it("leaves the event loop free and lets others write meanwhile", async () => {
    let longest = 0;
    let last = performance.now();
    let turns = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      turns += 1;
    }, 1);
    const running = store.verify(OPTIONS);
    await applyTo(store, "u", { add: [await newMemory(recordOf("written during the check", { userId: "u" }))] });
    expect(await running).toEqual([]);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });
});
