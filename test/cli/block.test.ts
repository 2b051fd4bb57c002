import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findProject } from "../../src/cli/agents/project-identity.ts";
import { readEdits } from "../../src/cli/block/read-block.ts";
import {
  blockMemory,
  fingerprintOf,
  hashOf,
  lineOf,
  MOST_LINES,
  renderBlock,
} from "../../src/cli/block/render-block.ts";
import type { BlockMemory } from "../../src/cli/block/render-block.ts";
import { CliPlace } from "../support/cli-place.ts";

function memory(id: string, text: string, more: Record<string, unknown> = {}): BlockMemory {
  return blockMemory({
    id,
    memory: text,
    kind: "fact",
    app_id: "shop",
    created_at: `2026-01-01T00:00:${id}Z`,
    ...more,
  });
}

describe("what a block shows", () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    memory(String(index).padStart(3, "0"), `Statement ${index}`, {
      categories: [["decision"], ["user_preferences"], ["gotcha"], []][index % 4],
      kind: ["fact", "pattern", "instruction"][index % 3],
    }),
  );

  it("has at most so many lines, newest first for room, oldest first in order, and is the same every time", () => {
    for (const most of [20, 60, MOST_LINES]) {
      const { lines, items, left } = renderBlock(many, most);
      expect(lines.length + 2).toBeLessThanOrEqual(most);
      expect(items.length + left).toBe(400);
      expect(renderBlock(many.toReversed(), most).lines).toEqual(lines);
    }
    expect(renderBlock(many).lines.length).toBeGreaterThan(MOST_LINES - 8);
    expect(renderBlock([...many, memory("999", "Newest", { categories: ["decision"] })]).lines).toContain("- Newest");
  });

  it("keeps a memory on one line that cannot end the block", () => {
    expect(lineOf("a\nb --> <!-- RECOLLECT:END -->")).toBe("- a b --&gt; &lt;!-- RECOLLECT:END --&gt;");
    expect(lineOf("x".repeat(5000)).length).toBeLessThan(410);
  });
});

describe("what an edited block says", () => {
  const memories = [
    memory("1", "We chose SQLite over Postgres."),
    memory("2", "Deploys happen on Fridays."),
    memory("3", "我们使用 pnpm 管理依赖。"),
  ];
  const { lines, items } = renderBlock(memories);
  const written = {
    fingerprint: fingerprintOf(lines),
    lines: items.map(({ id, line }) => ({ id, hash: hashOf(line) })),
  };
  const read = (
    found: readonly string[],
    now = memories,
    fingerprint = written.fingerprint,
  ): ReturnType<typeof readEdits> =>
    readEdits(found, fingerprint, { written, memories: new Map(now.map((each) => [each.id, each])) });
  const edit = (from: string, to: string): string[] =>
    lines.map((line) => line.replace(from, to)).filter((line) => line !== "");

  it("nothing when nothing was changed, or only moved", () => {
    expect(read(lines).edits).toEqual([]);
    expect(read([...lines.slice(0, 1), ...lines.slice(1).toReversed()]).edits).toEqual([]);
  });

  it("another wording, a line less, a line more", () => {
    expect(read(edit("Fridays", "Mondays")).edits).toEqual([
      { what: "update", id: "2", text: "Deploys happen on Mondays." },
    ]);
    expect(read(edit("pnpm", "npm")).edits).toMatchObject([{ what: "update", id: "3" }]);
    expect(read(lines.filter((line) => !line.includes("Fridays"))).edits).toMatchObject([{ what: "delete", id: "2" }]);
    expect(read([...lines, "", "## Decisions", "* We use tabs."]).edits).toEqual([
      { what: "add", section: "decision", text: "We use tabs." },
    ]);
    expect(
      read(edit("Deploys happen on Fridays.", "Ask Bo about the keys of the office.")).edits.map(({ what }) => what),
    ).toEqual(["add", "delete"]);
  });

  it("keeps both when the store has a newer value, and what was changed there when a line was removed", () => {
    const now = memories.map((each) => (each.id === "2" ? { ...each, text: "Deploys happen on Tuesdays." } : each));
    expect(read(edit("Fridays", "Mondays"), now)).toMatchObject({
      edits: [{ what: "add", text: "Deploys happen on Mondays." }],
      kept: ["Deploys happen on Tuesdays."],
    });
    expect(
      read(
        lines.filter((line) => !line.includes("Fridays")),
        now,
      ),
    ).toEqual({ edits: [], kept: ["Deploys happen on Tuesdays."] });
  });

  it("deletes nothing for another version of it, and nothing when it was emptied", () => {
    const older = lines.slice(0, 2);
    expect(read(older, memories, fingerprintOf(older)).edits).toEqual([]);
    expect(read([...older, "- Something new."], memories, fingerprintOf(older)).edits).toMatchObject([{ what: "add" }]);
    expect(read([]).edits).toEqual([]);
    // Cut off after the store was changed, and read again.
    const done = memories.map((each) => (each.id === "2" ? { ...each, text: "Deploys happen on Mondays." } : each));
    expect(read(edit("Fridays", "Mondays"), done)).toEqual({ edits: [], kept: [] });
  });
});

describe("recollect block", () => {
  let place: CliPlace;
  beforeEach(() => {
    place = new CliPlace({ RECOLLECT_USER_ID: "hana", RECOLLECT_APP_ID: "shop" });
  });
  afterEach(() => place.remove());

  const texts = async (): Promise<string[]> =>
    ((await place.json(["list"])).answer.data as { memory: string }[]).map(({ memory: text }) => text).toSorted();
  const add = async (text: string, type = "decision"): Promise<unknown> =>
    place.run(["add", text, "--no-infer", "-m", JSON.stringify({ type })]);

  it.each(["# Rules", "# Rules\r\n\r\n- Tabs.\r\n", null])(
    "is off until it is turned on, reads edits back, and leaves %j as it was",
    async (own) => {
      const path = join(place.project, "CLAUDE.md");
      if (own !== null) writeFileSync(path, own, { mode: 0o640 });
      await add("We chose SQLite over Postgres.");
      await add("Deploys happen on Fridays.", "gotcha");
      expect((await place.run(["block"])).status).toBe(3);
      expect((await place.json(["block", "on", "CLAUDE.md", "--dry-run"])).answer.count).toBe(1);
      expect((await place.run(["block", "on", path])).status).toBe(0);
      const written = readFileSync(path, "utf8");
      expect(written.startsWith(own ?? "")).toBe(true);
      expect(written).toContain("## Decisions");
      expect((await place.json(["block"])).answer.count).toBe(0);
      expect(readFileSync(path, "utf8")).toBe(written);
      const eol = written.includes("\r\n") ? "\r\n" : "\n";
      writeFileSync(
        path,
        written
          .replace("SQLite over Postgres", "SQLite over MySQL")
          .replace("- Deploys", `- Ask Bo for the keys.${eol}- Deploys`),
      );
      const dry = await place.json(["block", "--dry-run"]);
      expect(dry.answer.data).toMatchObject({ blocks: [{ edits: [{ what: "update" }, { what: "add" }] }] });
      expect(await texts()).toHaveLength(2);
      expect((await place.run(["block"])).status).toBe(0);
      expect(await texts()).toEqual([
        "Ask Bo for the keys.",
        "Deploys happen on Fridays.",
        "We chose SQLite over MySQL.",
      ]);
      await place.run(["block"]);
      const settled = readFileSync(path, "utf8");
      expect((await place.json(["block"])).answer.count).toBe(0);
      expect(readFileSync(path, "utf8")).toBe(settled);
      expect((await place.run(["block", "off"])).status).toBe(0);
      expect(existsSync(path) ? readFileSync(path, "utf8") : null).toBe(own);
    },
    60_000,
  );

  it("forgets a line that was removed, brings nothing back, and is off when it was taken out by hand", async () => {
    await add("We chose SQLite over Postgres.");
    await add("Deploys happen on Fridays.");
    mkdirSync(join(place.project, ".cursor"));
    const path = join(place.project, ".cursor", "memory.mdc");
    await place.run(["block", "on", path]);
    writeFileSync(path, readFileSync(path, "utf8").replace("- Deploys happen on Fridays.\n", ""));
    await place.run(["block"]);
    expect(await texts()).toEqual(["We chose SQLite over Postgres."]);
    await add("Reviews need two people.");
    await place.run(["block"]);
    expect(readFileSync(path, "utf8")).toContain("- Reviews need two people.");
    writeFileSync(path, "# Mine\n");
    expect((await place.run(["block"])).stderr).toContain("taken out by hand");
    expect(await texts()).toHaveLength(2);
    expect(readFileSync(path, "utf8")).toBe("# Mine\n");
    expect((await place.run(["block"])).status).toBe(3);
  }, 60_000);

  it("writes nothing outside of a project on the word of a blocks.json, and follows no link to what is no rule file", async () => {
    await add("Deploys happen on Fridays.");
    const outside = join(place.folder, "profile.md");
    writeFileSync(outside, "keep me\n");
    const owner = { userId: "hana" };
    const block = { path: outside, owner, isProject: false, gap: "", end: "", isNew: false, folders: [] };
    const state = { version: 1, blocks: [{ ...block, fingerprint: "", lines: [] }] };
    writeFileSync(join(place.project, ".recollect", "blocks.json"), JSON.stringify(state));
    for (const args of [["block"], ["block", "off"]]) {
      const { status, stderr } = await place.run(args);
      expect(status).toBe(2);
      expect(stderr).toContain("outside of this project");
    }
    expect(readFileSync(outside, "utf8")).toBe("keep me\n");
    const shell = join(place.folder, ".bashrc");
    writeFileSync(shell, "keep me\n");
    symlinkSync(shell, join(place.project, "AGENTS.md"));
    expect((await place.run(["block", "on", "AGENTS.md"])).status).toBe(2);
    expect(readFileSync(shell, "utf8")).toBe("keep me\n");
    // Through a folder that is a link, to one that is not there yet.
    symlinkSync(place.folder, join(place.project, "docs"));
    const through = { ...block, path: join(place.project, "docs", "new", "X.md") };
    const stateThrough = { version: 1, blocks: [{ ...through, fingerprint: "", lines: [] }] };
    writeFileSync(join(place.project, ".recollect", "blocks.json"), JSON.stringify(stateThrough));
    expect((await place.run(["block"])).status).toBe(2);
    expect(existsSync(join(place.folder, "new"))).toBe(false);
    rmSync(join(place.project, ".recollect", "blocks.json"));
    // Named by who calls it, another place is theirs to choose.
    expect((await place.run(["block", "on", outside])).status).toBe(0);
  });

  it("refuses a file that is no rule file, half a block, and what it does not know", async () => {
    await add("We chose SQLite over Postgres.");
    expect((await place.run(["block", "on", "package.json"])).status).toBe(2);
    expect((await place.run(["block", "on"])).status).toBe(2);
    expect((await place.run(["block", "maybe"])).status).toBe(2);
    expect((await place.run(["block", "on", "A.md", "--lines", "2000"])).status).toBe(2);
    writeFileSync(join(place.project, "A.md"), "<!-- RECOLLECT:START\n");
    expect((await place.run(["block", "on", "A.md"])).stderr).toContain("must both stand there");
    rmSync(join(place.project, "A.md"));
  }, 60_000);
});

describe("blocks of several projects in one file", () => {
  it("show each their own project's memories and the person's, wherever they are refreshed", async () => {
    const place = new CliPlace({ RECOLLECT_USER_ID: "hana" });
    try {
      const projects = ["shop", "blog"].map((name) => join(place.folder, name));
      for (const folder of projects) {
        mkdirSync(folder);
        execFileSync("git", ["init", "-q"], { cwd: folder });
        execFileSync("git", ["remote", "add", "origin", `https://git.example/${folder.slice(-4)}.git`], {
          cwd: folder,
        });
        const app = findProject(folder).id;
        await place.run(
          ["add", `Decided for ${folder.slice(-4)}.`, "--no-infer", "--user-id", "hana", "--app-id", app],
          { cwd: folder },
        );
      }
      await place.run(["add", "Hana reads in the morning.", "--no-infer"], { cwd: projects[0] ?? "" });
      for (const cwd of projects) expect((await place.run(["block", "on", "CLAUDE.md"], { cwd })).status).toBe(0);
      expect((await place.json(["block"], { cwd: projects[0] ?? "" })).answer.count).toBe(0);
      for (const folder of projects) {
        const block = readFileSync(join(folder, "CLAUDE.md"), "utf8");
        expect(block.match(/Decided for \w+/gu)).toEqual([`Decided for ${folder.slice(-4)}`]);
        expect(block).toContain("## About the user\n- Hana reads in the morning.");
      }
    } finally {
      place.remove();
    }
  }, 90_000);
});
