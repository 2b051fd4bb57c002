import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const ORG = "/api/v1/orgs/organizations/";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.remove();
});

describe("organizations", () => {
  it("are made and deleted by a key of the one that runs the server, with their files", async () => {
    const made = await server.call("POST", ORG, { name: "Guests" });
    expect(made.status).toBe(201);
    const { org_id: id, project_id: project, api_key: key } = made.body as Record<string, string>;
    const theirs = { authorization: `Token ${key}` };
    const add = { messages: [{ role: "user", content: "Ida lives in Oslo." }], user_id: "ida", infer: false };
    expect((await server.call("POST", "/v3/memories/add/", add, theirs)).status).toBe(200);
    const file = join(server.folder, "projects", String(project), "memory.db");
    expect(existsSync(file)).toBe(true);
    expect((await server.call("POST", ORG, { name: "More" }, theirs)).status).toBe(403);
    expect((await server.call("DELETE", `${ORG}${id}/`, undefined, theirs)).status).toBe(403);
    expect((await server.call("DELETE", `${ORG}${id}/`)).status).toBe(200);
    expect(existsSync(file)).toBe(false);
    expect((await server.call("GET", "/v1/ping/", undefined, theirs)).status).toBe(401);
    expect((await server.call("DELETE", `${ORG}${id}/`)).status).toBe(404);
  });

  it("that runs the server stays", async () => {
    const ping = (await server.call("GET", "/v1/ping/")).body as { org_id: string };
    expect((await server.call("DELETE", `${ORG}${ping.org_id}/`)).status).toBe(409);
  });
});
