import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MemoryError } from "../errors.ts";

/** SQLite's result code for a file that somebody else has locked. */
const BUSY = 5;
/** A process that only looks whether a lock is held has it for less than that. */
const GLANCE_MS = 50;
const PAUSE_MS = 5;

/**
 * Takes a lock that one process at a time can have. It is the system's own lock on an empty file, by way of SQLite: it
 * ends with its process, however that ends, so that nothing stale is ever left for two to take over at once. The file
 * stays; taking it away would let a second process lock a second file of the same name.
 * @param patienceMs how long the process stands still for it (default: as long as another may look whether it is held).
 * @returns what lets go of it, or undefined where another has it.
 * @throws MemoryError `store_failed` where the file cannot be made or locked.
 */
export function takeLock(path: string, patienceMs: number = GLANCE_MS): (() => void) | undefined {
  let database: DatabaseSync | undefined;
  try {
    makeFile(path);
    database = new DatabaseSync(path, { timeout: patienceMs });
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === BUSY) return undefined;
    throw new MemoryError("store_failed", `${path} cannot be locked: ${(error as Error).message}.`, { cause: error });
  }
  const held = database;
  return () => {
    if (held.isOpen) held.close();
  };
}

/** Whether a process has the lock. */
export function isLocked(path: string): boolean {
  const release = takeLock(path, 0);
  release?.();
  return release === undefined;
}

/** Waits for the lock. @returns undefined where another still has it after so many milliseconds. */
export async function waitForLock(path: string, patienceMs: number): Promise<(() => void) | undefined> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const release = takeLock(path, 0);
    if (release !== undefined || performance.now() > end) return release;
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS * (0.5 + Math.random()));
    });
  }
}

/** For its owner alone. Never opened where it is there: closing any handle of a file ends this process's locks on it. */
function makeFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}
