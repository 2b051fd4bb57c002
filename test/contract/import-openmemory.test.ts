import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { answers, countAll, ImportPlace, readImport } from "../support/import-place.ts";
import { writeZip } from "../support/write-zip.ts";

const place = new ImportPlace();

afterAll(() => place.remove());

// As its models of SQLAlchemy make them: UUIDs without hyphens.
const SCHEMA = `
  CREATE TABLE users(id CHAR(32) PRIMARY KEY, user_id VARCHAR, name VARCHAR, email VARCHAR, metadata JSON, created_at DATETIME, updated_at DATETIME);
  CREATE TABLE apps(id CHAR(32) PRIMARY KEY, owner_id CHAR(32), name VARCHAR, description VARCHAR, metadata JSON, is_active BOOLEAN, created_at DATETIME);
  CREATE TABLE memories(id CHAR(32) PRIMARY KEY, user_id CHAR(32), app_id CHAR(32), content VARCHAR, vector VARCHAR, metadata JSON,
    state VARCHAR, created_at DATETIME, updated_at DATETIME, archived_at DATETIME, deleted_at DATETIME);
  CREATE TABLE categories(id CHAR(32) PRIMARY KEY, name VARCHAR, description VARCHAR, created_at DATETIME);
  CREATE TABLE memory_categories(memory_id CHAR(32), category_id CHAR(32));
  CREATE TABLE memory_status_history(id CHAR(32) PRIMARY KEY, memory_id CHAR(32), changed_by CHAR(32), old_state VARCHAR, new_state VARCHAR, changed_at DATETIME);
  CREATE TABLE memory_access_logs(id CHAR(32) PRIMARY KEY, memory_id CHAR(32), app_id CHAR(32), accessed_at DATETIME, access_type VARCHAR, metadata JSON);
  CREATE TABLE access_controls(id CHAR(32) PRIMARY KEY, subject_type VARCHAR, subject_id CHAR(32), object_type VARCHAR, object_id CHAR(32), effect VARCHAR);
  CREATE TABLE archive_policies(id CHAR(32) PRIMARY KEY, criteria_type VARCHAR, criteria_id CHAR(32), days_to_archive INTEGER);
  CREATE TABLE configs(id CHAR(32) PRIMARY KEY, key VARCHAR, value JSON);`;

const id = (number: number): string => `aaaaaaaabbbb4ccc8ddd${String(number).padStart(12, "0")}`;
const TEXTS = [
  "Prefers dark roast coffee",
  "Lives in Gothenburg near Slottsskogen",
  "Drives a blue Volvo 240",
  "Is learning the cello",
  "Works as a structural engineer",
  "Has a cat named Sixten",
  "Runs the Göteborgsvarvet every May",
  "Is afraid of spiders",
  "Reads Tove Jansson",
  "Takes the ferry to Styrsö in summer",
];
const ROWS = {
  users: [{ id: id(900), user_id: "freja", name: "Freja" }],
  apps: [
    { id: id(800), owner_id: id(900), name: "cursor", is_active: 1 },
    { id: id(801), owner_id: id(900), name: "claude desktop", is_active: 0 },
  ],
  memories: [
    ...TEXTS.map((content, index) => ({
      id: id(index + 1), user_id: id(900), app_id: id(index % 2 === 0 ? 800 : 801), content, metadata: '{"source":"chat"}',
      state: index === 9 ? "archived" : "active", created_at: `2025-06-0${(index % 9) + 1} 10:00:00.000000`, updated_at: "2025-07-01 10:00:00",
    })),
    { id: id(50), user_id: id(900), app_id: id(800), content: "Old phone number", metadata: "{}", state: "deleted",
      created_at: "2025-06-01 10:00:00", updated_at: "2025-06-01 10:00:00", deleted_at: "2025-06-05 10:00:00" },
    { id: id(51), user_id: id(900), app_id: id(800), content: "  ", metadata: null, state: "active", created_at: "2025-06-01 10:00:00", updated_at: null },
  ],
  categories: [{ id: id(700), name: "pets" }],
  memory_categories: [{ memory_id: id(6), category_id: id(700) }],
  memory_status_history: [{ id: id(600), memory_id: id(10), changed_by: id(900), old_state: "active", new_state: "archived", changed_at: "2025-06-20 10:00:00" }],
  memory_access_logs: [{ id: id(500), memory_id: id(1), app_id: id(800), accessed_at: "2025-06-20 10:00:00", access_type: "search" }],
}; // prettier-ignore

const QUESTIONS: readonly (readonly [string, RegExp])[] = [
  ["Which coffee does she prefer?", /dark roast/u],
  ["Where does Freja live?", /Gothenburg/u],
  ["What car is driven?", /Volvo/u],
  ["Which instrument is being learned?", /cello/u],
  ["What is her work?", /engineer/u],
  ["What is the name of the cat?", /Sixten/u],
  ["What does she run in May?", /Göteborgsvarvet/u],
  ["What is she afraid of?", /spiders/u],
  ["What does she read?", /Jansson/u],
  ["Where does the ferry go in summer?", /Styrsö/u],
];

describe("OpenMemory", () => {
  const path = place.database("openmemory.db", SCHEMA, ROWS);

  test("the database: ten questions are answered, users, apps, states and categories are kept", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    const { system, memories, skipped, notes } = await readImport(path, { into: memory });
    await readImport(path, { into: memory });
    expect([system, memories.length, await countAll(memory)]).toEqual(["openmemory", 11, 11]);
    for (const [question, expected] of QUESTIONS)
      expect((await answers(memory, question, "freja")).join("\n")).toMatch(expected);
    expect((await answers(memory, "What is the phone number?", "freja")).join()).not.toContain("Old phone");
    expect(memories.find(({ record }) => record.text.includes("Sixten"))?.record).toMatchObject({
      id: "aaaaaaaa-bbbb-4ccc-8ddd-000000000006",
      scope: { userId: "freja", appId: "claude-desktop" },
      categories: ["pets"],
      saidAt: Date.UTC(2025, 5, 6, 10),
      metadata: { source: "chat", openmemory_state: "active" },
    });
    expect(memories.find(({ record }) => record.text.includes("Styrsö"))?.record.metadata).toMatchObject({
      archived: true,
      status_history: [{ from: "active", to: "archived", at: "2025-06-20T10:00:00.000Z" }],
    });
    expect(memories.find(({ record }) => record.text.includes("phone"))?.record.state).toBe("deleted");
    expect(skipped).toMatchObject([{ reason: "has no text" }]);
    expect(notes.join(" ")).toContain("1 rows of its access log");
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("the zip of its backup is the same memories, whole or as lines", async () => {
    const backup = {
      user: ROWS.users[0],
      apps: ROWS.apps,
      categories: ROWS.categories,
      memories: ROWS.memories.map((row) => ({
        ...row,
        id: row.id.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-"),
      })),
      memory_categories: ROWS.memory_categories,
      status_history: ROWS.memory_status_history,
      access_controls: [],
      export_meta: { version: "1", app_id: null },
    };
    const lines = ROWS.memories.map((row) =>
      JSON.stringify({ ...row, app: "cursor", categories: ["pets"], metadata: {} }),
    );
    const gz = gzipSync(`${lines.join("\n")}\nnot json\n`);
    const whole = place.file(
      "memories_export_freja.zip",
      writeZip([
        { name: "export/memories.json", content: JSON.stringify(backup) },
        { name: "export/memories.jsonl.gz", content: gz, isStored: true },
      ]),
    );
    const only = place.file("lines.zip", writeZip([{ name: "memories.jsonl.gz", content: gz, isStored: true }]));
    const database = await readImport(path);
    const zip = await readImport(whole);
    const sorted = ({ memories }: typeof zip): unknown =>
      memories.map(({ record }) => record).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    expect(sorted(zip)).toEqual(sorted(database));
    const fromLines = await readImport(only);
    expect(fromLines.memories).toHaveLength(11);
    expect(fromLines.memories[0]?.record.scope).toEqual({ userId: "ana", appId: "cursor" });
    expect(fromLines.skipped.map(({ reason }) => reason).toSorted()).toEqual(["has no text", "is no JSON object"]);
  });

  test("a line file that unpacks without end is refused", async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000, 0x20));
    const zip = place.file("bomb.zip", writeZip([{ name: "memories.jsonl.gz", content: bomb, isStored: true }]));
    await expect(readImport(zip)).rejects.toMatchObject({ code: "invalid_input" });
  });
});
