import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROGRAM } from "./program.ts";

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliAnswer {
  readonly status: string;
  readonly command: string;
  readonly duration_ms: number;
  readonly scope?: Readonly<Record<string, string>>;
  readonly count?: number;
  readonly error?: string;
  readonly code?: string;
  readonly data: unknown;
}

/** A home and a project with its own `.recollect/`, and the command line run in real processes inside them. */
export class CliPlace {
  readonly folder: string = mkdtempSync(join(tmpdir(), "recollect-cli-"));
  readonly home: string = join(this.folder, "home");
  readonly project: string = join(this.folder, "project");
  readonly #env: Readonly<Record<string, string>>;

  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = env;
    mkdirSync(this.home);
    mkdirSync(join(this.project, ".recollect"), { recursive: true });
  }

  async run(
    args: readonly string[],
    {
      input,
      env = {},
      cwd = this.project,
    }: { input?: string; env?: Readonly<Record<string, string>>; cwd?: string } = {},
  ): Promise<CliRun> {
    const own = Object.entries(process.env).filter(([name]) => !/^(?:RECOLLECT|MEM0|FORCE_COLOR|NO_COLOR)/u.test(name));
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      env: { ...Object.fromEntries(own), HOME: this.home, ...this.#env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (piece: Buffer) => (stdout += piece.toString()));
    child.stderr?.on("data", (piece: Buffer) => (stderr += piece.toString()));
    child.stdin?.end(input);
    const status = await new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    });
    return { status, stdout, stderr };
  }

  /** The same with --json: the one object that standard output must hold. */
  async json(
    args: readonly string[],
    options: { input?: string; env?: Readonly<Record<string, string>>; cwd?: string } = {},
  ): Promise<{ readonly status: number | null; readonly answer: CliAnswer }> {
    const { status, stdout, stderr } = await this.run([...args, "--json"], options);
    if (!stdout.endsWith("}\n")) throw new Error(`No JSON object: ${stdout}\n${stderr}`);
    return { status, answer: JSON.parse(stdout) as CliAnswer };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
