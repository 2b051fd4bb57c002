import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { connectHttp, connectStdio } from "../support/mcp-clients.ts";
import type { McpPeer, ToolReply } from "../support/mcp-clients.ts";
import { startTestServer } from "../support/test-server.ts";

const scratch = mkdtempSync(join(tmpdir(), "recollect-mcp-profiles-"));
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

async function connect(profile: string, file: string = nextFile()): Promise<McpPeer> {
  const peer = await connectStdio(["--profile", profile, "--user", "alice", "--db", file]);
  open.add(peer);
  return peer;
}

async function namesOf(peer: Pick<McpPeer, "client">): Promise<string[]> {
  return (await peer.client.listTools()).tools.map(({ name }) => name);
}

/** The original tools answer JSON in the text. */
function json({ text, isError }: ToolReply): unknown {
  expect({ text, isError }).toMatchObject({ isError: false });
  return JSON.parse(text) as unknown;
}

type Row = { readonly id: string; readonly memory: string };

test("openmemory: add, search, list, delete some, delete all", async () => {
  const peer = await connect("openmemory");
  expect(await namesOf(peer)).toEqual([
    "add_memories",
    "search_memory",
    "list_memories",
    "delete_memories",
    "delete_all_memories",
  ]);
  const { results: added } = json(await peer.call("add_memories", { text: "I live in Lund." })) as { results: Row[] };
  await peer.call("add_memories", { text: "Word for word: kiosk 7.", infer: false });
  const { results: found } = json(await peer.call("search_memory", { query: "Where do I live?" })) as {
    results: Row[];
  };
  expect(found[0]?.id).toBe(added[0]?.id);
  const listed = json(await peer.call("list_memories")) as { results: Row[]; count: number };
  expect(listed.results.map(({ memory }) => memory)).toContain("Word for word: kiosk 7.");
  expect(listed.count).toBe(2);
  const [lund = ""] = added.map(({ id }) => id);
  const [kiosk = ""] = listed.results.flatMap(({ id }) => (id === lund ? [] : [id]));
  expect(json(await peer.call("delete_memories", { memory_ids: [lund] }))).toMatchObject({ count: 1, not_found: [] });
  // One that is not there keeps none of the others.
  expect(json(await peer.call("delete_memories", { memory_ids: ["unknown", kiosk, lund, kiosk] }))).toMatchObject({
    count: 1,
    not_found: ["unknown", lund],
  });
  expect(json(await peer.call("list_memories"))).toMatchObject({ results: [], count: 0 });
  expect((await peer.call("delete_memories", { memory_ids: ["unknown"] })).isError).toBe(true);
  await peer.call("add_memories", { text: "I live in Ystad." });
  await peer.call("delete_all_memories");
  expect(json(await peer.call("list_memories"))).toMatchObject({ results: [], count: 0 });
});

test("openmemory over its address: /mcp/<client>/http/<user>", async () => {
  const server = await startTestServer();
  try {
    const peer = await connectHttp(server.url, server.key, { path: "/mcp/cursor/http/bob" });
    open.add(peer);
    expect(await namesOf(peer)).toContain("add_memories");
    await peer.call("add_memories", { text: "I live in Lund." });
    const other = await connectHttp(server.url, server.key, { path: "/mcp/cursor/http/carol" });
    open.add(other);
    expect(json(await other.call("list_memories"))).toMatchObject({ results: [] });
    expect((json(await peer.call("list_memories")) as { results: object[] }).results).toMatchObject([
      { user_id: "bob" },
    ]);
  } finally {
    await server.remove();
  }
});

test("memory-mcp: save, recall by type and tag, replace, ask, statistics", async () => {
  const peer = await connect("memory-mcp");
  expect(await namesOf(peer)).toHaveLength(10);
  json(await peer.call("memory_init", { name: "shop", description: "a web shop in Go" }));
  const saved = json(
    await peer.call("memory_save", { type: "decision", content: "Payments go through Stripe.", tags: ["payments"] }),
  ) as { id: string };
  await peer.call("memory_save", { type: "gotcha", content: "支付回调会重复发送。", tags: ["payments", "webhooks"] });
  await peer.call("memory_save", { type: "gotcha", content: "测试环境没有邮件。", tags: ["tests"] });
  const gotchas = json(await peer.call("memory_recall", { type: "gotcha" })) as { results: Row[]; count: number };
  // Two notes in one script are two notes.
  expect(gotchas.count).toBe(2);
  const related = json(await peer.call("memory_related", { tags: ["payments"] })) as { results: Row[] };
  expect(related.results).toHaveLength(2);
  json(
    await peer.call("memory_save", {
      type: "decision",
      content: "Payments go through Adyen.",
      tags: ["payments"],
      supersedes: saved.id,
    }),
  );
  const { results } = json(await peer.call("memory_search", { query: "payments provider" })) as { results: Row[] };
  expect(results.map(({ memory }) => memory)).toContain("Payments go through Adyen.");
  expect(results.map(({ memory }) => memory)).not.toContain("Payments go through Stripe.");
  const asked = await peer.call("memory_ask", { question: "Who handles payments?" });
  expect(asked.text).toContain("Adyen");
  expect(asked.text).toContain("<recalled-memories");
  expect((await peer.call("memory_consciousness")).text).toContain("Adyen");
  expect(json(await peer.call("memory_stats"))).toMatchObject({
    total: 4,
    byType: { decision: 1, gotcha: 2, context: 1, pattern: 0 },
  });
  expect(json(await peer.call("memory_consolidate"))).toMatchObject({ active: 4 });
  await peer.call("memory_delete", { id: saved.id });
  expect(json(await peer.call("memory_stats"))).toMatchObject({ total: 3 });
});

test("claude-mem: the index, what lies around, the whole; its numbers and our ids", async () => {
  const file = nextFile();
  const memory = new Memory({ dbPath: file });
  for (let day = 1; day <= 7; day += 1)
    await memory.add(`Change ${day}: the parser of module ${day} was rewritten.`, {
      userId: "alice",
      appId: "shop",
      infer: false,
      timestamp: `2026-03-0${day}`,
      metadata: { type: "refactor" },
    });
  await memory.close();
  const peer = await connect("claude-mem", file);
  expect(await namesOf(peer)).toEqual(["search", "timeline", "get_observations"]);
  type Entry = { id: number; memory_id: string; title: string; type: string; read_tokens: number };
  const { results } = json(await peer.call("search", { query: "parser of module 4", project: "shop" })) as {
    results: Entry[];
  };
  expect(results[0]).toMatchObject({ title: expect.stringContaining("Change 4") as string, type: "refactor" });
  const anchor = results[0]?.id;
  const around = json(await peer.call("timeline", { anchor, depth_before: 2, depth_after: 1 })) as { results: Entry[] };
  expect(around.results.map(({ title }) => title.slice(0, 8))).toEqual([
    "Change 2",
    "Change 3",
    "Change 4",
    "Change 5",
  ]);
  const whole = json(await peer.call("get_observations", { ids: [anchor, results[0]?.memory_id, 17] })) as {
    results: { narrative: string; sources: object[] }[];
    not_found: number;
  };
  expect(whole.results[0]?.narrative).toContain("module 4");
  expect(whole.not_found).toBe(1);
  const dated = json(
    await peer.call("search", { dateStart: "2026-03-06", orderBy: "date_asc", obs_type: "refactor" }),
  ) as { results: Entry[] };
  expect(dated.results.map(({ title }) => title.slice(0, 8))).toEqual(["Change 6", "Change 7"]);
  expect((await peer.call("timeline", { anchor: 12_345 })).text).toMatch(/^not_found: /u);
});

test("simplemem: lines with speakers and times, evidence without a model, a clear that can be undone", async () => {
  const peer = await connect("simplemem");
  expect(await namesOf(peer)).toEqual([
    "memory_add",
    "memory_add_batch",
    "memory_query",
    "memory_retrieve",
    "memory_stats",
    "memory_clear",
  ]);
  json(
    await peer.call("memory_add", {
      speaker: "Nora",
      content: "I moved to Lund yesterday.",
      timestamp: "2026-02-10T09:00:00Z",
    }),
  );
  const dialogues = [
    { speaker: "Omar", content: "I work at Ikea." },
    { speaker: "Nora", content: "My cat is called Miso." },
  ];
  expect(json(await peer.call("memory_add_batch", { dialogues }))).toMatchObject({ dialogues_added: 2 });
  const { answer } = json(await peer.call("memory_query", { question: "Where does Nora live?" })) as { answer: string };
  expect(answer).toContain("Lund");
  const { results } = json(await peer.call("memory_retrieve", { query: "name of the cat", top_k: 1 })) as {
    results: { lossless_restatement: string }[];
  };
  expect(results[0]?.lossless_restatement).toContain("Miso");
  expect(json(await peer.call("memory_stats"))).toMatchObject({ dialogues: 3 });
  json(await peer.call("memory_clear"));
  expect(json(await peer.call("memory_stats"))).toMatchObject({ entries: 0, dialogues: 0 });
});

test("supermemory: save, recall, forget; one project's memories apart", async () => {
  const peer = await connect("supermemory");
  expect(await namesOf(peer)).toEqual(expect.arrayContaining(["memory", "recall", "context", "whoAmI"]));
  await peer.call("memory", { content: "I prefer tabs over spaces." });
  await peer.call("memory", { content: "The deploy runs on Fly.", containerTag: "shop" });
  const recalled = await peer.call("recall", { query: "tabs or spaces?", includeProfile: false });
  expect(recalled.text).toContain("tabs");
  expect(recalled.text).toContain("<recalled-memories");
  const inShop = await peer.call("search_memory", { query: "deploy", containerTag: "shop", includeProfile: false });
  expect(inShop.text).toContain("Fly");
  expect(inShop.text).not.toContain("tabs");
  expect((await peer.call("context", { query: "How do I indent?" })).text).toContain("tabs");
  expect((await peer.call("whoAmI")).text).toContain("alice");
  const missed = await peer.call("memory", { content: "the weather on Mars", action: "forget" });
  expect(missed.text).toMatch(/^not_found: .*Nothing was forgotten/u);
  expect((await peer.call("memory", { content: "I prefer tabs over spaces", action: "forget" })).text).toContain(
    "Forgotten",
  );
  expect((await peer.call("recall", { query: "tabs or spaces?", includeProfile: false })).text).not.toContain("tabs");
});
