import { afterEach, describe, expect, it, vi } from "vitest";
import { RequestLimits } from "../../src/server/limit-requests.ts";
import { openSocket } from "../support/server-raw.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const servers: TestServer[] = [];

async function start(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.remove()));
});

describe("backpressure", () => {
  it("more requests than maxInFlight are answered 429 with Retry-After, and the probes go on", async () => {
    const server = await start({ maxInFlight: 3 });
    const held = Array.from({ length: 3 }, () => {
      const { socket, received } = openSocket(server.url);
      socket.write(
        `POST /v3/memories/search/ HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${server.key}\r\nContent-Length: 50\r\n\r\n`,
      );
      return { socket, received };
    });
    await expect.poll(() => server.call("GET", "/v1/ping/").then(({ status }) => status)).toBe(429);
    const refused = await server.call("GET", "/v1/ping/");
    expect(refused.body).toMatchObject({ code: "rate_limited" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await server.call("GET", "/health/")).status).toBe(200);
    for (const { socket } of held) socket.write(JSON.stringify({ query: "x", filters: { user_id: "u" } }).padEnd(50));
    await expect.poll(() => held.every(({ received }) => received().startsWith("HTTP/1.1 200"))).toBe(true);
    for (const { socket } of held) socket.destroy();
    await expect.poll(() => server.call("GET", "/v1/ping/").then(({ status }) => status)).toBe(200);
  });

  it("a key has its own minute, and another key none of it", async () => {
    const server = await start({ requestsPerMinute: 5 });
    const made = await server.call("POST", "/api/v1/keys/", { label: "other", role: "reader" });
    const other = { authorization: `Token ${(made.body as { key: string }).key}` };
    for (let request = 0; request < 4; request += 1) expect((await server.call("GET", "/v1/ping/")).status).toBe(200);
    const refused = await server.call("GET", "/v1/ping/");
    expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await server.call("GET", "/v1/ping/", undefined, other)).status).toBe(200);
  });

  it("a minute lasts a minute, also when the clock of the machine is set back a day", () => {
    const limits = new RequestLimits({ maxInFlight: 1, requestsPerMinute: 1 });
    expect(limits.secondsUntilFree("key")).toBe(0);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 86_400_000 });
    try {
      expect(limits.secondsUntilFree("key")).toBeLessThanOrEqual(60);
    } finally {
      vi.useRealTimers();
    }
  });

  it("a body that is too long is refused with 413, announced or not", async () => {
    const server = await start({ maxBodyBytes: 2_000 });
    const long = JSON.stringify({ messages: "x".repeat(100_000), user_id: "u" });
    expect(await server.call("POST", "/v3/memories/add/", long)).toMatchObject({ status: 413 });
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(long));
        controller.close();
      },
    });
    const streamed = await fetch(`${server.url}/v3/memories/add/`, {
      method: "POST",
      headers: { authorization: `Token ${server.key}` },
      body: chunks,
      duplex: "half",
    });
    expect(streamed.status).toBe(413);
    expect(await streamed.json()).toMatchObject({ code: "invalid_input" });
    expect((await server.call("GET", "/v1/ping/")).status).toBe(200);
  });
});

describe("doors that are shut unless opened", () => {
  it("listens on this machine alone", async () => {
    expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
  });

  it("lets no browser of another origin read, and those that are named", async () => {
    const closed = await start();
    const origin = { origin: "https://app.example" };
    const plain = await closed.call("GET", "/v1/ping/", undefined, origin);
    expect(plain.headers.get("access-control-allow-origin")).toBeNull();
    const asked = await closed.call("OPTIONS", "/v1/ping/", undefined, origin);
    expect(asked).toMatchObject({ status: 403, body: { code: "unauthorized" } });
    const open = await start({ allowedOrigins: ["https://app.example"] });
    expect((await open.call("GET", "/v1/ping/", undefined, origin)).headers.get("access-control-allow-origin")).toBe(
      "https://app.example",
    );
    const foreign = await open.call("GET", "/v1/ping/", undefined, { origin: "https://evil.example" });
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a body nested deep", () => {
  const nestings = {
    lists: `{"filters":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
    objects: `{"filters":${'{"AND":['.repeat(20_000)}${"]}".repeat(20_000)}}`,
    "lists in a quoted text's shadow": `{"query":"\\"","filters":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
  };
  for (const [shape, body] of Object.entries(nestings))
    it(`${shape}: is refused before anybody walks down it`, async () => {
      const server = await start();
      for (const path of ["/v1/exports/get/", "/v1/exports/", "/v3/memories/search/", "/v3/memories/add/"]) {
        const response = await fetch(new URL(path, server.url), {
          method: "POST",
          headers: { authorization: `Token ${server.key}`, "content-type": "application/json" },
          body,
        });
        expect([path, response.status]).toEqual([path, 400]);
        const answer = await response.json();
        expect(answer).toMatchObject({ code: "invalid_input" });
        expect(JSON.stringify(answer)).toContain("nested too deep");
      }
      expect(server.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    });

  it("brackets within a text are no levels", async () => {
    const server = await start();
    const content = `I live in Oslo. ${"[{".repeat(500)} "`;
    const added = await server.call("POST", "/v3/memories/add/", {
      messages: [{ role: "user", content }],
      user_id: "ann",
      infer: false,
    });
    expect(added.status).toBe(200);
  });
});
