import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
let now = Date.now();

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
});

afterAll(async () => {
  await server.remove();
});

/** Without the key that `server.call` sends. */
async function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

async function signIn(): Promise<{ cookie: string; csrf: string; header: string }> {
  const { body, headers } = await call("POST", "/session/", {}, { key: server.key });
  const header = headers.get("set-cookie") ?? "";
  return { header, cookie: header.split(";", 1)[0] ?? "", csrf: String(body["csrf_token"]) };
}

describe("a browser's session", () => {
  it("is a cookie that no script can read and no other site sends", async () => {
    const { header } = await signIn();
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"]) expect(header).toContain(part);
    expect(header).not.toContain(server.key);
    expect((await call("POST", "/session/", {}, { key: "rcl_wrong" })).status).toBe(401);
  });

  it("reads with the cookie, and changes with the token beside it", async () => {
    const { cookie, csrf } = await signIn();
    expect((await call("GET", "/v1/stats/", { cookie })).status).toBe(200);
    const add = { messages: [{ role: "user", content: "Ida keeps bees." }], user_id: "ida", infer: false };
    expect((await call("POST", "/v3/memories/add/", { cookie }, add)).status).toBe(403);
    expect((await call("POST", "/v3/memories/add/", { cookie, "x-csrf-token": "guess" }, add)).status).toBe(403);
    expect((await call("POST", "/v3/memories/add/", { cookie, "x-csrf-token": csrf }, add)).status).toBe(200);
    expect((await call("GET", "/session/", { cookie })).body["csrf_token"]).toBe(csrf);
  });

  it("ends when it is signed out, when its time is over, and with its key", async () => {
    const first = await signIn();
    await call("DELETE", "/session/", { cookie: first.cookie });
    expect((await call("GET", "/v1/stats/", { cookie: first.cookie })).status).toBe(401);

    const made = (await server.call("POST", "/api/v1/keys/", { label: "browser", role: "reader" })).body as {
      id: string;
      key: string;
    };
    const { headers } = await call("POST", "/session/", {}, { key: made.key });
    const cookie = (headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
    expect((await call("GET", "/v1/stats/", { cookie })).status).toBe(200);
    await server.call("DELETE", `/api/v1/keys/${made.id}/`);
    expect((await call("GET", "/v1/stats/", { cookie })).status).toBe(401);

    const last = await signIn();
    now += 13 * 60 * 60 * 1000;
    expect((await call("GET", "/v1/stats/", { cookie: last.cookie })).status).toBe(401);
  });

  it("is not in the file as it is in the cookie", async () => {
    const { cookie } = await signIn();
    const { readFileSync } = await import("node:fs");
    const token = cookie.split("=")[1] ?? "";
    for (const file of ["control.db", "control.db-wal"])
      expect(readFileSync(`${server.folder}/${file}`).includes(token)).toBe(false);
  });
});
