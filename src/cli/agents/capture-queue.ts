import { spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isLocked, takeLock } from "../process-lock.ts";
import { agentFolder, fileNameOf, readState, removeState, writeState } from "./agent-folder.ts";

/** A transcript that has turns which are not kept yet. */
export interface Waiting {
  readonly session: string;
  readonly transcript: string;
  readonly folder: string;
}

/** One file for each session: however often a hook says so, a session waits once. */
export function queueTranscript(waiting: Waiting): void {
  writeState(join(queueFolder(), `${fileNameOf(waiting.transcript)}.json`), waiting);
}

export interface QueueEntry extends Waiting {
  readonly path: string;
  /** When it was put there: a later one must not be taken away with it. */
  readonly at: number;
}

export function readQueue(): readonly QueueEntry[] {
  return namesOf(queueFolder()).flatMap((name) => {
    const path = join(queueFolder(), name);
    const at = modifiedAt(path);
    const state = readState(path);
    const { session, transcript, folder } = state ?? {};
    if (typeof session !== "string" || typeof transcript !== "string" || typeof folder !== "string") {
      removeState(path);
      return [];
    }
    return at === undefined ? [] : [{ session, transcript, folder, path, at }];
  });
}

/** Takes an entry out, unless it was put there again meanwhile. */
export function finishEntry({ path, at }: QueueEntry): void {
  if (modifiedAt(path) === at) removeState(path);
}

/** Starts the one worker that empties the queue and then ends, where none is at work. It outlives the hook. */
export function startWorker(): void {
  if (isLocked(lockFile())) return;
  const [, script = ""] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, script, "hook", "worker"], {
    detached: true,
    stdio: "ignore",
    windowsHide: true,
    cwd: agentFolder(),
  });
  // A machine that cannot start a process now can at the next hook; what waits is on disk.
  child.on("error", () => undefined);
  child.unref();
}

/** The lock of the one worker: what lets go of it; undefined where another has it. */
export function takeWorkerLock(): (() => void) | undefined {
  return takeLock(lockFile());
}

function modifiedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function namesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    // Nothing has waited yet.
    return [];
  }
}

function queueFolder(): string {
  return join(agentFolder(), "queue");
}

function lockFile(): string {
  return join(agentFolder(), "capture.lock");
}
