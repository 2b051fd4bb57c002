import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { answers, countAll, ImportPlace, readImport } from "../support/import-place.ts";
import type { ReadImport } from "../support/import-place.ts";

const place = new ImportPlace();

afterAll(() => place.remove());

type Questions = readonly (readonly [string, RegExp])[];

/** Imported twice, asked, and found sound. */
async function check(path: string, questions: Questions): Promise<{ memory: Memory; read: ReadImport }> {
  const memory = new Memory({ dbPath: ":memory:" });
  const read = await readImport(path, { into: memory });
  await readImport(path, { into: memory });
  expect(await countAll(memory)).toBe(read.memories.length);
  for (const [question, expected] of questions) expect((await answers(memory, question)).join("\n")).toMatch(expected);
  expect(await memory.verify()).toMatchObject({ problems: [] });
  return { memory, read };
}

const entry = (id: string, text: string, more: object = {}): object => ({
  entry_id: id,
  lossless_restatement: text,
  keywords: ["k"],
  timestamp: "2025-11-15T14:30:00",
  location: null,
  persons: [],
  entities: [],
  topic: null,
  vector: [0.1, 0.2],
  created_at: "2025-11-16T09:00:00Z",
  ...more,
});

describe("SimpleMem", () => {
  const entries = [
    entry("e1", "Alice proposed to meet Bob at the Starbucks in Shibuya on 2025-11-16 at 14:00", {
      persons: ["Alice", "Bob"],
      location: "Shibuya",
      topic: "meeting",
    }),
    entry("e2", "Bob will bring the market analysis report to the meeting", { persons: ["Bob"] }),
    entry("e3", "Alice is allergic to hazelnuts", { persons: ["Alice"], superseded_by: null }),
    entry("e4", "The budget of project Kite is 40,000 euros", { entities: ["Kite"], superseded_by: "e5" }),
    entry("e5", "The budget of project Kite is 55,000 euros", { entities: ["Kite"] }),
    entry("e6", "Carol took over the Osaka office in October 2025", { persons: ["Carol"], location: "Osaka" }),
    entry("e7", "The team uses Linear for tickets"),
    entry("e8", "Bob's train leaves Nagoya at 6:50 in the morning", { persons: ["Bob"] }),
    entry("e9", ""),
  ];

  test("ten questions are answered; persons, places, times and versions are kept", async () => {
    const { memory, read } = await check(place.file("entries.json", { entries }), [
      ["Where will Alice and Bob meet?", /Starbucks/u],
      ["When do Alice and Bob meet?", /14:00/u],
      ["What will Bob bring?", /market analysis/u],
      ["What is Alice allergic to?", /hazelnuts/u],
      ["What is the budget of Kite?", /55,000/u],
      ["Who took over the Osaka office?", /Carol/u],
      ["When was the Osaka office taken over?", /October 2025/u],
      ["What does the team use for tickets?", /Linear/u],
      ["When does Bob's train leave?", /6:50/u],
      ["From where does Bob's train leave?", /Nagoya/u],
    ]);
    expect(read.memories.find(({ record }) => record.text.startsWith("Alice proposed"))).toMatchObject({
      record: { saidAt: Date.UTC(2025, 10, 16, 9), validFrom: Date.UTC(2025, 10, 15, 14, 30), categories: ["meeting"] },
      mentions: [
        { name: "Alice", type: "person" },
        { name: "Bob", type: "person" },
        { name: "Shibuya", type: "place" },
      ],
    });
    expect(read.memories.find(({ record }) => record.text.includes("40,000"))?.record.state).toBe("superseded");
    expect(read.skipped).toEqual([{ row: "e9", reason: "has no text (lossless_restatement)" }]);
    await memory.close();
  });

  test("its cross-session file: turns as messages, observations and summaries as facts", async () => {
    const path = place.database(
      "cross.db",
      `CREATE TABLE sessions(id INTEGER PRIMARY KEY, tenant_id TEXT, memory_session_id TEXT, project TEXT);
       CREATE TABLE session_events(id INTEGER PRIMARY KEY, memory_session_id TEXT, kind TEXT, payload_json TEXT, redaction_level TEXT, created_at TEXT);
       CREATE TABLE observations(id INTEGER PRIMARY KEY, memory_session_id TEXT, type TEXT, title TEXT, subtitle TEXT, narrative TEXT, facts_json TEXT, concepts_json TEXT, files_json TEXT, created_at TEXT);
       CREATE TABLE session_summaries(id INTEGER PRIMARY KEY, memory_session_id TEXT, request TEXT, learned TEXT, created_at TEXT);
       CREATE TABLE memory_links(id INTEGER PRIMARY KEY); CREATE TABLE consolidation_runs(id INTEGER PRIMARY KEY);`,
      {
        sessions: [{ id: 1, tenant_id: "t", memory_session_id: "s1", project: "kite" }],
        session_events: [
          { id: 1, memory_session_id: "s1", kind: "message", payload_json: '{"role":"user","content":"Please fix the flaky export"}', created_at: "2026-01-02T10:00:00Z" },
          { id: 2, memory_session_id: "s1", kind: "tool_use", payload_json: "{}", created_at: "2026-01-02T10:00:01Z" },
          { id: 3, memory_session_id: "s1", kind: "message", payload_json: "{broken", created_at: "2026-01-02T10:00:02Z" },
        ],
        observations: [{ id: 1, memory_session_id: "s1", type: "bugfix", title: "Export sorts its rows", narrative: "The order was random.", facts_json: '["Rows are sorted by id"]', concepts_json: "[]", files_json: '["export.py"]', created_at: "2026-01-02T10:05:00Z" }],
        session_summaries: [{ id: 1, memory_session_id: "s1", request: "Fix the export", learned: "Sets have no order", created_at: "2026-01-02T10:06:00Z" }],
      },
    ); // prettier-ignore
    const { memories, skipped, notes } = await readImport(path);
    expect(
      memories.map(({ record }) => [record.kind, record.scope.runId, record.scope.appId, record.text.split("\n")[0]]),
    ).toEqual([
      ["message", "s1", "kite", "Please fix the flaky export"],
      ["fact", "s1", "kite", "Export sorts its rows"],
      ["fact", "s1", "kite", "request: Fix the export"],
    ]);
    expect(skipped).toEqual([{ row: "session_events 3", reason: "has no text" }]);
    expect(notes.join()).toContain("1 events of tools");
  });

  test("LanceDB's own files are recognised, and how to read them is said", async () => {
    place.file("lancedb_data/memory_entries.lance/data/x.lance", "x");
    await expect(readImport(place.path("lancedb_data"))).rejects.toThrow(/to_json/u);
  });
});

describe("TeleMem", () => {
  const folder = "faiss_db";
  const write = (key: string, items: readonly unknown[]): void => {
    place.file(`${folder}/inn_1_${key}_meta.json`, items);
    place.file(`${folder}/inn_1_${key}.index`, "faiss");
  };

  test("ten questions are answered, and no character sees what only another knows", async () => {
    write("events", [
      "小明在茶馆遇见了老板",
      { summary: "A storm closed the mountain road", timestamp: "2025-12-01T08:00:00Z" },
    ]);
    write("Mara", [
      { memory: "Mara believes the innkeeper hid the key" },
      { memory: "Mara carries a silver compass" },
      { memory: "Mara's brother is a smuggler" },
    ]);
    write("Tom Reed", [
      { text: "Tom Reed knows that the key lies in the well" },
      { text: "Tom Reed owes the innkeeper forty coins" },
      { text: "" },
    ]);
    const { memory, read } = await check(place.path(folder), [
      ["Who hid the key, as Mara believes?", /innkeeper hid/u],
      ["What does Mara carry?", /compass/u],
      ["Who is Mara's brother?", /smuggler/u],
      ["Where does the key lie?", /in the well/u],
      ["What does Tom Reed owe?", /forty coins/u],
      ["What closed the mountain road?", /storm/u],
      ["小明在哪里遇见了老板?", /茶馆/u],
      ["To whom does Tom Reed owe coins?", /innkeeper/u],
      ["Of what is Mara's compass made?", /silver/u],
      ["Which road was closed?", /mountain road/u],
    ]);
    const asMara = await memory.search("Where is the key?", {
      filters: { AND: [{ user_id: "ana" }, { agent_id: "Mara" }] },
    });
    expect(asMara.results.map((item) => item.memory).join()).toContain("innkeeper");
    expect(asMara.results.map((item) => item.memory).join()).not.toContain("well");
    expect(new Set(read.memories.map(({ record }) => [record.scope.runId, record.scope.agentId].join(" ")))).toEqual(
      new Set(["inn_1 ", "inn_1 Mara", "inn_1 Tom-Reed"]),
    );
    expect(read.skipped).toMatchObject([{ row: "inn_1_Tom Reed_meta.json, item 3" }]);
    await memory.close();
  });
});

describe("Flashbacker", () => {
  test("ten questions are answered; the plan is one memory that does not fade", async () => {
    const at = ".claude/flashback/memory";
    place.file(
      `fb/${at}/REMEMBER.md`,
      "# Remember\n\n## Build\n\n- Node 22 is required by the native parser\n- Tests run with `just test`\n\n## People\n\n- Ida reviews database changes\n",
    );
    place.file(
      `fb/${at}/WORKING_PLAN.md`,
      "# Plan\n\n- [x] Move to pnpm\n- [ ] Replace Moment with Temporal\n- [ ] Delete the legacy cron container\n",
    );
    place.file(`fb/${at}/CURRENT_SESSION.md`, "Worked on the invoice PDF: fonts were missing in the Alpine image.\n");
    place.file(`fb/${at}/ARCHIVE/plans/plan-2025-08-01.md`, "Migrate from Heroku to Fly.io\n");
    place.file(`fb/${at}/ARCHIVE/sessions/2025-08-02-session.md`, "Found that the webhook secret had rotated.\n");
    const { memory, read } = await check(place.path("fb"), [
      ["Which Node version is required?", /Node 22/u],
      ["How do tests run?", /just test/u],
      ["Who reviews database changes?", /Ida/u],
      ["What replaces Moment?", /Temporal/u],
      ["Which container is to be deleted?", /cron/u],
      ["What was missing in the Alpine image?", /fonts/u],
      ["To where did we migrate from Heroku?", /Fly\.io/u],
      ["What had rotated?", /webhook secret/u],
      ["Which package manager did we move to?", /pnpm/u],
      ["Why is Node 22 needed?", /native parser/u],
    ]);
    expect(read.system).toBe("flashbacker");
    const plan = read.memories.filter(({ record }) => record.isPinned === true);
    expect(plan.map(({ record }) => record.text.includes("Temporal") && record.text.includes("cron"))).toEqual([true]);
    expect(read.memories.find(({ record }) => record.text.includes("Heroku"))?.record).toMatchObject({
      saidAt: Date.UTC(2025, 7, 1),
      categories: ["working-plan"],
      metadata: { archived: true },
    });
    const block = await memory.context("What is my plan?", { userId: "ana", tokenBudget: 400 });
    expect(block.text).toContain("Temporal");
    await memory.close();
  });
});

async function relationsOf(path: string): Promise<string[]> {
  const { system, memories } = await readImport(path);
  expect(system).toBe("graph");
  return memories
    .filter(({ record }) => record.categories.includes("relation"))
    .map(({ record }) => record.text)
    .toSorted();
}

describe("graph dumps", () => {
  const QUESTIONS: Questions = [
    ["Where does Lena work?", /Lena works at Nordwind/u],
    ["Who manages Lena?", /Jonas/u],
    ["Where is Nordwind located?", /Kiel/u],
    ["Which tool does Lena use?", /Blender/u],
    ["Who is a friend of Jonas?", /Jonas friend of Priya/u],
    ["What does Priya own?", /sailboat/u],
    ["Where does Priya live?", /Bergen/u],
    ["Which company makes turbines?", /Nordwind makes turbines/u],
    ["Who visited Bergen?", /Lena visited Bergen/u],
    ["What does Jonas play?", /cello/u],
  ];
  const EDGES: readonly (readonly [string, string, string])[] = [
    ["Lena", "WORKS_AT", "Nordwind"], ["Jonas", "manages", "Lena"], ["Nordwind", "located_in", "Kiel"], ["Lena", "uses", "Blender"],
    ["Jonas", "friend_of", "Priya"], ["Priya", "owns", "a sailboat"], ["Priya", "lives_in", "Bergen"], ["Nordwind", "makes", "turbines"],
    ["Lena", "visited", "Bergen"], ["Jonas", "plays", "cello"],
  ]; // prettier-ignore

  test("edges as CSV: ten questions are answered, and the graph is there", async () => {
    const path = place.lines("edges.csv", [
      "source,relationship,destination,user_id",
      ...EDGES.map(([from, type, to]) => `${from},${type},"${to}",`),
      '"no ""type""",,x,',
      "only one end,knows,,",
    ]);
    const { memory, read } = await check(path, QUESTIONS);
    const graph = await memory.graph.read({ userId: "ana" });
    expect(graph.relations).toHaveLength(10);
    expect(read.memories).toHaveLength(10);
    expect(read.skipped.map(({ reason }) => reason)).toEqual([
      "is neither an edge nor a node",
      "is an edge without a type",
    ]);
    await memory.close();
  });

  test("Neo4j's node and edge files, Neptune's, APOC's lines and plain JSON are the same relations", async () => {
    const id = (name: string): string =>
      `n${[...new Set(EDGES.flatMap(([from, , to]) => [from, to])), "Orphan"].indexOf(name)}`;
    const names = [...new Set(EDGES.flatMap(([from, , to]) => [from, to])), "Orphan"];
    place.lines("neo4j/nodes.csv", [
      "entityId:ID(Entity),name,:LABEL",
      ...names.map((name) => `${id(name)},${name},Person`),
    ]);
    place.lines("neo4j/edges.csv", [
      ":START_ID(Entity),:END_ID(Entity),:TYPE",
      ...EDGES.map(([from, type, to]) => `${id(from)},${id(to)},${type}`),
    ]);
    place.lines("neptune/vertices.csv", [
      "~id,~label,name:String",
      ...names.map((name) => `${id(name)},Person,${name}`),
    ]);
    place.lines("neptune/edges.csv", [
      "~id,~from,~to,~label",
      ...EDGES.map(([from, type, to], index) => `e${index},${id(from)},${id(to)},${type}`),
    ]);
    const apoc = place.lines("apoc.json", [
      ...names.map((name) => ({ type: "node", id: id(name), labels: ["Person"], properties: { name } })),
      ...EDGES.map(([from, type, to], index) => ({
        type: "relationship",
        id: `${index}`,
        label: type,
        start: { id: id(from), labels: ["Person"] },
        end: { id: id(to), labels: ["Person"] },
      })),
    ]);
    const plain = place.file("plain.json", {
      results: EDGES.map(([source, relationship, destination]) => ({ source, relationship, destination })),
    });
    const expected = await relationsOf(plain);
    expect(expected).toHaveLength(10);
    for (const path of [place.path("neo4j"), place.path("neptune"), apoc])
      expect(await relationsOf(path)).toEqual(expected);
    expect((await readImport(apoc)).notes.join()).toContain("1 nodes have no edge");
  });

  test("a CSV whose quote never closes is refused", async () => {
    const path = place.file("bad.csv", 'source,relationship,destination\n"open,knows,x\n');
    await expect(readImport(path)).rejects.toThrow(/never closed/u);
  });
});

describe("rows of CSV or JSON", () => {
  test("columns that are named, and others by their usual names; what is left is metadata", async () => {
    const csv = place.lines("reminders.csv", [
      "uid,body,due,status,created,tags",
      'r1,"Renew the passport, in person",2026-04-01,open,2026-03-01T08:00:00Z,"papers, travel"',
      "r2,Water the figs,2026-03-05,done,2026-03-02T08:00:00Z,",
      "r3,,2026-03-05,open,,",
    ]);
    const memory = new Memory({ dbPath: ":memory:" });
    const map = { text: "body", id: "uid", created_at: "created" };
    const { memories, skipped } = await readImport(csv, { from: "rows", map, into: memory });
    await readImport(csv, { from: "rows", map, into: memory });
    expect(await countAll(memory)).toBe(2);
    expect(memories[0]?.record).toMatchObject({
      text: "Renew the passport, in person",
      saidAt: Date.UTC(2026, 2, 1, 8),
      categories: ["papers", "travel"],
      metadata: { due: "2026-04-01", status: "open" },
    });
    expect(skipped).toEqual([{ row: "row 3", reason: "has no text (body)" }]);
    const due = await memory.getAll({ filters: { AND: [{ user_id: "ana" }, { status: "open" }] } });
    expect(due.results.map((item) => item.memory)).toEqual(["Renew the passport, in person"]);
    await memory.close();
    const json = place.file("rows.json", [{ note: "Likes tea", user: "bo", date: "2025-01-02" }]);
    expect((await readImport(json, { from: "rows" })).memories[0]?.record).toMatchObject({
      text: "Likes tea",
      scope: { userId: "bo" },
      saidAt: Date.UTC(2025, 0, 2),
    });
  });

  test.each([
    [{ colour: "x" }, /names columns for text, id/u],
    [{ text: 7 }, /names no column/u],
  ])("a map of %j is refused", async (map, words) => {
    const csv = place.lines("map.csv", ["text", "x"]);
    await expect(readImport(csv, { from: "rows", map })).rejects.toThrow(words);
  });
});

describe("the export of Mem0's editor plugin", () => {
  test("each block is a memory; hyphens inside a text are the text's", async () => {
    const path = place.file(
      "mem0-export-my shop-2026-02-03.md",
      [
        "---", "id: a0000000-0000-4000-8000-000000000009", "created_at: 2026-02-01T10:00:00Z", "type: decision", "confidence: 0.9",
        "branch: main", "files: a.ts, b.ts", "categories: db,infra", "---", "Use Postgres", "---", "for orders", "", "---", "id: x2", "type: ", "---", "",
      ].join("\n"),
    ); // prettier-ignore
    const { system, memories, skipped } = await readImport(path);
    expect(system).toBe("mem0-plugin");
    expect(memories[0]?.record).toMatchObject({
      id: "a0000000-0000-4000-8000-000000000009",
      text: "Use Postgres\n---\nfor orders",
      scope: { userId: "ana", appId: "my-shop" },
      categories: ["db", "infra"],
      saidAt: Date.UTC(2026, 1, 1, 10),
      metadata: { type: "decision", branch: "main", files: ["a.ts", "b.ts"] },
    });
    expect(skipped).toEqual([{ row: "line 14", reason: "has no text" }]);
  });
});
