import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { userFolder } from "../store/find-file.ts";

/**
 * Where the hooks keep what they need between two calls: pauses, what a session has been shown, which transcripts have
 * new turns, how far each was read. Ids, paths, times and byte counts; never a word that anybody said.
 */
export function agentFolder(): string {
  return join(userFolder(), "agents");
}

/** A short name for a file, of any id or path. */
export function fileNameOf(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 24);
}

/** The JSON object of a file; undefined where there is none, or none that can be read: it is written anew then. */
export function readState(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    // Missing, or cut by a power failure: nothing in these files is the only copy of anything.
    return undefined;
  }
}

/** Writes a whole file at once, for its owner alone: a process that is killed leaves the old one. */
export function writeState(path: string, value: object): void {
  const draft = `${path}.${process.pid}.new`;
  try {
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
  }
  renameSync(draft, path);
}

export function removeState(path: string): void {
  rmSync(path, { force: true });
}
