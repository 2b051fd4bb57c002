import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backUpServer, restoreServer } from "../../src/cli/server-backup.ts";
import { Memory } from "../../src/memory.ts";
import { CONTROL_VERSION } from "../../src/server/control/control-schema.ts";
import { ControlStore } from "../../src/server/control/control-store.ts";
import { writeControlVersion3 } from "../support/control-version-3.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const SECRET = "rcl_0123456789abcdef0123456789abcdef0123456789abcdef";

let folder: string;
let server: TestServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-upgrade-"));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const control = (): string => join(folder, "control.db");
const copies = (): string[] => readdirSync(folder).filter((name) => name.includes(".version-"));

function versionOf(path: string): number {
  const database = new DatabaseSync(path);
  try {
    return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  } finally {
    database.close();
  }
}

function setVersion(path: string, version: number): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version=${version}; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;`);
  database.close();
}

function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

describe("control.db of the version before", () => {
  it("is brought up when the server starts: keys, projects and exports are there, and a copy of it as it was", async () => {
    writeControlVersion3(control(), SECRET);
    server = await startTestServer({ dataFolder: folder });
    expect(server.firstKey).toBeNull();
    const headers = { authorization: `Token ${SECRET}` };
    expect((await server.call("GET", "/v1/ping/", undefined, headers)).body).toMatchObject({ project_id: "proj_old" });
    const id = "00000000-0000-7000-8000-000000000001";
    const old = await server.call("POST", "/v1/exports/get/", { memory_export_id: id }, headers);
    expect(old).toMatchObject({ status: 200, body: { city: null } });
    const made = await server.call("POST", "/v1/exports/", { schema: {}, filters: { user_id: "a" } }, headers);
    expect(made.status).toBe(201);
    expect(server.lines.join("")).toContain("brought up");
    await server.close();
    server = undefined;
    expect(versionOf(control())).toBe(CONTROL_VERSION);
    const [copy = "", ...others] = copies();
    expect(others).toEqual([]);
    expect(copy).toMatch(/^control\.db\.version-3\.\d{8}T\d{6}Z$/u);
    expect(versionOf(join(folder, copy))).toBe(3);
    expect(statSync(join(folder, copy)).mode & 0o777).toBe(0o600);
  });

  it("is not copied again when it is new, nor when nothing was there", () => {
    new ControlStore(control()).close();
    new ControlStore(control()).close();
    expect(copies()).toEqual([]);
  });

  it("stays as it is when it cannot be brought up", () => {
    writeControlVersion3(control(), SECRET);
    const database = new DatabaseSync(control());
    database.exec("ALTER TABLE exports ADD COLUMN instructions TEXT");
    database.close();
    expect(() => new ControlStore(control())).toThrow(/duplicate column/u);
    expect(versionOf(control())).toBe(3);
    const store = new DatabaseSync(control());
    expect(store.prepare("SELECT count(*) AS count FROM keys").get()).toEqual({ count: 1 });
    store.close();
  });

  it("goes back by the copy: the version before opens it with what it held", () => {
    writeControlVersion3(control(), SECRET);
    new ControlStore(control()).close();
    const [copy = ""] = copies();
    const back = join(folder, "back.db");
    copyFileSync(join(folder, copy), back);
    expect(versionOf(back)).toBe(3);
    const store = new DatabaseSync(back);
    expect(store.prepare("SELECT id, org_id FROM projects").all()).toEqual([{ id: "proj_old", org_id: "org_old" }]);
    expect(store.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    store.close();
  });
});

describe("a file of a newer version", () => {
  it("control.db is refused in one line and not a byte of it changes", async () => {
    writeControlVersion3(control(), SECRET);
    setVersion(control(), CONTROL_VERSION + 1);
    const before = digestOf(control());
    await expect(startTestServer({ dataFolder: folder })).rejects.toMatchObject({
      code: "store_failed",
      message: expect.stringMatching(/newer Recollect.*left as it is/u) as string,
    });
    expect(digestOf(control())).toBe(before);
    expect(copies()).toEqual([]);
  });

  it("a project's file is refused for that project alone", async () => {
    server = await startTestServer({ dataFolder: folder });
    const { project_id: project } = (await server.call("GET", "/v1/ping/")).body as { project_id: string };
    const path = join(folder, "projects", project, "memory.db");
    mkdirSync(join(folder, "projects", project), { recursive: true });
    const memory = new Memory({ dbPath: path });
    await memory.add("I live in Porto.", { userId: "alice" });
    await memory.close();
    setVersion(path, 9_999);
    const before = digestOf(path);
    const answer = await server.call("POST", "/v3/memories/", { filters: { user_id: "alice" } });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(answer.body)).toMatch(/newer Recollect/u);
    expect((await server.call("GET", "/v1/ping/")).status).toBe(200);
    expect(digestOf(path)).toBe(before);
  });
});

describe("a whole folder", () => {
  it("upgrades and goes back: backup, new version, restore, old memories", async () => {
    const data = join(folder, "data");
    mkdirSync(join(data, "projects", "proj_old"), { recursive: true });
    writeControlVersion3(join(data, "control.db"), SECRET);
    const file = join(data, "projects", "proj_old", "memory.db");
    const memory = new Memory({ dbPath: file });
    await memory.add("I live in Porto.", { userId: "alice" });
    await memory.close();
    // Version 3 of a project's file lacked one index.
    const database = new DatabaseSync(file);
    database.exec("DROP INDEX IF EXISTS memories_feedback; PRAGMA user_version=3;");
    database.close();
    await backUpServer(data, join(folder, "backup"));

    server = await startTestServer({ dataFolder: data });
    const headers = { authorization: `Token ${SECRET}` };
    const listed = await server.call("POST", "/v3/memories/", { filters: { user_id: "alice" } }, headers);
    expect(JSON.stringify(listed.body)).toContain("Porto");
    await server.close();
    server = undefined;
    expect(versionOf(file)).toBeGreaterThan(3);

    await restoreServer(join(folder, "backup"), join(folder, "restored"));
    expect(versionOf(join(folder, "restored", "control.db"))).toBe(3);
    expect(versionOf(join(folder, "restored", "projects", "proj_old", "memory.db"))).toBe(3);
    const old = new DatabaseSync(join(folder, "restored", "projects", "proj_old", "memory.db"));
    expect(JSON.stringify(old.prepare("SELECT text FROM memories").all())).toContain("Porto");
    old.close();
  });
});
