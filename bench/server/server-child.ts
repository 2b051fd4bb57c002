import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DIST = join(import.meta.dirname, "../../dist/bin.js");
const SOURCE = join(import.meta.dirname, "../../src/cli/bin.ts");
/** Of /proc/PID/stat, in hundredths of a second on every Linux that we know. */
const TICKS_PER_SECOND = 100;

export interface ServerChild {
  readonly url: string;
  readonly key: string | null;
  /** From the start of the process to its first answer. */
  readonly startMs: number;
  /** CPU milliseconds until then; undefined where /proc is missing. */
  readonly startCpuMs: number | undefined;
  /** CPU seconds so far, user and system; undefined where /proc is missing. */
  readonly cpuSeconds: () => number | undefined;
  readonly stop: () => Promise<void>;
}

export function serverEntry(): { readonly path: string; readonly name: string } {
  return existsSync(DIST) ? { path: DIST, name: "dist" } : { path: SOURCE, name: "src, no dist built" };
}

/** `recollect serve` in a process of its own, on the port given, which must be free. */
export async function startServerChild(folder: string, port: number): Promise<ServerChild> {
  const { path } = serverEntry();
  const start = performance.now();
  const child = spawn(process.execPath, [path, "serve", "--data", folder, "--port", String(port)], {
    stdio: ["ignore", "pipe", "ignore"],
    // One key sends everything: its limit, 60,000 requests a minute, is less than the server takes.
    env: { ...process.env, NODE_OPTIONS: "", RECOLLECT_REQUESTS_PER_MINUTE: "10000000" },
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isAnswering(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${text}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
  const startMs = performance.now() - start;
  const cpu = cpuOf(child);
  return {
    url,
    startMs,
    startCpuMs: cpu === undefined ? undefined : cpu * 1000,
    key: /^\s*(rcl_[\w-]+)$/mu.exec(text)?.[1] ?? null,
    cpuSeconds: () => cpuOf(child),
    stop: () =>
      new Promise((resolve) => {
        child.once("close", () => {
          resolve();
        });
        child.kill("SIGTERM");
      }),
  };
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok;
  } catch {
    // Nobody listens there yet.
    return false;
  }
}

function cpuOf({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
