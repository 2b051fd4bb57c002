import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/index.ts";
import { HookPlace } from "../support/hook-place.ts";
import { PROGRAM } from "../support/program.ts";
import { SessionLines } from "../support/session-lines.ts";

type Row = Readonly<Record<string, unknown>>;

let place: HookPlace;

beforeEach(() => {
  place = new HookPlace();
});

afterEach(() => {
  place.remove();
});

/** `data` of a command's JSON. */
function run(...args: readonly string[]): Row {
  return (JSON.parse(place.run([...args, "--json"])) as { data: Row }).data;
}

function file(path: string, text: string): string {
  const whole = join(place.home, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

function claudeSession(session: string, folder: string, ...turns: readonly string[]): string {
  const lines = new SessionLines(folder, session);
  const said = turns.map((turn, index) => (index % 2 === 0 ? lines.user(turn) : lines.assistant(turn))).join("");
  return file(`.claude/projects/-shop/${session}.jsonl`, said + lines.edit(join(folder, "src/cart.ts")));
}

const CODEX = [
  { type: "session_meta", payload: { id: "codex-1", cwd: "{cwd}", cli_version: "0.46.0", git: { branch: "dev" } } },
  { type: "response_item", payload: { type: "message", role: "user", content: [{ type: "input_text", text: "<environment_context>My name is Env.</environment_context>" }] } },
  { type: "response_item", payload: { type: "message", role: "user", content: [{ type: "input_text", text: "# AGENTS.md instructions for /x\nMy name is Boot." }] } },
  { type: "response_item", payload: { type: "message", role: "user", content: [{ type: "input_text", text: "I live in Bergen." }] } },
  { type: "event_msg", payload: { type: "user_message", message: "I live in Bergen.", kind: "plain" } },
  { type: "response_item", payload: { type: "function_call", name: "shell", arguments: '{"command":["apply_patch","*** Begin Patch\\n*** Update File: src/a.py\\n+x\\n*** End Patch"]}', call_id: "1" } },
  { type: "response_item", payload: { type: "custom_tool_call", name: "apply_patch", input: "*** Begin Patch\n*** Add File: src/b.py\n+x\n*** End Patch", call_id: "2" } },
  { type: "response_item", payload: { type: "function_call_output", call_id: "1", output: "My name is Output." } },
  { type: "response_item", payload: { type: "message", role: "assistant", content: [{ type: "output_text", text: "Noted." }] } },
]; // prettier-ignore

function codexSession(): string {
  const lines = CODEX.map((line, index) =>
    JSON.stringify({ timestamp: new Date(Date.UTC(2026, 8, 2, 9, index)).toISOString(), ...line }),
  );
  const text = `${lines.join("\n")}\n`.replaceAll("{cwd}", place.project);
  return file(".codex/sessions/2026/09/02/rollout-2026-09-02T09-00-00-codex-1.jsonl", text);
}

const CHATGPT = [
  {
    id: "chat-1",
    title: "Bread",
    current_node: "b",
    mapping: {
      a: { id: "a", parent: null, children: ["b"], message: { author: { role: "user" }, create_time: 1714557600, content: { content_type: "text", parts: ["My sister is called Mia."] } } },
      b: { id: "b", parent: "a", children: [], message: { author: { role: "assistant" }, create_time: 1714557660, content: { content_type: "text", parts: ["A nice name."] } } },
    },
  },
]; // prettier-ignore
const CLAUDE = [
  { uuid: "talk-1", name: "Tea", chat_messages: [{ sender: "human", text: "I work as a tea taster.", created_at: "2024-10-02T08:00:00Z" }] },
]; // prettier-ignore

async function texts(kind: "message" | "fact"): Promise<readonly string[]> {
  const { results } = await place.read((memory) =>
    memory.getAll({ filters: { user_id: "ida" }, kinds: [kind], topK: 100 }),
  );
  return results.map((item) => item.memory).toReversed();
}

describe("recollect ingest", () => {
  it("counts first and stores nothing, then keeps, then finds nothing new, five times", async () => {
    claudeSession(
      "claude-1",
      place.project,
      "I prefer small commits.",
      "Noted.",
      "Fix the cart.",
      "Done: the cart works.",
    );
    codexSession();
    const dry = run("ingest", "--dry-run");
    expect(dry).toMatchObject({ dry_run: true, files: 2, sessions: 2, turns: 6, cost: { model: null, dollars: 0 } });
    expect(place.files("cursors")).toEqual([]);
    expect(run("ingest")).toMatchObject({ sessions: 2, turns: 6, known: 0 });
    const kept = await place.read((memory) => memory.stats());
    for (let again = 0; again < 4; again += 1) {
      // Without its cursors it reads everything anew, and knows it.
      if (again % 2 === 1) rmSync(join(place.state, "cursors"), { recursive: true });
      run("ingest");
    }
    expect(await place.read((memory) => memory.stats())).toEqual(kept);
    expect(await texts("message")).toEqual([
      "I prefer small commits.",
      "Noted.",
      "Fix the cart.",
      "Done: the cart works.",
      "Edited src/cart.ts",
      "I live in Bergen.",
      "Edited src/a.py",
      "Edited src/b.py",
      "Noted.",
    ]);
    expect(await texts("fact")).toEqual(["User prefers small commits", "User lives in Bergen"]);
  });

  it("keeps the archives of ChatGPT and Claude under their own ids and times, of no project", async () => {
    const paths = [
      file("chatgpt/conversations.json", JSON.stringify(CHATGPT)),
      file("claude/conversations.json", JSON.stringify(CLAUDE)),
    ];
    expect(run("ingest", ...paths)).toMatchObject({ files: 2, turns: 3, known: 0 });
    expect(run("ingest", ...paths)).toMatchObject({ turns: 3, known: 3, facts: 0 });
    const { results } = await place.read((memory) =>
      memory.getAll({ filters: { user_id: "ida" }, kinds: ["message"] }),
    );
    const found = results.map((item) => [item.run_id, item.app_id, item.createdAt, item.memory]);
    expect(found).toContainEqual(["chat-1", undefined, "2024-05-01T10:00:00.000Z", "My sister is called Mia."]);
    expect(found).toContainEqual(["talk-1", undefined, "2024-10-02T08:00:00.000Z", "I work as a tea taster."]);
  });

  it("keeps a transcript without times once too", async () => {
    const path = file("talk.jsonl", '{"role":"user","content":"Yes."}\n{"role":"assistant","content":"Good."}\n');
    run("ingest", path);
    run("ingest", path);
    expect(await texts("message")).toEqual(["Yes.", "Good."]);
  });

  it("takes this project's sessions alone, and those since a day", async () => {
    const elsewhere = join(place.folder, "elsewhere");
    mkdirSync(elsewhere);
    const old = claudeSession("old", place.project, "An old turn here.");
    claudeSession("new", place.project, "A new turn here.");
    claudeSession("other", elsewhere, "A turn elsewhere.");
    utimesSync(old, new Date("2026-01-01"), new Date("2026-01-01"));
    run("ingest", "--here", "--since", "2026-02-01");
    expect((await texts("message")).filter((text) => !text.startsWith("Edited"))).toEqual(["A new turn here."]);
    const projects = new Set((run("ingest")["results"] as readonly Row[]).map((each) => each["project"]));
    expect(projects).toEqual(new Set(["shop", "elsewhere"]));
  });

  it("says what a model would cost before it is asked, and does not go on without a word", () => {
    claudeSession("claude-1", place.project, "I prefer small commits. ".repeat(400));
    const settings = { llm: "openai/gpt-5-mini", modelPrice: { input: 1, output: 2 } };
    file(".recollect/config.json", JSON.stringify(settings));
    const dry = run("ingest", "--dry-run");
    expect(dry["cost"]).toMatchObject({ model: "openai/gpt-5-mini", requests: 1 });
    expect((dry["cost"] as Row)["dollars"]).toBeGreaterThan(0);
    expect(() => place.run(["ingest"])).toThrow(/asked about 1 times.*--force/u);
  });

  it("reports damaged lines and files that are no transcript, and keeps the rest", async () => {
    const path = claudeSession("claude-1", place.project, "Kept.");
    writeFileSync(path, `{"half":\n${new SessionLines(place.project, "claude-1").user("Kept.")}not json\n`);
    const done = run("ingest", path, file("other.jsonl", '{"neither":"nor"}\n'));
    expect(done).toMatchObject({ turns: 1, damaged: 2, skipped: [{ path: join(place.home, "other.jsonl") }] });
    expect(await texts("message")).toEqual(["Kept."]);
  });
});

describe("sessions", () => {
  it("are listed, opened in full and searched", () => {
    claudeSession("claude-1", place.project, "The voucher code has eight characters.", "Noted.");
    codexSession();
    run("ingest");
    expect(run("sessions")).toMatchObject([
      {
        id: "codex-1",
        turns: 2,
        edited: ["src/a.py", "src/b.py"],
        branch: "dev",
        agent: "codex",
        begins: "I live in Bergen.",
      },
      { id: "claude-1", turns: 2, edited: ["src/cart.ts"], branch: "main", agent: "claude-code" },
    ]);
    const opened = run("sessions", "claude-1") as unknown as readonly Row[];
    expect(opened.map((turn) => turn["memory"])).toEqual([
      "The voucher code has eight characters.",
      "Noted.",
      "Edited src/cart.ts",
    ]);
    const [hit] = run("sessions", "--query", "how long is a voucher code") as unknown as readonly Row[];
    expect(hit).toMatchObject({ run_id: "claude-1", memory: "The voucher code has eight characters." });
  });

  it("of another project are not shown, and are with --all", () => {
    const elsewhere = join(place.folder, "elsewhere");
    mkdirSync(elsewhere);
    claudeSession("other", elsewhere, "A turn elsewhere.");
    run("ingest");
    expect(() => place.run(["sessions"])).toThrow("Command failed");
    expect(run("sessions", "--all")).toMatchObject([{ id: "other" }]);
    expect(run("sessions", "--project", elsewhere)).toMatchObject([{ id: "other" }]);
  });
});

describe("pause and private", () => {
  const ask = { session_id: "later", prompt: "how many characters has a voucher code" };

  it("a paused session is neither recalled for nor kept, not by a later ingest either", async () => {
    const lines = new SessionLines(place.project);
    writeFileSync(place.transcript, lines.user("The voucher code has eight characters."));
    await place.hook("stop");
    await place.idle();
    expect(run("pause", "--session", "later")).toMatchObject({ session: "later", mode: "pause" });
    expect((await place.hook("user-prompt-submit", ask)).stdout).toBe("");
    expect((await place.hook("user-prompt-submit", { ...ask, session_id: "third" })).context).toContain("eight");
    run("pause", "--session", "later", "--off");
    expect((await place.hook("user-prompt-submit", ask)).context).toContain("eight");
  });

  it("what is said during a folder's pause is left out for good", async () => {
    run("pause", "--here");
    await place.hook("session-start", { source: "startup" });
    const now = new SessionLines(place.project);
    const said = JSON.parse(now.user("Said while paused.")) as Row;
    writeFileSync(place.transcript, `${JSON.stringify({ ...said, timestamp: new Date().toISOString() })}\n`);
    await place.hook("stop");
    expect(place.files("queue")).toEqual([]);
    run("pause", "--here", "--off");
    const after = { ...said, timestamp: new Date(Date.now() + 1_000).toISOString(), uuid: "after" };
    writeFileSync(
      place.transcript,
      `${JSON.stringify({ ...after, message: { role: "user", content: "Said after." } })}\n`,
      { flag: "a" },
    );
    await place.hook("stop");
    await place.idle();
    expect(await texts("message")).toEqual(["Said after."]);
    expect(run("ingest", place.transcript)).toMatchObject({ turns: 0 });
  });

  it("a private session loses what was kept of it, and keeps nothing more; recall goes on", async () => {
    const lines = new SessionLines(place.project);
    writeFileSync(place.transcript, lines.user("The voucher code has eight characters."));
    await place.hook("stop");
    await place.idle();
    const other = join(place.folder, "second.jsonl");
    const second = { session_id: "session-2", transcript_path: other };
    writeFileSync(other, new SessionLines(place.project, "session-2").user("I live in Bergen."));
    await place.hook("session-start", { ...second, source: "startup" }, { env: { RECOLLECT_DIGEST_TOKENS: "0" } });
    await place.hook("stop", second);
    await place.idle();
    // The last session in this folder is meant.
    expect(run("private")).toMatchObject({ session: "session-2", deleted: 2 });
    expect((await place.hook("user-prompt-submit", { ...second, prompt: ask.prompt })).context).toContain("eight");
    writeFileSync(other, new SessionLines(place.project, "session-2").user("I also own a boat."), { flag: "a" });
    await place.hook("stop", second);
    await place.idle();
    run("ingest", other);
    expect(await texts("message")).toEqual(["The voucher code has eight characters."]);
  });

  it("a session made private while its turns are being kept is gone when the command ends, and stays so", async () => {
    const turns = 1_000;
    const lines = new SessionLines(place.project);
    const said = Array.from({ length: turns }, (_, index) => lines.user(`Turn ${index} is about part ${index * 7}.`));
    writeFileSync(place.transcript, said.join(""));
    await place.hook("stop");
    while (!existsSync(place.store) || (await texts("message")).length === 0) await later(20);
    expect(place.workers()).toHaveLength(1);
    const { deleted } = run("private", "--session", "session-1") as unknown as { deleted: number };
    expect(deleted).toBeGreaterThan(0);
    // What was stored by then is all that was, or the machine is too fast for this test.
    expect(deleted).toBeLessThan(turns);
    expect(await texts("message")).toEqual([]);
    await place.idle();
    run("ingest", place.transcript);
    rmSync(join(place.state, "cursors"), { recursive: true });
    expect(run("ingest", place.transcript)).toMatchObject({ turns: 0, left_out: turns });
    expect(await texts("message")).toEqual([]);
  });

  it("deletes it where it was kept, wherever the command is given", async () => {
    const own = join(place.project, ".recollect");
    mkdirSync(own);
    writeFileSync(place.transcript, new SessionLines(place.project).user("I live in Bergen."));
    await place.hook("session-start", { source: "startup" });
    await place.hook("stop");
    await place.idle();
    const kept = async (): Promise<number> => {
      const memory = new Memory({ dbPath: join(own, "memory.db") });
      const { results } = await memory.getAll({ filters: { user_id: "ida" }, kinds: ["message"] });
      await memory.close();
      return results.length;
    };
    expect(await kept()).toBe(1);
    const args = [PROGRAM, "private", "--session", "session-1", "--json"];
    const { stdout } = spawnSync(process.execPath, args, {
      cwd: place.home,
      env: place.environment(),
      encoding: "utf8",
    });
    expect(JSON.parse(stdout)).toMatchObject({ data: { deleted: 2 } });
    expect(await kept()).toBe(0);
  });

  it("leaves out the turns of a private session that have no time", () => {
    const said = JSON.parse(new SessionLines(place.project).user("Said nobody knows when.")) as Row;
    const { timestamp: _, ...timeless } = said;
    writeFileSync(place.transcript, `${JSON.stringify(timeless)}\n`);
    run("private", "--session", "session-1");
    expect(run("ingest", place.transcript)).toMatchObject({ turns: 0, left_out: 1 });
  });

  it("loses none of several that are started at once", async () => {
    const sessions = Array.from({ length: 6 }, (_, index) => `session-${index}`);
    const children = sessions.map((session) =>
      spawn(process.execPath, [PROGRAM, "pause", "--session", session], {
        cwd: place.project,
        env: place.environment(),
        stdio: "ignore",
      }),
    );
    await Promise.all(children.map((child) => once(child, "close")));
    for (const session of sessions)
      expect(run("pause", "--status", "--session", session)).toMatchObject({ mode: "pause" });
  });
});
