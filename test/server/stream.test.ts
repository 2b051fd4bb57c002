import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Memory } from "../../src/memory.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.remove();
});

it("an export whose scope cannot be read is refused, not answered as an empty one", async () => {
  const refused = await server.call("GET", "/v1/export/?app_id=two%20words");
  expect(refused).toMatchObject({ status: 400, body: { code: "invalid_input" } });
});

it("an export that fails half way is cut off, so that nobody takes a part for the whole", async () => {
  vi.spyOn(Memory.prototype, "export").mockImplementationOnce(async function* lines() {
    yield '{"first":1}\n';
    throw new Error("the disk is gone");
  });
  const response = await fetch(`${server.url}/v1/export/`, { headers: { authorization: `Token ${server.key}` } });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow("terminated");
  expect(server.lines.join("")).toContain("the disk is gone");
});

it("fields that are null are all of them, in each way to list and to search", async () => {
  await server.call("POST", "/v3/memories/add/", { messages: "I own a kiln.", user_id: "nia", infer: false });
  const body = { query: "kiln", filters: { user_id: "nia" }, fields: null };
  for (const path of [
    "/v3/memories/",
    "/v2/memories/",
    "/v3/memories/search/",
    "/v2/memories/search/",
    "/v1/memories/search/",
  ]) {
    const { status, body: found } = await server.call("POST", path, body);
    expect(status).toBe(200);
    expect(JSON.stringify(found)).toContain("I own a kiln.");
  }
});
