// The whole processes that a coding agent waits for, and what they put before it: bench/RESULTS.md says how it is read.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Memory } from "../src/index.ts";
import { countTokens } from "../src/text/token-count.ts";
import { CHOSEN_ON, fillerTalk, HELD_OUT } from "./agents/prompts.ts";
import { writeSessionFile } from "./agents/session-file.ts";
import { percentile } from "./speed/measure.ts";
import { formatTable, percent } from "./table.ts";

const MEMORIES = 10_000;
const TURNS = 5_000;
const RUNS = 100;
const BUDGET = 500;
const DEADLINE_MS = 100;

const program = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
if (!existsSync(program)) throw new Error("Run npm run build first: what is measured is what is installed.");
const folder = mkdtempSync(join(tmpdir(), "recollect-bench-agents-"));
const home = join(folder, "home");
mkdirSync(join(home, ".recollect"), { recursive: true });

interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly stdout: string;
  readonly isInTime: boolean;
}

try {
  await fill();
  const rows: string[][] = [];
  rows.push(...measureHook(), ...measureSearch(), ...measureSilence(), ...measureIngest());
  console.log(formatTable(["what", "seen", "bar", "aim"], rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Talk of one project, and between it what the prompts ask for. */
async function fill(): Promise<void> {
  const memory = new Memory({ dbPath: join(home, ".recollect", "memory.db"), durability: "relaxed" });
  const owner = { userId: "ida", appId: "shop" };
  const start = Date.UTC(2026, 0, 1);
  const talk = fillerTalk(MEMORIES);
  for (let from = 0; from < talk.length; from += 100) {
    const messages = talk.slice(from, from + 100).map((content, index) => ({
      role: index % 2 === 0 ? "user" : "assistant",
      content,
      timestamp: new Date(start + (from + index) * 60_000),
    }));
    await memory.add(messages, { ...owner, runId: `session-${from / 100}` });
  }
  for (const { memory: text } of [...CHOSEN_ON.related, ...HELD_OUT.related])
    await memory.add(text, { ...owner, infer: false });
  await memory.close();
}

function run(args: readonly string[], input: string): Run {
  const before = childrenCpu();
  const start = performance.now();
  const { stdout, status, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: "utf8",
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      RECOLLECT_USER: "ida",
      RECOLLECT_PROJECT: "shop",
      RECOLLECT_PROMPT_TOKENS: String(BUDGET),
      RECOLLECT_HOOK_MS: String(DEADLINE_MS),
      RECOLLECT_HOOK_DEBUG: "1",
    },
  });
  const wallMs = performance.now() - start;
  if (status !== 0 && status !== 3) throw new Error(`${args.join(" ")}: ${status} ${stderr}`);
  return { wallMs, cpuMs: childrenCpu() - before, stdout, isInTime: !stderr.includes("out of time") };
}

/** CPU of all children that have ended, in milliseconds, in the kernel's steps of ten: a mean over many tells. */
function childrenCpu(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function ask(prompt: string, session: string): Run {
  const input = { session_id: session, cwd: folder, hook_event_name: "UserPromptSubmit", prompt };
  return run(["hook", "user-prompt-submit"], JSON.stringify(input));
}

function contextOf({ stdout }: Run): string {
  if (stdout === "") return "";
  const { hookSpecificOutput } = JSON.parse(stdout) as { hookSpecificOutput: { additionalContext: string } };
  return hookSpecificOutput.additionalContext;
}

/** Prompts of both kinds in turn, each in a session of its own. */
function measureHook(): string[][] {
  const prompts = [...HELD_OUT.related.map(({ prompt }) => prompt), ...HELD_OUT.unrelated];
  for (const [index, prompt] of prompts.slice(0, 5).entries()) ask(prompt, `warm-${index}`);
  const runs = Array.from({ length: RUNS }, (_, index) => ask(prompts[index % prompts.length] ?? "", `time-${index}`));
  const empty = Array.from({ length: RUNS }, () => run(["version"], ""));
  const inTime = runs.filter(({ isInTime }) => isInTime).length;
  const walls = runs.map(({ wallMs }) => wallMs);
  return [
    [`UserPromptSubmit hook, whole process, ${MEMORIES} memories, p50`, ms(percentile(walls, 0.5)), "", ""],
    ["the same, p95", ms(percentile(walls, 0.95)), "250 ms", "120 ms"],
    ["the same, CPU, mean", ms(mean(runs.map(({ cpuMs }) => cpuMs))), "", ""],
    [
      "recollect version, whole process, p50: the start alone",
      ms(
        percentile(
          empty.map(({ wallMs }) => wallMs),
          0.5,
        ),
      ),
      "",
      "",
    ],
    [
      `prompts answered inside the hook's own ${DEADLINE_MS} ms`,
      `${percent(inTime / runs.length)} %`,
      "99 %",
      "99.9 %",
    ],
  ];
}

function measureSearch(): string[][] {
  const runs = Array.from({ length: RUNS }, (_, index) => {
    const { prompt = "" } = HELD_OUT.related[index % HELD_OUT.related.length] ?? {};
    return run(["search", prompt, "--project", "shop", "--top-k", "10"], "");
  });
  return [
    [
      `recollect search, whole process, ${MEMORIES} memories, p50`,
      ms(
        percentile(
          runs.map(({ wallMs }) => wallMs),
          0.5,
        ),
      ),
      "200 ms",
      "100 ms",
    ],
    ["the same, CPU, mean", ms(mean(runs.map(({ cpuMs }) => cpuMs))), "", ""],
  ];
}

/** What is put before the agent. A hook that was out of time is asked again: its silence says nothing. */
function measureSilence(): string[][] {
  let most = 0;
  const patient = (prompt: string, session: string): string => {
    for (let attempt = 0; ; attempt += 1) {
      const answer = ask(prompt, `${session}-${attempt}`);
      if (!answer.isInTime && attempt < 20) continue;
      const context = contextOf(answer);
      most = Math.max(most, countTokens(context));
      return context;
    }
  };
  const silent = HELD_OUT.unrelated.filter((prompt, index) => patient(prompt, `silent-${index}`) === "").length;
  const found = HELD_OUT.related.filter(({ memory, prompt }, index) =>
    patient(prompt, `found-${index}`).includes(memory),
  ).length;
  return [
    [
      "prompts unrelated to anything stored: 0 tokens injected (held out)",
      `${percent(silent / HELD_OUT.unrelated.length)} %`,
      "95 %",
      "99 %",
    ],
    [
      "prompts with a memory that is about them: it is injected (held out)",
      `${percent(found / HELD_OUT.related.length)} %`,
      "",
      "",
    ],
    [`most tokens injected, budget ${BUDGET}`, String(most), `${BUDGET}`, ""],
  ];
}

function measureIngest(): string[][] {
  const path = join(folder, "session.jsonl");
  writeSessionFile(path, { turns: TURNS, folder });
  const db = join(folder, "ingest", "memory.db");
  const once = run(["ingest", path, "--db", db, "--json"], "");
  const counts = (): string => run(["stats", "--db", db, "--json"], "").stdout.replace(/"duration_ms":\d+/u, "");
  const first = counts();
  const again = Array.from({ length: 4 }, (_, index) => {
    // Every second time without what it noted of how far it had read.
    if (index % 2 === 1) rmSync(join(home, ".recollect", "agents"), { recursive: true });
    return run(["ingest", path, "--db", db], "");
  });
  return [
    [
      `transcript of ${TURNS} turns (${(statSync(path).size / 1e6).toFixed(0)} MB) ingested, no model, whole process`,
      ms(once.wallMs),
      "10 s",
      "3 s",
    ],
    ["the same, CPU", ms(once.cpuMs), "", ""],
    [
      "the same four more times, two of them without the cursor: changed",
      first === counts() ? "nothing" : "something",
      "nothing",
      "",
    ],
    ["one of these, with and without the cursor", `${ms(again[0]?.wallMs ?? 0)}, ${ms(again[1]?.wallMs ?? 0)}`, "", ""],
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function ms(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(0)} ms`;
}
