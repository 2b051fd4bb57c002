import type { Feedback, MemoryKind, MemoryState, Role } from "../../../domain/memory.ts";
import { normalizeEntityName } from "../../../domain/entity.ts";
import type { MemoryReference, Partition, PassageReference, TurnRow } from "../../../ports/memory-store.ts";
import type { Row } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { sessionKey } from "./session-growth.ts";
import { FLAG_QUESTION, FLAG_TIME_EXPRESSION } from "./write-change.ts";

const NO_MESSAGES: readonly MemoryReference[] = [];

export const TURN_SELECT: string = `SELECT p.passage_no, p.rid, p.terms, p.date_terms, p.term_count, p.flags, p.stop - p.start AS characters,
  m.kind, m.attribute, m.is_turn, m.role, m.name, m.said_at, m.run_no, m.agent_no, m.app_no,
  CASE m.is_turn WHEN 1 THEN NULL ELSE (SELECT group_concat(s.message_rid) FROM sources s WHERE s.rid = m.rid) END AS messages,
  m.attribute_subject, m.state, m.is_verified, m.feedback FROM passages p JOIN memories m ON m.rid = p.rid`;

/** Where state, verification and feedback begin among the columns of `TURN_SELECT`. */
export const STATE_COLUMN = 18;

export function readTurns({ driver }: ReadContext, partition: Partition, after: PassageReference): TurnRow[] {
  const [first, last] = partitionRange(partition.number);
  const shared = new Map<string, string>();
  return driver
    .arrays(
      `${TURN_SELECT} WHERE p.passage_no > ? AND p.passage_no <= ? ORDER BY p.passage_no`,
      Math.max(after, first),
      last,
    )
    .map((row) => toTurn(row, shared));
}

/** A row of `TURN_SELECT`. `shared` holds the strings that are the same in many rows, one copy of each. */
export function toTurn(row: readonly Row[string][], shared: Map<string, string>): TurnRow {
  const flags = Number(row[5]);
  const messages = row[16];
  return {
    passage: Number(row[0]),
    memory: Number(row[1]),
    session: once(sessionKey(row[13], row[14], row[15]), shared),
    saidAt: Number(row[12]),
    isTurn: row[9] === 1,
    kind: once(row[7] as MemoryKind, shared) as MemoryKind,
    role: row[10] === null ? null : (once(row[10] as Role, shared) as Role),
    name: row[11] === null ? null : once(row[11] as string, shared),
    terms: row[2] as string,
    dateTerms: row[3] as string,
    termCount: Number(row[4]),
    isQuestion: (flags & FLAG_QUESTION) !== 0,
    hasTimeExpression: (flags & FLAG_TIME_EXPRESSION) !== 0,
    attribute: row[8] as string | null,
    subject: row[17] === null ? null : once(row[17] as string, shared),
    characters: Number(row[6]),
    messages: messages === null ? NO_MESSAGES : String(messages).split(",").map(Number),
  };
}

function once(value: string, shared: Map<string, string>): string {
  const known = shared.get(value);
  if (known !== undefined) return known;
  shared.set(value, value);
  return value;
}

export function readInactive(
  { driver }: ReadContext,
  partition: Partition,
): Map<MemoryReference, MemoryState | "unverified"> {
  const inactive = new Map<MemoryReference, MemoryState | "unverified">();
  for (const row of driver.all(
    "SELECT rid FROM memories WHERE partition_no = ? AND is_verified = 0",
    partition.number,
  )) {
    inactive.set(Number(row["rid"]), "unverified");
  }
  for (const row of driver.all(
    "SELECT rid, state FROM memories WHERE partition_no = ? AND state <> 'active'",
    partition.number,
  )) {
    inactive.set(Number(row["rid"]), row["state"] as MemoryState);
  }
  return inactive;
}

/** What users think of a partition's memories. */
export function readFeedback({ driver }: ReadContext, partition: Partition): Map<MemoryReference, Feedback> {
  const rows = driver.all(
    "SELECT rid, feedback FROM memories WHERE partition_no = ? AND feedback IS NOT NULL",
    partition.number,
  );
  return new Map(rows.map((row) => [Number(row["rid"]), row["feedback"] as Feedback]));
}

export function memoriesOfPassages(
  { driver }: ReadContext,
  passages: readonly PassageReference[],
): Map<PassageReference, MemoryReference> {
  const found = new Map<PassageReference, MemoryReference>();
  for (const passage of passages) {
    const row = driver.get("SELECT rid FROM passages WHERE passage_no = ?", passage);
    if (row !== undefined) found.set(passage, Number(row["rid"]));
  }
  return found;
}

export function findMentions(
  { driver }: ReadContext,
  partition: Partition,
  names: readonly string[],
  limit: number,
): MemoryReference[] {
  const found = new Set<MemoryReference>();
  for (const name of names) {
    const entity = driver.get(
      "SELECT entity_no FROM entities WHERE partition_no = ? AND key = ?",
      partition.number,
      normalizeEntityName(name),
    );
    if (entity === undefined) continue;
    const rows = driver.all(
      "SELECT rid FROM mentions WHERE entity_no = ? ORDER BY rid DESC LIMIT ?",
      Number(entity["entity_no"]),
      limit,
    );
    for (const row of rows) found.add(Number(row["rid"]));
  }
  return [...found];
}

export function findInWindow(
  { driver }: ReadContext,
  partition: Partition,
  from: number,
  to: number,
  limit: number,
): MemoryReference[] {
  const rows = driver.all(
    `SELECT rid FROM memories WHERE partition_no = ? AND said_at >= ? AND said_at < ?
     UNION SELECT rid FROM memories WHERE partition_no = ? AND kind <> 'message' AND valid_from >= ? AND valid_from < ? ORDER BY rid DESC LIMIT ?`,
    partition.number,
    from,
    to,
    partition.number,
    from,
    to,
    limit,
  );
  return rows.map((row) => Number(row["rid"]));
}
