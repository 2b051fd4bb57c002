import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../../src/client/index.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

interface Mem0Relation {
  readonly source: string;
  readonly relationship: string;
  readonly target: string;
  readonly destination: string;
  readonly memory_id: string;
}

interface Answer {
  readonly results: readonly { readonly id: string; readonly memory: string }[];
  readonly relations?: readonly Mem0Relation[];
}

const filters = { user_id: "alice" };
let server: TestServer;
let client: MemoryClient;

beforeAll(async () => {
  server = await startTestServer();
  client = new MemoryClient({ host: server.url, apiKey: server.key });
  const add = (text: string, userId: string, timestamp: string): Promise<unknown> =>
    client.add(text, { userId, wait: true, timestamp });
  await add("My sister is Anna.", "alice", "2025-01-10");
  await add("My sister lives in Berlin.", "alice", "2025-01-11");
  await add("I live in Oslo.", "alice", "2025-01-12");
  await add("I moved to Munich.", "alice", "2025-05-01");
  await add("I live in Kyoto.", "bob", "2025-05-01");
});

afterAll(async () => {
  await server.remove();
});

const lines = (relations: readonly Mem0Relation[] = []): string[] =>
  relations.map(({ source, relationship, target }) => `${source} ${relationship} ${target}`).toSorted();

describe("the graph over REST", () => {
  it("relations, neighbours and named things, of one user alone", async () => {
    const { results } = await client.relations({ userId: "alice" });
    const said = results.map(({ subject, predicate, object }) => `${subject.name} ${predicate} ${object.name}`);
    expect(said).toEqual(expect.arrayContaining(["User lives_in Munich", "User sister Anna", "Anna lives_in Berlin"]));
    expect(said.join()).not.toMatch(/Oslo|Kyoto/u);
    expect((await client.get(results[0]?.memoryId ?? "")).userId).toBe("alice");
    expect(results[0]?.validFrom).toMatch(/^2025-/u);
    const then = await client.relations({ userId: "alice", predicate: "lives_in", subject: "me", asOf: "2025-03-01" });
    expect(then.results.map(({ object }) => object.name)).toEqual(["Oslo"]);
    const { results: mentions } = await client.mentions("Anna", { userId: "alice" });
    expect(mentions.some(({ spans }) => spans.some(({ text }) => text === "Anna"))).toBe(true);
    expect((await client.mentions("Anna", { userId: "bob" })).entity).toBeNull();
    const before = { userId: "alice", knownAt: "2025-01-01" };
    expect((await client.relations(before)).results).toEqual([]);
    expect((await client.neighbours("Anna", before)).entity).toBeNull();
    const { entity, neighbours } = await client.neighbours("my sister", { userId: "alice" });
    expect(entity?.name).toBe("Anna");
    expect(neighbours.map((each) => each.entity.name)).toEqual(expect.arrayContaining(["Berlin"]));
    const named = await client.namedEntities({ userId: "alice", type: "place" });
    expect(named.results.map(({ name }) => name)).not.toContain("Kyoto");
    expect(named.results.find(({ name }) => name === "Munich")?.createdAt).toMatch(/Z$/u);
  });

  it("tells namesakes apart, and keeps what a fact was derived from", async () => {
    const owner = { userId: "carla", wait: true };
    await client.add("My sister is Anna.", { ...owner, timestamp: "2025-01-10" });
    await client.add("Anna works at Initech.", { ...owner, timestamp: "2025-01-11" });
    const { results } = await client.getAll({ filters: { user_id: "carla" } });
    const job = results.find(({ memory }) => memory.includes("Initech"))?.id ?? "";
    await client.graph.splitEntity({ entity: "Anna", alias: "Anna Schmidt", memories: [job] }, { userId: "carla" });
    const { results: said } = await client.relations({ userId: "carla", predicate: "works_at" });
    expect(said.map(({ subject }) => subject.name)).toEqual(["Anna Schmidt"]);
    await client.add("Lunch is at noon there", { ...owner, infer: false, derivedFrom: [job] });
    const derived = (await client.getAll({ filters: { user_id: "carla" } })).results.find(({ memory }) =>
      memory.startsWith("Lunch"),
    );
    expect((await client.get(derived?.id ?? "")).restsOn).toEqual([job]);
  });

  it("says what is wrong with a request", async () => {
    for (const body of [{ limit: 0 }, { type: "planet" }, { user_id: "alice", as_of: "yesterday" }]) {
      const path = "type" in body ? "/v1/named_entities/" : "/v1/relations/";
      expect((await server.call("POST", path, body)).status).toBe(400);
    }
  });

  it("a timeline in the order of the events", async () => {
    const { results } = await client.timeline(null, { userId: "alice", from: "2025-04-01" });
    expect(results.map(({ text }) => text).join()).toMatch(/Munich/u);
    const all = await client.timeline("where do I live", { userId: "alice", order: "descending" });
    expect(all.results[0]?.from.localeCompare(all.results.at(-1)?.from ?? "")).toBeGreaterThanOrEqual(0);
    expect(all.results[0]?.memoryId).toMatch(/^[0-9a-f-]{36}$/u);
  });
});

describe("Mem0's relations field", () => {
  it("comes where enable_graph asks for it, of the memories of the answer alone", async () => {
    const body = { query: "Berlin", filters, top_k: 1, enable_graph: true };
    const { results, relations } = (await server.call("POST", "/v3/memories/search/", body)).body as Answer;
    expect(results).toHaveLength(1);
    expect(lines(relations)).toEqual(["Anna lives_in Berlin"]);
    expect(relations?.[0]).toMatchObject({ destination: "Berlin", memory_id: results[0]?.id });
    const listed = (await server.call("POST", "/v3/memories/", { filters, enable_graph: true })).body as Answer;
    expect(lines(listed.relations)).toContain("User sister Anna");
    expect(lines(listed.relations).join()).not.toMatch(/Kyoto/u);
  });

  it("is left out otherwise, and arrays stay arrays", async () => {
    const v3 = (await server.call("POST", "/v3/memories/search/", { query: "Anna", filters })).body as Answer;
    expect(v3.relations).toBeUndefined();
    expect(
      (await server.call("POST", "/v1/memories/search/", { query: "Anna", user_id: "alice" })).body,
    ).toBeInstanceOf(Array);
    expect((await server.call("GET", "/v1/memories/?user_id=alice")).body).toBeInstanceOf(Array);
  });

  it("older clients: add, search and list", async () => {
    const added = await server.call("POST", "/v1/memories/", {
      messages: [{ role: "user", content: "I work at Siemens." }],
      user_id: "carl",
      enable_graph: true,
      output_format: "v1.1",
    });
    expect(added.body).toMatchObject({
      relations: {
        added_entities: [[{ source: "User", relationship: "works_at", target: "Siemens" }]],
        deleted_entities: [],
      },
    });
    const query = { query: "Siemens", user_id: "carl", enable_graph: true, output_format: "v1.1" };
    const found = (await server.call("POST", "/v1/memories/search/", query)).body as Answer;
    expect(lines(found.relations)).toEqual(["User works_at Siemens"]);
    const listed = (await server.call("GET", "/v1/memories/?user_id=carl&enable_graph=True")).body as Answer;
    expect(lines(listed.relations)).toEqual(["User works_at Siemens"]);
    expect(listed.results).toHaveLength(1);
  });

  it("a project may ask for it once for all", async () => {
    await client.updateProject({ enable_graph: true });
    const found = (await server.call("POST", "/v3/memories/search/", { query: "Anna", filters })).body as Answer;
    expect(found.relations?.length).toBeGreaterThan(0);
    const off = { query: "Anna", filters, enable_graph: false };
    expect(((await server.call("POST", "/v3/memories/search/", off)).body as Answer).relations).toBeUndefined();
    expect(
      (await server.call("POST", "/v1/memories/search/", { query: "Anna", user_id: "alice" })).body,
    ).toBeInstanceOf(Array);
  });
});
