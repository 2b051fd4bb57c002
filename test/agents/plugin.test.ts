import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/table.ts";
import { root } from "../support/project-files.ts";

const plugin = join(root, "plugin");

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

function markdown(): readonly { readonly path: string; readonly text: string }[] {
  return globSync("{commands,skills/*}/*.md", { cwd: plugin }).map((path) => ({
    path,
    text: readFileSync(join(plugin, path), "utf8"),
  }));
}

interface Hooks {
  readonly hooks: Readonly<
    Record<string, readonly { readonly hooks: readonly { type: string; command: string; timeout: number }[] }[]>
  >;
}

describe("the Claude Code plugin", () => {
  it("is named by the marketplace, with the package's version", () => {
    const { version } = json("package.json") as { version: string };
    expect(json("plugin/.claude-plugin/plugin.json")).toMatchObject({ name: "recollect", version });
    expect(json(".claude-plugin/marketplace.json")).toMatchObject({
      plugins: [{ name: "recollect", source: "./plugin" }],
    });
    expect(json("plugin/.mcp.json")).toMatchObject({
      mcpServers: { recollect: { command: "recollect", args: ["mcp"] } },
    });
  });

  it("has its hooks, each with a timeout, and none that fails where the command is missing", () => {
    const { hooks } = json("plugin/hooks/hooks.json") as Hooks;
    expect(Object.keys(hooks).toSorted()).toEqual([
      "PreCompact",
      "SessionEnd",
      "SessionStart",
      "Stop",
      "UserPromptSubmit",
    ]);
    for (const [event, groups] of Object.entries(hooks)) {
      const word = event.replaceAll(/(?<=.)[A-Z]/gu, (letter) => `-${letter}`).toLowerCase();
      for (const { type, command, timeout } of groups.flatMap((group) => group.hooks)) {
        expect(type).toBe("command");
        expect(command).toMatch(new RegExp(`^recollect hook ${word} \\|\\| (?:exit 0|echo )`, "u"));
        expect(timeout).toBeLessThanOrEqual(5);
      }
    }
  });

  it("has the commands that were promised, and a skill", () => {
    const names = markdown().map(({ path }) => basename(path, ".md"));
    for (const name of ["search", "remember", "forget", "review", "digest", "sync", "pause", "private", "SKILL"])
      expect(names).toContain(name);
    for (const { path, text } of markdown()) expect([path, text.slice(0, 4)]).toEqual([path, "---\n"]);
  });

  it("tells an agent to run nothing that is not there, with no option that is not there", async () => {
    const used = markdown().flatMap(({ path, text }) =>
      [...text.matchAll(/`recollect ([a-z]+)([^`]*)`/gu)].map(([, name = "", rest = ""]) => ({ path, name, rest })),
    );
    expect(used.length).toBeGreaterThan(20);
    for (const { path, name, rest } of used) {
      const entry = COMMANDS[name];
      expect([path, name, entry !== undefined]).toEqual([path, name, true]);
      const known = [...((await entry?.load())?.command.options ?? []).map((option) => option.name), "json"];
      for (const [, option = ""] of rest.matchAll(/--([a-z-]+)/gu))
        expect([path, known]).toEqual([path, expect.arrayContaining([option])]);
    }
  });
});
