import { join } from "node:path";
import { readdirSync, statSync } from "node:fs";
import { agentFolder, fileNameOf, readState, removeState, writeState } from "./agent-folder.ts";

/** What the hooks know of a session of an agent. */
export interface SessionState {
  readonly session: string;
  /** Where it began. */
  readonly folder: string;
  /** Ids of memories that it has in its context already: they are not shown twice. */
  readonly shown: readonly string[];
}

/** Sessions of which nothing was heard for so long are forgotten; their memories are not. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** More ids than that are of no use: what was shown first has long left the context. */
const MOST_SHOWN = 500;

export function readSession(session: string): SessionState | undefined {
  const state = readState(fileOf(session));
  if (state === undefined) return undefined;
  const { folder, shown } = state;
  return {
    session,
    folder: typeof folder === "string" ? folder : "",
    shown: Array.isArray(shown) ? shown.filter((id) => typeof id === "string") : [],
  };
}

export function writeSession({ session, folder, shown }: SessionState): void {
  writeState(fileOf(session), { session, folder, shown: shown.slice(-MOST_SHOWN) });
}

/** The session that was heard of last in a folder: whose a command is that was given there without a word of it. */
export function lastSessionIn(folder: string): string | undefined {
  const states = filesOf()
    .toSorted((one, other) => other.time - one.time)
    .map(({ path }) => readState(path));
  return states.find((state) => state?.["folder"] === folder)?.["session"] as string | undefined;
}

/** Removes the states of sessions that are long over. */
export function forgetOldSessions(now: number): void {
  for (const { path, time } of filesOf()) if (time < now - KEPT_MS) removeState(path);
}

function filesOf(): readonly { readonly path: string; readonly time: number }[] {
  const folder = join(agentFolder(), "sessions");
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name))
      .map((path) => ({ path, time: statSync(path).mtimeMs }));
  } catch {
    // No session yet; or one was removed between the two looks, and the next call finds the rest.
    return [];
  }
}

function fileOf(session: string): string {
  return join(agentFolder(), "sessions", `${fileNameOf(session)}.json`);
}
