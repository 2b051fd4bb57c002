import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const HOUR = 3_600_000;
let ahead = 0;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ now: () => Date.now() + ahead, allowPrivateAddresses: true });
});

afterAll(async () => {
  await server.remove();
});

it("keys end when the clock says so and work again when it was wrong", async () => {
  const made = await server.call("POST", "/api/v1/keys/", {
    label: "an hour",
    expires_at: new Date(Date.now() + HOUR).toISOString(),
  });
  const headers = { authorization: `Token ${(made.body as { key: string }).key}` };
  const status = async (): Promise<number> => (await server.call("GET", "/v1/ping/", undefined, headers)).status;
  expect(await status()).toBe(200);
  ahead = 2 * HOUR;
  expect(await status()).toBe(401);
  ahead = -48 * HOUR;
  expect(await status()).toBe(200);
  ahead = 0;
});

it("events are listed and webhooks sent, whatever the clock did in between", async () => {
  const told: string[] = [];
  const http = createServer((request, response) => {
    request.resume();
    told.push(String(request.headers["x-recollect-delivery"]));
    response.end("{}");
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  try {
    const { body } = await server.call("GET", "/v1/ping/");
    await server.call("POST", `/api/v1/webhooks/projects/${(body as { project_id: string }).project_id}/`, {
      name: "clock",
      url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
      event_types: ["memory_add"],
    });
    for (const [index, jump] of [24 * HOUR, 0, -24 * HOUR, 365 * 24 * HOUR, 0].entries()) {
      ahead = jump;
      const added = await server.call("POST", "/v3/memories/add/", {
        messages: `I own boat number ${index}.`,
        user_id: "clock",
        infer: false,
      });
      expect(added.status).toBe(200);
      const { event_id: id } = added.body as { event_id: string };
      ahead = -jump;
      const event = await server.call("GET", `/v1/event/${id}/`);
      expect(event).toMatchObject({ status: 200, body: { status: "SUCCEEDED" } });
    }
    ahead = 0;
    expect((await server.call("GET", "/v1/events/")).body).toMatchObject({ count: 5 });
    await expect.poll(() => new Set(told).size, { timeout: 10_000 }).toBe(5);
  } finally {
    http.close();
  }
});
