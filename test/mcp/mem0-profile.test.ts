import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { countTokens } from "../../src/text/token-count.ts";
import { connectHttp, connectStdio } from "../support/mcp-clients.ts";
import type { McpPeer, ToolReply } from "../support/mcp-clients.ts";
import { startTestServer } from "../support/test-server.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-mcp-mem0-"));
const open = new Set<Pick<McpPeer, "close">>();
let files = 0;

afterEach(async () => {
  for (const peer of open) await peer.close();
  open.clear();
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

async function connect(): Promise<McpPeer> {
  files += 1;
  const peer = await connectStdio(["--profile", "mem0", "--user", "alice", "--db", join(scratch, `${files}.db`)]);
  open.add(peer);
  return peer;
}

/** Mem0's clients read the text as JSON. */
function resultsOf({ text, isError }: ToolReply): { id: string; memory: string; [name: string]: unknown }[] {
  expect({ text, isError }).toMatchObject({ isError: false });
  return (JSON.parse(text) as { results: { id: string; memory: string }[] }).results;
}

const MEM0_NAMES = [
  "add_memory",
  "update_memory",
  "delete_memory",
  "delete_all_memories",
  "delete_entities",
  "search_memories",
  "get_memories",
  "get_memory",
  "list_entities",
];

test("Mem0's tools by Mem0's names: add, search, list, get, update, delete", async () => {
  const peer = await connect();
  const { tools } = await peer.client.listTools();
  // Events are the server's: a file has none.
  expect(tools.map(({ name }) => name)).toEqual(MEM0_NAMES);
  const [added] = resultsOf(await peer.call("add_memory", { text: "I live in Lund.", metadata: { source: "chat" } }));
  expect(added).toMatchObject({ event: "ADD", memory: expect.stringContaining("Lund") as string });
  const messages = [{ role: "user", content: "I am allergic to peanuts." }];
  const [second] = resultsOf(await peer.call("add_memory", { messages, user_id: "bob" }));
  const raw = { text: "Word for word: kiosk 7.", infer: false, user_id: "bob" };
  expect(resultsOf(await peer.call("add_memory", raw))[0]?.memory).toBe("Word for word: kiosk 7.");

  const [hit] = resultsOf(await peer.call("search_memories", { query: "Where do I live?" }));
  expect(hit).toMatchObject({ id: added?.id, user_id: "alice", metadata: { source: "chat" } });
  const filters = { AND: [{ user_id: "bob" }] };
  const ofBob = resultsOf(await peer.call("search_memories", { query: "peanuts", filters, limit: 1 }));
  expect(ofBob).toMatchObject([{ user_id: "bob" }]);
  const listed = await peer.call("get_memories", { user_id: "bob", page_size: 1, page: 2 });
  expect(resultsOf(listed)).toMatchObject([{ id: second?.id }]);
  expect(JSON.parse(listed.text)).toMatchObject({ count: 2, page: 2 });

  await peer.call("update_memory", { memory_id: added?.id, text: "Lives in Malmö", metadata: { checked: true } });
  const got = JSON.parse((await peer.call("get_memory", { memory_id: added?.id })).text) as object;
  expect(got).toMatchObject({ memory: "Lives in Malmö", metadata: { source: "chat", checked: true } });
  expect(await peer.call("delete_memory", { memory_id: added?.id })).toMatchObject({ isError: false });
  expect((await peer.call("get_memory", { memory_id: added?.id })).text).toMatch(/^not_found: /u);
});

test("bulk deletions need a name, and take what is named alone", async () => {
  const peer = await connect();
  for (const user of ["alice", "bob", "carol"])
    await peer.call("add_memory", { text: `I am ${user} and I live in Lund.`, user_id: user });
  expect((await peer.call("delete_all_memories")).text).toMatch(/^invalid_input: .*Nothing was deleted/u);
  expect((await peer.call("delete_all_memories", { user_id: " " })).isError).toBe(true);
  expect((await peer.call("delete_entities", { user_id: "bob", app_id: "x" })).isError).toBe(true);
  expect(resultsOf(await peer.call("get_memories", { user_id: "bob" })).length).toBeGreaterThan(0);
  expect(await peer.call("delete_all_memories", { user_id: "bob" })).toMatchObject({ isError: false });
  expect(await peer.call("delete_entities", { user_id: "carol" })).toMatchObject({ isError: false });
  for (const user of ["bob", "carol"])
    expect(resultsOf(await peer.call("get_memories", { user_id: user }))).toEqual([]);
  const entities = resultsOf(await peer.call("list_entities"));
  expect(entities.map(({ id }) => id)).toEqual(["alice"]);
});

test("answers stay within their tokens, long metadata too", async () => {
  const peer = await connect();
  const metadata = { notes: "The ledger waits for its audit. ".repeat(400) };
  const [first] = resultsOf(await peer.call("add_memory", { text: "The ledger is closed.", infer: false, metadata }));
  for (let index = 0; index < 40; index += 1)
    await peer.call("add_memory", {
      text: `Ledger ${index}: ${"entries are checked twice. ".repeat(40)}`,
      infer: false,
    });
  const found = await peer.call("search_memories", { query: "ledger", top_k: 100 });
  expect(countTokens(found.text)).toBeLessThanOrEqual(4_000);
  expect((JSON.parse(found.text) as { left_out: number }).left_out).toBeGreaterThan(0);
  const got = await peer.call("get_memory", { memory_id: first?.id });
  expect(countTokens(got.text)).toBeLessThan(1_000);
  expect(JSON.parse(got.text)).toMatchObject({ metadata: {}, is_metadata_left_out: true });
});

test("on a server with its events, and for a key that reads with what reads", async () => {
  const server = await startTestServer();
  try {
    const peer = await connectHttp(server.url, server.key, { query: "?profile=mem0" });
    open.add(peer);
    expect((await peer.call("add_memory", { text: "I live in Lund." })).text).toMatch(/^invalid_input: Whose/u);
    await peer.call("add_memory", { text: "I live in Lund.", user_id: "alice" });
    await peer.call("add_memory", { text: "I keep the minutes.", user_id: "alice", agent_id: "scribe" });
    // An owner's key reads an agent's memories across users.
    expect(resultsOf(await peer.call("search_memories", { query: "minutes", agent_id: "scribe" }))).not.toEqual([]);
    const [event] = resultsOf(await peer.call("list_events"));
    expect(event).toMatchObject({ event_type: "ADD", status: "SUCCEEDED" });
    const status = await peer.call("get_event_status", { event_id: event?.id });
    expect(JSON.parse(status.text)).toMatchObject({ id: event?.id, status: "SUCCEEDED" });
    const { body } = await server.call("POST", "/api/v1/keys/", { role: "reader", label: "r" });
    const reader = await connectHttp(server.url, (body as { key: string }).key, { query: "?profile=mem0" });
    open.add(reader);
    const { tools } = await reader.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "search_memories",
      "get_memories",
      "get_memory",
      "list_entities",
      "list_events",
      "get_event_status",
    ]);
  } finally {
    for (const peer of open) await peer.close();
    open.clear();
    await server.remove();
  }
});
