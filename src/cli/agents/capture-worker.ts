import { setPriority } from "node:os";
import { finishEntry, readQueue, takeWorkerLock } from "./capture-queue.ts";
import type { QueueEntry } from "./capture-queue.ts";
import { findPlace } from "./hook-place.ts";
import { ingestTranscript } from "./ingest-transcript.ts";
import { projectScope } from "./project-scope.ts";
import { clearFailure, noteFailure } from "./capture-failures.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { findReader } from "./transcript-file.ts";

/** Whatever it hangs at, it ends; what is left waits for the next hook. */
const LONGEST_LIFE_MS = 10 * 60_000;
const LOWEST_OF_THE_NICE = 10;

/** Keeps the new turns of every transcript that waits, and ends. One at a time on a machine. */
export async function runWorker(): Promise<number> {
  setTimeout(() => process.exit(1), LONGEST_LIFE_MS).unref();
  lowerPriority();
  const failed = new Set<string>();
  // A hook that put something there while the lock was being released has started no other worker.
  while (readQueue().some(({ path }) => !failed.has(path))) {
    const release = takeWorkerLock();
    if (release === undefined) return 0;
    try {
      for (const entry of readQueue()) {
        if (failed.has(entry.path)) continue;
        if (!(await keepEntry(entry))) failed.add(entry.path);
      }
    } finally {
      release();
    }
  }
  return 0;
}

/** What the person waits for goes first. False where that is not allowed. */
function lowerPriority(): boolean {
  try {
    setPriority(LOWEST_OF_THE_NICE);
    return true;
  } catch {
    // It works at the usual priority then.
    return false;
  }
}

/** False: it stays in the queue for the next worker. */
async function keepEntry(entry: QueueEntry): Promise<boolean> {
  let store: Store | undefined;
  try {
    const reader = await findReader(entry.transcript);
    if (reader !== undefined) {
      const place = findPlace(entry.folder);
      store = await openStore({ path: place.path ?? "", settings: place.settings });
      await ingestTranscript({
        transcript: entry.transcript,
        reader,
        store,
        place: store.place,
        scopeOf: (folder) => projectScope({ from: folder, settings: place.settings }),
        folder: entry.folder,
        session: entry.session,
      });
    }
    finishEntry(entry);
    clearFailure(entry.session);
    return true;
  } catch (error) {
    // A transcript that is gone will not come back.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") finishEntry(entry);
    noteFailure(entry, error);
    return false;
  } finally {
    await store?.close();
  }
}
