import { join } from "node:path";
import { MemoryError } from "../../errors.ts";
import { agentFolder, fileNameOf, removeState, writeState } from "./agent-folder.ts";

/** Notes why a session could not be kept, for `recollect doctor`: a worker has nobody to tell. */
export function noteFailure({ session, transcript }: { session: string; transcript: string }, error: unknown): void {
  const code = MemoryError.isInstance(error) ? error.code : ((error as { code?: unknown }).code ?? "unknown");
  writeState(fileOf(session), { session, transcript, code, at: new Date().toISOString() });
}

export function clearFailure(session: string): void {
  removeState(fileOf(session));
}

function fileOf(session: string): string {
  return join(agentFolder(), "failures", `${fileNameOf(session)}.json`);
}
