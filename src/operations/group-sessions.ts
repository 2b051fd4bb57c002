import type { StoredMemory } from "../ports/memory-store.ts";

/** Two messages further apart than this, without a run, are of two sessions (design decision 5). */
const SESSION_GAP_MS = 30 * 60_000;

/**
 * Messages, newest first, as sessions, newest first, each with its messages oldest first. Messages of a run are one
 * session wherever they stand; without a run, of one agent and app, those that follow one another within half an hour.
 */
export function groupSessions(messages: readonly StoredMemory[]): StoredMemory[][] {
  const sessions: StoredMemory[][] = [];
  const open = new Map<string, StoredMemory[]>();
  for (const message of messages) {
    const { runId, agentId, appId } = message.record.scope;
    const key = JSON.stringify([runId ?? null, agentId ?? null, appId ?? null]);
    const session = open.get(key);
    const later = session?.at(-1);
    const isSame =
      later !== undefined && (runId !== undefined || later.record.saidAt - message.record.saidAt <= SESSION_GAP_MS);
    if (isSame && session !== undefined) {
      session.push(message);
      continue;
    }
    const started = [message];
    open.set(key, started);
    sessions.push(started);
  }
  return sessions.map((session) => session.toReversed());
}
