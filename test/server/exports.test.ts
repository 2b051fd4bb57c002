import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callClient, mem0Client } from "../support/clients.ts";
import type { Json, Mem0Client } from "../support/clients.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
let client: Mem0Client;

const SAID = [
  "My name is Alice Miller and I live in Porto.",
  "I work as a nurse at Hospital Central.",
  "I'm vegetarian and allergic to nuts.",
  "My sister Ana lives in Lisbon.",
  "I like jazz and climbing.",
  "I am 34 years old.",
  "Always answer in metric units.",
  "I moved to Braga last week.",
];

beforeAll(async () => {
  server = await startTestServer();
  client = mem0Client(server);
  for (const content of SAID)
    await server.call("POST", "/v3/memories/add/", {
      messages: [{ role: "user", content }],
      user_id: "alice",
      wait: true,
    });
  await server.call("POST", "/v3/memories/add/", {
    messages: [{ role: "user", content: "I live in Oslo." }],
    user_id: "bob",
    wait: true,
  });
});

afterAll(async () => {
  await server.remove();
});

const fetchExport = async (schema: unknown, filters: object = { user_id: "alice" }): Promise<Json> => {
  const made = await server.call("POST", "/v1/exports/", { schema, filters });
  expect(made.status).toBe(201);
  const { id } = made.body as Json;
  const got = await server.call("POST", "/v1/exports/get/", { memory_export_id: id });
  expect(got.status).toBe(200);
  return got.body as Json;
};

describe("exports by schema", () => {
  it("work through mem0ai 3.3.1: made, fetched by id, fetched by filters", async () => {
    const filters = { AND: [{ user_id: "alice" }] };
    const schema = { type: "object", properties: { fullName: { type: "string" }, city: { type: "string" } } };
    const made = await callClient(client, "createMemoryExport", { schema, filters, exportInstructions: "be short" });
    expect(made).toMatchObject({ message: expect.any(String) as string, id: expect.any(String) as string });
    expect(String(made["warnings"])).toContain("export_instructions");
    const byId = await callClient(client, "getMemoryExport", { memoryExportId: made["id"] });
    expect(byId).toEqual({ fullName: "Alice Miller", city: "Braga" });
    expect(await callClient(client, "getMemoryExport", { filters })).toEqual(byId);
  });

  it("takes Python's schema: a text of JSON with $defs and anyOf", async () => {
    const schema = JSON.stringify({
      type: "object",
      title: "Person",
      $defs: { Job: { type: "object", properties: { occupation: { type: "string" }, company: { type: "string" } } } },
      properties: {
        job: { $ref: "#/$defs/Job" },
        age: { anyOf: [{ type: "integer" }, { type: "null" }], default: null },
        shoe_size: { anyOf: [{ type: "number" }, { type: "null" }], default: null },
      },
    });
    expect(await fetchExport(schema)).toEqual({
      job: { occupation: "nurse", company: "Hospital Central" },
      age: 34,
      shoe_size: null,
    });
  });

  it("fills lists with all, texts with the current value, and never with another person's", async () => {
    const filled = await fetchExport({
      properties: {
        likes: { type: "array", items: { type: "string" } },
        allergies: { type: "array", items: { type: "string" } },
        instructions: { type: "array", items: { type: "string" } },
        where: { type: "string", description: "The city the user lives in" },
        sister: { type: "string" },
        diet: { enum: ["vegan", "vegetarian", "none"] },
        memories: {
          type: "array",
          items: { type: "object", properties: { id: { type: "string" }, memory: { type: "string" } } },
        },
      },
    });
    expect(filled).toMatchObject({
      allergies: ["nuts"],
      where: "Braga",
      sister: "Ana",
      diet: "vegetarian",
    });
    expect((filled["likes"] as string[]).toSorted()).toEqual(["climbing", "jazz"]);
    expect(String(filled["instructions"])).toContain("metric units");
    const memories = filled["memories"] as { id: string; memory: string }[];
    expect(memories.length).toBeGreaterThan(8);
    expect(memories.every(({ id }) => /^[0-9a-f-]{36}$/u.test(id))).toBe(true);
    expect(JSON.stringify(memories)).not.toContain("Oslo");
  });

  it("leaves out what was deleted after it was made, and keeps no text in control.db", async () => {
    const added = await server.call("POST", "/v3/memories/add/", {
      messages: [{ role: "user", content: "The safe stands behind the Rembrandt." }],
      user_id: "carla",
      infer: false,
    });
    const [{ id } = { id: "" }] = (added.body as { results: { id: string }[] }).results;
    const schema = { properties: { memories: { type: "array", items: { type: "string" } } } };
    const made = (await server.call("POST", "/v1/exports/", { schema, filters: { user_id: "carla" } })).body as Json;
    const get = async (): Promise<unknown> =>
      (await server.call("POST", "/v1/exports/get/", { memory_export_id: made["id"] })).body;
    expect(await get()).toEqual({ memories: ["The safe stands behind the Rembrandt."] });
    const files = ["control.db", "control.db-wal"].map((name) => readFileSync(join(server.folder, name), "latin1"));
    expect(files.join("")).not.toContain("Rembrandt");
    await server.call("DELETE", `/v1/memories/${id}/`);
    expect(await get()).toEqual({ memories: [] });
  });

  it("answers 404 for what is not there and 400 for what names nothing, in JSON with the reason", async () => {
    const unknown = await server.call("POST", "/v1/exports/get/", {
      memory_export_id: "33333333-3333-4333-8333-333333333333",
    });
    expect(unknown).toMatchObject({ status: 404, body: { error: expect.stringContaining("export") as string } });
    expect((await server.call("POST", "/v1/exports/get/", { filters: { user_id: "nobody" } })).status).toBe(404);
    const nothing = await server.call("POST", "/v1/exports/get/", {});
    expect(nothing).toMatchObject({ status: 400, body: { message: expect.stringContaining("filters") as string } });
    for (const schema of ["{", "[]", [], 7, null, undefined])
      expect((await server.call("POST", "/v1/exports/", { schema, filters: { user_id: "alice" } })).status).toBe(400);
    expect((await server.call("POST", "/v1/exports/", { schema: {}, filters: {} })).status).toBe(400);
  });

  it("survives schemas that refer to themselves or name properties of objects", async () => {
    const filled = await fetchExport({
      $defs: { Loop: { $ref: "#/$defs/Loop" }, Tree: { properties: { child: { $ref: "#/$defs/Tree" } } } },
      properties: { loop: { $ref: "#/$defs/Loop" }, tree: { $ref: "#/$defs/Tree" }, constructor: { type: "string" } },
    });
    expect(filled).toMatchObject({ loop: null, constructor: null });
    const odd = await fetchExport('{"properties":{"__proto__":{"type":"string"},"city":{"type":"string"}}}');
    expect(odd["city"]).toBe("Braga");
  });

  it("another project knows nothing of it", async () => {
    const made = (
      await server.call("POST", "/v1/exports/", { schema: { properties: {} }, filters: { user_id: "alice" } })
    ).body as Json;
    const { org_id: org } = (await server.call("GET", "/v1/ping/")).body as Json;
    const other = (await server.call("POST", `/api/v1/orgs/organizations/${String(org)}/projects/`, { name: "other" }))
      .body as Json;
    const got = await server.call("POST", "/v1/exports/get/", {
      memory_export_id: made["id"],
      project_id: other["project_id"],
    });
    expect(got.status).toBe(404);
  });
});
