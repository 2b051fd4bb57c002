import { open } from "node:fs/promises";
import { MemoryError } from "../errors.ts";

/**
 * Makes what was committed durable, for many requests at a time. SQLite writes its commits to a log beside the file and
 * here does not wait for the disk (synchronous=NORMAL); an answer does, and the answers that wait at the same time share
 * one sync, off the main thread. Nothing is acknowledged that a power cut could take.
 */
export class SharedSync {
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();
  readonly #sync: (log: string) => Promise<void>;

  constructor(sync: (log: string) => Promise<void> = syncFile) {
    this.#sync = sync;
  }

  /**
   * Resolves when every commit made to the database before this call is on disk.
   * @throws MemoryError `store_failed` when the disk does not take it.
   */
  async flush(path: string): Promise<void> {
    const running = this.#running.get(path);
    if (running === undefined) return this.#run(path);
    // One that has begun may have begun before our commit: we share the one after it.
    const known = this.#next.get(path);
    if (known !== undefined) return known;
    const next = running
      .catch(() => undefined)
      .then(() => {
        this.#next.delete(path);
        return this.#run(path);
      });
    this.#next.set(path, next);
    return next;
  }

  #run(path: string): Promise<void> {
    const run = this.#sync(`${path}-wal`).finally(() => {
      if (this.#running.get(path) === run) this.#running.delete(path);
    });
    this.#running.set(path, run);
    return run;
  }
}

/** Opened anew each time: SQLite takes the log away when the last user of the file closes it. It holds no locks on it. */
async function syncFile(log: string): Promise<void> {
  try {
    const file = await open(log, "r+");
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (error) {
    // No log: all of it is in the file itself, which SQLite has synced before it took the log away.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw new MemoryError("store_failed", "The server's disk did not confirm what was written. Try again.", {
      cause: error,
      retryable: true,
    });
  }
}
