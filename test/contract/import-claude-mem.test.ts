import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { CLAUDE_MEM_ROWS, CLAUDE_MEM_SCHEMAS, rowsFor } from "../support/claude-mem-fixture.ts";
import { answers, countAll, ImportPlace, insertRows, readImport } from "../support/import-place.ts";

const place = new ImportPlace();
let count = 0;

afterAll(() => place.remove());

function fixture(schema: string): string {
  count += 1;
  return place.database(`${count}/claude-mem.db`, CLAUDE_MEM_SCHEMAS[schema] ?? "", rowsFor(schema));
}

const QUESTIONS: readonly (readonly [string, RegExp])[] = [
  ["Why did payments fail on Safari?", /cookie/u],
  ["Which flag fixes the cookie?", /Secure/u],
  ["Which Safari version is affected?", /Safari 17/u],
  ["Which database was chosen for orders?", /Postgres/u],
  ["Why Postgres instead of MongoDB?", /transactions/u],
  ["Where does the dark mode toggle keep its state?", /localStorage/u],
  ["What are the next steps for payments?", /Playwright/u],
  ["What was investigated about payments on Safari?", /CORS/u],
  ["Which flags completed the fix of payments?", /cookie flags/u],
  ["What did we learn about third-party cookies?", /insecure/u],
];

describe("Claude-Mem", () => {
  test.each(Object.keys(CLAUDE_MEM_SCHEMAS))(
    "%s: what it holds is read, with times, sessions and numbers",
    async (schema) => {
      const { system, memories, skipped } = await readImport(fixture(schema));
      expect(system).toBe("claude-mem");
      const fix = memories.find(({ record }) => record.text.includes("Safari drops"));
      expect(fix?.record).toMatchObject({
        kind: "fact",
        scope: { userId: "ana", appId: "shop", runId: "c-1" },
        saidAt: Date.UTC(2025, 10, 4, 9, 30),
        categories: expect.arrayContaining(["bugfix"]) as unknown,
        metadata: { claude_mem_id: 11, import_source: "claude-mem" },
      });
      expect(memories.some(({ record }) => record.categories.includes("session-summary"))).toBe(true);
      expect(skipped.map(({ row, reason }) => `${row} ${reason}`)).toEqual(
        expect.arrayContaining(["observation 14 is the recorder's own work", "observation 15 has no text"]),
      );
      const hasPrompts = schema !== "schema 4, old names";
      expect(memories.filter(({ record }) => record.kind === "message")).toHaveLength(hasPrompts ? 2 : 0);
      expect(JSON.stringify(memories)).not.toContain("hunter2");
    },
  );

  test("its export and its database are the same memories", async () => {
    const exported = {
      exportedAt: "2025-12-01T00:00:00Z", exportedAtEpoch: 1, query: "", project: null, totalObservations: 5, totalSessions: 3,
      totalSummaries: 1, totalPrompts: 3, observations: CLAUDE_MEM_ROWS["observations"], sessions: CLAUDE_MEM_ROWS["sdk_sessions"],
      summaries: CLAUDE_MEM_ROWS["session_summaries"], prompts: CLAUDE_MEM_ROWS["user_prompts"],
    }; // prettier-ignore
    const fromExport = await readImport(place.file("export.json", exported));
    const fromDatabase = await readImport(fixture("current"));
    expect(fromExport.memories.map(({ record }) => record.id)).toEqual(
      fromDatabase.memories.map(({ record }) => record.id),
    );
    expect(fromDatabase.notes.join(" ")).toContain("1 events of tools");
  });

  test("ten questions are answered, a second import changes nothing, and the store is sound", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    const path = fixture("current");
    const { memories } = await readImport(path, { into: memory });
    for (const [question, expected] of QUESTIONS)
      expect((await answers(memory, question)).join("\n")).toMatch(expected);
    await readImport(path, { into: memory });
    expect(await countAll(memory)).toBe(memories.length);
    const { results } = await memory.getAll({
      filters: { AND: [{ user_id: "ana" }, { app_id: "blog" }, { created_at: { gte: "2025-11-06" } }] },
    });
    expect(results.map(({ memory: text }) => text)).toEqual([expect.stringContaining("Dark mode")]);
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("a database in use is read with its log, and nothing is written beside it", async () => {
    const path = place.path("live.db");
    const writer = new DatabaseSync(path);
    writer.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; ${CLAUDE_MEM_SCHEMAS["current"] ?? ""}`);
    insertRows(writer, rowsFor("current"));
    writer.exec("BEGIN IMMEDIATE");
    const before = readdirSync(place.folder).toSorted();
    const bytes = readFileSync(path);
    const { memories } = await readImport(path);
    expect(memories).toHaveLength(6);
    expect(readdirSync(place.folder).toSorted()).toEqual(before);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    writer.close();
  });

  test("one that keeps a log and is closed gets no files beside it either", async () => {
    const path = place.database(
      "closed/claude-mem.db",
      `PRAGMA journal_mode = WAL; ${CLAUDE_MEM_SCHEMAS["current"] ?? ""}`,
      rowsFor("current"),
    );
    const { memories } = await readImport(place.path("closed"));
    expect(memories).toHaveLength(6);
    expect(existsSync(`${path}-shm`)).toBe(false);
  });

  test("a damaged file ends with one clear error and none of its words", async () => {
    const path = place.path("damaged.db");
    copyFileSync(fixture("current"), path);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x41, 4096, bytes.length - 100));
    await expect(readImport(path, { from: "claude-mem" })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.not.stringContaining("Safari") as unknown,
    });
  });
});
