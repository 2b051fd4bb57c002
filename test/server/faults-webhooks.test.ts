import { afterEach, expect, it } from "vitest";
import { isGenuine, startReceiver } from "../support/server-receiver.ts";
import type { Receiver } from "../support/server-receiver.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let ahead = 0;
const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  ahead = 0;
  for (const end of ends.splice(0)) await end();
});

async function start(allowPrivateAddresses = true): Promise<TestServer> {
  const server = await startTestServer({ allowPrivateAddresses, now: () => Date.now() + ahead });
  ends.push(() => server.remove());
  return server;
}

async function listen(...answers: Receiver["answers"]): Promise<Receiver> {
  const receiver = await startReceiver(...answers);
  ends.push(receiver.close);
  return receiver;
}

async function subscribe(server: TestServer, url: string): Promise<{ id: string; secret: string; project: string }> {
  const { body } = await server.call("GET", "/v1/ping/");
  const project = (body as { project_id: string }).project_id;
  const made = await server.call("POST", `/api/v1/webhooks/projects/${project}/`, {
    name: "hook",
    url,
    event_types: ["memory_add", "memory_update", "memory_delete"],
  });
  expect(made.status).toBe(201);
  const { webhook_id: id, secret } = made.body as { webhook_id: string; secret: string };
  return { id, secret, project };
}

async function add(server: TestServer, text: string): Promise<string> {
  const { body } = await server.call("POST", "/v3/memories/add/", { messages: text, user_id: "u", infer: false });
  return (body as { results: { id: string }[] }).results[0]?.id ?? "";
}

type Row = Record<"state" | "error", string> & Record<"delivery_id" | "attempts" | "status", number>;

async function log(server: TestServer, webhook: string): Promise<Row[]> {
  return (await server.call("GET", `/api/v1/webhooks/${webhook}/deliveries/`)).body as Row[];
}

it("tells of adds, changes and deletions, signed, with the time, and shows the secret once", async () => {
  const [server, receiver] = await Promise.all([start(), listen(200)]);
  const { id, secret, project } = await subscribe(server, receiver.url);
  const memory = await add(server, "I own a kiln.");
  await expect.poll(() => receiver.calls.length, { timeout: 5_000 }).toBe(1);
  await server.call("PUT", `/v1/memories/${memory}/`, { text: "I own two kilns." });
  await expect.poll(() => receiver.calls.length, { timeout: 5_000 }).toBe(2);
  await server.call("DELETE", `/v1/memories/${memory}/`);
  await expect.poll(() => receiver.calls.length, { timeout: 5_000 }).toBe(3);
  expect(receiver.calls.map(({ body }) => body["event_details"])).toMatchObject([
    { id: memory, event: "ADD", data: { memory: "I own a kiln." } },
    { id: memory, event: "UPDATE", data: { memory: "I own two kilns." } },
    { id: memory, event: "DELETE", data: { memory: null } },
  ]);
  for (const call of receiver.calls) {
    expect(isGenuine(call, secret)).toBe(true);
    expect(isGenuine({ ...call, text: call.text.replace("kiln", "oven") }, `${secret}x`)).toBe(false);
    expect(isGenuine(call, secret, Date.now() + 3_600_000)).toBe(false);
  }
  const shown = [
    await server.call("GET", `/api/v1/webhooks/projects/${project}/`),
    await server.call("PUT", `/api/v1/webhooks/${id}/`, { name: "other" }),
    await server.call("GET", `/api/v1/webhooks/${id}/deliveries/`),
    await server.call("GET", "/api/v1/audit/"),
  ];
  expect(JSON.stringify(shown.map(({ body }) => body))).not.toContain(secret);
  expect(server.lines.join("")).not.toContain(secret);
});

it("tries again with growing pauses after a 500 and after no answer at all, keeps a log, and sends again when told", async () => {
  const [server, receiver] = await Promise.all([start(), listen(500, "hang", 200)]);
  const { id, secret } = await subscribe(server, receiver.url);
  await add(server, "I own a loom.");
  await expect.poll(() => log(server, id), { timeout: 5_000 }).toMatchObject([{ state: "waiting", attempts: 1 }]);
  expect(await log(server, id)).toMatchObject([{ status: 500, error: "The receiver answered 500." }]);
  // The first pause is 15 s, the second 30 s.
  ahead = 10_000;
  await new Promise((resolve) => {
    setTimeout(resolve, 2_500);
  });
  expect(receiver.calls).toHaveLength(1);
  ahead = 16_000;
  await expect.poll(() => receiver.calls.length, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => log(server, id), { timeout: 15_000 }).toMatchObject([{ attempts: 2, status: null }]);
  ahead = 16_000 + 25_000;
  await new Promise((resolve) => {
    setTimeout(resolve, 2_500);
  });
  expect(receiver.calls).toHaveLength(2);
  ahead = 16_000 + 45_000;
  await expect.poll(() => receiver.calls.length, { timeout: 5_000 }).toBe(3);
  await expect
    .poll(() => log(server, id))
    .toMatchObject([{ state: "delivered", attempts: 3, status: 200, error: null }]);
  const [{ delivery_id: number } = { delivery_id: 0 }] = await log(server, id);
  const again = await server.call("POST", `/api/v1/webhooks/${id}/deliveries/${number}/replay/`);
  expect(again.status).toBe(200);
  await expect.poll(() => receiver.calls.length, { timeout: 5_000 }).toBe(4);
  const replayed = receiver.calls[3];
  expect(replayed !== undefined && isGenuine(replayed, secret, Date.now() + ahead)).toBe(true);
  expect(replayed?.headers["x-recollect-delivery"]).toBe(String(number));
});

it("calls no private address unless that is allowed, whatever the name in front of it", async () => {
  const [server, receiver] = await Promise.all([start(false), listen(200)]);
  const { port } = new URL(receiver.url);
  const hooks: string[] = [];
  for (const host of ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1", "169.254.169.254"])
    hooks.push((await subscribe(server, `http://${host}:${port}/`)).id);
  await add(server, "I own a press.");
  for (const id of hooks) {
    await expect.poll(() => log(server, id), { timeout: 8_000 }).toMatchObject([{ attempts: 1, status: null }]);
    expect((await log(server, id))[0]?.error).toMatch(/private|not public|address/iu);
  }
  expect(receiver.calls).toEqual([]);
});

it("follows no redirect: a receiver cannot send us into the network", async () => {
  const [server, inner] = await Promise.all([start(), listen(200)]);
  const outer = await listen((response) => response.writeHead(307, { location: inner.url }).end());
  const { id } = await subscribe(server, outer.url);
  await add(server, "I own a lathe.");
  await expect.poll(() => log(server, id), { timeout: 5_000 }).toMatchObject([{ state: "waiting", status: 307 }]);
  expect(outer.calls).toHaveLength(1);
  expect(inner.calls).toEqual([]);
});
