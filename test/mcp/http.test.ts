import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectHttp } from "../support/mcp-clients.ts";
import type { Era } from "../support/mcp-clients.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
let projectId: string;

beforeAll(async () => {
  server = await startTestServer();
  projectId = String(((await server.call("GET", "/v1/ping/")).body as Record<string, unknown>)["project_id"]);
});
afterAll(() => server.remove());

async function newKey(role: string, project: string = projectId): Promise<string> {
  const { status, body } = await server.call("POST", "/api/v1/keys/", { role, project_id: project, label: role });
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { key: string }).key;
}

function textsOf({ data }: { readonly data: Record<string, unknown> }): string[] {
  return (data["memories"] as { memory: string }[]).map(({ memory }) => memory);
}

const ERAS: readonly (readonly [string, Era])[] = [
  ["the handshake of 2025", "legacy"],
  ["the stateless revision of 2026", { pin: "2026-07-28" }],
];

describe.each(ERAS)("over HTTP with %s", (name, era) => {
  const user = name.replaceAll(/\W/gu, "-");

  test("what one client adds is found over REST and MCP, and forgotten", async () => {
    const peer = await connectHttp(server.url, await newKey("member"), { era, query: `?user_id=${user}` });
    const added = await peer.call("add_memory", { text: "I live in Lund." });
    expect(added).toMatchObject({ isError: false });
    const rest = await server.call("POST", "/v3/memories/", { filters: { user_id: user } });
    const rows = (rest.body as { results: { id: string; memory: string }[] }).results;
    expect(rows.map(({ memory }) => memory)).toEqual([expect.stringContaining("Lund")]);
    expect(textsOf(await peer.call("search_memories", { query: "Where do I live?" }))[0]).toContain("Lund");
    expect((await peer.call("get_context", { query: "Where do I live?" })).text).toContain("Lund");
    const { contents } = await peer.client.readResource({ uri: "recollect://digest" });
    expect((contents[0] as { text: string }).text).toContain("Lund");
    expect(await peer.call("forget_memory", { id: rows[0]?.id ?? "" })).toMatchObject({ isError: false });
    const after = await server.call("POST", "/v3/memories/", { filters: { user_id: user } });
    expect((after.body as { results: unknown[] }).results).toEqual([]);
    await peer.close();
    // As over REST: what was done can be followed.
    const { body } = await server.call("GET", "/v1/events/");
    const types = (body as { results: { event_type: string }[] }).results.map((event) => event.event_type);
    expect(types.slice(0, 2)).toEqual(["DELETE", "ADD"]);
  });

  test("a key that only reads is offered what only reads", async () => {
    const peer = await connectHttp(server.url, await newKey("reader"), { era, query: `?user_id=${user}` });
    const { tools } = await peer.client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(["search_memories", "get_context", "list_memories"]);
    const refused = await peer.call("add_memory", { text: "I live in Oslo." }).then(
      ({ isError }) => isError,
      () => true,
    );
    expect(refused).toBe(true);
    expect(textsOf(await peer.call("search_memories", { query: "Oslo" }))).not.toContain("User lives in Oslo");
    await peer.close();
  });
});

test("a key sees its own project alone", async () => {
  const { body: ping } = await server.call("GET", "/v1/ping/");
  const orgId = String((ping as Record<string, unknown>)["org_id"]);
  const { status, body } = await server.call("POST", `/api/v1/orgs/organizations/${orgId}/projects/`, { name: "p2" });
  expect(status).toBeLessThan(300);
  const second = String((body as Record<string, unknown>)["project_id"] ?? (body as Record<string, unknown>)["id"]);
  const one = await connectHttp(server.url, await newKey("member"), { query: "?user_id=carol" });
  const two = await connectHttp(server.url, await newKey("member", second), { query: "?user_id=carol" });
  const { data } = await one.call("add_memory", { text: "I keep bees." });
  const [fact] = data["memories"] as { id: string }[];
  expect(textsOf(await two.call("list_memories"))).toEqual([]);
  expect((await two.call("list_memories", { id: fact?.id ?? "" })).isError).toBe(true);
  expect((await two.call("forget_memory", { id: fact?.id ?? "" })).isError).toBe(true);
  expect(textsOf(await one.call("list_memories"))).toHaveLength(1);
  // Nor can a project's key name another project.
  await expect(connectHttp(server.url, await newKey("member"), { query: `?project_id=${second}` })).rejects.toThrow(
    /There is no project/u,
  );
  await one.close();
  await two.close();
});

test("who names no user is told so, in a sentence that the model can read", async () => {
  const peer = await connectHttp(server.url, await newKey("member"));
  const { text, isError } = await peer.call("add_memory", { text: "I keep bees." });
  expect({ text, isError }).toEqual({ text: expect.stringMatching(/^invalid_input: .*user_id=alice/u), isError: true });
  await peer.close();
});

function open(headers: Record<string, string>, body: unknown = {}, query = ""): Promise<Response> {
  return fetch(`${server.url}/mcp${query}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: JSON.stringify(body),
  });
}

describe("at the door", () => {
  test("no key, a wrong key and an unknown profile are refused as over REST", async () => {
    expect((await open({})).status).toBe(401);
    expect((await open({ authorization: "Bearer rcl_wrong" })).status).toBe(401);
    const unknown = await open({ authorization: `Bearer ${server.key}` }, {}, "?profile=nonsense");
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ code: "invalid_input", message: /default/u });
  });

  test("what is no message of the protocol is answered 4xx, and the server goes on", async () => {
    for (const body of [{}, [], "text", null, { jsonrpc: "2.0", id: 1, method: 5 }]) {
      const { status } = await open({ authorization: `Bearer ${server.key}` }, body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect((await server.call("GET", "/v1/ping/")).status).toBe(200);
  });

  test("every answer carries the request's id", async () => {
    const answer = await open({ authorization: `Bearer ${server.key}`, "x-request-id": "mine-1" }, {});
    expect(answer.headers.get("x-request-id")).toBe("mine-1");
  });
});
