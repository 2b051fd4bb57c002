import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../../src/client/index.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
let client: MemoryClient;

beforeAll(async () => {
  server = await startTestServer();
  client = new MemoryClient({ host: server.url, apiKey: server.key });
});

afterAll(async () => {
  await server.remove();
});

describe("recollect/client", () => {
  it("adds, waits for the event, searches and packs a context", async () => {
    const added = await client.add("I'm vegetarian and allergic to nuts.", {
      userId: "lea",
      metadata: { from_test: true },
    });
    expect((await client.waitForEvent(added.eventId)).status).toBe("SUCCEEDED");
    const { results } = await client.search("What can Lea not eat?", { filters: { user_id: "lea" }, topK: 3 });
    expect(results[0]).toMatchObject({ userId: "lea", metadata: { from_test: true } });
    const block = await client.context("What can I cook?", { userId: "lea", tokenBudget: 500 });
    expect(block.text).toContain("nuts");
    expect(block.tokens).toBeLessThanOrEqual(500);
  });

  it("digests a session", async () => {
    await client.add("I fixed the roof. We still need to paint it.", { userId: "uma", runId: "r1", wait: true });
    const { lines, sessions, tokens } = await client.digest({ userId: "uma", runId: "r1", tokenBudget: 400 });
    expect(lines.map(({ section }) => section)).toEqual(expect.arrayContaining(["done", "open"]));
    expect(lines.every(({ memoryIds }) => memoryIds.length > 0)).toBe(true);
    expect(sessions).toMatchObject([{ runId: "r1", messages: 1 }]);
    expect(tokens).toBeLessThanOrEqual(400);
  });

  it("adds once however often a key is sent", async () => {
    const options = { userId: "max", infer: false, idempotencyKey: "once" };
    const first = await client.add("Max repairs lutes.", options);
    const again = await client.add("Max repairs lutes.", options);
    expect(again.results?.[0]?.id).toBe(first.results?.[0]?.id);
    expect((await client.getAll({ filters: { user_id: "max" } })).count).toBe(1);
  });

  it("reads, changes, deletes, restores and purges", async () => {
    const added = await client.add("Nia owns a kiln.", { userId: "nia", infer: false });
    const id = added.results?.[0]?.id ?? "";
    expect((await client.update(id, { text: "Nia owns two kilns." })).memory).toBe("Nia owns two kilns.");
    expect(await client.history(id)).toHaveLength(2);
    await client.feedback(id, "POSITIVE");
    await client.delete(id);
    await expect(client.get(id)).rejects.toMatchObject({ code: "not_found" });
    expect((await client.restore(id)).state).toBe("active");
    expect(await client.purge([id])).toMatchObject({ wal: "truncated" });
    await expect(client.get(id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("walks over all pages, batches, and lists owners", async () => {
    for (let index = 0; index < 7; index += 1)
      await client.add(`Crate ${index} holds apples.`, { userId: "oli", infer: false });
    const all: string[] = [];
    for await (const memory of client.listAll({ filters: { user_id: "oli" }, pageSize: 3 })) all.push(memory.id);
    expect(new Set(all).size).toBe(7);
    await client.batchUpdate([{ memoryId: all[0] ?? "", text: "Crate 0 holds pears." }]);
    await client.batchDelete(all.slice(1));
    expect((await client.getAll({ filters: { user_id: "oli" } })).results.map(({ memory }) => memory)).toEqual([
      "Crate 0 holds pears.",
    ]);
    expect((await client.users()).results.map(({ name }) => name)).toContain("oli");
    await client.deleteUsers({ userId: "oli" });
    expect((await client.users()).results.map(({ name }) => name)).not.toContain("oli");
  });

  it("exports lines that another project takes", async () => {
    await client.add("Pia sings alto.", { userId: "pia", infer: false });
    const lines: string[] = [];
    for await (const line of client.export({ userId: "pia" })) lines.push(line);
    expect(lines.join("")).toContain("Pia sings alto.");
    const other = await startTestServer();
    try {
      const there = new MemoryClient({ host: other.url, apiKey: other.key });
      expect(await there.import(lines.join(""))).toMatchObject({ imported: 1 });
      expect((await there.getAll({ filters: { user_id: "pia" } })).count).toBe(1);
    } finally {
      await other.remove();
    }
  });

  it("reads and changes its project, its figures and its health", async () => {
    await client.updateProject({ customInstructions: "Only work." });
    expect(await client.getProject({ fields: ["custom_instructions"] })).toEqual({ customInstructions: "Only work." });
    expect(await client.stats()).toHaveProperty("totalMemories");
    expect(await client.verify()).toMatchObject({ isSound: true });
  });
});

async function playing(
  ...replies: ({ status: number; body: string; headers?: Record<string, string> } | "hang")[]
): Promise<{ url: string; seen: string[]; close: () => void }> {
  const seen: string[] = [];
  const http = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${String(request.headers["idempotency-key"] ?? "")}`);
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply === undefined || reply === "hang") return;
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body);
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seen, close: () => http.close() };
}

function open(url: string, more: object = {}): MemoryClient {
  return new MemoryClient({ host: url, apiKey: "k", ...more });
}

describe("its bad days", () => {
  const busy = { status: 503, body: "{}", headers: { "retry-after": "0" } };
  const done = { status: 200, body: '{"status":"SUCCEEDED","event_id":"e","messages":[],"warnings":[]}' };

  it("sends an add again under the same key", async () => {
    const http = await playing(busy, busy, done);
    expect(await open(http.url).add("x", { userId: "u" })).toMatchObject({ eventId: "e" });
    expect(http.seen).toHaveLength(3);
    expect(new Set(http.seen).size).toBe(1);
    http.close();
  });

  it("does not repeat what a second time would do twice, nor what is refused", async () => {
    const http = await playing(busy);
    await expect(open(http.url).purge({ userId: "u" })).rejects.toMatchObject({ details: { status: 503 } });
    expect(http.seen).toHaveLength(1);
    http.close();
    const strict = await playing({ status: 400, body: '{"code":"invalid_input","message":"filters are missing"}' });
    await expect(open(strict.url).search("q", { filters: {} })).rejects.toMatchObject({
      code: "invalid_input",
      message: "filters are missing",
    });
    expect(strict.seen).toHaveLength(1);
    strict.close();
  });

  it("ends at its time limit and at the caller's signal, and says when nobody is there", async () => {
    const http = await playing("hang");
    await expect(open(http.url, { timeoutMs: 100 }).ping()).rejects.toMatchObject({ code: "timeout" });
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 50);
    await expect(open(http.url).ping({ signal: stop.signal })).rejects.toMatchObject({ code: "aborted" });
    http.close();
    await expect(open("http://127.0.0.1:9", { maxRetries: 0 }).ping()).rejects.toMatchObject({
      code: "provider_failed",
    });
    expect(() => open("not an address")).toThrow("host must be an address");
  });

  it("reads a proxy's page as an error, and a page in place of JSON as one too", async () => {
    const proxy = await playing({ status: 502, body: "<html>Bad gateway</html>" });
    await expect(open(proxy.url, { maxRetries: 0 }).ping()).rejects.toMatchObject({ code: "provider_failed" });
    proxy.close();
    const page = await playing({ status: 200, body: "<html>Log in</html>" });
    await expect(open(page.url).ping()).rejects.toMatchObject({ code: "provider_invalid_output" });
    page.close();
  });
});

describe("recollect/client: what else Mem0's client has", () => {
  it("webhooks", async () => {
    const made = await client.createWebhook({
      name: "mine",
      url: "https://example.org/hook",
      eventTypes: ["memory_add"],
    });
    expect(made.secret).toBeTruthy();
    await client.updateWebhook({ webhookId: made.webhookId, name: "ours", isActive: false });
    const [webhook] = await client.getWebhooks();
    expect(webhook).toMatchObject({ webhookId: made.webhookId, name: "ours", isActive: false });
    expect(webhook?.secret).toBeUndefined();
    await client.deleteWebhook({ webhookId: made.webhookId });
    expect(await client.getWebhooks()).toEqual([]);
  });

  it("profiles, their jobs and settings", async () => {
    await client.add("I live in Porto.", { userId: "pia", wait: true });
    expect(await client.getProfile({ entityId: "pia" })).toMatchObject({ status: "succeeded", madeBy: "rules" });
    const job = await client.generateProfile({ entityId: "pia", idempotencyKey: "p-1" });
    expect(await client.generateProfile({ entityId: "pia", idempotencyKey: "p-1" })).toMatchObject({
      jobId: job.jobId,
      replayed: true,
    });
    expect(await client.getProfileJob({ jobId: job.jobId })).toMatchObject({ job: { succeeded: 1 } });
    expect((await client.sampleProfiles({ limit: 1 })).entityIds).toHaveLength(1);
    const schema = { properties: { home_city: { type: "string", description: "residence" } } };
    await client.updateProfileSettings({ entities: { user: { schema } } });
    expect((await client.getProfileSettings()).entities?.user?.schema).toEqual(schema);
    expect((await client.getProfile({ entityId: "pia" })).profile).toEqual({ home_city: "Porto" });
  });
});
