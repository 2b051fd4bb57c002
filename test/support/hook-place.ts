import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import { PROGRAM } from "./program.ts";

export interface HookRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What goes into the agent's context; empty for no answer. */
  readonly context: string;
}

/** A person's home, a checkout and an agent's session file, and hooks run as real processes, as an agent runs them. */
export class HookPlace {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), "recollect-hooks-")));
  readonly home: string = join(this.folder, "home");
  readonly project: string = join(this.folder, "shop");
  readonly transcript: string = join(this.folder, "session.jsonl");
  readonly #env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = env;
    mkdirSync(this.home);
    mkdirSync(join(this.project, ".git", "objects"), { recursive: true });
    mkdirSync(join(this.project, ".git", "refs"));
    writeFileSync(join(this.project, ".git", "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(
      join(this.project, ".git", "config"),
      '[remote "origin"]\n\turl = git@git.example.com:acme/shop.git\n',
    );
  }

  get store(): string {
    return join(this.home, ".recollect", "memory.db");
  }

  get state(): string {
    return join(this.home, ".recollect", "agents");
  }

  environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !/^(?:RECOLLECT|MEM0|CLAUDE)/u.test(name));
    const limits = { RECOLLECT_HOOK_MS: "20000", RECOLLECT_USER: "ida" };
    return { ...Object.fromEntries(own), HOME: this.home, ...limits, ...this.#env, ...env };
  }

  /** One hook with its JSON. What stands in `input` goes over what an agent always sends. */
  async hook(
    event: string,
    input: object = {},
    { env, raw }: { env?: Readonly<Record<string, string>>; raw?: string | null } = {},
  ): Promise<HookRun> {
    const child = spawn(process.execPath, [PROGRAM, "hook", event], {
      cwd: this.folder,
      env: this.environment(env),
      stdio: [raw === null ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (piece: Buffer) => (stdout += piece.toString()));
    child.stderr?.on("data", (piece: Buffer) => (stderr += piece.toString()));
    // A hook that has read enough does not wait for the rest.
    child.stdin?.on("error", () => undefined);
    const common = { session_id: "session-1", transcript_path: this.transcript, cwd: this.project };
    child.stdin?.end(raw ?? JSON.stringify({ ...common, hook_event_name: event, ...input }));
    const status = await new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    });
    const answer = stdout === "" ? {} : (JSON.parse(stdout) as { hookSpecificOutput?: { additionalContext?: string } });
    return { status, stdout, stderr, context: answer.hookSpecificOutput?.additionalContext ?? "" };
  }

  /** Any other command of the same person, in the checkout. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
    return execFileSync(process.execPath, [PROGRAM, ...args], {
      cwd: this.project,
      env: this.environment(env),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Until nothing waits and no process is left. */
  async idle(): Promise<void> {
    const isBusy = (): boolean => this.files("queue").length > 0 || this.processes().length > 0;
    for (let waited = 0; isBusy(); waited += 1) {
      if (waited > 600) throw new Error(`still at work after a minute: ${this.files("failures").join(", ")}`);
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
  }

  files(folder: string): readonly string[] {
    const path = join(this.state, folder);
    return existsSync(path) ? readdirSync(path) : [];
  }

  /** Command lines of processes that run for this place. */
  processes(): readonly string[] {
    return this.#running().map(({ line }) => line);
  }

  /** The processes that keep turns. */
  workers(): readonly number[] {
    return this.#running().flatMap(({ pid, line }) => (line.includes(" hook worker ") ? [pid] : []));
  }

  /** Each has this place's folder in its environment. */
  #running(): readonly { readonly pid: number; readonly line: string }[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
      .flatMap((name) => {
        try {
          const isOurs = readFileSync(join("/proc", name, "environ"), "utf8").includes(`HOME=${this.home}\0`);
          if (!isOurs) return [];
          const line = readFileSync(join("/proc", name, "cmdline"), "utf8").replaceAll("\0", " ");
          return [{ pid: Number(name), line }];
        } catch {
          // It ended while it was looked at, or is somebody else's.
          return [];
        }
      });
  }

  async read<Result>(use: (memory: Memory) => Promise<Result>): Promise<Result> {
    const memory = new Memory({ dbPath: this.store });
    try {
      return await use(memory);
    } finally {
      await memory.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
