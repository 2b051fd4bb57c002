import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryError } from "../../src/errors.ts";

/** The short form runs on every change, the long one before a release. */
export const isShort: boolean = process.env["FAULTS"] === "short";

/** `long`, or `short` in the short form. */
export function times(long: number, short: number): number {
  return isShort ? short : long;
}

/** Prints what a test counted. */
export function report(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

/** Runs `work` with a folder of its own, which is gone afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "recollect-faults-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Random numbers from a seed that is printed, so that a failure can be run again: `FAULTS_SEED=… npm run test:faults`. */
export function seededRandom(name: string): () => number {
  const given = process.env["FAULTS_SEED"];
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  report(`${name}: seed ${seed}`);
  let state = seed >>> 0;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The error that `work` ends with; another end is a failure of the test. */
export async function memoryErrorOf(work: Promise<unknown>): Promise<MemoryError> {
  let value: unknown;
  try {
    value = await work;
  } catch (error) {
    if (MemoryError.isInstance(error)) return error;
    throw new Error("only a MemoryError may leave the library", { cause: error });
  }
  throw new Error(`a MemoryError was expected, got ${JSON.stringify(value)}`);
}

/** Longest time, in milliseconds, for which the event loop stood still while `work` ran. */
export async function longestPause(work: Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
  return longest;
}
