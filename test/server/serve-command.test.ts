import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { SETTING_VARIABLES } from "../../src/cli/server-settings.ts";
import { PROGRAM } from "../support/program.ts";
import { read } from "../support/project-files.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-serve-"));
const running = new Set<ChildProcess>();
let folders = 0;

afterEach(async () => {
  await Promise.all([...running].map((child) => stop(child)));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface Running {
  readonly url: string;
  readonly key: string | undefined;
  readonly child: ChildProcess;
  call(method: string, path: string, body?: unknown, key?: string): Promise<Reply>;
}

function newFolder(): string {
  folders += 1;
  return join(scratch, `data-${folders}`);
}

/** Nothing of this machine's own settings. */
function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("RECOLLECT_"));
  return { ...Object.fromEntries(own), ...extra };
}

async function start(
  args: readonly string[],
  { env = {}, key }: { env?: Record<string, string>; key?: string } = {},
): Promise<Running> {
  const child = spawn(process.execPath, [PROGRAM, "serve", ...args], {
    env: environment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let out = "";
  let errors = "";
  child.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`exit ${code}: ${errors}`)));
    child.stdout.on("data", (piece: Buffer) => {
      out += piece.toString();
      const found = /answers at (\S+)\n/u.exec(out)?.[1];
      // The key, where there is one, is printed at once after the address.
      if (found !== undefined) setTimeout(() => resolve(found), 50);
    });
  });
  const printed = /^ {2}(rcl_\S+)$/mu.exec(out)?.[1];
  const own = key ?? printed;
  return {
    url,
    key: printed,
    child,
    async call(method, path, body, given = own) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Token ${given}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

async function stop(child: ChildProcess): Promise<number | null> {
  running.delete(child);
  if (child.exitCode !== null) return child.exitCode;
  return await new Promise((resolve) => {
    child.on("exit", resolve);
    child.kill("SIGTERM");
  });
}

/** A command that ends by itself. */
function run(
  args: readonly string[],
  env: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, "serve", ...args], {
    env: environment(env),
    encoding: "utf8",
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

function settingsOf(
  args: readonly string[],
  env: Record<string, string> = {},
): { settings: Record<string, unknown>; origins: Record<string, string> } {
  const { status, stdout, stderr } = run([...args, "--print-config"], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as ReturnType<typeof settingsOf>;
}

const add = (text: string, userId = "alice"): Record<string, unknown> => ({
  messages: [{ role: "user", content: text }],
  user_id: userId,
  infer: false,
});

async function textsOf(server: Running, userId = "alice", key?: string): Promise<string[]> {
  const { status, body } = await server.call("POST", "/v3/memories/", { filters: { user_id: userId } }, key);
  expect({ status, body }).toMatchObject({ status: 200 });
  return (body["results"] as { memory: string }[]).map(({ memory }) => memory).toSorted();
}

async function filled(): Promise<{ data: string; key: string; file: string }> {
  const data = newFolder();
  const server = await start(["--data", data, "--port", "0"]);
  await server.call("POST", "/v3/memories/add/", add("I moved to Lund."));
  const { body } = await server.call("GET", "/v1/ping/");
  await stop(server.child);
  return { data, key: server.key ?? "", file: join(data, "projects", String(body["project_id"]), "memory.db") };
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function versionOf(path: string): number {
  const database = new DatabaseSync(path);
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  database.close();
  return version;
}

describe("the settings", () => {
  test("a file in YAML, the environment and options, each over the one before", () => {
    const file = join(scratch, "settings.yaml");
    writeFileSync(
      file,
      "port: 9001\nhost: 0.0.0.0\nrequestsPerMinute: 10\nallowedOrigins: [https://a.example]\nmemory:\n  recipe: default\n  retentionDays: 7\n  llm: { provider: openai, model: m, apiKey: sk-secret }\n",
    );
    const { settings, origins } = settingsOf(["--config", file, "--port", "9003", "--data", "/tmp/here"], {
      RECOLLECT_PORT: "9002",
      RECOLLECT_REQUESTS_PER_MINUTE: "20",
      RECOLLECT_RETENTION_DAYS: "8",
      RECOLLECT_CUSTOM_CATEGORIES: '["food", "work"]',
      RECOLLECT_EMBEDDER: "false",
      RECOLLECT_LOG_CONTENT: "true",
    });
    expect(settings).toMatchObject({
      dataFolder: "/tmp/here",
      host: "0.0.0.0",
      port: 9003,
      requestsPerMinute: 20,
      allowedOrigins: ["https://a.example"],
      logContent: true,
      memory: {
        embedder: false,
        recipe: "default",
        retentionDays: 8,
        customCategories: ["food", "work"],
        llm: { provider: "openai", model: "m", apiKey: "***" },
      },
    });
    expect(origins).toMatchObject({
      port: "option",
      requestsPerMinute: "environment",
      host: "file",
      "memory.llm": "file",
      "memory.retentionDays": "environment",
    });
  });

  test("JSON is read as well, and an empty file sets nothing", () => {
    writeFileSync(join(scratch, "settings.json"), '{ "dataFolder": "/tmp/from-file", "maxInFlight": 3 }');
    expect(settingsOf(["--config", join(scratch, "settings.json")]).settings).toMatchObject({
      dataFolder: "/tmp/from-file",
      maxInFlight: 3,
      memory: {},
    });
    writeFileSync(join(scratch, "empty.yaml"), "# nothing yet\n");
    // What nobody set is in force too.
    expect(settingsOf(["--data", "/tmp/here"], { RECOLLECT_CONFIG: join(scratch, "empty.yaml") })).toMatchObject({
      settings: { dataFolder: "/tmp/here", host: "127.0.0.1", port: 8420, memory: { retentionDays: 30 } },
      origins: { dataFolder: "option", host: "default", port: "default", "memory.retentionDays": "default" },
    });
  });

  test.each([
    ["prot: 1", /no setting "prot"/u],
    ["port: high", /port is not valid/u],
    ["memory: { recipes: x }", /no setting "recipes"/u],
    ["memory: { retentionDays: -1 }", /retentionDays must be/u],
    ["a: &a [1]\nb: *a", /alias/iu],
    ["port: [", /cannot be read/u],
  ])("a file that says %j is refused in one line", (text, message) => {
    const file = join(scratch, "wrong.yaml");
    writeFileSync(file, text);
    const { status, stdout, stderr } = run(["--config", file, "--data", newFolder()]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^recollect: /u);
  });

  test.each([
    ["RECOLLECT_PORT", "ninety"],
    ["RECOLLECT_LOG_CONTENT", "maybe"],
    ["RECOLLECT_MODEL_BUDGET", "{"],
  ])("a variable %s=%s is refused by its name", (name, value) => {
    const { status, stderr } = run(["--data", newFolder()], { [name]: value });
    expect(status).toBe(1);
    expect(stderr).toContain(name);
  });

  test("every setting has a variable, and the page names them all", () => {
    const page = read("docs/server.md");
    const variables = Object.values(SETTING_VARIABLES);
    expect(variables.length).toBeGreaterThan(25);
    expect(new Set(variables).size).toBe(variables.length);
    expect(
      Object.entries(SETTING_VARIABLES).filter((pair) => pair.some((name) => !page.includes(`\`${name}\``))),
    ).toEqual([]);
  });

  test("what is not understood ends with 2", () => {
    expect(run(["bakcup", "x"]).status).toBe(2);
    expect(run(["--prot", "1"]).status).toBe(2);
    expect(run(["key", "delete"]).status).toBe(2);
  });
});

describe("start and end", () => {
  test("the variables alone start it, the key is printed once, SIGTERM ends it with 0", async () => {
    const data = newFolder();
    const first = await start([], {
      env: { RECOLLECT_DATA: data, RECOLLECT_PORT: "0", RECOLLECT_REQUESTS_PER_MINUTE: "3" },
    });
    expect(first.key).toMatch(/^rcl_/u);
    expect((await first.call("POST", "/v3/memories/add/", add("I like rye bread."))).status).toBe(200);
    expect(await textsOf(first)).toEqual(["I like rye bread."]);
    await first.call("GET", "/v1/ping/");
    expect((await first.call("GET", "/v1/ping/")).status).toBe(429);
    expect(await stop(first.child)).toBe(0);

    const second = await start(["--data", data, "--port", "0"], { key: first.key ?? "" });
    expect(second.key).toBeUndefined();
    expect(await textsOf(second)).toEqual(["I like rye bread."]);
  });

  test("what it writes is for nobody else on the machine", async () => {
    const data = newFolder();
    // A folder that was there, readable for all.
    mkdirSync(data, { mode: 0o755 });
    const server = await start(["--data", data, "--port", "0"]);
    await server.call("POST", "/v3/memories/add/", add("Private."));
    const entries = readdirSync(data, { recursive: true, withFileTypes: true });
    expect(entries.length).toBeGreaterThan(3);
    const open = entries.filter((entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test("/health and /ready want no key", async () => {
    const { url } = await start(["--data", newFolder(), "--port", "0"]);
    for (const path of ["/health", "/ready"]) expect((await fetch(`${url}${path}`)).status).toBe(200);
  });
});

describe("keys on the machine", () => {
  test("a new owner's key while the server runs, and a reader's of one project", async () => {
    const data = newFolder();
    const server = await start(["--data", data, "--port", "0"]);
    const { body } = await server.call("GET", "/v1/ping/");
    const made = run(["key", "create", "--data", data]);
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const owner = /rcl_\S+/u.exec(made.stdout)?.[0] ?? "";
    expect(owner).not.toBe(server.key);
    expect((await server.call("GET", "/api/v1/keys/", undefined, owner)).status).toBe(200);

    const project = String(body["project_id"]);
    const reader = /rcl_\S+/u.exec(
      run(["key", "create", "--data", data, "--role", "reader", "--project", project]).stdout,
    )?.[0];
    expect((await server.call("POST", "/v3/memories/add/", add("No."), reader)).status).toBe(403);
    expect(await textsOf(server, "alice", reader)).toEqual([]);
  });

  test("wrong roles, unknown projects and folders of no server are refused", async () => {
    const data = newFolder();
    await stop((await start(["--data", data, "--port", "0"])).child);
    expect(run(["key", "create", "--data", data, "--role", "king"])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/owner/u),
    });
    expect(run(["key", "create", "--data", data, "--project", "proj_1"])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/proj_1/u),
    });
    const other = newFolder();
    expect(run(["key", "create", "--data", other])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/control\.db/u),
    });
    expect(existsSync(other)).toBe(false);
  });
});

describe("backup and restore", () => {
  test("a backup taken under writes holds whole adds, every project, and serves after a restore", async () => {
    const data = newFolder();
    const server = await start(["--data", data, "--port", "0"]);
    const { body: ping } = await server.call("GET", "/v1/ping/");
    const created = await server.call("POST", `/api/v1/orgs/organizations/${String(ping["org_id"])}/projects/`, {
      name: "second",
    });
    const second = String(created.body["project_id"] ?? created.body["id"]);
    expect(
      (await server.call("POST", "/v3/memories/add/", { ...add("Second project."), project_id: second })).status,
    ).toBe(200);
    for (let number = 0; number < 20; number += 1)
      expect((await server.call("POST", "/v3/memories/add/", add(`Before ${number}.`))).status).toBe(200);

    const end = new AbortController();
    let written = 0;
    const writer = (async () => {
      while (!end.signal.aborted) {
        if ((await server.call("POST", "/v3/memories/add/", add(`During ${written}.`, "bob"))).status === 200)
          written += 1;
      }
    })();
    const target = join(scratch, "backup");
    const child = spawn(process.execPath, [PROGRAM, "serve", "backup", target, "--data", data], {
      env: environment(),
      stdio: "pipe",
    });
    const status = await new Promise((resolve) => child.on("exit", resolve));
    const writtenDuring = written;
    end.abort();
    await writer;
    expect(status).toBe(0);
    expect(writtenDuring).toBeGreaterThan(0);
    expect(readdirSync(target).toSorted()).toEqual(["backup.json", "control.db", "projects"]);

    const restored = newFolder();
    expect(run(["restore", target, "--data", restored])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/2 projects/u),
    });
    const other = await start(["--data", restored, "--port", "0"], { key: server.key ?? "" });
    expect(other.key).toBeUndefined();
    const { body } = await other.call("POST", "/v1/verify/", {});
    expect(body).toMatchObject({ problems: [] });
    expect(await textsOf(other)).toHaveLength(20);
    // Every event that control.db knows of has its memory: the copy of a project's file is never the older one.
    const { body: events } = await other.call("GET", "/v1/events/?page_size=100");
    const rows = events["results"] as { event_type: string; results: { id: string }[] | null }[];
    const ids = rows
      .filter((row) => row.event_type === "ADD")
      .flatMap(({ results }) => (results ?? []).map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(20);
    for (const id of ids) expect((await other.call("GET", `/v1/memories/${id}/`)).status).toBe(200);
    const inSecond = await other.call("POST", "/v3/memories/", { filters: { user_id: "alice" }, project_id: second });
    expect((inSecond.body["results"] as unknown[]).length).toBe(1);
  });

  test("neither overwrites anything, and what is damaged or cut off is not restored", async () => {
    const data = newFolder();
    const server = await start(["--data", data, "--port", "0"]);
    await server.call("POST", "/v3/memories/add/", add("Kept."));
    await stop(server.child);
    const target = newFolder();
    expect(run(["backup", target, "--data", data]).status).toBe(0);
    expect(run(["backup", target, "--data", data])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/overwrites nothing/u),
    });
    expect(run(["restore", target, "--data", data])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/overwrites nothing/u),
    });

    const control = readFileSync(join(target, "control.db"));
    const damaged = Buffer.from(control);
    damaged[5_000] = (damaged[5_000] ?? 0) ^ 1;
    writeFileSync(join(target, "control.db"), damaged);
    const fresh = newFolder();
    expect(run(["restore", target, "--data", fresh])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/SHA-256/u),
    });
    expect(existsSync(fresh)).toBe(false);

    writeFileSync(join(target, "control.db"), control);
    // An empty folder, as a fresh volume is.
    mkdirSync(fresh);
    expect(run(["restore", target, "--data", fresh]).status).toBe(0);
    rmSync(join(target, "backup.json"));
    expect(run(["restore", target, "--data", newFolder()])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no whole backup/u),
    });
    expect(run(["backup", newFolder(), "--data", newFolder()])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/control\.db/u),
    });
  });

  test("a path that leads out of the backup is refused", () => {
    const target = newFolder();
    mkdirSync(target);
    const files = ["control.db", "projects/../../x/memory.db"].map((path) => ({ path, bytes: 1, sha256: "0" }));
    writeFileSync(
      join(target, "backup.json"),
      JSON.stringify({ format: "recollect-server-backup", version: 1, at: "", files }),
    );
    expect(run(["restore", target, "--data", newFolder()])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/not what this program writes/u),
    });
  });
});

describe("upgrade and rollback", () => {
  test("a project's file of version 1, without the tables that came later, opens and is brought up", async () => {
    const { data, key, file } = await filled();
    const current = versionOf(file);
    change(file, "DROP TABLE model_calls; DROP TABLE model_usage; DROP TABLE unextracted; PRAGMA user_version=1;");
    const server = await start(["--data", data, "--port", "0"], { key });
    expect(await textsOf(server)).toEqual(["I moved to Lund."]);
    expect((await server.call("GET", "/v1/ledger/")).status).toBe(200);
    expect((await server.call("POST", "/v1/verify/", {})).body).toMatchObject({ problems: [] });
    await stop(server.child);
    expect(versionOf(file)).toBe(current);
    expect(current).toBeGreaterThan(1);
  });

  test("a control.db without its later tables opens and is brought up", async () => {
    const { data, key } = await filled();
    const control = join(data, "control.db");
    const current = versionOf(control);
    change(control, "DROP TABLE deliveries; DROP TABLE webhooks; PRAGMA user_version=0;");
    const server = await start(["--data", data, "--port", "0"], { key });
    const { body } = await server.call("GET", "/v1/ping/");
    const hooks = await server.call("GET", `/api/v1/webhooks/projects/${String(body["project_id"])}/`);
    expect(hooks).toMatchObject({ status: 200, body: [] });
    await stop(server.child);
    expect(versionOf(control)).toBe(current);
  });

  test("a newer control.db is refused at the start in one line, and left as it is", async () => {
    const { data } = await filled();
    const control = join(data, "control.db");
    change(control, "PRAGMA user_version=99");
    const { status, stdout, stderr } = run(["--data", data, "--port", "0"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^recollect: .*newer Recollect.*left as it is.*Upgrade this program.*\n$/u);
    expect(versionOf(control)).toBe(99);
  });

  test("a newer project's file is refused with a clear answer, and left as it is; the others are served", async () => {
    const { data, key, file } = await filled();
    change(file, "PRAGMA user_version=99");
    const server = await start(["--data", data, "--port", "0"], { key });
    const { status, body } = await server.call("POST", "/v3/memories/", { filters: { user_id: "alice" } });
    expect(status).toBeGreaterThanOrEqual(500);
    expect(String(body["error"])).toContain("newer Recollect");
    expect((await server.call("GET", "/v1/ping/")).status).toBe(200);
    await stop(server.child);
    expect(versionOf(file)).toBe(99);
  });

  test("rolled back: the backup from before the upgrade serves what it held", async () => {
    const { data, key, file } = await filled();
    const target = newFolder();
    expect(run(["backup", target, "--data", data]).status).toBe(0);
    // The newer program was here: the older one cannot read the folder any more.
    change(file, "PRAGMA user_version=99");
    change(join(data, "control.db"), "PRAGMA user_version=99");
    const old = newFolder();
    expect(run(["restore", target, "--data", old]).status).toBe(0);
    expect(await textsOf(await start(["--data", old, "--port", "0"], { key }))).toEqual(["I moved to Lund."]);
  });
});
