import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callClient, mem0Client } from "../support/clients.ts";
import type { Json, Mem0Client } from "../support/clients.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
let client: Mem0Client;

const SAID = [
  "My name is Alice Miller and I live in Porto.",
  "I work as a nurse.",
  "My sister is Ana.",
  "I like jazz.",
  "Always answer in metric units.",
  "I'm working on a project called Nebula in Rust.",
  "I moved to Braga last week.",
];

beforeAll(async () => {
  server = await startTestServer();
  client = mem0Client(server);
  const add = async (content: string, user_id: string): Promise<unknown> =>
    server.call("POST", "/v3/memories/add/", { messages: [{ role: "user", content }], user_id, wait: true });
  for (const content of SAID) await add(content, "alice");
  await add("I live in Oslo.", "bob");
});

afterAll(async () => {
  await server.remove();
});

describe("profiles through mem0ai 3.3.1", () => {
  it("are sections of lines, each citing its memories", async () => {
    const got = await callClient(client, "getProfile", { entityId: "alice" });
    expect(got).toMatchObject({ status: "succeeded", entityType: "user", entityId: "alice", error: null });
    const profile = got["profile"] as Record<string, { text: string; memory_ids: string[] }[]>;
    const texts = (section: string): string => (profile[section] ?? []).map(({ text }) => text).join(" | ");
    expect(texts("identity")).toMatch(/Alice Miller/u);
    expect(texts("identity")).toMatch(/Braga/u);
    expect(texts("identity")).not.toMatch(/Porto/u);
    expect(texts("preferences")).toMatch(/jazz/u);
    expect(texts("instructions")).toMatch(/metric/u);
    expect(texts("projects")).toMatch(/Nebula/u);
    expect(texts("people")).toMatch(/Ana/u);
    const [line] = profile["people"] ?? [];
    expect((await server.call("GET", `/v1/memories/${line?.memory_ids[0] ?? ""}/`)).body).toMatchObject({
      memory: line?.text,
      user_id: "alice",
    });
  });

  it("are asked for by jobs; the same key gives the same job, another request under it a conflict", async () => {
    const options = { entityId: "alice", idempotencyKey: "key-1" };
    const job = await callClient(client, "generateProfile", options);
    expect(job).toMatchObject({ status: "succeeded", operation: "trigger", replayed: false, entityType: "user" });
    expect(await callClient(client, "generateProfile", options)).toMatchObject({
      jobId: job["jobId"],
      replayed: true,
    });
    await expect(callClient(client, "generateProfile", { ...options, entityId: "bob" })).rejects.toMatchObject({
      errorCode: "HTTP_409",
    });
    expect(await callClient(client, "getProfileJob", job["statusUrl"])).toMatchObject({
      job: { id: job["jobId"], total: 1, succeeded: 1, completed: 1, failed: 0, skipped: 0, enumerationComplete: true },
    });
    expect(await callClient(client, "getProfileJob", job["jobId"])).toMatchObject({ job: { id: job["jobId"] } });
    expect(await callClient(client, "getProfile", { entityId: "alice" })).toMatchObject({ generationCount: 1 });
    const sample = await callClient(client, "sampleProfiles", { limit: 1 });
    expect(sample).toMatchObject({ operation: "sample", sampled: 1, entityIds: ["alice"] });
    const both = { entityId: "bob", idempotencyKey: "key-2" };
    const [one, other] = await Promise.all([
      callClient(client, "generateProfile", both),
      callClient(client, "generateProfile", both),
    ]);
    expect(one["jobId"]).toBe(other["jobId"]);
  });

  it("follow a schema of the project's, whose names stay as they are", async () => {
    const schema = {
      type: "object",
      properties: {
        fullName: { type: "string", description: "the full name" },
        current_city: { type: "string", description: "where the user lives" },
        likes: { type: "array", items: { type: "string" }, description: "what the user likes" },
      },
    };
    const settings = await callClient(client, "updateProfileSettings", { schema, customInstructions: "x" });
    expect(settings).toMatchObject({ enabled: true, entities: { user: { schema, customInstructions: "x" } } });
    const got = await callClient(client, "getProfile", { entityId: "alice" });
    expect(got["profile"]).toEqual({ fullName: "Alice Miller", current_city: "Braga", likes: ["jazz"] });
    expect(got["citations"]).toMatchObject({ currentCity: [expect.any(String) as string] });
    // What is not named stays.
    await callClient(client, "updateProfileSettings", { enabled: false });
    expect(await callClient(client, "getProfileSettings")).toMatchObject({
      enabled: false,
      entities: { user: { schema, customInstructions: "x" } },
    });
    expect(await callClient(client, "getProfile", { entityId: "alice" })).toMatchObject({
      status: "not_enabled",
      profile: {},
    });
    await expect(callClient(client, "generateProfile", { entityId: "bob" })).rejects.toMatchObject({
      errorCode: "HTTP_409",
    });
    await callClient(client, "updateProfileSettings", { enabled: true, schema: null, customInstructions: null });
  });

  it("say when there is nothing to tell, and refuse settings that are none", async () => {
    expect(await callClient(client, "getProfile", { entityId: "no/body" })).toMatchObject({
      status: "insufficient_data",
      profile: {},
      updatedAt: null,
    });
    expect((await server.call("GET", "/v2/profiles/jobs/j1/")).status).toBe(404);
    expect((await server.call("POST", "/v2/profiles/settings/", { schema: {} })).body).toMatchObject({
      error: expect.stringContaining("Unsupported settings") as string,
    });
    expect(
      (await server.call("POST", "/v2/profiles/jobs/", { operation: "trigger", entity_type: "user" })).status,
    ).toBe(400);
    expect((await server.call("POST", "/v2/profiles/jobs/", { operation: "destroy" })).status).toBe(400);
  });
});

describe("summaries, filters and changes", () => {
  it("sums up a user (Python's get_summary) by category, each line with its memory's id, within bounds", async () => {
    const all = (await server.call("POST", "/v1/summary/", { filters: { user_id: "alice" } })).body as Json;
    expect(all).toMatchObject({ is_complete: true });
    const lines = Object.values(all["categories"] as Record<string, { memory_id: string; memory: string }[]>).flat();
    expect(lines).toHaveLength(all["memories_used"] as number);
    for (const { memory, memory_id: id } of lines) expect(all["summary"]).toContain(`- ${memory} [${id}]`);
    expect(all["summary"]).toMatch(/Braga/u);
    expect(all["summary"]).not.toMatch(/Oslo|lives in Porto/u);
    const short = (
      await server.call("POST", "/v1/summary/", { filters: { user_id: "alice" }, max_memories: 2, max_characters: 300 })
    ).body as Json;
    expect(short).toMatchObject({ is_complete: false });
    expect(short["memories_used"]).toBeLessThanOrEqual(2);
    expect(String(short["summary"]).length).toBeLessThanOrEqual(300);
    expect(short["summary"]).toMatch(/metric/u);
    expect((await server.call("POST", "/v1/summary/", {})).status).toBe(400);
  });

  it("names what lists can be narrowed by", async () => {
    const { body } = await server.call("GET", "/v1/entities/filters/");
    expect(body).toMatchObject({
      event_type: expect.arrayContaining(["ADD"]) as string[],
      categories: expect.arrayContaining(["travel", "misc"]) as string[],
      users: expect.arrayContaining(["alice", "bob"]) as string[],
      parameters: expect.arrayContaining(["user_id"]) as string[],
    });
  });

  it("lists changes of memories page by page, with what was there before", async () => {
    const added = await server.call("POST", "/v3/memories/add/", {
      messages: [{ role: "user", content: "The boiler is old." }],
      user_id: "carla",
      infer: false,
    });
    const [{ id } = { id: "" }] = (added.body as { results: { id: string }[] }).results;
    await server.call("PUT", `/v1/memories/${id}/`, { text: "The boiler is new." });
    await server.call("DELETE", `/v1/memories/${id}/`);
    const page = (await server.call("GET", "/v1/memories/events/?page=1&limit=3")).body as Json;
    const rows = page["results"] as Json[];
    expect(rows.map(({ event, memory_id: memoryId }) => [event, memoryId])).toEqual([
      ["DELETE", id],
      ["UPDATE", id],
      ["ADD", id],
    ]);
    expect(rows[1]).toMatchObject({ old_memory: "The boiler is old.", new_memory: "The boiler is new." });
    expect(page["count"]).toBeGreaterThan(3);
    expect(page["next"]).toContain("page=2");
    await server.call("POST", "/v1/purge/", { memory_ids: [id] });
    const after = (await server.call("GET", "/v1/memories/events/?limit=3")).body;
    expect(JSON.stringify(after)).not.toContain("boiler");
  });
});
