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
