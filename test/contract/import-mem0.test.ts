import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readMem0Path } from "../../src/cli/import/find-source.ts";
import { ImportRun } from "../../src/cli/import/plan-import.ts";
import { readPickle } from "../../src/cli/import/read-pickle.ts";
import type { ExportedMemory } from "../../src/domain/export-format.ts";
import { Memory, MemoryError } from "../../src/index.ts";
import { runCli } from "../support/run-cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-import-"));
let count = 0;

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

function newPath(name: string): string {
  count += 1;
  const folder = join(scratch, String(count));
  mkdirSync(folder);
  return join(folder, name);
}

function write(name: string, value: unknown): string {
  const path = newPath(name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

async function planOf(path: string, { userId, history }: { userId?: string; history?: string } = {}) {
  const read = await readMem0Path(path, history);
  const start = (): ImportRun =>
    new ImportRun(read, {
      source: "mem0",
      owner: userId === undefined ? {} : { userId },
      fillsOwner: false,
      now: Date.UTC(2026, 0, 1),
    });
  const run = start();
  const memories: ExportedMemory[] = [];
  for await (const memory of run.memories()) memories.push(memory);
  return { memories, skipped: run.skipped, notes: run.notes, masked: run.counts.masked, start };
}

/** Imports a plan into a store of its own. */
async function storeOf(plan: Awaited<ReturnType<typeof planOf>>): Promise<Memory> {
  const memory = new Memory({ dbPath: ":memory:" });
  await memory.import(plan.start().lines());
  return memory;
}

const ITEM = {
  id: "a0000000-0000-4000-8000-000000000001",
  memory: "Alice is vegetarian.",
  user_id: "alice",
  metadata: { topic: "food" },
  categories: ["food"],
  created_at: "2025-03-01T10:00:00-08:00",
  updated_at: "2025-03-02T10:00:00Z",
  expiration_date: "2031-01-31",
  hash: "x",
};

describe("files of JSON", () => {
  const other = { ...ITEM, id: "a0000000-0000-4000-8000-000000000002", memory: "Alice plays go.", run_id: "r1" };
  const forms: Record<string, unknown> = {
    "an array": [ITEM, other],
    "an answer": { results: [ITEM, other] },
    "pages with counts": [
      { count: 2, next: "https://api.example/v3/memories/?page=2", previous: null, results: [ITEM] },
      { count: 2, next: null, previous: null, results: [other] },
    ],
    "an export": { message: "done", data: { memories: [ITEM, other] } },
    lines: `${JSON.stringify(ITEM)}\n${JSON.stringify(other)}\n`,
  };

  test.each(Object.entries(forms))("%s is read", async (_, form) => {
    const plan = await planOf(write("memories.json", form));
    expect(plan.skipped).toEqual([]);
    expect(plan.memories.map(({ record }) => [record.id, record.text, record.scope])).toEqual([
      [ITEM.id, "Alice is vegetarian.", { userId: "alice" }],
      [other.id, "Alice plays go.", { userId: "alice", runId: "r1" }],
    ]);
  });

  test("times, metadata, categories and the end are kept, and the store finds it all sound", async () => {
    const memory = await storeOf(await planOf(write("memories.json", [ITEM])));
    const item = await memory.get(ITEM.id);
    expect(item).toMatchObject({
      memory: "Alice is vegetarian.",
      metadata: { topic: "food" },
      categories: ["food"],
      createdAt: "2025-03-01T18:00:00.000Z",
      expirationDate: "2031-01-31",
    });
    const { results } = await memory.search("Is Alice vegetarian?", { filters: { user_id: "alice" } });
    expect(results[0]?.id).toBe(ITEM.id);
    // A small store is shown as a whole: what was imported is part of it.
    expect((await memory.context("What can Alice eat?", { userId: "alice" })).text).toContain("Alice is vegetarian.");
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("an export in a schema of one's own holds no memories, and that is said", async () => {
    const plan = await planOf(write("export.json", { fullName: "Alice", diet: "vegetarian" }));
    expect(plan.memories).toEqual([]);
    expect(plan.notes.join(" ")).toContain("list them instead");
  });

  test("a file that no text can hold is refused before it is read", async () => {
    const path = newPath("memories.json");
    writeFileSync(path, "[");
    // Sparse: it takes no room on the disk.
    truncateSync(path, 600_000_000);
    await expect(readMem0Path(path, undefined)).rejects.toThrow(/Import it in parts/u);
  });

  test("what is no JSON is refused without a word of it", async () => {
    const path = write("memories.json", '[{"memory": "my secret diary');
    await expect(readMem0Path(path, undefined)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(readMem0Path(path, undefined)).rejects.not.toThrow(/diary/u);
  });
});

describe("what is skipped, and what is changed on the way", () => {
  test("each skipped row has its reason, and no text", async () => {
    const plan = await planOf(
      write("memories.json", [
        { ...ITEM, user_id: undefined },
        { ...ITEM, id: "a0000000-0000-4000-8000-000000000003", memory: "  " },
        { ...ITEM, id: "a0000000-0000-4000-8000-000000000004", user_id: "two words" },
        { ...ITEM, id: "a0000000-0000-4000-8000-000000000005" },
        { ...ITEM, id: "a0000000-0000-4000-8000-000000000005" },
        { id: "a0000000-0000-4000-8000-000000000006" },
        "a text",
      ]),
    );
    expect(plan.memories).toHaveLength(1);
    const reasons = plan.skipped.map(({ reason }) => reason).toSorted();
    expect(reasons).toEqual([
      expect.stringContaining("has a userId that is no id"),
      expect.stringContaining("has no text"),
      expect.stringContaining("has no text"),
      expect.stringContaining("is no object"),
      expect.stringContaining("names no user"),
      expect.stringContaining("twice"),
    ]);
    expect(JSON.stringify(plan.skipped)).not.toContain("vegetarian");
  });

  test("--user-id owns what names nobody", async () => {
    const plan = await planOf(write("memories.json", [{ ...ITEM, user_id: null }]), { userId: "zoe" });
    expect(plan.memories[0]?.record.scope).toEqual({ userId: "zoe" });
  });

  test("secrets are masked in texts, histories and metadata", async () => {
    const key = `sk-proj-${"a1B2c3D4e5F6g7H8".repeat(3)}`;
    const plan = await planOf(
      write("memories.json", [
        {
          ...ITEM,
          memory: `The key is ${key} now.`,
          metadata: { note: { deep: [`use ${key}`] } },
          history: [{ event: "ADD", old_memory: null, new_memory: `The key was ${key}.`, created_at: ITEM.created_at }],
        },
      ]),
    );
    expect(plan.masked).toBe(3);
    expect(JSON.stringify(plan)).not.toContain("a1B2c3D4");
    await (await storeOf(plan)).close();
  });

  test("a memory that another replaced is superseded, not active", async () => {
    const newer = { ...ITEM, id: "a0000000-0000-4000-8000-000000000007", memory: "Alice is vegan." };
    const memory = await storeOf(await planOf(write("memories.json", [{ ...ITEM, replaced_by: newer.id }, newer])));
    const { results } = await memory.getAll({
      filters: { user_id: "alice" },
      latestOnly: true,
    });
    expect(results.map(({ memory: text }) => text)).toEqual(["Alice is vegan."]);
    expect((await memory.history(ITEM.id)).map(({ action }) => action)).toContain("SUPERSEDE");
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("a history that does not lead to the present text gets a row that says so", async () => {
    const history = [
      {
        event: "UPDATE",
        old_memory: "Alice eats fish.",
        new_memory: "Alice eats eggs.",
        created_at: ITEM.created_at,
        updated_at: "2025-03-01T20:00:00Z",
      },
    ];
    const plan = await planOf(write("memories.json", [{ ...ITEM, history }]));
    expect(plan.memories[0]?.history.map(({ event, newText, reason }) => [event, newText, reason])).toEqual([
      ["ADD", "Alice eats fish.", "imported"],
      ["UPDATE", "Alice eats eggs.", "imported"],
      ["UPDATE", "Alice is vegetarian.", expect.stringContaining("no such change")],
    ]);
    const memory = await storeOf(plan);
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("metadata that cannot be stored is left out, the memory is not", async () => {
    const plan = await planOf(write("memories.json", [{ ...ITEM, metadata: { big: "x".repeat(100_000) } }]));
    expect(plan.memories[0]?.record.metadata).toEqual({ import_source: "mem0" });
    expect(plan.notes.join(" ")).toContain("metadata");
  });
});

// Points as qdrant-client 1.20 with pydantic 2 writes them, in its local mode.
const POINTS = [
  "gASV/QEAAAAAAACMIHFkcmFudF9jbGllbnQuaHR0cC5tb2RlbHMubW9kZWxzlIwLUG9pbnRTdHJ1Y3SUk5QpgZR9lCiMCF9fZGljdF9flH2UKIwCaWSUjCQxMTExMTExMS0xMTExLTQxMTEtODExMS0xMTExMTExMTExMTGUjAZ2ZWN0b3KUXZQoRz+5mZmZmZmaRz/JmZmZmZmaRz/TMzMzMzMzRz/ZmZmZmZmaZYwHcGF5bG9hZJR9lCiMBGRhdGGUjBRBbGljZSBpcyB2ZWdldGFyaWFuLpSMBGhhc2iUjAF4lIwPdGV4dF9sZW1tYXRpemVklIwTYWxpY2UgYmUgdmVnZXRhcmlhbpSMCmNyZWF0ZWRfYXSUjCAyMDI1LTAzLTAxVDEwOjAwOjAwLjEyMzQ1Ni0wODowMJSMB3VzZXJfaWSUjAVhbGljZZSMBHJvbGWUjAR1c2VylIwIYWN0b3JfaWSUjAVBbGljZZSMBXRvcGljlIwEZm9vZJSMBm5lc3RlZJR9lCiMAWGUXZQoSwFHQAQAAAAAAABOiGWMAWKUjAnDpOa8ovCfmICUdXV1jBJfX3B5ZGFudGljX2V4dHJhX1+UTowXX19weWRhbnRpY19maWVsZHNfc2V0X1+Uj5QoaAtoCWgHkIwUX19weWRhbnRpY19wcml2YXRlX1+UTnViLg==",
  "gASV9QAAAAAAAACMIHFkcmFudF9jbGllbnQuaHR0cC5tb2RlbHMubW9kZWxzlIwLUG9pbnRTdHJ1Y3SUk5QpgZR9lCiMCF9fZGljdF9flH2UKIwCaWSUSweMBnZlY3RvcpRdlChHP7mZmZmZmZpHP8mZmZmZmZpHP9MzMzMzMzNHP+AAAAAAAABljAdwYXlsb2FklH2UjARkYXRhlIwJTm8gb3duZXIulHN1jBJfX3B5ZGFudGljX2V4dHJhX1+UTowXX19weWRhbnRpY19maWVsZHNfc2V0X1+Uj5QoaApoCGgHkIwUX19weWRhbnRpY19wcml2YXRlX1+UTnViLg==",
];
/** Would call os.system where pickles are run: as the whole point, and inside a payload. */
const EVIL = [
  "gASVNAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjBl0b3VjaCAvdG1wL3JlY29sbGVjdC1ldmlslIWUUpQu",
  "gASVYwAAAAAAAAB9lIwIX19kaWN0X1+UfZQojAJpZJSMAWWUjAdwYXlsb2FklH2UjARkYXRhlIwFcG9zaXiUjAZzeXN0ZW2Uk5SMGXRvdWNoIC90bXAvcmVjb2xsZWN0LWV2aWyUhZRSlHN1cy4=",
];

function qdrantFolder(collections: Readonly<Record<string, readonly string[]>>): string {
  const folder = newPath("qdrant");
  for (const [name, points] of Object.entries(collections)) {
    mkdirSync(join(folder, "collection", name), { recursive: true });
    const database = new DatabaseSync(join(folder, "collection", name, "storage.sqlite"));
    database.exec("CREATE TABLE points (id TEXT PRIMARY KEY, point BLOB)");
    for (const [index, point] of points.entries())
      database.prepare("INSERT INTO points VALUES(?, ?)").run(String(index), Buffer.from(point, "base64"));
    database.close();
  }
  return folder;
}

/** SHORT_BINUNICODE */
function pickledText(value: string): number[] {
  return [0x8c, value.length, ...Buffer.from(value)];
}

/** As mem0ai for Python makes it. */
function pythonHistory(folder: string, rows: readonly (readonly (string | number | null)[])[]): string {
  const path = join(folder, "history.db");
  const database = new DatabaseSync(path);
  database.exec(
    "CREATE TABLE history (id TEXT PRIMARY KEY, memory_id TEXT, old_memory TEXT, new_memory TEXT, event TEXT, created_at DATETIME, updated_at DATETIME, is_deleted INTEGER, actor_id TEXT, role TEXT)",
  );
  for (const [index, row] of rows.entries())
    database.prepare("INSERT INTO history VALUES(?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)").run(`h${index}`, ...row);
  database.close();
  return path;
}

describe("Qdrant's local folder and Python's history", () => {
  test("points are read with their payloads, the entities' collection is left out", async () => {
    const plan = await planOf(qdrantFolder({ mem0: POINTS, mem0_entities: POINTS }), { userId: "zoe" });
    expect(plan.memories.map(({ record }) => record)).toMatchObject([
      {
        id: "11111111-1111-4111-8111-111111111111",
        text: "Alice is vegetarian.",
        scope: { userId: "alice" },
        role: "user",
        name: "Alice",
        metadata: { topic: "food", nested: { a: [1, 2.5, null, true], b: "ä漢😀" } },
        saidAt: Date.UTC(2025, 2, 1, 18, 0, 0, 123),
      },
      { text: "No owner.", scope: { userId: "zoe" } },
    ]);
    // A number as an id becomes a UUID, the same one in every run.
    const again = await planOf(qdrantFolder({ mem0: POINTS }), { userId: "zoe" });
    expect(again.memories.map(({ record }) => record.id)).toEqual(plan.memories.map(({ record }) => record.id));
    expect(plan.notes.join(" ")).toContain("mem0_entities");
  });

  test("what a pickle would call is not called: it is skipped, or stands there as a name", async () => {
    const plan = await planOf(qdrantFolder({ mem0: [...POINTS, ...EVIL] }));
    expect(existsSync("/tmp/recollect-evil")).toBe(false);
    expect(plan.memories).toHaveLength(1);
    expect(plan.skipped.map(({ reason }) => reason).join(" ")).toContain("is no point with a payload");
    expect(JSON.stringify(plan)).not.toContain("touch");
  });

  test("its history becomes the version chain, and what was deleted stays so", async () => {
    const folder = qdrantFolder({ mem0: POINTS });
    const id = "11111111-1111-4111-8111-111111111111";
    pythonHistory(folder, [
      [id, null, "Alice eats everything.", "ADD", "2025-03-01T10:00:00-08:00", null, 0],
      [
        id,
        "Alice eats everything.",
        "Alice is vegetarian.",
        "UPDATE",
        "2025-03-01T10:00:00-08:00",
        "2025-03-05T10:00:00-08:00",
        0,
      ],
      ["22222222-2222-4222-8222-222222222222", null, "Alice owns a boat.", "ADD", "2025-03-01T10:00:00-08:00", null, 0],
      [
        "22222222-2222-4222-8222-222222222222",
        "Alice owns a boat.",
        null,
        "DELETE",
        "2025-03-01T10:00:00-08:00",
        null,
        1,
      ],
    ]);
    const memory = await storeOf(await planOf(folder));
    const history = await memory.history(id);
    expect(history.map(({ action }) => action).toSorted()).toEqual(["ADD", "UPDATE"]);
    expect(JSON.stringify(history)).toContain("Alice eats everything.");
    expect(await memory.history("22222222-2222-4222-8222-222222222222")).toEqual([]);
    await memory.close();
  });

  test("when the folder is gone, that is explained, and the history alone still brings the texts along", async () => {
    const folder = newPath("");
    const path = pythonHistory(folder, [
      ["44444444-4444-4444-8444-444444444444", null, "Bo sails.", "ADD", "2025-03-01T10:00:00Z", null, 0],
      ["55555555-5555-4555-8555-555555555555", "Bo rows.", null, "DELETE", "2025-03-01T10:00:00Z", null, 1],
    ]);
    await expect(readMem0Path(join(folder, "qdrant"), undefined)).rejects.toThrow(/import its history\.db instead/u);
    const plan = await planOf(path, { userId: "bo" });
    expect(plan.memories.map(({ record }) => [record.text, record.scope.userId])).toEqual([["Bo sails.", "bo"]]);
  });

  test("whatever bytes a pickle has, reading them ends with a value or an error of ours", () => {
    const evil = EVIL.map((text) => new Uint8Array(Buffer.from(text, "base64")));
    const point = new Uint8Array(Buffer.from(POINTS[0] ?? "", "base64"));
    const changed = fc
      .tuple(fc.constantFrom(point, ...evil), fc.nat(), fc.nat(255))
      .map(([bytes, at, byte]) => bytes.with(at % bytes.length, byte));
    let readings = 0;
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (bytes) => {
        readings += 1;
        try {
          readPickle(bytes);
        } catch (error) {
          if (!MemoryError.isInstance(error)) throw error;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(readings).toBeGreaterThanOrEqual(3_000);
  });

  test("a payload that names one value again and again does not grow without bound", async () => {
    // ]q = [x, x] of the one before, 40 times: 2^40 values when it is unfolded.
    const nest = Array.from({ length: 40 }, (_, level) => [0x5d, 0x94, 0x68, level, 0x61, 0x68, level, 0x61]).flat();
    const head = [0x80, 4, 0x5d, 0x94, ...nest];
    const last = [0x68, 40];
    const bytes = [
      ...head, 0x30, 0x7d, ...pickledText("id"), ...pickledText("e"), 0x73, ...pickledText("payload"), 0x7d, ...pickledText("data"), ...pickledText("x"), 0x73, ...pickledText("big"), ...last, 0x73, 0x73, 0x2e,
    ]; // prettier-ignore
    const plan = await planOf(qdrantFolder({ mem0: [Buffer.from(bytes).toString("base64")] }));
    expect(plan.skipped).toMatchObject([{ reason: "its payload is too large" }]);
  });
});

describe("the command", () => {
  test("a dry run counts and stores nothing; a second run changes nothing", async () => {
    const path = write("memories.json", [ITEM, { ...ITEM, id: "b", user_id: null }]);
    const target = newPath("memory.db");
    const dry = await runCli(["import", "--from", "mem0", path, "--to", target, "--dry-run"]);
    expect(dry).toMatchObject({ status: 0, stderr: "" });
    expect(dry.stdout).toMatch(/Memories: 1 of 1 users[^]*Skipped: 1\n[^]*b: names no user[^]*Nothing was stored/u);
    expect(existsSync(target)).toBe(false);
    const first = await runCli(["import", "--from", "mem0", path, "--to", target]);
    expect(first.stdout).toContain("Imported: 1. There already: 0.");
    const second = await runCli(["import", "--from", "mem0", path, "--to", target]);
    expect(second.stdout).toContain("Imported: 0. There already: 1.");
  });

  test("a memory that was purged here is not brought back", async () => {
    const path = write("memories.json", [ITEM]);
    const target = newPath("memory.db");
    await runCli(["import", "--from", "mem0", path, "--to", target]);
    const memory = new Memory({ dbPath: target });
    await memory.purge([ITEM.id]);
    await memory.close();
    const again = await runCli(["import", "--from", "mem0", path, "--to", target]);
    expect(again.stdout).toContain("Imported: 0.");
    expect(again.stdout).toContain("left so: 1");
  });

  test.each([
    [["import", "--from", "zep", "package.json"], 2, /--from expects one of/u],
    [["import", "--from", "mem0"], 2, /Usage/u],
    [["import", "--from", "mem0", "/nowhere/at-all"], 1, /There is no/u],
    [["import", "--from", "mem0", "https://127.0.0.1:1"], 1, /--api-key/u],
    [["import", "--from", "mem0", "http://127.0.0.1:1", "--api-key", "k"], 1, /cannot be reached/u],
  ])("%j ends with %i", async (args, status, message) => {
    const result = await runCli(args);
    expect(result.status).toBe(status);
    expect(result.stderr).toMatch(message);
  });

  test("files of others are told apart from Mem0's", async () => {
    const path = newPath("other.db");
    const database = new DatabaseSync(path);
    database.exec("CREATE TABLE albums(id INTEGER)");
    database.close();
    await expect(readMem0Path(path, undefined)).rejects.toThrow(/none of Mem0's/u);
    const empty = newPath("");
    await expect(readMem0Path(empty, undefined)).rejects.toThrow(/holds nothing of Mem0's/u);
  });
});
