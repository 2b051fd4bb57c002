import type { MemoryKind, MemoryState, Role } from "../../../domain/memory.ts";
import { normalizeEntityName } from "../../../domain/entity.ts";
import type {
  MemoryReference,
  Partition,
  PassageReference,
  SearchSelection,
  TurnRow,
} from "../../../ports/memory-store.ts";
import type { Row, SqlValue } from "./driver.ts";
import { compileFilter } from "./filter-sql.ts";
import { MEMORY_FILTER_COLUMNS } from "./filter-columns.ts";
import { partitionRange } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { FLAG_QUESTION, FLAG_TIME_EXPRESSION } from "./write-change.ts";

const NO_MESSAGES: readonly MemoryReference[] = [];

const TURN_SELECT = `SELECT p.passage_no, p.rid, p.terms, p.date_terms, p.term_count, p.flags, p.stop - p.start AS characters,
  m.kind, m.attribute, m.is_turn, m.role, m.name, m.said_at, m.run_no, m.agent_no, m.app_no,
  CASE m.is_turn WHEN 1 THEN NULL ELSE (SELECT group_concat(s.message_rid) FROM sources s WHERE s.rid = m.rid) END AS messages
  FROM passages p JOIN memories m ON m.rid = p.rid`;

export function readTurns({ driver }: ReadContext, partition: Partition, after: PassageReference): TurnRow[] {
  const [first, last] = partitionRange(partition.number);
  return driver
    .all(
      `${TURN_SELECT} WHERE p.passage_no > ? AND p.passage_no <= ? ORDER BY p.passage_no`,
      Math.max(after, first),
      last,
    )
    .map(toTurn);
}

function toTurn(row: Row): TurnRow {
  const flags = Number(row["flags"]);
  return {
    passage: Number(row["passage_no"]),
    memory: Number(row["rid"]),
    session: `${row["run_no"] ?? "-"}/${row["agent_no"] ?? "-"}/${row["app_no"] ?? "-"}`,
    saidAt: Number(row["said_at"]),
    isTurn: row["is_turn"] === 1,
    kind: row["kind"] as MemoryKind,
    role: row["role"] as Role | null,
    name: row["name"] as string | null,
    terms: row["terms"] as string,
    dateTerms: row["date_terms"] as string,
    termCount: Number(row["term_count"]),
    isQuestion: (flags & FLAG_QUESTION) !== 0,
    hasTimeExpression: (flags & FLAG_TIME_EXPRESSION) !== 0,
    attribute: row["attribute"] as string | null,
    characters: Number(row["characters"]),
    messages: row["messages"] === null ? NO_MESSAGES : String(row["messages"]).split(",").map(Number),
  };
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

export function readAllowed(
  { driver }: ReadContext,
  { partition, filter, today }: SearchSelection,
): Set<MemoryReference> {
  const parts = ["m.partition_no = ?"];
  const parameters: SqlValue[] = [partition.number];
  if (today !== undefined) {
    parts.push("(m.expiration_date IS NULL OR m.expiration_date >= ?)");
    parameters.push(today);
  }
  if (filter !== undefined) {
    const compiled = compileFilter(filter, MEMORY_FILTER_COLUMNS);
    parts.push(`(${compiled.sql})`);
    parameters.push(...compiled.parameters);
  }
  const [first, last] = partitionRange(partition.number);
  const rows = driver.all(
    `SELECT m.rid FROM memories m WHERE m.rid BETWEEN ? AND ? AND ${parts.join(" AND ")}`,
    first,
    last,
    ...parameters,
  );
  return new Set(rows.map((row) => Number(row["rid"])));
}

/** The outer passages of a message: what its neighbours share words with. */
const IS_OUTER =
  "(p.start = 0 OR NOT EXISTS (SELECT 1 FROM passages q WHERE q.rid = p.rid AND q.passage_no > p.passage_no))";

const DIRECTIONS = [
  ["DESC", "<"],
  ["ASC", ">"],
] as const;

/** The given passages, and the outer passages of up to `radius` turns on each side in their session. */
export function readTurnWindows(
  { driver }: ReadContext,
  partition: Partition,
  passages: readonly PassageReference[],
  radius: number,
): TurnRow[] {
  const rows = new Map<PassageReference, TurnRow>();
  const keep = (row: Row): void => {
    const turn = toTurn(row);
    rows.set(turn.passage, turn);
  };
  const given = driver.all(
    `${TURN_SELECT} WHERE p.passage_no IN (SELECT value FROM json_each(?))`,
    JSON.stringify(passages),
  );
  for (const row of given) keep(row);
  const session = "m.partition_no = ? AND m.run_no IS ? AND m.agent_no IS ? AND m.app_no IS ? AND m.is_turn = 1";
  const neighbours = new Set<MemoryReference>();
  const opened = new Set<MemoryReference>();
  for (const row of radius === 0 ? [] : given) {
    const rid = Number(row["rid"]);
    if (row["is_turn"] !== 1 || opened.has(rid)) continue;
    opened.add(rid);
    const place = [row["run_no"], row["agent_no"], row["app_no"], row["said_at"]].map((value) => value ?? null);
    for (const [order, sign] of DIRECTIONS) {
      // Two steps, since a comparison of pairs would read all that was said at the same moment.
      const same = driver.all(
        `SELECT m.rid FROM memories m WHERE ${session} AND m.said_at = ? AND m.rid ${sign} ? ORDER BY m.rid ${order} LIMIT ?`,
        partition.number,
        ...place,
        rid,
        radius,
      );
      const other =
        same.length >= radius
          ? []
          : driver.all(
              `SELECT m.rid FROM memories m WHERE ${session} AND m.said_at ${sign} ? ORDER BY m.said_at ${order}, m.rid ${order} LIMIT ?`,
              partition.number,
              ...place,
              radius - same.length,
            );
      for (const near of [same, other]) for (const neighbour of near) neighbours.add(Number(neighbour["rid"]));
    }
  }
  const near = driver.all(
    `${TURN_SELECT} WHERE p.rid IN (SELECT value FROM json_each(?)) AND ${IS_OUTER}`,
    JSON.stringify([...neighbours]),
  );
  for (const row of near) keep(row);
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
