import { afterAll, afterEach, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { CLAUDE_MEM_SCHEMAS, rowsFor } from "../support/claude-mem-fixture.ts";
import { ImportPlace, readImport } from "../support/import-place.ts";
import { connectStdio } from "../support/mcp-clients.ts";
import type { McpPeer, ToolReply } from "../support/mcp-clients.ts";

// What a user of another system does after the import: the same tools, by the same names, on the data of before.

const place = new ImportPlace();
const open = new Set<Pick<McpPeer, "close">>();

afterEach(async () => {
  for (const peer of open) await peer.close();
  open.clear();
});
afterAll(() => place.remove());

/** Imports a path into a store of its own and connects to it as a client of the other system would. */
async function switchTo(profile: string, path: string): Promise<McpPeer> {
  const dbPath = place.path(`${profile}.db`);
  const memory = new Memory({ dbPath });
  await readImport(path, { into: memory });
  await memory.close();
  const peer = await connectStdio(["--profile", profile, "--user", "ana", "--db", dbPath]);
  open.add(peer);
  return peer;
}

function json<Answer>({ text, isError }: ToolReply): Answer {
  expect({ text, isError }).toMatchObject({ isError: false });
  return JSON.parse(text) as Answer;
}

interface Listed<Item> {
  readonly results: readonly Item[];
}

test("claude-mem: the index, the timeline around an observation by its old number, and the whole of it", async () => {
  const path = place.database("claude-mem/claude-mem.db", CLAUDE_MEM_SCHEMAS["current"] ?? "", rowsFor("current"));
  const peer = await switchTo("claude-mem", path);
  type Entry = { readonly title: string; readonly type: string; readonly project: string };
  const index = json<Listed<Entry>>(await peer.call("search", { query: "Safari cookie", obs_type: "bugfix" }));
  expect(index.results[0]).toMatchObject({ type: "bugfix", project: "shop" });
  const dated = json<Listed<Entry>>(
    await peer.call("search", { project: "blog", dateStart: "2025-11-01", orderBy: "date_asc" }),
  );
  expect(dated.results.map(({ title }) => title)).toEqual([expect.stringContaining("Dark mode toggle")]);
  const around = json<Listed<Entry>>(await peer.call("timeline", { anchor: 12, depth_before: 1, depth_after: 1 }));
  expect(around.results.map(({ title }) => title.split(" ")[0])).toEqual(
    expect.arrayContaining(["Safari", "Postgres"]),
  );
  const whole = json<Listed<{ readonly narrative: string }>>(await peer.call("get_observations", { ids: [11, 13] }));
  expect(whole.results.map(({ narrative }) => narrative)).toEqual([
    expect.stringContaining("The fix sets Secure on the cookie"),
    expect.stringContaining("localStorage"),
  ]);
});

test("the MCP memory server: read_graph, search_nodes and open_nodes show the graph of the file", async () => {
  const path = place.lines("memory.jsonl", [
    { type: "entity", name: "John_Smith", entityType: "person", observations: ["Speaks fluent Spanish"] },
    { type: "entity", name: "Anthropic", entityType: "organization", observations: [] },
    { type: "relation", from: "John_Smith", to: "Anthropic", relationType: "works_at" },
  ]);
  const peer = await switchTo("knowledge-graph", path);
  type Graph = {
    readonly entities: readonly {
      readonly name: string;
      readonly entityType: string;
      readonly observations: string[];
    }[];
    readonly relations: readonly object[];
  };
  const whole = json<Graph>(await peer.call("read_graph"));
  expect(whole.entities.find(({ name }) => name === "John_Smith")).toMatchObject({
    entityType: "person",
    observations: ["Speaks fluent Spanish"],
  });
  expect(whole.relations).toMatchObject([{ from: "John_Smith", to: "Anthropic", relationType: "works_at" }]);
  const found = json<Graph>(await peer.call("search_nodes", { query: "spanish" }));
  expect(found.entities.map(({ name }) => name)).toContain("John_Smith");
  json(
    await peer.call("add_observations", { observations: [{ entityName: "John_Smith", contents: ["Plays chess"] }] }),
  );
  const opened = json<Graph>(await peer.call("open_nodes", { names: ["John_Smith"] }));
  expect(opened.entities[0]?.observations.toSorted()).toEqual(["Plays chess", "Speaks fluent Spanish"]);
});

const note = (id: string, type: string, content: string, tags: readonly string[]): object => ({
  id, type, content, tags, created: "2026-01-05T10:00:00Z", updated: "2026-01-05T10:00:00Z", confidence: 1, accessCount: 0,
}); // prettier-ignore

test("memory-mcp: recall by type, related by tag, search and the digest", async () => {
  const peer = await switchTo(
    "memory-mcp",
    place.file("state.json", {
      version: 1,
      project: "shop",
      extractionCount: 1,
      memories: [
        note("mem_1", "decision", "Payments go through Adyen", ["payments"]),
        note("mem_2", "gotcha", "Adyen sends webhooks twice", ["payments", "webhooks"]),
        note("mem_3", "gotcha", "测试环境没有邮件", ["tests"]),
      ],
    }),
  );
  type Item = { readonly memory: string };
  expect(json<Listed<Item>>(await peer.call("memory_recall", { type: "gotcha" })).results).toHaveLength(2);
  expect(json<Listed<Item>>(await peer.call("memory_related", { tags: ["payments"] })).results).toHaveLength(2);
  const found = json<Listed<Item>>(await peer.call("memory_search", { query: "webhooks" }));
  expect(found.results[0]?.memory).toBe("Adyen sends webhooks twice");
  expect((await peer.call("memory_ask", { question: "Who handles payments?" })).text).toContain("Adyen");
  expect(json(await peer.call("memory_stats"))).toMatchObject({ total: 3, byType: { decision: 1, gotcha: 2 } });
});

test("OpenMemory: search, list and delete what a backup held", async () => {
  const memories = ["Prefers dark roast coffee", "Drives a blue Volvo"].map((content, index) => ({
    id: `aaaaaaaa-bbbb-4ccc-8ddd-00000000000${index}`, content, metadata: {}, state: "active", created_at: "2025-06-01T10:00:00Z",
  })); // prettier-ignore
  const backup = { user: { id: "u", user_id: "ana" }, apps: [], memories, export_meta: { version: "1" } };
  const peer = await switchTo("openmemory", place.file("memories.json", backup));
  type Item = { readonly id: string; readonly memory: string };
  const found = json<Listed<Item>>(await peer.call("search_memory", { query: "Which coffee?" }));
  expect(found.results[0]?.memory).toContain("dark roast");
  expect(json<Listed<Item>>(await peer.call("list_memories")).results).toHaveLength(2);
  json(await peer.call("delete_memories", { memory_ids: [found.results[0]?.id] }));
  expect(json<Listed<Item>>(await peer.call("list_memories")).results.map(({ memory }) => memory)).toEqual([
    "Drives a blue Volvo",
  ]);
});

test("SimpleMem: a question without a model gets evidence from the entries", async () => {
  const peer = await switchTo(
    "simplemem",
    place.file("entries.json", [
      { entry_id: "e1", lossless_restatement: "Alice meets Bob at the Starbucks in Shibuya", timestamp: "2025-11-15T14:30:00", persons: ["Alice", "Bob"] },
      { entry_id: "e2", lossless_restatement: "Bob brings the market report", persons: ["Bob"] },
    ]),
  ); // prettier-ignore
  const { answer } = json<{ readonly answer: string }>(
    await peer.call("memory_query", { question: "Where do Alice and Bob meet?" }),
  );
  expect(answer).toContain("Shibuya");
  const { results } = json<Listed<{ readonly lossless_restatement: string }>>(
    await peer.call("memory_retrieve", { query: "market report", top_k: 1 }),
  );
  expect(results[0]?.lossless_restatement).toContain("Bob brings");
  expect(json(await peer.call("memory_stats"))).toMatchObject({ entries: 2 });
});

test("Mem0: the tools of its MCP server read what was imported, with its ids", async () => {
  const row = {
    id: "a0000000-0000-4000-8000-000000000001",
    memory: "Ana is vegetarian.",
    user_id: "ana",
    created_at: "2025-03-01T10:00:00Z",
  };
  const peer = await switchTo("mem0", place.file("mem0.json", { results: [row] }));
  const found = await peer.call("search_memories", { query: "What does Ana eat?" });
  expect(found.text).toContain("vegetarian");
  expect((await peer.call("get_memory", { memory_id: row.id })).text).toContain("vegetarian");
});
