import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MemoryError } from "../../errors.ts";
import { agentFolder, fileNameOf, readState, removeState, writeState } from "./agent-folder.ts";

/** A transcript that is gone for good is told of for so long. */
const SHOWN_MS = 30 * 24 * 60 * 60 * 1000;

/** Notes why a session could not be kept, for `recollect doctor`: a worker has nobody to tell. */
export function noteFailure({ session, transcript }: { session: string; transcript: string }, error: unknown): void {
  const code = MemoryError.isInstance(error) ? error.code : ((error as { code?: unknown }).code ?? "unknown");
  writeState(fileOf(session), { session, transcript, code, at: new Date().toISOString() });
}

export function clearFailure(session: string): void {
  removeState(fileOf(session));
}

/** The transcripts that could not be kept when that was last tried, in the last 30 days, each with its code. */
export function readFailures(): readonly { readonly transcript: string; readonly code: string }[] {
  const folder = join(agentFolder(), "failures");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return names.flatMap((name) => {
    const { transcript, code, at } = readState(join(folder, name)) ?? {};
    const isFresh = Date.now() - Date.parse(String(at)) < SHOWN_MS;
    return typeof transcript === "string" && isFresh
      ? [{ transcript, code: typeof code === "string" ? code : "unknown" }]
      : [];
  });
}

function fileOf(session: string): string {
  return join(agentFolder(), "failures", `${fileNameOf(session)}.json`);
}
