import { spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

/** A process of its own that runs one of the scripts beside this file, or a program, and tells things line by line. */
export class FaultProcess {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly ended: Promise<Exit>;
  #rest = "";
  #errors = "";
  #exit: Exit | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(
    script: string,
    parameters: readonly string[],
    options: SpawnOptions = {},
    before: readonly string[] = [],
  ) {
    const path = isAbsolute(script) ? script : fileURLToPath(new URL(script, import.meta.url));
    const [command, ...rest] = [...before, process.execPath, path, ...parameters];
    this.child = spawn(command as string, rest, { stdio: ["pipe", "pipe", "pipe"], ...options });
    this.child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      const parts = (this.#rest + chunk).split("\n");
      // A line without its end was cut off by a kill: it acknowledges nothing.
      this.#rest = parts.pop() ?? "";
      this.lines.push(...parts);
      this.#wake();
    });
    this.child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#errors += chunk;
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      this.child.on("close", (code, signal) => {
        this.#exit = { code, signal, errors: this.#errors };
        this.#wake();
        resolve(this.#exit);
      });
    });
  }

  /** Resolves with the line `index` (from 0) as soon as it has been told. */
  async line(index: number): Promise<string> {
    while (this.lines.length <= index) {
      if (this.#exit !== undefined) {
        throw new Error(`the process ended (${this.#exit.code ?? this.#exit.signal}) too soon: ${this.#errors}`);
      }
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
    return this.lines[index] as string;
  }

  /** Sends a line and resolves with the next one that comes back. */
  async ask(request: unknown): Promise<string> {
    const next = this.lines.length;
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.line(next);
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<Exit> {
    this.child.kill(signal);
    return this.ended;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
