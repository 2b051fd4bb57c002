import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

type Json = Record<string, unknown>;
/** Mem0's client as far as it is used here; its own types name packages that are not installed. */
type Mem0Client = Record<string, (...args: unknown[]) => Promise<never>>;

const requireClient = createRequire(join(import.meta.dirname, "../clients/package.json"));

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.remove();
});

function clientOf(name: "mem0ai" | "mem0ai-2"): Mem0Client {
  const { MemoryClient } = requireClient(name) as { MemoryClient: new (options: object) => Mem0Client };
  return new MemoryClient({ apiKey: server.key, host: server.url });
}

const call = (client: Mem0Client, method: string, ...args: unknown[]): Promise<Json> => {
  const found = client[method];
  if (found === undefined) throw new Error(`the client has no method ${method}`);
  return found.apply(client, args);
};

describe("mem0ai 3.3.1 MemoryClient", () => {
  let client: Mem0Client;
  beforeAll(() => {
    client = clientOf("mem0ai");
  });

  it("pings", async () => {
    await call(client, "ping");
    expect(client).toMatchObject({ organizationId: expect.stringMatching(/^org_/u) as string });
  });

  it("adds a conversation, is told of an event, and finds the memory", async () => {
    const messages = [
      { role: "user", content: "I'm vegetarian and allergic to nuts." },
      { role: "assistant", content: "Noted." },
    ];
    const added = await call(client, "add", messages, { userId: "alice", metadata: { camelKey: 1 } });
    expect(added).toMatchObject({ status: "PENDING", eventId: expect.any(String) as string });
    const found = await call(client, "search", "What can Alice not eat?", { filters: { user_id: "alice" }, topK: 3 });
    const [first] = found["results"] as Json[];
    expect(String(first?.["memory"])).toMatch(/vegetarian|nuts/u);
    expect(first).toMatchObject({ userId: "alice", metadata: { camelKey: 1 }, score: expect.any(Number) as number });
  });

  it("imports word for word, reads, updates, lists the history, deletes", async () => {
    const added = await call(client, "add", [{ role: "user", content: "The boiler was serviced in May." }], {
      userId: "bob",
      infer: false,
    });
    expect(added["status"]).toBe("SUCCEEDED");
    const [{ id, data } = {} as Json] = added["results"] as Json[];
    expect(data).toEqual({ memory: "The boiler was serviced in May." });
    expect(await call(client, "get", id)).toMatchObject({
      id,
      memory: "The boiler was serviced in May.",
      userId: "bob",
    });
    await call(client, "update", id, { text: "The boiler was serviced in June.", metadata: { by: "Ida" } });
    expect(await call(client, "get", id)).toMatchObject({
      memory: "The boiler was serviced in June.",
      metadata: { by: "Ida" },
    });
    const history = (await call(client, "history", id)) as unknown as Json[];
    expect(history.map(({ event }) => event)).toEqual(["UPDATE", "ADD"]);
    expect(history[0]).toMatchObject({
      oldMemory: "The boiler was serviced in May.",
      newMemory: "The boiler was serviced in June.",
    });
    expect(
      await call(client, "feedback", { memoryId: id, feedback: "POSITIVE", feedbackReason: "good" }),
    ).toMatchObject({ feedback: "POSITIVE" });
    await call(client, "delete", id);
    await expect(call(client, "get", id)).rejects.toMatchObject({ errorCode: "HTTP_404" });
  });

  it("lists page by page with absolute links", async () => {
    for (let index = 0; index < 5; index += 1)
      await call(client, "add", [{ role: "user", content: `Shelf ${index} holds seeds.` }], {
        userId: "carla",
        infer: false,
      });
    const page = await call(client, "getAll", { filters: { user_id: "carla" }, page: 1, pageSize: 2 });
    expect(page).toMatchObject({ count: 5, previous: null });
    expect(page["results"]).toHaveLength(2);
    const next = await fetch(String(page["next"]), {
      method: "POST",
      headers: { authorization: `Token ${server.key}`, "content-type": "application/json" },
      body: JSON.stringify({ filters: { user_id: "carla" } }),
    });
    expect(((await next.json()) as Json)["results"]).toHaveLength(2);
  });

  it("changes and deletes in batches", async () => {
    const ids: unknown[] = [];
    for (const content of ["Tin one.", "Tin two."]) {
      const added = await call(client, "add", [{ role: "user", content }], { userId: "dan", infer: false });
      ids.push((added["results"] as Json[])[0]?.["id"]);
    }
    await call(
      client,
      "batchUpdate",
      ids.map((memoryId) => ({ memoryId, text: `Tin ${String(memoryId).slice(-2)}` })),
    );
    expect(await call(client, "get", ids[0])).toMatchObject({ memory: `Tin ${String(ids[0]).slice(-2)}` });
    await call(client, "batchDelete", ids);
    expect(await call(client, "getAll", { filters: { user_id: "dan" } })).toMatchObject({ count: 0 });
  });

  it("knows its users, and deletes one with everything of his", async () => {
    await call(client, "add", [{ role: "user", content: "Erin keeps bees." }], { userId: "alice/1", infer: false });
    const users = await call(client, "users");
    expect((users["results"] as Json[]).map(({ name }) => name)).toContain("alice/1");
    await call(client, "deleteUsers", { userId: "alice/1" });
    expect(((await call(client, "users"))["results"] as Json[]).map(({ name }) => name)).not.toContain("alice/1");
  });

  it("deletes all of a user, and refuses to delete without a name", async () => {
    await call(client, "add", [{ role: "user", content: "Fay sails." }], { userId: "fay", infer: false });
    await call(client, "deleteAll", { userId: "fay" });
    expect(await call(client, "getAll", { filters: { user_id: "fay" } })).toMatchObject({ count: 0 });
    await expect(call(client, "deleteAll")).rejects.toMatchObject({ errorCode: "HTTP_400" });
  });

  it("reads and changes the project", async () => {
    await call(client, "updateProject", { customInstructions: "Only work.", customCategories: [{ travel: "trips" }] });
    expect(await call(client, "getProject", { fields: ["custom_instructions"] })).toEqual({
      customInstructions: "Only work.",
    });
    await call(client, "updateProject", { customInstructions: null, customCategories: null });
  });

  it("keeps webhooks", async () => {
    const { projectId } = client as unknown as { projectId: string };
    const made = await call(client, "createWebhook", {
      name: "n",
      url: "https://example.org/hook",
      projectId,
      eventTypes: ["memory_add"],
    });
    const webhookId = made["webhookId"];
    expect(await call(client, "getWebhooks", { projectId })).toHaveLength(1);
    await call(client, "updateWebhook", {
      webhookId,
      name: "n2",
      url: "https://example.org/hook2",
      projectId,
      eventTypes: ["memory_update"],
    });
    await call(client, "deleteWebhook", { webhookId });
    expect(await call(client, "getWebhooks", { projectId })).toEqual([]);
  });

  it("is refused with a wrong key, in words", async () => {
    const { MemoryClient } = requireClient("mem0ai") as { MemoryClient: new (options: object) => Mem0Client };
    const stranger = new MemoryClient({ apiKey: "rcl_wrong", host: server.url });
    await expect(call(stranger, "ping")).rejects.toThrow(/key/iu);
    await expect(call(stranger, "getAll", { filters: { user_id: "alice" } })).rejects.toMatchObject({
      errorCode: "HTTP_401",
    });
  });
});

describe("mem0ai 2.4.6 MemoryClient", () => {
  it("adds, searches, lists and deletes through the older paths", async () => {
    const client = clientOf("mem0ai-2");
    const added = (await call(client, "add", [{ role: "user", content: "Gus restores clocks." }], {
      user_id: "gus",
      infer: false,
    })) as unknown as Json[];
    expect(added[0]).toMatchObject({ event: "ADD", memory: "Gus restores clocks." });
    const found = (await call(client, "search", "What does Gus restore?", { user_id: "gus" })) as unknown as Json[];
    expect(found[0]).toMatchObject({ memory: "Gus restores clocks." });
    const v2 = (await call(client, "search", "clocks", {
      api_version: "v2",
      filters: { user_id: "gus" },
    })) as unknown as Json[];
    expect(v2[0]).toMatchObject({ memory: "Gus restores clocks." });
    expect(await call(client, "getAll", { user_id: "gus" })).toHaveLength(1);
    await call(client, "deleteAll", { user_id: "gus" });
    expect(await call(client, "getAll", { user_id: "gus" })).toHaveLength(0);
  });
});
