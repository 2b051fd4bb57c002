import { afterAll, beforeAll, expect, it } from "vitest";
import { openSocket } from "../support/server-raw.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ headTimeoutMs: 500, requestTimeoutMs: 1_500 });
});

afterAll(async () => {
  await server.remove();
});

/** Sends bytes one by one until the connection is closed. */
async function drip(text: string, pauseMs: number): Promise<{ received: string; milliseconds: number }> {
  const start = performance.now();
  const { socket, received } = openSocket(server.url);
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      resolve();
    });
  });
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text[at % text.length] ?? "");
    at += 1;
  }, pauseMs);
  await closed;
  clearInterval(timer);
  return { received: received(), milliseconds: performance.now() - start };
}

it("a client whose head never ends is cut off", async () => {
  const { received, milliseconds } = await drip(`GET /v1/ping/ HTTP/1.1\r\nX-Slow: ${"a".repeat(10_000)}`, 50);
  expect(received).toMatch(/^HTTP\/1\.1 408 /u);
  expect(received).toContain('"request_id"');
  expect(milliseconds).toBeLessThan(5_000);
});

it("a client whose body never ends is cut off, and others do not wait for it", async () => {
  const head = `POST /v3/memories/add/ HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${server.key}\r\nContent-Length: 90000\r\n\r\n`;
  const slow = Array.from({ length: 20 }, async () => {
    const start = performance.now();
    const { socket, received } = openSocket(server.url);
    socket.write(`${head}{"messages":"`);
    const timer = setInterval(() => socket.write("a"), 50);
    await new Promise<void>((resolve) => {
      socket.once("close", () => {
        resolve();
      });
    });
    clearInterval(timer);
    return { received: received(), milliseconds: performance.now() - start };
  });
  const start = performance.now();
  expect((await server.call("GET", "/v1/ping/")).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(1_000);
  for (const { received, milliseconds } of await Promise.all(slow)) {
    expect(received).toMatch(/^HTTP\/1\.1 408 /u);
    expect(milliseconds).toBeLessThan(6_000);
  }
});

it("uploads that break off leave nothing behind and take no place", async () => {
  const { body } = await server.call("GET", "/v1/stats/");
  const line = JSON.stringify({ messages: "I like tea.", user_id: "broken" });
  for (let round = 0; round < 60; round += 1) {
    const { socket } = openSocket(server.url);
    const path = round % 2 === 0 ? "/v3/memories/add/" : "/v1/import/";
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${server.key}\r\nContent-Length: ${line.length + 100}\r\n\r\n${line}`,
    );
    await new Promise((resolve) => {
      setTimeout(resolve, round % 7);
    });
    if (round % 3 === 0) socket.resetAndDestroy();
    else socket.destroy();
  }
  await expect
    .poll(async () => {
      const metrics = await fetch(`${server.url}/metrics`, { headers: { authorization: `Token ${server.key}` } });
      // The one that asks is under way itself.
      return (await metrics.text()).includes("recollect_requests_in_flight 1\n");
    })
    .toBe(true);
  const after = await server.call("GET", "/v1/stats/");
  expect((after.body as { store: unknown }).store).toMatchObject({
    memories: (body as { store: { memories: object } }).store.memories,
  });
  expect((await server.call("POST", "/v1/verify/", {})).body).toMatchObject({ isSound: true });
  expect(server.lines.filter((each) => each.includes('"level":"error"'))).toEqual([]);
});
