import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../../src/client/index.ts";
import { scriptedModel } from "../support/scripted-model.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

const SAID = "The vet told us that Biscuit has to lose two kilos before Easter.";

let server: TestServer;
let client: MemoryClient;
const model = scriptedModel(() =>
  JSON.stringify({
    facts: [
      {
        text: "User's vet said that Biscuit has to lose two kilos before Easter",
        kind: "fact",
        categories: ["pets", "gossip"],
        sources: [{ message: 1, quote: "Biscuit has to lose two kilos" }],
        confidence: 0.9,
      },
    ],
  }),
);

beforeAll(async () => {
  server = await startTestServer({ memory: { llm: model } });
  client = new MemoryClient({ host: server.url, apiKey: server.key });
});

afterAll(async () => {
  await server.remove();
});

const promptOf = async (body: object): Promise<string> => {
  const before = model.calls.length;
  const sent = { messages: [{ role: "user", content: SAID }], user_id: `u${before}`, wait: true, ...body };
  expect((await server.call("POST", "/v3/memories/add/", sent)).status).toBe(200);
  return model.calls
    .slice(before)
    .map(({ prompt }) => prompt)
    .join("\n");
};

describe("custom instructions and categories", () => {
  it("of the project are followed by every add, those of a call in their place", async () => {
    expect(await promptOf({})).not.toContain("Guidance:");
    await client.updateProject({
      customInstructions: "Keep pets only.",
      customCategories: [{ pets: "animals at home" }],
      inclusionPrompt: "animals",
      exclusionPrompt: "health",
    });
    const project = await promptOf({});
    for (const text of [
      "Keep pets only.",
      '"pets": "animals at home"',
      'store only: "animals"',
      'never store: "health"',
    ])
      expect(project).toContain(text);
    const call = await promptOf({
      custom_instructions: "Keep dates only.",
      custom_categories: [{ diary: "what happened when" }],
      includes: "dates",
    });
    expect(call).toContain("Keep dates only.");
    expect(call).not.toContain("Keep pets only.");
    expect(call).toContain('"diary"');
    expect(call).not.toContain('"pets"');
    expect(call).toContain('store only: "dates"');
  });

  it("facts are filed under the project's categories alone", async () => {
    const { results } = await client.add(SAID, { userId: "filed", wait: true });
    const memory = await client.get(results?.[0]?.id ?? "");
    expect(memory.categories).toEqual(["pets"]);
    const listed = await server.call("GET", "/v1/entities/filters/");
    expect(listed.body).toMatchObject({ categories: ["pets"] });
    const found = await client.search("Biscuit", { filters: { user_id: "filed" }, categories: ["pets"] });
    expect(found.results).toHaveLength(1);
    expect((await client.search("Biscuit", { filters: { user_id: "filed" }, categories: ["food"] })).results).toEqual(
      [],
    );
  });

  it("of an agent's own memory stand apart", async () => {
    await client.updateProject({ agentCustomInstructions: "Keep what the agent promised." });
    const own = { user_id: undefined, agent_id: "bot", messages: [{ role: "assistant", content: SAID }] };
    expect(await promptOf(own)).toContain("Keep what the agent promised.");
    expect(await promptOf({})).not.toContain("Keep what the agent promised.");
  });

  it("an option that nothing reads is named", async () => {
    const sent = { messages: [{ role: "user", content: SAID }], user_id: "w", structured_data_schema: { a: 1 } };
    const { body } = await server.call("POST", "/v3/memories/add/", sent);
    expect((body as { warnings: string[] }).warnings.join()).toMatch(/structured_data_schema has no effect/u);
  });
});

describe("a memory's time", () => {
  it("is changed by an update with a timestamp, and found under it", async () => {
    const added = await client.add("Ben repairs lutes.", { userId: "ben", infer: false });
    const id = added.results?.[0]?.id ?? "";
    const changed = await client.update(id, { timestamp: "2021-03-04T10:00:00Z" });
    expect(changed.createdAt).toBe("2021-03-04T10:00:00.000Z");
    const filters = { AND: [{ user_id: "ben" }, { created_at: { lt: "2022-01-01" } }] };
    expect((await client.getAll({ filters })).count).toBe(1);
    expect((await client.search("lutes in March 2021", { filters: { user_id: "ben" } })).results[0]?.id).toBe(id);
    expect((await client.verify())["problems"]).toEqual([]);
    const [message] = (await client.add("I live in Porto.", { userId: "ben", wait: true })).messages;
    await expect(client.update(message?.id ?? "", { timestamp: 1_600_000_000 })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

describe("what administrators did", () => {
  it("is noted with the key and the project, without contents", async () => {
    const { body: made } = await server.call("POST", "/api/v1/keys/", { label: "ci", role: "member" });
    const { id, key } = made as { id: string; key: string };
    const { body: rotated } = await server.call("POST", `/api/v1/keys/${id}/rotate/`);
    const { key: fresh, id: freshId } = rotated as { key: string; id: string };
    const ping = (secret: string): Promise<{ status: number }> =>
      server.call("GET", "/v1/ping/", undefined, { authorization: `Bearer ${secret}` });
    expect([(await ping(key)).status, (await ping(fresh)).status]).toEqual([401, 200]);
    await client.purge([(await client.add("Gone.", { userId: "gone", infer: false })).results?.[0]?.id ?? ""]);
    const lines: string[] = [];
    for await (const line of client.export({ userId: "ben" })) lines.push(line);
    expect(lines.length).toBeGreaterThan(0);
    await client.verify({ repair: true });
    await server.call("POST", "/session/", { key: server.key });
    await server.call("DELETE", `/api/v1/keys/${freshId}/`);
    expect((await ping(fresh)).status).toBe(401);
    expect((await server.call("POST", `/api/v1/keys/${freshId}/rotate/`)).status).toBe(409);
    const { body } = await server.call("GET", "/api/v1/audit/");
    const rows = body as { action: string; target: string; key_id: string; project_id: string | null }[];
    expect(rows.slice(0, 7).map(({ action }) => action)).toEqual([
      "key.revoke",
      "session.create",
      "memory.repair",
      "memory.export",
      "memory.purge",
      "key.rotate",
      "key.create",
    ]);
    expect(rows.find(({ action }) => action === "memory.purge")?.project_id).toMatch(/^proj_/u);
    expect(JSON.stringify(rows)).not.toMatch(/Gone|ben|Biscuit/u);
  });
});

describe("work that is owed", () => {
  it("is told by /v1/jobs/, and vectors are asked for by /v1/reembed/", async () => {
    await client.add(SAID, { userId: "later" });
    expect((await server.call("GET", "/v1/jobs/")).body).toMatchObject({
      failed: 0,
      pending_extraction: expect.any(Number) as number,
      pending_vectors: expect.any(Number) as number,
      stopped_by: null,
    });
    expect((await server.call("POST", "/v1/reembed/")).body).toMatchObject({ is_complete: true });
  });

  it("the root leads to the documentation", async () => {
    const response = await fetch(`${server.url}/`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/docs/"]);
  });
});
