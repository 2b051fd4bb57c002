import type { Feedback, MemoryKind, MemoryState, Role } from "../../../domain/memory.ts";
import { normalizeEntityName } from "../../../domain/entity.ts";
import type { MemoryReference, Partition, PassageReference, TurnRow } from "../../../ports/memory-store.ts";
import type { Row } from "./driver.ts";
import { partitionRange } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { FLAG_QUESTION, FLAG_TIME_EXPRESSION } from "./write-change.ts";

const NO_MESSAGES: readonly MemoryReference[] = [];

const TURN_SELECT = `SELECT p.passage_no, p.rid, p.terms, p.date_terms, p.term_count, p.flags, p.stop - p.start AS characters,
  m.kind, m.attribute, m.is_turn, m.role, m.name, m.said_at, m.run_no, m.agent_no, m.app_no,
  CASE m.is_turn WHEN 1 THEN NULL ELSE (SELECT group_concat(s.message_rid) FROM sources s WHERE s.rid = m.rid) END AS messages,
  m.attribute_subject FROM passages p JOIN memories m ON m.rid = p.rid`;

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
function toTurn(row: readonly Row[string][], shared: Map<string, string>): TurnRow {
  const flags = Number(row[5]);
  const messages = row[16];
  return {
    passage: Number(row[0]),
    memory: Number(row[1]),
    session: once(`${row[13] ?? "-"}/${row[14] ?? "-"}/${row[15] ?? "-"}`, shared),
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

export function readStates(
  { driver }: ReadContext,
  references: readonly MemoryReference[],
): Map<MemoryReference, MemoryState | "unverified"> {
  const inactive = new Map<MemoryReference, MemoryState | "unverified">();
  const rows = driver.all(
    `SELECT rid, state FROM memories WHERE rid IN (SELECT value FROM json_each(?)) AND (state <> 'active' OR is_verified = 0)`,
    JSON.stringify([...new Set(references)]),
  );
  for (const row of rows)
    inactive.set(Number(row["rid"]), row["state"] === "active" ? "unverified" : (row["state"] as MemoryState));
  return inactive;
}

/** What users think of memories: of a whole partition, or of the given ones. */
export function readFeedback(
  { driver }: ReadContext,
  of: Partition | readonly MemoryReference[],
): Map<MemoryReference, Feedback> {
  const rows =
    "number" in of
      ? driver.all("SELECT rid, feedback FROM memories WHERE partition_no = ? AND feedback IS NOT NULL", of.number)
      : driver.all(
          "SELECT rid, feedback FROM memories WHERE rid IN (SELECT value FROM json_each(?)) AND feedback IS NOT NULL",
          JSON.stringify([...new Set(of)]),
        );
  return new Map(rows.map((row) => [Number(row["rid"]), row["feedback"] as Feedback]));
}

/** The outer passages of a message: what its neighbours share words with. */
const IS_OUTER =
  "(p.start = 0 OR NOT EXISTS (SELECT 1 FROM passages q WHERE q.rid = p.rid AND q.passage_no > p.passage_no))";

const DIRECTIONS = [
  ["DESC", "<"],
  ["ASC", ">"],
] as const;

const IN_SESSION = `n.partition_no = ? AND n.run_no IS m.run_no AND n.agent_no IS m.agent_no AND n.app_no IS m.app_no
  AND n.is_turn = 1`;

/** The turns said at the same moment, before or after; two steps, since a comparison of pairs would read them all. */
const SAME_MOMENT = DIRECTIONS.map(
  ([order, sign]) => `(SELECT group_concat(rid) FROM (SELECT n.rid FROM memories n
    WHERE ${IN_SESSION} AND n.said_at = m.said_at AND n.rid ${sign} m.rid ORDER BY n.rid ${order} LIMIT ?))`,
).join(", ");

/** Of each of the given turns, the turns up to `radius` places before and after it in its session. */
function neighboursOf(
  { driver }: ReadContext,
  partition: Partition,
  turns: ReadonlySet<MemoryReference>,
  radius: number,
): Set<MemoryReference> {
  const neighbours = new Set<MemoryReference>();
  const rows = driver.arrays(
    `SELECT m.rid, ${SAME_MOMENT} FROM json_each(?) wanted CROSS JOIN memories m ON m.rid = wanted.value`,
    partition.number,
    radius,
    partition.number,
    radius,
    JSON.stringify([...turns]),
  );
  for (const [turn, ...sides] of rows) {
    for (const [side, [order, sign]] of DIRECTIONS.entries()) {
      const found = sides[side] ?? null;
      const same = found === null ? [] : String(found).split(",").map(Number);
      for (const neighbour of same) neighbours.add(neighbour);
      if (same.length >= radius) continue;
      const others = driver.all(
        `SELECT n.rid FROM memories m JOIN memories n ON ${IN_SESSION} AND n.said_at ${sign} m.said_at
         WHERE m.rid = ? ORDER BY n.said_at ${order}, n.rid ${order} LIMIT ?`,
        partition.number,
        turn ?? null,
        radius - same.length,
      );
      for (const other of others) neighbours.add(Number(other["rid"]));
    }
  }
  return neighbours;
}

/** The given passages, and the outer passages of up to `radius` turns on each side in their session. */
export function readTurnWindows(
  context: ReadContext,
  partition: Partition,
  passages: readonly PassageReference[],
  radius: number,
): TurnRow[] {
  const { driver } = context;
  const shared = new Map<string, string>();
  const rows = new Map<PassageReference, TurnRow>();
  const read = (condition: string, wanted: readonly number[]): void => {
    if (wanted.length === 0) return;
    for (const row of driver.arrays(`${TURN_SELECT} WHERE ${condition}`, JSON.stringify(wanted))) {
      const turn = toTurn(row, shared);
      rows.set(turn.passage, turn);
    }
  };
  read("p.passage_no IN (SELECT value FROM json_each(?))", passages);
  const opened = new Set<MemoryReference>();
  if (radius > 0) for (const { isTurn, memory } of rows.values()) if (isTurn) opened.add(memory);
  if (opened.size > 0) {
    const near = neighboursOf(context, partition, opened, radius);
    read(`p.rid IN (SELECT value FROM json_each(?)) AND ${IS_OUTER}`, [...near]);
  }
  return [...rows.values()].toSorted((left, right) => left.passage - right.passage);
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
