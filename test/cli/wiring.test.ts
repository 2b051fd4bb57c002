import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT_NAMES, AGENTS } from "../../src/cli/wiring/agent-table.ts";
import type { AgentFile, AgentName, WiringScope } from "../../src/cli/wiring/agent-table.ts";
import { readJsonPath } from "../../src/cli/wiring/json-edit.ts";
import { readTomlTable } from "../../src/cli/wiring/toml-edit.ts";
import { planRemoval } from "../../src/cli/wiring/unwire-agent.ts";
import { planFile } from "../../src/cli/wiring/wire-agent.ts";
import { CliPlace } from "../support/cli-place.ts";

const SERVER = { command: "npx", args: ["-y", "recollect", "mcp"] };

/** Files as people have them. */
const JSON_FILES: readonly string[] = [
  "",
  "\n",
  "{}",
  "{}\n",
  "{\n}\n",
  "{ }",
  '{"theme":"dark"}',
  '{"mcpServers":{},"theme":"dark"}\n',
  '{\n  "mcpServers": {\n    "files": { "command": "files", "args": [] }\n  }\n}\n',
  '{\n\t"theme": "dark",\n\t"mcpServers": {\n\t\t"files": {\n\t\t\t"command": "files"\n\t\t}\n\t}\n}',
  '// mine\n{\n    // before\n    "theme": "dark", // behind\n    /* the servers */\n    "mcpServers": {\n        "files": { "command": "f" }, // a trailing comma\n    },\n}\n',
  '{\r\n  "theme": "dark",\r\n  "list": [1, 2, { "a": "}" }]\r\n}\r\n',
  '\uFEFF{\n  "theme": "\\"{}//"\n}\n',
  '{ "mcp": { "other": { "type": "remote" } }, "servers": {\n} }\n',
];
const TOML_FILES: readonly string[] = [
  "",
  'model = "gpt-5"',
  'model = "gpt-5"\n',
  '# mine\nmodel = "gpt-5" # fast\n\n[mcp_servers.files]\ncommand = "files"\nargs = [\n  "a", # one\n  ["b"],\n]\n\n# the profile\n[profiles.deep]\nmodel = "o"\n',
  'notes = """\n[mcp_servers.recollect]\ncommand = "not a table"\n"""\n',
  "a = 1\r\n[mcp_servers.\"files\"]\r\ncommand = 'f'\r\n",
];
const RULE_FILES: readonly string[] = ["", "# Rules", "# Rules\n\n- Tabs.\n", "# Rules\r\n- Tabs.\r\n"];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "recollect-wiring-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** Wires a file that holds `text` (null: is not there), and gives what is there then and how it is taken out. */
function wire(
  file: AgentFile,
  text: string | null,
): { path: string; after: string; remove: (now?: string) => string | null } {
  const path = join(folder, String((count += 1)));
  if (text !== null) writeFileSync(path, text);
  const options = { agents: ["codex"] as const, scope: "user" as const, server: SERVER };
  const planned = planFile({ ...file, path }, { ...options, known: [] });
  expect(planned.what).toBe("add");
  writeFileSync(path, planned.after);
  if (planned.change === undefined) throw new Error("nothing was recorded");
  const change = { ...planned.change, folders: [] };
  expect(planFile({ ...file, path }, { ...options, known: [change] })).toMatchObject({
    what: "unchanged",
    after: planned.after,
  });
  return {
    path,
    after: planned.after,
    remove: (now) => {
      if (now !== undefined) writeFileSync(path, now);
      return planRemoval(change).after;
    },
  };
}

const JSON_KEYS: readonly AgentFile[] = [
  { kind: "json", path: "", key: ["mcpServers", "recollect"], form: "stdio" },
  { kind: "json", path: "", key: ["servers", "recollect"], form: "local" },
  { kind: "json", path: "", key: ["mcp", "recollect"], form: "opencode" },
];
const TOML: AgentFile = { kind: "toml", path: "", key: ["mcp_servers", "recollect"] };

describe("a file of settings", () => {
  it.each(JSON_FILES.flatMap((text) => JSON_KEYS.map((file) => [text, file] as const)))(
    "%j gets one entry, keeps every other byte, and is byte-equal afterwards (%j)",
    (text, file) => {
      if (file.kind === "rules") return;
      const wired = wire(file, text);
      expect(readJsonPath(wired.after, file.key)).toBeDefined();
      // What was there is there, in its order: only insertions were made.
      expect(isSubsequence(text, wired.after)).toBe(true);
      expect(wired.remove()).toBe(text);
    },
  );

  it.each(TOML_FILES)("%j of TOML likewise", (text) => {
    const wired = wire(TOML, text);
    expect(wired.after.startsWith(text)).toBe(true);
    expect(readTomlTable(wired.after, ["mcp_servers", "recollect"])).toContain('command = "npx"');
    expect(wired.remove()).toBe(text);
  });

  it.each(RULE_FILES)("%j of rules likewise", (text) => {
    const wired = wire({ kind: "rules", path: "" }, text);
    expect(wired.after.startsWith(text)).toBe(true);
    expect(wired.remove()).toBe(text);
  });

  it("that was not there is removed again", () => {
    for (const file of [...JSON_KEYS, TOML, { kind: "rules", path: "", head: "---\na: b\n---\n\n" } as const])
      expect(wire(file, null).remove()).toBeNull();
  });

  it("keeps what its user added and changed meanwhile, and loses only our part", () => {
    const [file = TOML] = JSON_KEYS;
    const own = wire(file, '{\n  "theme": "dark"\n}\n');
    const edited = own.after
      .replace('"dark"', '"light"')
      .replace('"mcpServers": {', '"mcpServers": {\n    // mine\n    "files": { "command": "f" },');
    expect(own.remove(edited)).toBe(
      '{\n  "theme": "light",\n  "mcpServers": {\n    // mine\n    "files": { "command": "f" }\n  }\n}\n',
    );
    const behind = wire(file, "{}\n");
    const more = behind.after.replace(/\n\}\n$/u, ',\n  "theme": "dark"\n}\n');
    expect(JSON.parse(behind.remove(more) ?? "")).toEqual({ theme: "dark" });
    const inside = wire(file, '{"theme":"dark"}');
    expect(inside.remove(inside.after.replace('"recollect","mcp"', '"recollect","mcp","--idle","5"'))).toBe(
      '{"theme":"dark"}',
    );
  });

  it("of TOML keeps what was written behind it, and loses our part also when that was edited", () => {
    const own = wire(TOML, 'model = "a"\n');
    const edited = `${own.after.replace('command = "npx"', 'command = "bunx"')}\n# mine\n[profiles.deep]\nmodel = "b"\n`;
    expect(own.remove(edited)).toBe('model = "a"\n\n# mine\n[profiles.deep]\nmodel = "b"\n');
  });

  it("of rules keeps what was written around and behind it", () => {
    const own = wire({ kind: "rules", path: "" }, "# Rules\n");
    const edited = `# My rules\n${own.after.slice(8).replace("- Before you start", "- Whenever you start")}- Mine.\n`;
    expect(own.remove(edited)).toBe("# My rules\n- Mine.\n");
  });

  it("takes an older entry of ours out and puts the new one in, and is byte-equal afterwards all the same", () => {
    for (const text of ["{}\n", '{"theme":"dark"}', '{\n  "mcpServers": {\n  }\n}\n']) {
      const path = join(folder, String((count += 1)));
      writeFileSync(path, text);
      const file: AgentFile = { kind: "json", path, key: ["mcpServers", "recollect"], form: "stdio" };
      const of = { agents: ["cursor"] as const, scope: "user" as const };
      const first = planFile(file, { ...of, server: { command: "recollect", args: ["mcp"] }, known: [] });
      writeFileSync(path, first.after);
      const known = [{ ...first.change, folders: [] } as never];
      const second = planFile(file, { ...of, server: SERVER, known });
      expect(second.what).toBe("update");
      writeFileSync(path, second.after);
      expect(planRemoval({ ...second.change, folders: [] } as never).after).toBe(text);
    }
  });

  it("with an entry of that name that is not ours is left alone, and one that cannot be read is refused", () => {
    const path = join(folder, String((count += 1)));
    const file: AgentFile = { kind: "json", path, key: ["mcpServers", "recollect"], form: "stdio" };
    const options = { agents: ["cursor"] as const, scope: "user" as const, server: SERVER, known: [] };
    writeFileSync(path, '{"mcpServers":{"recollect":{"command":"mine"}}}');
    expect(planFile(file, options).what).toBe("left alone");
    for (const broken of ['{"a":', "[]", '{"mcpServers":[]}', '{"mcpServers":3}', "{a: 1}", '{"a":1} x', "{'a':1}"]) {
      writeFileSync(path, broken);
      expect(() => planFile(file, options)).toThrow(/Nothing was changed|one JSON object/u);
    }
    writeFileSync(path, 'mcp_servers = { files = { command = "f" } }\n');
    expect(() => planFile({ ...TOML, path }, options)).toThrow(/written as a value/u);
  });

  it("is byte-equal afterwards whatever JSON it holds", () => {
    const [file = TOML] = JSON_KEYS;
    const key = fc.constantFrom("a", "b", "mcpServers", "mcp", 'q"{');
    const object = fc.dictionary(
      key,
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }))),
    );
    fc.assert(
      fc.property(
        object,
        fc.constantFrom(undefined, 1, 2, 4, "\t"),
        fc.constantFrom("", "\n"),
        (value, indent, end) => {
          const there = value["mcpServers"];
          fc.pre(there === undefined || (typeof there === "object" && there !== null && !Array.isArray(there)));
          const text = JSON.stringify(value, null, indent) + end;
          const wired = wire(file, text);
          expect(JSON.parse(wired.after)).toMatchObject(JSON.parse(text) as object);
          expect(wired.remove()).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("a file that its user edits meanwhile", () => {
  /** Edits of text as a person makes them: each gives the same to a file with and without our part. */
  const edits: readonly (readonly [string, (text: string) => string])[] = [
    ["a comment on top", (text) => `// mine\n${text}`],
    ["a key on top", (text) => text.replace("{", '{ "zz top": [1], ')],
    ["another value", (text) => text.replace('"dark"', '"light"')],
    ["a line at the end", (text) => `${text}// the end\n`],
    ["a server before", (text) => text.replace('"files"', '"zz first": {}, "files"')],
  ];
  const texts = JSON_FILES.filter((text) => /"dark"|"files"/u.test(text));

  it.each(texts.flatMap((text) => edits.map(([name, edit]) => [text, name, edit] as const)))(
    "%j, %s: is as if the part had never been there",
    (text, _, edit) => {
      const [file = TOML] = JSON_KEYS;
      const wired = wire(file, text);
      expect(wired.remove(edit(wired.after))).toBe(edit(text));
    },
  );

  it("and its entry of ours too: only that goes, whatever is behind it", () => {
    const [file = TOML] = JSON_KEYS;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.constantFrom(...edits),
        fc.stringMatching(/^[a-z]{1,6}$/u),
        (given, [, edit], word) => {
          const wired = wire(file, given);
          const edited = edit(wired.after).replace('"-y"', `"-y", "${word}"`);
          expect(wired.remove(edited)).toBe(edit(given));
        },
      ),
      { numRuns: 100 },
    );
  });
});

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) if (character === part[at]) at += 1;
  return at >= part.length;
}

describe("recollect init --agent and uninstall", () => {
  it.each(AGENT_NAMES.flatMap((agent) => (["user", "project"] as const).map((scope) => [agent, scope] as const)))(
    "%s, %s scope: with files of their own and without, twice, and byte-equal afterwards",
    async (agent, scope) => {
      const place = new CliPlace();
      try {
        mkdirSync(join(place.project, ".git"));
        // Once with nothing there, once with a user's own files.
        const before = snapshot(place.folder);
        await wireAndTakeOut(place, agent, scope);
        expect(snapshot(place.folder)).toEqual(before);
        for (const file of filesOf(place, agent, scope)) {
          if (file.kind === "rules" && file.head !== undefined) continue;
          mkdirSync(dirname(file.path), { recursive: true });
          const texts = { json: JSON_FILES[10], toml: TOML_FILES[3], rules: RULE_FILES[2] };
          writeFileSync(file.path, texts[file.kind] ?? "", { mode: 0o600 });
        }
        const own = snapshot(place.folder);
        await wireAndTakeOut(place, agent, scope);
        expect(snapshot(place.folder)).toEqual(own);
      } finally {
        place.remove();
      }
    },
    60_000,
  );

  it("follows no link of a checkout to what is elsewhere, in .git, or no rule file", async () => {
    const place = new CliPlace();
    try {
      mkdirSync(join(place.project, ".git"));
      mkdirSync(join(place.folder, "elsewhere"));
      for (const [name, text] of [
        [join(place.folder, ".bashrc"), "keep me\n"],
        [join(place.folder, "settings.json"), "{}\n"],
        [join(place.project, ".git", "notes.md"), "keep me\n"],
        [join(place.project, "run.sh"), "keep me\n"],
        [join(place.project, "CLAUDE.md"), "# Rules\n"],
      ] as const)
        writeFileSync(name, text);
      const cases = [
        ["claude-code", ".mcp.json", "../settings.json"],
        ["codex", "AGENTS.md", "../.bashrc"],
        ["codex", "AGENTS.md", ".git/notes.md"],
        ["codex", "AGENTS.md", "run.sh"],
        ["cursor", ".cursor", "../elsewhere"],
        ["claude-code", ".claude", "../elsewhere"],
      ] as const;
      for (const [agent, link, target] of cases) {
        symlinkSync(target, join(place.project, link));
        const before = snapshot(place.folder);
        const { status, stderr } = await place.run(["init", "--agent", agent, "--scope", "project"]);
        expect([link, target, status]).toEqual([link, target, 2]);
        expect(stderr).toContain(join(place.project, link));
        expect(snapshot(place.folder)).toEqual(before);
        rmSync(join(place.project, link));
      }
      rmSync(join(place.project, ".recollect"), { recursive: true, force: true });
      symlinkSync("../elsewhere", join(place.project, ".recollect"));
      expect((await place.run(["init", "--project", "--yes"])).status).toBe(2);
      rmSync(join(place.project, ".recollect"));
      // One file under two names is what people have.
      symlinkSync("CLAUDE.md", join(place.project, "AGENTS.md"));
      expect((await place.run(["init", "--agent", "codex", "--scope", "project"])).status).toBe(0);
      expect(readFileSync(join(place.project, "CLAUDE.md"), "utf8")).toContain("recollect");
      rmSync(join(place.project, "AGENTS.md"));
      symlinkSync("../.bashrc", join(place.project, "AGENTS.md"));
      writeFileSync(join(place.folder, ".bashrc"), readFileSync(join(place.project, "CLAUDE.md")));
      expect((await place.run(["uninstall"])).stderr).toContain("AGENTS.md");
      expect(readFileSync(join(place.folder, ".bashrc"), "utf8")).toContain("recollect");
    } finally {
      place.remove();
    }
  }, 60_000);

  it("shows what it would change and changes nothing with --dry-run; a link stays a link; a shared file stays while it is read", async () => {
    const place = new CliPlace();
    try {
      const real = join(place.folder, "dotfiles.toml");
      writeFileSync(real, 'model = "a"\n');
      mkdirSync(join(place.home, ".codex"));
      symlinkSync(real, join(place.home, ".codex", "config.toml"));
      const before = snapshot(place.folder);
      const dry = await place.run(["init", "--agent", "codex", "--dry-run"]);
      expect(dry.stdout).toContain("+ [mcp_servers.recollect]");
      expect(snapshot(place.folder)).toEqual(before);
      await place.run(["init", "--agent", "codex,opencode", "--scope", "project"]);
      expect((await place.run(["init", "--agent", "codex"])).status).toBe(0);
      expect(readFileSync(real, "utf8")).toContain("recollect");
      const { agents } = (await place.json(["doctor"])).answer.data as { agents: string[] };
      expect(agents.toSorted()).toEqual(["codex (project)", "codex (user)", "opencode (project)"]);
      expect((await place.run(["uninstall", "--agent", "codex"])).stderr).toContain("AGENTS.md stays");
      expect(readFileSync(real, "utf8")).toBe('model = "a"\n');
      expect(readFileSync(join(place.project, "AGENTS.md"), "utf8")).toContain("recollect");
      expect((await place.run(["uninstall"])).status).toBe(0);
      expect((await place.run(["uninstall"])).status).toBe(3);
      expect(snapshot(place.folder)).toEqual(before);
    } finally {
      place.remove();
    }
  }, 60_000);

  it("takes out what it can when one file cannot be read any more, and the rest once that is mended", async () => {
    const place = new CliPlace();
    try {
      await place.run(["init", "--agent", "cursor,gemini"]);
      const path = join(place.home, ".gemini", "settings.json");
      const wired = readFileSync(path, "utf8");
      // Broken, and our part edited: nobody can say where it ends.
      writeFileSync(path, wired.replace('"npx"', '"bunx').replace("}", ""));
      const first = await place.run(["uninstall"]);
      expect(first.status).toBe(1);
      expect(first.stderr).toContain("cannot be read as JSON");
      expect(() => statSync(join(place.home, ".cursor"))).toThrow(/ENOENT/u);
      writeFileSync(path, wired.replace('"npx"', '"bunx"'));
      expect((await place.run(["uninstall"])).status).toBe(0);
      expect(() => statSync(join(place.home, ".gemini"))).toThrow(/ENOENT/u);
    } finally {
      place.remove();
    }
  }, 60_000);

  it("makes the folder, sets a model where one is named, and refuses what it does not know", async () => {
    const place = new CliPlace();
    try {
      expect((await place.json(["init", "--llm", "openai/gpt-5-mini"])).answer.data).toMatchObject({
        folder: join(place.home, ".recollect"),
        agents: [],
        llm: "openai/gpt-5-mini",
      });
      expect((await place.run(["config", "get", "llm"])).stdout).toContain("openai/gpt-5-mini");
      for (const args of [["--agent", "emacs"], ["--scope", "world"], ["--project", "--user"], ["codex"]])
        expect((await place.run(["init", ...args])).status).toBe(2);
    } finally {
      place.remove();
    }
  }, 60_000);
});

function filesOf(place: CliPlace, agent: AgentName, scope: WiringScope): readonly AgentFile[] {
  return AGENTS[agent].files[scope]({ home: place.home, project: place.project, environment: {} });
}

async function wireAndTakeOut(place: CliPlace, agent: AgentName, scope: WiringScope): Promise<void> {
  const args = ["init", "--agent", agent, "--scope", scope];
  const first = await place.json(args);
  expect(first.status).toBe(0);
  for (const file of filesOf(place, agent, scope)) expect(ours(file)).toMatch(/recollect/u);
  const wired = snapshot(place.folder);
  expect((await place.json(args)).answer).toMatchObject({ count: 0 });
  expect(snapshot(place.folder)).toEqual(wired);
  expect((await place.json(["uninstall"])).status).toBe(0);
}

/** Our part of a file, as its own reader finds it. */
function ours(file: AgentFile): string {
  const text = readFileSync(file.path, "utf8");
  if (file.kind === "json") return JSON.stringify(readJsonPath(text, file.key));
  if (file.kind === "toml") return readTomlTable(text, file.key) ?? "";
  return /managed by `recollect init`/u.exec(text)?.[0] ?? "";
}

/** Every file with its bytes and mode, outside Recollect's own folders. */
function snapshot(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes(".recollect"))
      .map((path) => [
        path,
        statSync(path).isDirectory() ? "folder" : `${statSync(path).mode} ${readFileSync(path, "utf8")}`,
      ])
      .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}
