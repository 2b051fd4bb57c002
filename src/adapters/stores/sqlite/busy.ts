import { MemoryError } from "../../../errors.ts";
import {
  SQLITE_BUSY,
  SQLITE_CORRUPT,
  SQLITE_FULL,
  SQLITE_LOCKED,
  SQLITE_NOTADB,
  SQLITE_READONLY,
  sqliteErrorCode,
} from "./driver.ts";

const PATIENCE_MS = 5_000;

/**
 * Runs synchronous database work; while another process holds the file it waits asynchronously (short, jittered,
 * 5 s in all), so that the event loop stays free.
 * @throws MemoryError `store_failed`, retryable when the file stayed busy or the disk is full.
 */
export async function withBusyRetry<Result>(work: () => Result, path: string): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw describeFailure(error, path);
      if (Date.now() > deadline) {
        throw new MemoryError(
          "store_failed",
          `Another process kept ${path} busy for ${PATIENCE_MS / 1000} s. Try again.`,
          {
            cause: error,
            retryable: true,
          },
        );
      }
      const longest = Math.min(50, 2 + attempt * 2);
      await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * longest));
    }
  }
}

export function isBusy(error: unknown): boolean {
  const code = sqliteErrorCode(error);
  return code === SQLITE_BUSY || code === SQLITE_LOCKED;
}

/** Turns SQLite's errors into ours: what happened, what to do next. */
export function describeFailure(error: unknown, path: string): unknown {
  if (MemoryError.isInstance(error)) return error;
  const code = sqliteErrorCode(error);
  if (code === undefined) return error;
  const options = { cause: error, details: { sqlite: code } };
  switch (code) {
    case SQLITE_FULL:
      return new MemoryError(
        "store_failed",
        `The disk that holds ${path} is full; nothing was changed. Free some space and try again.`,
        {
          ...options,
          retryable: true,
        },
      );
    case SQLITE_READONLY:
      return new MemoryError(
        "store_failed",
        `${path} is read-only; nothing was changed. Change its permissions or set another dbPath.`,
        options,
      );
    case SQLITE_CORRUPT:
      if (isTextIndexDamage(error)) {
        return new MemoryError(
          "store_failed",
          `The text index of ${path} is damaged; the memories are not. Make it anew: recollect verify --repair, or memory.verify({ repair: true }).`,
          options,
        );
      }
      return damagedFile(error, path);
    case SQLITE_NOTADB:
      return damagedFile(error, path);
    default:
      return new MemoryError("store_failed", `SQLite failed on ${path}: ${(error as Error).message}`, options);
  }
}

function damagedFile(error: unknown, path: string): MemoryError {
  return new MemoryError(
    "store_failed",
    `${path} is damaged (${(error as Error).message}). Restore a backup, or export what can still be read.`,
    { cause: error, details: { sqlite: sqliteErrorCode(error) } },
  );
}

/** SQLITE_CORRUPT_VTAB: what is damaged is a virtual table, and the only one that stores anything is the text index. */
export function isTextIndexDamage(error: unknown): boolean {
  return (error as { errcode?: unknown } | null)?.errcode === 267;
}
