import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

type Json = Record<string, unknown>;

const program = join(import.meta.dirname, "../clients/node_modules/@mem0/cli/dist/index.js");

let server: TestServer;
let home: string;

beforeAll(async () => {
  server = await startTestServer();
  home = mkdtempSync(join(tmpdir(), "recollect-mem0-cli-"));
});

afterAll(async () => {
  await server.remove();
  rmSync(home, { recursive: true, force: true });
});

/** Runs `mem0` in a home of its own; what it prints as JSON, and its exit status. */
function mem0(...args: string[]): Promise<{ status: number; out: Json }> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    MEM0_API_KEY: server.key,
    MEM0_BASE_URL: server.url,
    MEM0_TELEMETRY: "false",
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, "--json", ...args], { env, timeout: 30_000 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : Number(error.code ?? 1);
      // Imports say how far they are before they print their result.
      const start = stdout.indexOf("{");
      resolve({ status, out: start < 0 ? { stdout, stderr } : (JSON.parse(stdout.slice(start)) as Json) });
    });
  });
}

// A command of this client lives for five seconds whatever it does: what does not depend on one another runs side by side.
describe("@mem0/cli 0.2.13", () => {
  it("reports the connection, and is told of a wrong key", async () => {
    const [status, refused] = await Promise.all([mem0("status"), mem0("list", "-u", "hana", "--api-key", "rcl_wrong")]);
    expect(status).toMatchObject({ status: 0, out: { status: "success" } });
    expect(refused).toMatchObject({ status: 1, out: { status: "error" } });
  });

  it("adds, searches, gets, updates, lists and deletes", async () => {
    const added = await mem0("add", "Hana grows saffron.", "-u", "hana", "--no-infer", "--metadata", '{"a":1}');
    expect(added).toMatchObject({ status: 0, out: { status: "success" } });
    const [found, listed] = await Promise.all([
      mem0("search", "What does Hana grow?", "-u", "hana", "--threshold", "0.1"),
      mem0("list", "-u", "hana", "--page-size", "10"),
    ]);
    const [hit] = found.out["data"] as Json[];
    expect(hit?.["memory"]).toBe("Hana grows saffron.");
    expect(listed).toMatchObject({ status: 0, out: { count: 1 } });
    const id = String(hit?.["id"]);
    expect(await mem0("update", id, "Hana grows basil.", "-m", '{"b":2}')).toMatchObject({ status: 0 });
    const got = await mem0("get", id);
    expect(JSON.stringify(got.out["data"])).toContain("basil");
    expect(await mem0("delete", id, "--force")).toMatchObject({ status: 0 });
    expect(await server.call("GET", `/v1/memories/${id}/`)).toMatchObject({ status: 404 });
  });

  it("imports a file, lists entities and events, and deletes an entity", async () => {
    const file = join(home, "import.json");
    writeFileSync(file, JSON.stringify([{ memory: "Ivo mends nets." }, { text: "Ivo has two boats." }]));
    expect(await mem0("import", file, "-u", "ivo")).toMatchObject({ status: 0 });
    const [entities, events] = await Promise.all([mem0("entity", "list", "users"), mem0("event", "list")]);
    expect(JSON.stringify(entities.out)).toContain("ivo");
    const [event] = events.out["data"] as Json[];
    expect(event).toMatchObject({ status: "SUCCEEDED" });
    const [one, removed] = await Promise.all([
      mem0("event", "status", String(event?.["id"])),
      mem0("delete", "--entity", "-u", "ivo", "--force"),
    ]);
    expect(one).toMatchObject({ status: 0 });
    expect(removed).toMatchObject({ status: 0 });
    expect((await server.call("POST", "/v3/memories/", { filters: { user_id: "ivo" } })).body).toMatchObject({
      count: 0,
    });
  });
}, 120_000);
