import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { answers, countAll, ImportPlace, readImport } from "../support/import-place.ts";

const place = new ImportPlace();

afterAll(() => place.remove());

type Questions = readonly (readonly [string, RegExp])[];

async function check(
  path: string,
  questions: Questions,
  expected: { readonly system: string; readonly kept: number },
): Promise<Memory> {
  const memory = new Memory({ dbPath: ":memory:" });
  const read = await readImport(path, { into: memory });
  await readImport(path, { into: memory });
  expect([read.system, read.memories.length]).toEqual([expected.system, expected.kept]);
  for (const [question, answer] of questions) expect((await answers(memory, question)).join("\n")).toMatch(answer);
  expect(await countAll(memory)).toBe(expected.kept);
  expect(await memory.verify()).toMatchObject({ problems: [] });
  return memory;
}

const note = (id: string, type: string, content: string, tags: readonly string[], more: object = {}): object => ({
  id, type, content, tags, created: "2026-01-05T10:00:00.000Z", updated: "2026-01-06T10:00:00.000Z", confidence: 0.9, accessCount: 3, ...more,
}); // prettier-ignore

const decision = (id: string, what: string, content: object, more: object = {}): object => ({
  id, type: "decision", content: { what, ...content }, entities: ["PostgreSQL"], relations: [{ from: what, to: "PostgreSQL", type: "CHOSE" }],
  identity: { user_id: "hana", machine_id: "m" },
  metadata: { session_id: "s-1", timestamp: "2026-02-01T12:00:00Z", confidence: 0.8, source: "user_prompt", project: "shop", category: "database", ...more },
}); // prettier-ignore

describe("memory-mcp", () => {
  const state = {
    version: 1, project: "shop api", description: "API of the shop", lastUpdated: "2026-01-06T10:00:00.000Z", extractionCount: 12,
    memories: [
      note("mem_1", "decision", "Use Fastify instead of Express", ["http", "superseded"]),
      note("mem_2", "decision", "Use Hono instead of Fastify, it runs on workers", ["http"], { supersedes: "mem_1" }),
      note("mem_3", "gotcha", "The invoices table has no index on customer_id", ["db"]),
      note("mem_4", "pattern", "Handlers return a Result, they never throw", ["style"]),
      note("mem_5", "architecture", "Events go through NATS JetStream", ["events"]),
      note("mem_6", "progress", "Checkout is done but for refunds", ["checkout"]),
      note("mem_7", "context", "The client is a Norwegian bakery chain", ["client", "archived"]),
      note("mem_8", "pattern", "数据库迁移由小王负责", ["team", "superseded"]),
      note("mem_9", "pattern", "Тесты запускаются по ночам", ["tests", "superseded"]),
      note("mem_10", "gotcha", "Rate limit of Stripe test mode is 25 per second", ["stripe"], { mergedFrom: ["mem_11"] }),
      note("mem_11", "gotcha", "Stripe test mode is limited", ["stripe"]),
      note("mem_12", "gotcha", "", []),
      "broken",
    ],
  }; // prettier-ignore

  test("ten questions are answered; chains, merges and doubtful notes are told", async () => {
    const memory = await check(
      place.file("mcp/.memory/state.json", state),
      [
        ["Which HTTP framework is used?", /Hono/u],
        ["Why Hono?", /workers/u],
        ["Which index is missing on invoices?", /customer_id/u],
        ["Do handlers throw?", /Result/u],
        ["How do events travel?", /NATS/u],
        ["What of checkout is missing?", /refunds/u],
        ["Who is the client?", /Norwegian bakery/u],
        ["What is the rate limit of Stripe's test mode?", /25 per second/u],
        ["Where do the workers run?", /Hono/u],
        ["Which stream carries events?", /JetStream/u],
      ],
      { system: "memory-mcp", kept: 11 },
    );
    const { memories, skipped, notes } = await readImport(place.path("mcp"));
    const stateOf = (id: string): unknown => {
      const found = memories.find(({ record }) => record.metadata["memory_mcp_id"] === id)?.record;
      return [
        found?.state,
        memories.find(({ record }) => record.id === found?.replacedBy)?.record.metadata["memory_mcp_id"],
      ];
    };
    expect(stateOf("mem_1")).toEqual(["superseded", "mem_2"]);
    expect(stateOf("mem_11")).toEqual(["merged", "mem_10"]);
    expect(stateOf("mem_8")).toEqual(["superseded", undefined]);
    expect(notes.join(" ")).toContain("2 notes in scripts other than Latin were marked as superseded");
    expect(skipped.map(({ reason }) => reason).toSorted()).toEqual(["has no text", "is no object"]);
    const revived = memories.find(({ record }) => record.metadata["memory_mcp_id"] === "mem_8")?.record.id ?? "";
    await memory.restore(revived);
    expect((await answers(memory, "数据库迁移由谁负责")).join()).toContain("小王");
    await memory.close();
  });
});

describe("OrchestKit", () => {
  test("ten questions are answered with reasons and rejected options; damage and repeats are told", async () => {
    const rows = [
      decision("d-1", "Use PostgreSQL for orders", { why: "we need serializable transactions", alternatives: ["MongoDB", "DynamoDB"], constraints: ["EU hosting"], tradeoffs: ["harder sharding"] }),
      decision("d-2", "Cache sessions in Valkey", { why: "the licence of Redis changed", alternatives: ["Redis"] }),
      decision("d-2", "Cache sessions in Valkey", { why: "the licence of Redis changed" }),
      '{"id":"d-3","type":"decision","content":{"what":"half a li',
    ]; // prettier-ignore
    place.lines("ork/.claude/memory/decisions.jsonl", rows);
    place.lines("ork/.claude/logs/agent-patterns.jsonl", [
      {
        agent_id: "ork:reviewer",
        pattern: "Read the migration before the model",
        outcome: "success",
        pending_sync: true,
      },
      { agent_id: "ork:tester", pattern: "Mocking the clock globally", outcome: "failed" },
    ]);
    place.file("ork/.claude/coordination/decision-log.json", {
      decisions: [
        {
          decision_id: "l-1",
          content: "Deploy on Tuesdays only",
          category: "release",
          timestamp: "2026-02-03T08:00:00Z",
          agent: "release-lead",
        },
      ],
    });
    place.file("ork/.claude/coordination/.decision-sync-state.json", {
      synced_decisions: ["d-1"],
      synced_patterns: [],
      last_sync: null,
    });
    place.lines("ork/.claude/memory/graph-queue.jsonl", [
      {
        type: "create_entities",
        payload: { entities: [{ name: "Billing", entityType: "Project", observations: ["is owned by team Otter"] }] },
        timestamp: "2026-02-04T08:00:00Z",
      },
      {
        type: "create_relations",
        payload: { relations: [{ from: "Billing", to: "Valkey", relationType: "USES" }] },
        timestamp: "2026-02-04T08:00:00Z",
      },
      { type: "drop_table" },
    ]);
    place.lines("ork/.claude/memory/open-problems.jsonl", [
      { id: "p-1", problem: "Webhooks arrive twice from Adyen", timestamp: "2026-02-05T08:00:00Z" },
    ]);
    const memory = await check(
      place.path("ork"),
      [
        ["Why did we choose PostgreSQL over MongoDB?", /serializable transactions[^]*MongoDB/u],
        ["Which alternatives to PostgreSQL were rejected?", /DynamoDB/u],
        ["What is the trade-off of PostgreSQL?", /sharding/u],
        ["Which constraint holds for hosting?", /EU hosting/u],
        ["Why Valkey and not Redis?", /licence/u],
        ["What should be read before the model?", /migration/u],
        ["What failed with the clock?", /Mocking the clock globally \(failed\)/u],
        ["On which days do we deploy?", /Tuesdays/u],
        ["Who owns Billing?", /Otter/u],
        ["Which webhooks arrive twice?", /Adyen/u],
      ],
      { system: "orchestkit", kept: 9 },
    );
    const { memories, skipped, notes } = await readImport(place.path("ork"));
    expect(memories[0]?.record).toMatchObject({
      scope: { userId: "ana", appId: "shop", runId: "s-1" },
      categories: ["decision", "database"],
      confidence: 0.8,
      saidAt: Date.UTC(2026, 1, 1, 12),
      metadata: { decision_id: "d-1", why: "we need serializable transactions", relations: [{ type: "CHOSE" }] },
    });
    expect(memories[0]?.mentions).toEqual([{ name: "PostgreSQL", type: "other" }]);
    expect(skipped.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      ".claude/memory/decisions.jsonl:3 stands in the source twice",
      ".claude/memory/decisions.jsonl:4 is damaged: no whole JSON object",
      ".claude/memory/graph-queue.jsonl:3 is no queued change of a graph that is known",
    ]);
    expect(notes.join(" ")).toContain("1 of them were sent to Mem0 before");
    await memory.close();
  });
});

describe("Supermemory", () => {
  const tag = "repo_shop__0123456789abcdef";
  const item = (id: string, memory: string, more: object = {}): object => ({
    id, memory, containerTags: [tag], isLatest: true, createdAt: "2026-03-01T09:00:00Z", updatedAt: "2026-03-01T09:00:00Z", metadata: { source: "cli" }, ...more,
  }); // prettier-ignore
  const memories = [
    item("s1", "The API key rotates every 90 days", { isLatest: false }),
    item("s2", "The API key rotates every 30 days", { parentMemoryId: "s1", memoryRelations: { s1: "updates" } }),
    item("s3", "Hana prefers short commits", { containerTags: ["hana"], customId: "pref-1" }),
    item("s4", "The mobile app is written in Flutter"),
    item("s5", "Logs are kept for 14 days in Loki"),
    item("s6", "Standup is at 9:40 on Mondays"),
    item("s7", "The old warehouse closed", { isForgotten: true }),
    { id: "s8", containerTags: [tag] },
    { id: "d1", title: "Handbook", content: "Refunds above 200 euros need Marta's approval", containerTags: ["hana"], createdAt: "2026-03-02T09:00:00Z", memoryEntries: [{ id: "s9", memory: "Deliveries leave from Gdynia", createdAt: "2026-03-02T09:00:00Z" }] },
  ]; // prettier-ignore

  test("ten questions are answered; versions, containers and ids are kept", async () => {
    const path = place.file("super.json", {
      memories: memories.slice(0, 8),
      documents: memories.slice(8),
      pagination: { totalPages: 1 },
    });
    const memory = await check(
      path,
      [
        ["How often does the API key rotate?", /30 days/u],
        ["What does Hana prefer?", /short commits/u],
        ["In what is the mobile app written?", /Flutter/u],
        ["How long are logs kept?", /14 days/u],
        ["Where are logs kept?", /Loki/u],
        ["When is standup?", /9:40/u],
        ["On which day is standup?", /Mondays/u],
        ["Who approves refunds?", /Marta/u],
        ["From which amount do refunds need approval?", /200 euros/u],
        ["Where do deliveries leave from?", /Gdynia/u],
      ],
      { system: "supermemory", kept: 9 },
    );
    expect((await answers(memory, "Did the old warehouse close?")).join()).not.toContain("warehouse closed");
    const read = await readImport(path);
    const old = read.memories.find(({ record }) => record.text.includes("90 days"))?.record;
    const newer = read.memories.find(({ record }) => record.text.includes("30 days"))?.record;
    expect(old).toMatchObject({ state: "superseded", replacedBy: newer?.id });
    expect(newer?.scope).toEqual({ userId: "ana", appId: tag });
    expect(read.memories.find(({ record }) => record.text.includes("commits"))?.record).toMatchObject({
      scope: { userId: "ana" },
      metadata: { custom_id: "pref-1", source: "cli", container_tags: ["hana"] },
    });
    expect(read.skipped.map(({ reason }) => reason)).toEqual(["has no text (memory, content, summary)"]);
    await memory.close();
  });

  test("lines, pages and a missing isLatest are read", async () => {
    const rows = memories.slice(3, 6).map((each) => ({ ...each, isLatest: undefined }));
    expect((await readImport(place.lines("super.jsonl", rows))).memories).toHaveLength(3);
    const paged = await readImport(
      place.file("pages.json", [{ memories: rows.slice(0, 1) }, { memories: rows.slice(1) }]),
    );
    expect(paged.memories).toHaveLength(3);
    expect(paged.notes.join()).toContain("latest versions alone");
  });
});
