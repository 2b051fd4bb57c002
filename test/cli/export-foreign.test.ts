import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { CliPlace } from "../support/cli-place.ts";
import { ImportPlace, readImport } from "../support/import-place.ts";

const place = new ImportPlace();
const cli = new CliPlace();

afterAll(() => {
  place.remove();
  cli.remove();
});

const GRAPH = [
  { type: "entity", name: "Ana", entityType: "person", observations: ["Speaks Portuguese", "Ana drinks tea"] },
  { type: "entity", name: "Lumen", entityType: "project", observations: ["Is written in Kotlin"] },
  { type: "entity", name: "Rex", entityType: "pet", observations: [] },
  { type: "relation", from: "Ana", to: "Lumen", relationType: "leads" },
  { type: "relation", from: "Ana", to: "Rex", relationType: "owns" },
];
const CLAUDE = "# Shop\n\n## Style\n\n- Use tabs\n- Wrap errors\n  - with %w\n\n## Deploy\n\nPush to main.\n";
const STATE = {
  version: 1, project: "shop", description: "", lastUpdated: "2026-01-06T10:00:00.000Z", extractionCount: 2,
  memories: [
    { id: "mem_1", type: "decision", content: "Use Hono", tags: ["http"], created: "2026-01-05T10:00:00.000Z", updated: "2026-01-05T10:00:00.000Z", confidence: 0.9, accessCount: 1 },
    { id: "mem_2", type: "gotcha", content: "No index on customer_id", tags: ["db"], created: "2026-01-05T11:00:00.000Z", updated: "2026-01-05T11:00:00.000Z", confidence: 0.7, accessCount: 0 },
  ],
}; // prettier-ignore
const MEM0 = [
  { id: "a0000000-0000-4000-8000-000000000001", memory: "Bo sails.", user_id: "bo", metadata: { topic: "sport" }, categories: ["sport"], created_at: "2025-03-01T10:00:00.000Z", updated_at: "2025-03-02T10:00:00.000Z",
    history: [
      { event: "ADD", old_memory: null, new_memory: "Bo rows.", created_at: "2025-03-01T10:00:00.000Z" },
      { event: "UPDATE", old_memory: "Bo rows.", new_memory: "Bo sails.", created_at: "2025-03-01T10:00:00.000Z", updated_at: "2025-03-02T10:00:00.000Z" },
    ] },
]; // prettier-ignore

interface Kept {
  readonly text: string;
  readonly saidAt: number;
  readonly categories: readonly string[];
}

/** What of a source is kept, without what says from where it came. */
async function keptOf(path: string, from: string): Promise<Kept[]> {
  const { memories } = await readImport(path, { from });
  return memories
    .filter(({ record }) => record.state === "active")
    .map(({ record: { text, saidAt, categories } }) => ({ text, saidAt, categories: categories.toSorted() }))
    .toSorted((one, other) => (one.text < other.text ? -1 : 1));
}

/** Imports a source into a place of its own, writes it in a format, and gives the file. */
async function throughStore(source: string, from: string, format: string, name: string): Promise<string> {
  const database = place.path(`${name}.db`);
  expect((await cli.run(["import", source, "--from", from, "--db", database, "--user-id", "bo"])).status).toBe(0);
  const target = place.path(`${name}.out`);
  const { status, stderr } = await cli.run(["export", target, "--format", format, "--db", database]);
  expect([status, stderr]).toEqual([0, ""]);
  return target;
}

const sorted = (rows: readonly object[]): string[] =>
  rows
    .map((row) =>
      "observations" in row ? { ...row, observations: [...(row.observations as string[])].toSorted() } : row,
    )
    .map((row) => JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))))
    .toSorted();

describe("recollect export --format", () => {
  test("mcp-memory: the file that was imported comes back, and is what the original server reads", async () => {
    const file = await throughStore(place.lines("memory.jsonl", GRAPH), "mcp-memory", "mcp-memory", "graph");
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as (typeof GRAPH)[number]); // prettier-ignore
    expect(sorted(lines)).toEqual(sorted(GRAPH));
    // Entities first: the original links by name as it reads.
    expect(lines.map(({ type }) => type)).toEqual(["entity", "entity", "entity", "relation", "relation"]);
  });

  test.each([
    ["mem0", "mem0", place.file("mem0.json", MEM0), "mem0"],
    ["memory-mcp", "memory-mcp", place.file("state.json", STATE), "memory-mcp"],
    ["markdown", "markdown", place.file("CLAUDE.md", CLAUDE), "markdown"],
    ["openmemory", "memory-mcp", place.file("state2.json", STATE), "openmemory"],
  ])("%s: what was imported comes back", async (format, from, source, back) => {
    const file = await throughStore(source, from, format, format);
    const [before, after] = [await keptOf(source, from), await keptOf(file, back)];
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    // Markdown has no times.
    const withTimes = format === "markdown" ? [] : before;
    expect(withTimes.map(({ saidAt }) => saidAt)).toEqual(
      withTimes.length === 0 ? [] : after.map(({ saidAt }) => saidAt),
    );
  });

  test("mem0: ids, owners, metadata and histories come back too", async () => {
    const { memories } = await readImport(place.path("mem0.out"), { from: "mem0" });
    expect(memories[0]).toMatchObject({
      record: { id: MEM0[0]?.id, scope: { userId: "bo" }, metadata: { topic: "sport" }, categories: ["sport"] },
      history: [
        { event: "ADD", newText: "Bo rows." },
        { event: "UPDATE", newText: "Bo sails." },
      ],
    });
  });

  test("what a conversation taught goes along, its turns and what was replaced are counted as left out", async () => {
    const database = place.path("talk.db");
    for (const text of ["I live in Oslo.", "I moved to Bergen.", "My sister is Anna."])
      await cli.run(["add", text, "--user-id", "hana", "--db", database]);
    const { answer } = await cli.json([
      "export",
      place.path("talk.jsonl"),
      "--format",
      "mcp-memory",
      "--user-id",
      "hana",
      "--db",
      database,
    ]);
    expect(answer.data).toMatchObject({ left_out: { messages: 3, inactive: 1 } });
    const text = readFileSync(place.path("talk.jsonl"), "utf8");
    expect(text).toContain('"relationType":"sister"');
    expect(text).toContain("Bergen");
    expect(text).not.toContain("Oslo");
  });

  test("a format that is none lists those that are", async () => {
    const { status, stderr } = await cli.run(["export", place.path("x"), "--format", "zep"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/--format expects recollect, mem0, mcp-memory/u);
  });
});
