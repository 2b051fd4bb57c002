import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { countTokens } from "../../src/text/token-count.ts";
import { connectHttp, connectStdio } from "../support/mcp-clients.ts";
import type { McpPeer, ToolReply } from "../support/mcp-clients.ts";
import { startTestServer } from "../support/test-server.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-mcp-graph-"));
const open = new Set<Pick<McpPeer, "close">>();
let files = 0;

afterEach(async () => {
  for (const peer of open) await peer.close();
  open.clear();
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

function nextFile(): string {
  files += 1;
  return join(scratch, `${files}.db`);
}

async function connect(file: string = nextFile()): Promise<McpPeer> {
  const peer = await connectStdio(["--profile", "knowledge-graph", "--user", "alice", "--db", file]);
  open.add(peer);
  return peer;
}

function json({ text, isError }: ToolReply): unknown {
  expect({ text, isError }).toMatchObject({ isError: false });
  return JSON.parse(text) as unknown;
}

interface GraphReply {
  readonly entities: readonly { readonly name: string; readonly entityType: string; readonly observations: string[] }[];
  readonly relations: readonly { readonly from: string; readonly to: string; readonly relationType: string }[];
  readonly cursor?: string;
}

const JOHN = { name: "John_Smith", entityType: "person", observations: ["Speaks fluent Spanish", "Likes rowing"] };
const ACME = { name: "Acme", entityType: "organization", observations: ["Makes anvils"] };
const EDGE = { from: "John_Smith", to: "Acme", relationType: "works_at" };

test("the nine tools: create, read, search, open, add, delete", async () => {
  const peer = await connect();
  expect((await peer.client.listTools()).tools.map(({ name }) => name)).toEqual([
    "create_entities",
    "create_relations",
    "add_observations",
    "delete_entities",
    "delete_observations",
    "delete_relations",
    "read_graph",
    "search_nodes",
    "open_nodes",
  ]);
  expect(json(await peer.call("create_entities", { entities: [JOHN, ACME] }))).toEqual([JOHN, ACME]);
  // What exists is passed over, and only what is new comes back.
  const third = { name: "Rex", entityType: "dog", observations: [] };
  expect(json(await peer.call("create_entities", { entities: [JOHN, third] }))).toEqual([third]);
  expect(json(await peer.call("create_relations", { relations: [EDGE] }))).toEqual([EDGE]);
  expect(json(await peer.call("create_relations", { relations: [EDGE] }))).toEqual([]);

  const whole = json(await peer.call("read_graph")) as GraphReply;
  expect(whole.entities).toEqual(expect.arrayContaining([JOHN, ACME, third]));
  expect(whole.entities).toHaveLength(3);
  expect(whole.relations).toEqual([EDGE]);

  const { contents } = await peer.client.readResource({ uri: "memory://knowledge-graph" });
  expect(JSON.parse((contents[0] as { text: string }).text)).toEqual(whole);

  const added = await peer.call("add_observations", {
    observations: [{ entityName: "John_Smith", contents: ["Likes rowing", "Graduated in 2019"] }],
  });
  expect(json(added)).toEqual([{ entityName: "John_Smith", addedObservations: ["Graduated in 2019"] }]);
  const unknown = await peer.call("add_observations", { observations: [{ entityName: "Nobody", contents: ["x"] }] });
  expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining("Nobody") as string });

  for (const query of ["anvils", "ORGANIZATION", "acme"]) {
    const found = json(await peer.call("search_nodes", { query })) as GraphReply;
    expect([query, found.entities.map(({ name }) => name)]).toEqual([query, expect.arrayContaining(["Acme"])]);
    expect(found.relations).toEqual([EDGE]);
  }
  const opened = json(await peer.call("open_nodes", { names: ["Acme", "Nobody"] })) as GraphReply;
  expect(opened.entities).toEqual([ACME]);
  // A relation is shown when one of its ends is.
  expect(opened.relations).toEqual([EDGE]);

  const deletions = [{ entityName: "John_Smith", observations: ["Likes rowing", "Never said"] }];
  expect((await peer.call("delete_observations", { deletions })).data).toMatchObject({ success: true });
  expect((json(await peer.call("open_nodes", { names: ["John_Smith"] })) as GraphReply).entities).toEqual([
    { ...JOHN, observations: ["Speaks fluent Spanish", "Graduated in 2019"] },
  ]);
  await peer.call("delete_relations", { relations: [EDGE] });
  expect(json(await peer.call("read_graph"))).toMatchObject({ relations: [] });
  await peer.call("delete_entities", { entityNames: ["John_Smith", "Nobody"] });
  const left = json(await peer.call("read_graph")) as GraphReply;
  expect(left.entities.map(({ name }) => name).toSorted()).toEqual(["Acme", "Rex"]);
});

test("two relations of a kind stand side by side, as in the original", async () => {
  const peer = await connect();
  const relations = [EDGE, { ...EDGE, to: "Initech" }];
  await peer.call("create_entities", { entities: [JOHN, ACME, { ...ACME, name: "Initech" }] });
  await peer.call("create_relations", { relations });
  expect((json(await peer.call("read_graph")) as GraphReply).relations).toEqual(expect.arrayContaining(relations));
});

test("a graph of any size comes in pages within the budget", async () => {
  const file = nextFile();
  const memory = new Memory({ dbPath: file });
  const entities = Array.from({ length: 120 }, (_, at) => ({
    name: `Module ${at}`,
    type: "module",
    observations: Array.from({ length: 6 }, (_each, line) => `Line ${line} of module ${at}: ${"word ".repeat(25)}`),
  }));
  await memory.graph.createEntities(entities, { userId: "alice" });
  await memory.close();
  const peer = await connect(file);
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const reply = await peer.call("read_graph", cursor === undefined ? {} : { cursor });
    expect(countTokens(reply.text)).toBeLessThan(7_000);
    const page = json(reply) as GraphReply;
    for (const { name } of page.entities) seen.add(name);
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(seen.size).toBe(120);
});

test("two clients write at once, and nothing is lost", async () => {
  const file = nextFile();
  const peers = await Promise.all([connect(file), connect(file)]);
  await Promise.all(
    peers.map(async (peer, number) => {
      for (let at = 0; at < 15; at += 1)
        await peer.call("create_entities", {
          entities: [{ name: `Thing ${number} ${at}`, entityType: "thing", observations: [`seen by ${number}`] }],
        });
    }),
  );
  const [peer] = peers;
  expect((json((await peer?.call("read_graph")) as ToolReply) as GraphReply).entities).toHaveLength(30);
});

test("on a server: events of what is written, and one user's graph for one user", async () => {
  const server = await startTestServer();
  try {
    const query = "?profile=knowledge-graph&user_id=";
    const alice = await connectHttp(server.url, server.key, { query: `${query}alice` });
    const bob = await connectHttp(server.url, server.key, { query: `${query}bob` });
    open.add(alice);
    open.add(bob);
    await alice.call("create_entities", { entities: [JOHN] });
    expect((json(await bob.call("read_graph")) as GraphReply).entities).toEqual([]);
    await bob.call("delete_entities", { entityNames: ["John_Smith"] });
    expect((json(await alice.call("open_nodes", { names: ["John_Smith"] })) as GraphReply).entities).toEqual([JOHN]);
    const events = await server.call("GET", "/v1/events/");
    expect(events.body).toMatchObject({ results: [{ event_type: "ADD", status: "SUCCEEDED" }] });
  } finally {
    await server.remove();
  }
});
