import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { CLAUDE_MEM_SCHEMAS, rowsFor } from "../support/claude-mem-fixture.ts";
import { CliPlace } from "../support/cli-place.ts";
import { ImportPlace } from "../support/import-place.ts";
import { startTestServer } from "../support/test-server.ts";

const place = new ImportPlace();
const cli = new CliPlace();

afterAll(() => {
  place.remove();
  cli.remove();
});

const GRAPH = [
  {
    type: "entity",
    name: "Ana",
    entityType: "person",
    observations: ["likes tea", `key sk-proj-${"a1B2c3D4e5F6g7H8".repeat(3)}`],
  },
  { type: "relation", from: "Ana", to: "Acme", relationType: "works_at" },
];

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

interface Answer {
  readonly is_dry_run: boolean;
  readonly sources: readonly {
    readonly system: string;
    readonly memories: number;
    readonly imported: number;
    readonly there_already?: number;
    readonly masked: number;
    readonly batch?: string;
    readonly restored?: number;
  }[];
}

describe("recollect import <path>", () => {
  const path = place.lines("memory.jsonl", GRAPH);

  test("a dry run says what it is and how much, and stores nothing", async () => {
    const { status, answer } = await cli.json(["import", path, "--dry-run", "--user-id", "ana"]);
    expect(status).toBe(0);
    expect(answer.data).toMatchObject({
      is_dry_run: true,
      sources: [{ system: "mcp-memory", memories: 4, masked: 3 }],
    });
    expect(existsSync(join(cli.project, ".recollect/memory.db"))).toBe(false);
  });

  test("an import is one batch: again it changes nothing, and --undo takes all of it back and nothing else", async () => {
    await cli.run(["add", "I live in Oslo.", "--user-id", "ana"]);
    const memory = async <Result>(read: (memory: Memory) => Promise<Result>): Promise<Result> => {
      const opened = new Memory({ dbPath: join(cli.project, ".recollect/memory.db") });
      try {
        return await read(opened);
      } finally {
        await opened.close();
      }
    };
    const all = (): Promise<string[]> =>
      memory(async (opened) =>
        (await opened.getAll({ filters: { user_id: "ana" }, kinds: ["message", "fact"] })).results
          .map(({ id }) => id)
          .toSorted(),
      );
    const before = await all();
    const first = (await cli.json(["import", path, "--user-id", "ana"])).answer.data as Answer;
    expect(first.sources).toMatchObject([{ imported: 4, there_already: 0 }]);
    const batch = first.sources[0]?.batch ?? "";
    const second = (await cli.json(["import", path, "--user-id", "ana"])).answer.data as Answer;
    expect(second.sources).toMatchObject([{ imported: 0, there_already: 4 }]);
    expect(second.sources[0]?.batch).toBeUndefined();
    expect(await all()).toHaveLength(before.length + 4);
    const undone = await cli.json(["import", "--undo", batch]);
    expect(undone.answer.data).toEqual({ batch, deleted: 4, kept: 0 });
    expect(await all()).toEqual(before);
    expect((await cli.run(["import", "--undo", batch])).status).toBe(3);
    const third = (await cli.json(["import", path, "--user-id", "ana"])).answer.data as Answer;
    expect(third.sources).toMatchObject([{ imported: 0, restored: 4, there_already: 0 }]);
    expect(await all()).toHaveLength(before.length + 4);
    expect(await memory((opened) => opened.verify())).toMatchObject({ problems: [] });
  });

  test("a source is as it was after a dry run, an import and its undoing", async () => {
    const folder = place.path("untouched");
    place.lines("untouched/memory.jsonl", GRAPH);
    place.file("untouched/CLAUDE.md", "- Use tabs\n");
    place.database("untouched/claude-mem.db", CLAUDE_MEM_SCHEMAS["current"] ?? "", rowsFor("current"));
    const state = (): string[] =>
      readdirSync(folder)
        .toSorted()
        .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs} ${digest(readFileSync(join(folder, name)))}`);
    const before = state();
    await cli.run(["import", folder, "--all", "--dry-run"]);
    const { answer } = await cli.json(["import", folder, "--all", "--user-id", "zoe"]);
    const { sources } = answer.data as Answer;
    expect(sources.map(({ system, imported }) => [system, imported])).toEqual([
      ["claude-mem", 6],
      ["mcp-memory", 4],
      ["markdown", 1],
    ]);
    for (const { batch } of sources) expect((await cli.run(["import", "--undo", batch ?? ""])).status).toBe(0);
    expect(state()).toEqual(before);
    expect((await cli.json(["list", "--user-id", "zoe"])).answer.count).toBe(0);
  });

  test("a server takes an import, and takes it back", async () => {
    const server = await startTestServer();
    try {
      const at = ["--server", server.url, "--api-key", server.key];
      const { answer } = await cli.json(["import", path, "--user-id", "ana", ...at]);
      const [source] = (answer.data as Answer).sources;
      expect(source).toMatchObject({ system: "mcp-memory", imported: 4 });
      expect((await cli.json(["list", "--user-id", "ana", ...at])).answer.count).toBe(4);
      const undone = await cli.json(["import", "--undo", source?.batch ?? "", ...at]);
      expect(undone.answer.data).toMatchObject({ deleted: 4 });
      expect((await cli.json(["list", "--user-id", "ana", ...at])).answer.count).toBe(0);
    } finally {
      await server.remove();
    }
  });

  test("several systems at one path are listed, and --all takes them all", async () => {
    place.lines("both/memory.jsonl", GRAPH);
    place.file("both/CLAUDE.md", "- Use tabs\n");
    const several = await cli.run(["import", place.path("both")]);
    expect(several.status).toBe(2);
    expect(several.stderr).toMatch(/--from mcp-memory[^]*--from markdown/u);
    const { answer } = await cli.json(["import", place.path("both"), "--all", "--dry-run"]);
    expect((answer.data as Answer).sources.map(({ system, memories }) => [system, memories])).toEqual([
      ["mcp-memory", 4],
      ["markdown", 1],
    ]);
  });

  test("without a path it says what lies in the usual places", async () => {
    expect((await cli.run(["import"])).status).toBe(3);
    place.file("home/.keep", "");
    const { answer } = await cli.json(["import"], { cwd: place.path("both") });
    expect(answer.data).toMatchObject({ found: [{ system: "mcp-memory" }, { system: "markdown" }] });
  });

  place.lines("session.jsonl", [
    {
      type: "user",
      sessionId: "s-1",
      cwd: "/p",
      timestamp: "2026-01-02T10:00:00Z",
      message: { role: "user", content: "Hi" },
    },
  ]);
  place.database("unknown.db", "CREATE TABLE albums(id INTEGER)");

  test.each([
    ["nowhere", "There is no"],
    ["session.jsonl", "recollect ingest"],
    ["unknown.db", "of no system that is known"],
  ])("%s ends with one clear line", async (name, words) => {
    const { status, stderr } = await cli.run(["import", place.path(name)]);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });

  test("--from with a name that is none lists the names", async () => {
    const { status, stderr } = await cli.run(["import", path, "--from", "zep"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/--from expects one of claude-mem/u);
  });
});
