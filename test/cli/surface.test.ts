import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/table.ts";
import { CliPlace } from "../support/cli-place.ts";
import { PROGRAM } from "../support/program.ts";
import { read } from "../support/project-files.ts";

const ESCAPE = "\u001B[";
let place: CliPlace;

beforeAll(async () => {
  place = new CliPlace();
  await place.run(["add", "I prefer tabs over spaces."]);
});

afterAll(() => place.remove());

describe("exit statuses", () => {
  it.each<[number, readonly string[]]>([
    [0, ["search", "tabs or spaces"]],
    [1, ["import", "nowhere.jsonl"]],
    [1, ["search", "tabs", "--server", "http://127.0.0.1:9", "--api-key", "k"]],
    [2, ["search"]],
    [2, ["search", "tabs", "--nonsense"]],
    [2, ["search", "tabs", "--top-k", "many"]],
    [2, ["search", "tabs", "--filter", "{"]],
    [2, ["search", "tabs", "--server", "http://127.0.0.1:9", "--db", "x.db"]],
    [2, ["update", "some-id"]],
    [3, ["search", "photosynthesis of algae"]],
    [3, ["get", "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"]],
    [3, ["list", "--user-id", "nobody-here"]],
  ])("%i for %j, with and without --json", async (status, args) => {
    const [text, json] = await Promise.all([place.run(args), place.json(args)]);
    expect(text.status).toBe(status);
    expect(json.status).toBe(status);
    const { answer } = json;
    // Nothing found is an answer; a memory that is not there is an error.
    expect(answer.status).toBe(answer.data === null ? "error" : "success");
    expect(answer.command).toBe(args[0]);
    expect(text.stderr).toContain(answer.error ?? "");
  });

  it("2 for a command that is not there", async () => {
    expect(await place.run(["serch", "tabs"])).toMatchObject({ status: 2, stdout: "" });
  });

  it("1 for a damaged export, which stores nothing", async () => {
    const path = join(place.folder, "damaged.jsonl");
    writeFileSync(path, '{"type":"manifest"\n');
    expect((await place.json(["import", path])).status).toBe(1);
  });
});

describe("what is printed", () => {
  it("has no colours in a pipe, none under NO_COLOR, and colours where they are forced", async () => {
    const [piped, never, forced] = await Promise.all([
      place.run(["search", "tabs"]),
      place.run(["search", "tabs"], { env: { NO_COLOR: "1" } }),
      place.run(["search", "tabs"], { env: { FORCE_COLOR: "1" } }),
    ]);
    expect(piped.stdout).not.toContain(ESCAPE);
    expect(never.stdout).toBe(piped.stdout);
    expect(forced.stdout).toContain(ESCAPE);
  });

  it("has no sequence that would steer a terminal", async () => {
    await place.run(["add", "Zed says \u001B]0;owned\u0007\u001B[2J\u202Ehello", "--no-infer", "-u", "zed"]);
    for (const args of [["search", "Zed hello"], ["list"]]) {
      const { stdout } = await place.run([...args, "-u", "zed"]);
      expect(stdout).toContain("hello");
      expect(stdout).not.toMatch(/(?!\n)\p{Cc}|\u202E/u);
    }
  });

  it("takes every form of --output", async () => {
    const [text, table, quiet, json] = await Promise.all(
      ["text", "table", "quiet", "json"].map((form) => place.run(["search", "tabs", "-o", form])),
    );
    expect(text?.stdout).toContain("by user");
    expect(table?.stdout).toMatch(/^SCORE {2}ID/u);
    expect(quiet).toMatchObject({ status: 0, stdout: "" });
    expect(JSON.parse(json?.stdout ?? "")).toMatchObject({ status: "success", count: 1 });
    expect((await place.run(["search", "tabs", "-o", "xml"])).status).toBe(2);
  });

  it("ends without a word when the reader has read enough", () => {
    const command = `"${process.execPath}" "${PROGRAM}" export --db "${place.project}/.recollect" | head -1`;
    const { stdout, stderr, status } = spawnSync("bash", ["-c", `set -o pipefail; ${command}`], { encoding: "utf8" });
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});

describe("import --from mem0", () => {
  it("answers in one object, errors too", async () => {
    const path = join(place.folder, "mem0.json");
    writeFileSync(path, JSON.stringify([{ id: "a1", memory: "Likes figs", user_id: "fay" }]));
    const target = join(place.folder, "from-mem0.db");
    const command = ["import", "--from", "mem0"];
    const dry = await place.json([...command, path, "--to", target, "--dry-run"]);
    expect(dry).toMatchObject({ status: 0, answer: { count: 1, data: { is_dry_run: true, memories: 1 } } });
    const done = await place.json([...command, path, "--to", target]);
    expect(done).toMatchObject({ status: 0, answer: { status: "success", count: 1, data: { imported: 1 } } });
    const missing = await place.json([...command, join(place.folder, "nowhere")]);
    expect(missing).toMatchObject({ status: 1, answer: { status: "error", command: "import", data: null } });
    expect((await place.json([...command, path, "--nonsense"])).status).toBe(2);
  });
});

describe("where memories lie", () => {
  it("two projects never share a file, and a folder inside one uses its project's", async () => {
    const other = new CliPlace();
    try {
      await other.run(["add", "I prefer rye bread."]);
      expect((await other.json(["search", "tabs over spaces"])).answer.data).not.toEqual(
        expect.arrayContaining([expect.objectContaining({ memory: "User prefers tabs over spaces" })]),
      );
      const deep = join(place.project, "packages", "inner");
      mkdirSync(deep, { recursive: true });
      expect((await place.json(["list"], { cwd: deep })).answer.count).toBe(1);
      expect((await place.json(["list"], { cwd: place.folder })).status).toBe(3);
      const home = await place.json(["list"], { env: { RECOLLECT_HOME: join(other.project, ".recollect") } });
      expect(home.answer.data).toMatchObject([{ memory: "User prefers rye bread" }]);
      const doctor = await place.json(["doctor"], { cwd: place.home });
      expect(doctor.answer.data).toMatchObject({ place: join(place.home, ".recollect", "memory.db") });
    } finally {
      other.remove();
    }
  });

  it("a look at a place without a file makes none", async () => {
    const empty = new CliPlace();
    try {
      expect(await empty.json(["doctor"])).toMatchObject({
        status: 0,
        answer: { data: { exists: false, stats: null } },
      });
    } finally {
      empty.remove();
    }
  });
});

describe("help and completion", () => {
  it("every command has help with an example, and names its options", async () => {
    const { stdout } = await place.run(["help", "--json"]);
    const { data } = JSON.parse(stdout) as {
      data: { commands: { name: string; examples: string[]; options: { name: string }[] }[] };
    };
    expect(data.commands.map(({ name }) => name)).toEqual(Object.keys(COMMANDS));
    for (const { name, examples, options } of data.commands) {
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example).toContain("recollect");
      expect(options.map((option) => option.name)).toEqual(expect.arrayContaining(["json", "help"]));
      const { command } = await (COMMANDS[name] as (typeof COMMANDS)[string]).load();
      const shorts = command.options.flatMap(({ short }) => (short === undefined ? [] : [short]));
      expect(new Set(shorts).size).toBe(shorts.length);
    }
    const search = await place.run(["search", "--help"]);
    expect(search).toMatchObject({ status: 0, stderr: "" });
    expect(search.stdout).toMatch(/^Usage: recollect search <query>/u);
    expect((await place.run(["help", "search"])).stdout).toBe(search.stdout);
    expect((await place.run([])).stdout).toContain('recollect add "I prefer tabs"');
  });

  it("prints completions that the shell can read", async () => {
    const { stdout } = await place.run(["completion", "bash"]);
    expect(spawnSync("bash", ["-n"], { input: stdout, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    const ask = `${stdout}\nCOMP_WORDS=(recollect search --top); COMP_CWORD=2; _recollect; echo "\${COMPREPLY[*]}"`;
    expect(spawnSync("bash", ["-c", ask], { encoding: "utf8" }).stdout).toBe("--top-k\n");
    const [zsh, fish] = await Promise.all([place.run(["completion", "zsh"]), place.run(["completion", "fish"])]);
    for (const name of Object.keys(COMMANDS)) {
      expect(zsh.stdout).toContain(`'${name}:`);
      expect(fish.stdout).toContain(`-a ${name} -d `);
    }
    expect((await place.run(["completion", "tcsh"])).status).toBe(2);
  });
});

describe("docs/command-line.md", () => {
  it("names every command and every option", async () => {
    const page = read("docs/command-line.md");
    const missing: string[] = [];
    for (const [name, { load }] of Object.entries(COMMANDS)) {
      if (!page.includes(`\`${name}`)) missing.push(name);
      const { command } = await load();
      for (const option of command.options)
        if (option.isHidden !== true && !page.includes(`--${option.name}`)) missing.push(`${name} --${option.name}`);
    }
    expect(missing).toEqual([]);
  });
});
