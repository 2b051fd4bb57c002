import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ControlStore } from "../../src/server/control/control-store.ts";
import { createKey } from "../../src/server/control/keys.ts";
import { createOrganization } from "../../src/server/control/projects.ts";
import { chatReply, startProviderServer } from "../support/provider-server.ts";
import type { Json } from "../support/clients.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
let projectKey: string;

beforeAll(async () => {
  server = await startTestServer({
    memory: {
      llm: {
        provider: "openai-compatible",
        baseURL: `http://${"user:pass"}@127.0.0.1:9/v1`,
        model: "m",
        apiKey: "sk-secret",
      },
      extractionDelayMs: 0,
    },
    chat: { baseURL: "http://127.0.0.1:9/v1", apiKey: "sk-chat" },
  });
  const { project_id: project } = (await server.call("GET", "/v1/ping/")).body as Json;
  const made = await server.call("POST", "/api/v1/keys/", { label: "p", role: "owner", project_id: project });
  projectKey = String((made.body as Json)["key"]);
});

afterAll(async () => {
  await server.remove();
});

const asProject = (): Record<string, string> => ({ authorization: `Token ${projectKey}` });

describe("/configure", () => {
  it("shows settings with secrets starred, to keys of the organization alone", async () => {
    const { status, body } = await server.call("GET", "/configure");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      llm: { provider: "openai-compatible", model: "m", apiKey: "***" },
      extraction_delay_ms: 0,
      chat: { apiKey: "***" },
      changed: [],
    });
    expect(JSON.stringify(body)).not.toMatch(/sk-secret|sk-chat|pass@/u);
    for (const method of ["GET", "POST"])
      expect((await server.call(method, "/configure", method === "GET" ? undefined : {}, asProject())).status).toBe(
        403,
      );
  });

  it("changes the language model while the server runs, and takes the change back", async () => {
    const upstream = await startProviderServer(chatReply('{"facts":[]}'));
    const change = {
      llm: { provider: "openai-compatible", config: { baseURL: `${upstream.url}/v1`, model: "new", apiKey: "sk-new" } },
    };
    const changed = await server.call("POST", "/configure", { version: "v1.1", ...change });
    expect(changed).toMatchObject({ status: 200, body: { changed: ["llm"], llm: { config: { model: "new" } } } });
    expect(JSON.stringify(changed.body)).not.toContain("sk-new");
    expect(String((changed.body as Json)["warnings"])).toContain("version");
    await server.call("POST", "/v3/memories/add/", {
      messages: [{ role: "user", content: "The allotment by the canal was given to me after seven years of waiting." }],
      user_id: "alice",
      wait: true,
    });
    expect(upstream.requests.length).toBeGreaterThan(0);
    expect(upstream.requests[0]?.body).toMatchObject({ model: "new" });
    const back = await server.call("POST", "/configure", { llm: null });
    expect(back.body).toMatchObject({ changed: [], llm: { model: "m" } });
    await upstream.close();
  });

  it("refuses what cannot be changed, what is no setting, and what no memory opens with; nothing changes then", async () => {
    for (const body of [
      { embedder: "openai" },
      { vector_store: { provider: "qdrant" } },
      { no_such: 1 },
      { includes: "work", model_concurrency: -1 },
      { includes: "work", llm: { provider: "no-such-provider" } },
    ]) {
      const { status, body: reply } = await server.call("POST", "/configure", body);
      expect([status, (reply as Json)["code"]]).toEqual([400, "invalid_input"]);
    }
    expect((await server.call("GET", "/configure")).body).toMatchObject({ changed: [] });
  });

  it("belongs to the organization that runs the server: others on it neither see nor set where messages go", async () => {
    const control = new ControlStore(join(server.folder, "control.db"));
    const { id: orgId } = createOrganization(control, "other");
    const { secret } = createKey(control, { orgId, projectId: null, role: "owner", label: "other" });
    control.close();
    const headers = { authorization: `Token ${secret}` };
    expect((await server.call("GET", "/configure", undefined, headers)).status).toBe(403);
    const change = { llm: { provider: "openai-compatible", baseURL: "http://127.0.0.1:1/v1", model: "theirs" } };
    expect((await server.call("POST", "/configure", change, headers)).status).toBe(403);
    expect((await server.call("GET", "/requests", undefined, headers)).body).toMatchObject([
      { path: "/configure/", status_code: 403 },
      { path: "/configure/", status_code: 403 },
    ]);
  });

  it("changes settings under load without one call failing", async () => {
    const add = (index: number): ReturnType<TestServer["call"]> =>
      server.call("POST", "/v3/memories/add/", {
        messages: [{ role: "user", content: `Crate ${index} holds apples.` }],
        user_id: "busy",
        infer: false,
      });
    const work = async (lane: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (let index = 0; index < 15; index += 1) {
        const added = await add(lane * 100 + index);
        const [{ id } = { id: "" }] = (added.body as { results: { id: string }[] }).results;
        const text = `Crate ${lane * 100 + index} holds pears.`;
        const others = await Promise.all([
          server.call("PUT", `/v1/memories/${id}/`, { text }),
          server.call("GET", "/v1/stats/"),
          server.call("POST", "/v1/summary/", { filters: { user_id: "busy" } }),
        ]);
        statuses.push(added.status, ...others.map(({ status }) => status));
      }
      return statuses;
    };
    const lanes = Array.from({ length: 6 }, (_, lane) => work(lane));
    const over = new AbortController();
    const done = Promise.all(lanes).finally(() => over.abort());
    let changes = 0;
    while (!over.signal.aborted) {
      expect((await server.call("POST", "/configure", { retention_days: 30 + (changes % 2) })).status).toBe(200);
      changes += 1;
    }
    expect(new Set((await done).flat())).toEqual(new Set([200]));
    expect(changes).toBeGreaterThan(5);
    await server.call("POST", "/configure", { retention_days: null });
  });

  it("names providers, and writes instructions for a use case", async () => {
    const providers = (await server.call("GET", "/configure/providers")).body as Record<string, string[]>;
    expect(providers["llm"]).toEqual(expect.arrayContaining(["openai", "anthropic", "google"]));
    expect(providers["embedder"]).toContain("openai");
    const { body } = await server.call("POST", "/generate-instructions", { use_case: "A tutor for students of maths" });
    expect(body).toMatchObject({ custom_instructions: expect.stringContaining("tutor") as string });
    expect(String((body as Json)["test_message"])).toContain("exam");
    expect((await server.call("POST", "/generate-instructions", { use_case: " " })).status).toBe(400);
  });
});

describe("keys and requests of the self-hosted server", () => {
  it("makes, lists and revokes keys; a key of one project sees its own alone", async () => {
    const made = await server.call("POST", "/api-keys", { label: "bot" });
    expect(made.status).toBe(201);
    const { id, key, key_prefix: prefix } = made.body as Record<string, string>;
    expect(key?.startsWith(prefix ?? "?")).toBe(true);
    const bot = { authorization: "", "x-api-key": key ?? "" };
    expect((await server.call("GET", "/auth/me", undefined, bot)).body).toMatchObject({
      id,
      name: "bot",
      role: "member",
    });
    const list = (await server.call("GET", "/api-keys")).body as Json[];
    expect(list.map((row) => row["label"])).toContain("bot");
    expect(JSON.stringify(list)).not.toContain(key);
    const own = (await server.call("GET", "/api-keys", undefined, asProject())).body as Json[];
    expect(own.map((row) => row["label"])).toEqual(["p"]);
    expect((await server.call("DELETE", `/api-keys/${id ?? ""}`, undefined, asProject())).status).toBe(404);
    expect((await server.call("DELETE", `/api-keys/${id ?? ""}`)).status).toBe(200);
    expect((await server.call("DELETE", `/api-keys/${id ?? ""}`)).status).toBe(400);
    expect((await server.call("GET", "/auth/me", undefined, bot)).status).toBe(401);
    expect((await server.call("GET", "/auth/setup-status", undefined, { authorization: "" })).body).toEqual({
      needsSetup: false,
    });
  });

  it("lists the last requests without their content", async () => {
    await server.call("POST", "/v3/memories/search/", { query: "where is the treasure", filters: { user_id: "zoe" } });
    const rows = (await server.call("GET", "/requests?limit=3")).body as Json[];
    expect(rows[0]).toMatchObject({
      method: "POST",
      path: "/v3/memories/search/",
      status_code: 200,
      auth_type: "api_key",
    });
    expect(rows).toHaveLength(3);
    const all = JSON.stringify((await server.call("GET", "/requests?limit=200")).body);
    expect(all).not.toMatch(/treasure|zoe/u);
    await server.call("GET", "/v1/ping/", undefined, asProject());
    const own = (await server.call("GET", "/requests?limit=200", undefined, asProject())).body as Json[];
    expect(own.length).toBeLessThan((JSON.parse(all) as unknown[]).length);
    expect(new Set(own.map((row) => row["key_id"])).size).toBe(1);
    for (const limit of ["0", "201", "x"])
      expect((await server.call("GET", `/requests?limit=${limit}`)).status).toBe(400);
  });
});

describe("sign-up", () => {
  it("is answered with 403 and where keys come from, with or without a key or a body", async () => {
    for (const [method, path] of [
      ["POST", "/api/v1/auth/agent_mode/"],
      ["PATCH", "/api/v1/auth/agent_mode/caller/"],
      ["POST", "/api/v1/auth/email_code/"],
      ["POST", "/api/v1/auth/email_code/verify/"],
      ["POST", "/v1/agent-rush/memories/"],
      ["POST", "/v1/agent-rush/memories/search/"],
      ["POST", "/auth/register"],
      ["POST", "/auth/login"],
    ] as const) {
      const { status, body } = await server.call(method, path, undefined, { authorization: "" });
      expect([path, status]).toEqual([path, 403]);
      expect((body as Json)["detail"]).toContain("POST /api/v1/keys/");
    }
  });

  it("ends Mem0's own command line with an error, not with a key", async () => {
    server.lines.length = 0;
    const home = mkdtempSync(join(tmpdir(), "recollect-sign-up-"));
    const program = join(import.meta.dirname, "../clients/node_modules/@mem0/cli/dist/index.js");
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, MEM0_BASE_URL: server.url, MEM0_TELEMETRY: "false" };
    const { status, out } = await new Promise<{ status: number; out: string }>((resolve) => {
      const args = [program, "--json", "init", "--agent", "--agent-caller", "test"];
      execFile(process.execPath, args, { env, timeout: 30_000 }, (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr }),
      );
    });
    rmSync(home, { recursive: true, force: true });
    expect(status).not.toBe(0);
    expect(server.lines.some((line) => line.includes('"operation":"agentMode","status":403'))).toBe(true);
    expect(out).not.toContain("rcl_");
  });
});
