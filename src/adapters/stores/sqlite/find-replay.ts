import type { Scope } from "../../../domain/scope.ts";
import type { ReplayMessage } from "../../../ports/memory-store.ts";
import type { Row, SqliteDriver, SqlValue } from "./driver.ts";
import { findPartitions } from "./read-lists.ts";
import type { ReadContext } from "./read-memories.ts";
import { identityHash } from "./rows.ts";

interface Session {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

/**
 * Which of the messages are stored already (design decision 1). With an explicit time, a message repeats one of
 * the same session, speaker, text and time. Without, only a stretch of two or more does: the longest beginning
 * of the call that stands contiguously in the session, whole or up to the session's end, so that an agent that
 * sends its growing transcript each time adds only what is new. A second "Yes." alone is a second message.
 */
export function findReplay(context: ReadContext, scope: Scope, messages: readonly ReplayMessage[]): (string | null)[] {
  const found: (string | null)[] = messages.map(() => null);
  const session = findSession(context, scope);
  if (session === undefined) return found;
  for (const [index, message] of messages.entries()) {
    if (message.saidAt !== null) found[index] = findSaid(context, session, message);
  }
  if (messages.length >= 2 && messages.every((message) => message.saidAt === null)) {
    for (const [index, id] of findStretch(context, session, messages).entries()) found[index] = id;
  }
  return found;
}

function findSession(context: ReadContext, scope: Scope): Session | undefined {
  const { owners } = context;
  const [partition] = findPartitions(context, [scope.userId ?? null]);
  if (partition === undefined) return undefined;
  const numbers = [
    owners.find("run", scope.runId),
    owners.find("agent", scope.agentId),
    owners.find("app", scope.appId),
  ];
  const isUnknown = [scope.runId, scope.agentId, scope.appId].some(
    (id, index) => id !== undefined && numbers[index] === null,
  );
  if (isUnknown) return undefined;
  return {
    where: "partition_no = ? AND run_no IS ? AND agent_no IS ? AND app_no IS ? AND is_turn = 1",
    parameters: [partition, ...(numbers as (number | null)[])],
  };
}

function findSaid({ driver }: ReadContext, session: Session, message: ReplayMessage): string | null {
  const row = driver.get(
    `SELECT id FROM memories WHERE ${session.where} AND said_at = ? AND role IS ? AND name IS ? AND ${SAYS} LIMIT 1`,
    ...session.parameters,
    message.saidAt,
    message.role,
    message.name,
    ...saysParameters(message),
  );
  return row === undefined ? null : String(row["id"]);
}

/** A message with the same attachments may go on with what they say: that depends on who read them. */
const SAYS = "attachments IS ? AND (text = ? OR attachments IS NOT NULL AND substr(text, 1, length(?)) = ?)";

function saysParameters({ text, attachments }: ReplayMessage): SqlValue[] {
  const opening = openingOf(text);
  return [attachments, text, opening, opening];
}

function openingOf(text: string): string {
  return text.trim() === "" ? "[" : `${text}\n\n[`;
}

function findStretch({ driver }: ReadContext, session: Session, messages: readonly ReplayMessage[]): string[] {
  const [first] = messages;
  if (first === undefined) return [];
  const starts = driver.all(
    `SELECT rid FROM memories WHERE identity IN (?, ?) AND ${session.where} AND ${SAYS} ORDER BY rid DESC LIMIT 50`,
    identityHash(first.text),
    identityHash(first.identity),
    ...session.parameters,
    ...saysParameters(first),
  );
  let best: string[] = [];
  for (const start of starts) {
    const stored = driver.all(
      `SELECT rid, id, role, name, text FROM memories WHERE ${session.where} AND rid >= ? ORDER BY rid LIMIT ?`,
      ...session.parameters,
      Number(start["rid"]),
      messages.length + 1,
    );
    let length = 0;
    while (length < messages.length && isSame(driver, stored[length], messages[length])) length += 1;
    const reachesEnd = stored.length === length;
    const isRepeat = length === messages.length || (length >= 2 && reachesEnd);
    if (isRepeat && length > best.length) best = stored.slice(0, length).map((row) => String(row["id"]));
  }
  return best;
}

function isSame(driver: SqliteDriver, row: Row | undefined, message: ReplayMessage | undefined): boolean {
  if (row === undefined || message === undefined) return false;
  const { role, name, text, attachments } = message;
  if (row["role"] !== role || row["name"] !== name) return false;
  if (row["text"] !== text && (attachments === null || !String(row["text"]).startsWith(openingOf(text)))) return false;
  // Compared where they lie: pictures of megabytes.
  const same = "SELECT 1 FROM memories WHERE rid = ? AND attachments IS ?";
  return driver.get(same, Number(row["rid"]), attachments) !== undefined;
}
