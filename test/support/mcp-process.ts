import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cleanEnvironment } from "./mcp-clients.ts";
import { PROGRAM } from "./program.ts";

/** Opens a session as clients before 2026 do. */
export const INITIALIZE: string = line({
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
});

/** One message of the protocol, as it goes over the wire. */
export function line(message: object): string {
  return `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;
}

export interface RawSession {
  readonly child: ChildProcess;
  /** All of standard output so far. */
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
  /** Resolves when so many lines have come, or the process has ended. */
  lines(count: number): Promise<string[]>;
}

/** `recollect mcp` with nothing between the test and its streams. */
export function startRaw(args: readonly string[], env: Readonly<Record<string, string>> = {}): RawSession {
  const child = spawn(process.execPath, [PROGRAM, "mcp", ...args], {
    env: cleanEnvironment(env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (output += piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (errors += piece));
  // A killed process takes nothing more: what is written to it then is no failure of the test.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, errors }));
  });
  return {
    child,
    output: () => output,
    ended,
    async lines(count) {
      let isOver = false;
      void ended.then(() => (isOver = true));
      for (;;) {
        const lines = output.split("\n").slice(0, -1);
        if (lines.length >= count || isOver) return lines;
        await pause(5);
      }
    },
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended and that nobody asked about is there in name only.
  return process.platform !== "linux" || !/^State:\s+Z/mu.test(read(`/proc/${pid}/status`));
}

/** Waits until a process is gone. @returns how long it took in milliseconds, or null when it is still there. */
export async function untilGone(pid: number, mostMs: number): Promise<number | null> {
  const start = performance.now();
  while (performance.now() - start < mostMs) {
    if (!isAlive(pid)) return Math.round(performance.now() - start);
    await pause(20);
  }
  return null;
}

/** Processes whose command line holds a text: a folder's name that no other test has. Linux only. */
export function processesWith(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/cmdline`).includes(text) && isAlive(pid));
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
