import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { root } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-import-"));

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Mem0Item {
  readonly id: string;
  readonly memory: string;
  readonly createdAt: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly user_id?: string;
  readonly agent_id?: string;
  readonly run_id?: string;
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

const row = (id: number, user: string): object => ({
  id: `a0000000-0000-4000-8000-00000000000${id}`,
  memory: `Fact ${id}.`,
  user_id: user,
  created_at: "2025-03-01T10:00:00Z",
  metadata: null,
});

const direct = (text: string, rest: object): object => ({
  messages: [{ role: "user", content: text }],
  infer: false,
  ...rest,
});

describe("files that mem0ai 3.3.1 itself wrote", () => {
  const folder = join(scratch, "oss");
  const target = join(scratch, "memory.db");
  let written: { moved: string; gone: string; all: readonly Mem0Item[] };

  beforeAll(() => {
    const script = join(root, "test/support/write-mem0-oss.ts");
    const output = execFileSync(process.execPath, [script, folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    written = JSON.parse(output) as typeof written;
  });

  test("a dry run counts them and makes no file", async () => {
    const { status, stdout } = await runCli(["import", "--from", "mem0", folder, "--to", target, "--dry-run"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Memories: 3 of 2 users, 4 versions");
    expect(stdout).toContain("1 memories stand in the history alone");
    expect(existsSync(target)).toBe(false);
  });

  test("every memory comes along as Mem0 lists it; a second run changes nothing", async () => {
    const first = await runCli(["import", "--from", "mem0", join(folder, "vector_store.db"), "--to", target]);
    expect(first.stdout).toContain("Imported: 3. There already: 0.");
    const memory = new Memory({ dbPath: target });
    expect(written.all).toHaveLength(3);
    for (const old of written.all) {
      const { expiration_date: expirationDate, ...metadata } = old.metadata;
      expect(await memory.get(old.id)).toMatchObject({
        memory: old.memory,
        createdAt: old.createdAt,
        metadata,
        ...(expirationDate === undefined ? {} : { expirationDate }),
        ...(old.user_id === undefined ? {} : { user_id: old.user_id }),
        ...(old.agent_id === undefined ? {} : { agent_id: old.agent_id }),
        ...(old.run_id === undefined ? {} : { run_id: old.run_id }),
      });
    }
    expect((await memory.history(written.moved)).map(({ new_value: text }) => text)).toEqual([
      "Alice lives in Bergen.",
      "Alice lives in Oslo.",
    ]);
    expect(await memory.get(written.gone)).toBeNull();
    const { results } = await memory.search("Where does Alice live?", { filters: { user_id: "alice" } });
    expect(results[0]?.memory).toBe("Alice lives in Bergen.");
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();

    const second = await runCli(["import", "--from", "mem0", folder, "--to", target]);
    expect(second.stdout).toContain("Imported: 0. There already: 3.");
  });
});

describe("an address with Mem0's API", () => {
  let from: TestServer;
  let to: TestServer;
  let ids: string[] = [];

  beforeAll(async () => {
    from = await startTestServer();
    to = await startTestServer();
    for (let number = 0; number < 230; number += 1)
      await from.call(
        "POST",
        "/v3/memories/add/",
        direct(`Crate ${number} holds pears.`, { user_id: `user-${number % 3}` }),
      );
    const added = await from.call(
      "POST",
      "/v3/memories/add/",
      direct("The agent is terse.", { agent_id: "bot", metadata: { a: 1 } }),
    );
    ids = (added.body as { results: { id: string }[] }).results.map(({ id }) => id);
    await from.call("PUT", `/v1/memories/${ids[0]}/`, { text: "The agent is kind." });
  });

  afterAll(async () => {
    await from.remove();
    await to.remove();
  });

  test("all pages come along into another server, with histories, and once", async () => {
    const args = ["import", "--from", "mem0", from.url, "--api-key", from.key, "--server", to.url, "--with-history"];
    const first = await runCli(args, { RECOLLECT_API_KEY: to.key });
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toContain("Memories: 231 of 4 users");
    expect(first.stdout).toContain("Imported: 231. There already: 0.");
    const { body } = await to.call("POST", "/v3/memories/", { filters: { user_id: "user-0" } });
    expect(body).toMatchObject({ count: 77 });
    const history = await to.call("GET", `/v1/memories/${ids[0]}/history/`);
    expect((history.body as unknown[]).length).toBe(2);
    const second = await runCli(args, { RECOLLECT_API_KEY: to.key });
    expect(second.stdout).toContain("Imported: 0. There already: 231.");
  });

  test("filters choose", async () => {
    const filters = JSON.stringify({ agent_id: "bot" });
    const { stdout } = await runCli(["import", "--from", "mem0", from.url, "--filters", filters, "--dry-run"], {
      MEM0_API_KEY: from.key,
    });
    expect(stdout).toContain("Memories: 1 of 1 users");
  });

  test("a wrong key is said in one line", async () => {
    const { status, stderr } = await runCli(["import", "--from", "mem0", from.url, "--api-key", "wrong"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^recollect: .*401.*--api-key\.\n$/u);
    const refused = await runCli([
      "import",
      "--from",
      "mem0",
      from.url,
      "--api-key",
      from.key,
      "--server",
      to.url,
      "--key",
      "wrong",
    ]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("401");
  });
});

describe("servers of others", () => {
  let server: Server | undefined;

  afterEach(async () => {
    await new Promise((resolve) => server?.close(resolve));
  });

  async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    server = createServer(handle);
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("Mem0's self-hosted server is listed owner by owner, with X-API-Key", async () => {
    const keys = new Set<string | undefined>();
    const url = await listen((request, response) => {
      keys.add(request.headers["x-api-key"] as string | undefined);
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
      if (pathname === "/entities")
        answer(response, 200, [
          { id: "al", type: "user" },
          { id: "bo", type: "user" },
        ]);
      else if (pathname === "/memories") {
        const user = searchParams.get("user_id") ?? "";
        answer(response, 200, { results: user === "al" ? [row(1, "al"), row(2, "al")] : [row(3, "bo"), row(1, "al")] });
      } else answer(response, 404, { detail: "Not Found" });
    });
    const { status, stdout } = await runCli(["import", "--from", "mem0", url, "--api-key", "m0sk_1", "--dry-run"]);
    expect(status).toBe(0);
    expect(stdout).toContain("self-hosted");
    expect(stdout).toContain("Memories: 3 of 2 users");
    expect([...keys]).toEqual(["m0sk_1"]);
  });

  test("a 429 is waited for", async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      calls += 1;
      if (calls === 1) answer(response, 429, { detail: "slow down" }, { "retry-after": "1" });
      else answer(response, 200, { count: 1, next: null, previous: null, results: [row(1, "al")] });
    });
    const { stdout } = await runCli(["import", "--from", "mem0", url, "--api-key", "k", "--dry-run"]);
    expect(stdout).toContain("Memories: 1 of 1 users");
    expect(calls).toBe(3);
  });

  test("neither a redirect nor the address of a next page gets the key", async () => {
    let elsewhere = 0;
    const other = createServer((_, response) => {
      elsewhere += 1;
      answer(response, 200, { results: [] });
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    let isMoved = false;
    const url = await listen((request, response) => {
      const page = Number(new URL(request.url ?? "/", "http://x").searchParams.get("page"));
      const next = page === 1 ? `${otherUrl}/v3/memories/?page=2` : null;
      if (isMoved) answer(response, 302, {}, { location: `${otherUrl}/v3/memories/` });
      else answer(response, 200, { count: 2, next, previous: null, results: [row(page, "al")] });
    });
    const pages = await runCli(["import", "--from", "mem0", url, "--api-key", "k", "--dry-run"]);
    expect(pages.stdout).toContain("Memories: 2 of 1 users");
    isMoved = true;
    const redirected = await runCli(["import", "--from", "mem0", url, "--api-key", "k", "--dry-run"]);
    expect(redirected.status).toBe(1);
    expect(elsewhere).toBe(0);
    await new Promise((resolve) => other.close(resolve));
  });
});
