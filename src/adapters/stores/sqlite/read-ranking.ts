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
import { documentCount, matchExpression, rarestFirst } from "./read-lists.ts";
import { partitionRange } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { FLAG_QUESTION, FLAG_TIME_EXPRESSION } from "./write-change.ts";

/** Terms used to find candidates; all of them are scored. 6 gives the recall of all (retrieval reference 1.4). */
const CANDIDATE_TERMS = 6;

const NO_MESSAGES: readonly MemoryReference[] = [];

const TURN_SELECT = `SELECT p.passage_no, p.rid, p.terms, p.date_terms, p.term_count, p.flags, p.stop - p.start AS characters,
  m.kind, m.attribute, m.is_turn, m.role, m.name, m.said_at, m.run_no, m.agent_no, m.app_no,
  CASE m.kind WHEN 'message' THEN NULL ELSE (SELECT group_concat(s.message_rid) FROM sources s WHERE s.rid = m.rid) END AS messages
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
  for (const reference of new Set(references)) {
    const row = driver.get("SELECT state, is_verified FROM memories WHERE rid = ?", reference);
    if (row === undefined) continue;
    if (row["state"] !== "active") inactive.set(reference, row["state"] as MemoryState);
    else if (row["is_verified"] === 0) inactive.set(reference, "unverified");
  }
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

export function searchTerms(
  context: ReadContext,
  query: {
    partition: Partition;
    terms: readonly string[];
    isTurn: boolean;
    limit: number;
    allowed?: ReadonlySet<MemoryReference>;
  },
): PassageReference[] {
  const { driver } = context;
  const terms = rarestFirst(context, query.terms, CANDIDATE_TERMS);
  if (terms.length === 0) return [];
  const scope = `p${query.partition.number} ${query.isTurn ? "kt" : "kf"}`;
  const match = matchExpression(scope, terms);
  if (query.allowed === undefined) {
    return driver
      .all(
        "SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY bm25(text_index, 1.0, 0.0) LIMIT ?",
        match,
        query.limit,
      )
      .map((row) => Number(row["rowid"]));
  }
  const found: PassageReference[] = [];
  const rows = driver.iterate(
    `SELECT f.rowid AS passage_no, p.rid FROM text_index f CROSS JOIN passages p ON p.passage_no = f.rowid
     WHERE text_index MATCH ? ORDER BY bm25(text_index, 1.0, 0.0)`,
    match,
  );
  for (const row of rows) {
    if (!query.allowed.has(Number(row["rid"]))) continue;
    found.push(Number(row["passage_no"]));
    if (found.length >= query.limit) break;
  }
  return found;
}

export function documentFrequencies(
  context: ReadContext,
  terms: readonly string[],
): { total: number; averageTerms: number; frequencies: Map<string, number> } {
  const sums = context.driver.get("SELECT sum(passages) AS passages, sum(terms) AS terms FROM partitions");
  const total = Number(sums?.["passages"] ?? 0);
  const frequencies = new Map(terms.map((term) => [term, documentCount(context.driver, term)] as const));
  return { total, averageTerms: total === 0 ? 0 : Number(sums?.["terms"]) / total, frequencies };
}

export function readTurnWindows(
  { driver }: ReadContext,
  partition: Partition,
  passages: readonly PassageReference[],
  radius: number,
): TurnRow[] {
  const rows = new Map<PassageReference, TurnRow>();
  const opened = new Set<MemoryReference>();
  const read = new Set<MemoryReference>();
  const session = "m.partition_no = ? AND m.run_no IS ? AND m.agent_no IS ? AND m.app_no IS ? AND m.is_turn = 1";
  const keep = (row: Row): void => {
    const turn = toTurn(row);
    rows.set(turn.passage, turn);
  };
  for (const passage of passages) {
    const row = driver.get(`${TURN_SELECT} WHERE p.passage_no = ?`, passage);
    if (row === undefined) continue;
    keep(row);
    const rid = Number(row["rid"]);
    if (row["is_turn"] !== 1 || opened.has(rid)) continue;
    opened.add(rid);
    const place: SqlValue[] = [
      partition.number,
      row["run_no"] ?? null,
      row["agent_no"] ?? null,
      row["app_no"] ?? null,
      row["said_at"] ?? null,
      rid,
      radius,
    ];
    const before = driver.all(
      `SELECT m.rid FROM memories m WHERE ${session} AND (m.said_at, m.rid) < (?, ?) ORDER BY m.said_at DESC, m.rid DESC LIMIT ?`,
      ...place,
    );
    const after = driver.all(
      `SELECT m.rid FROM memories m WHERE ${session} AND (m.said_at, m.rid) > (?, ?) ORDER BY m.said_at, m.rid LIMIT ?`,
      ...place,
    );
    for (const reference of [rid, ...[...before, ...after].map((neighbour) => Number(neighbour["rid"]))]) {
      if (read.has(reference)) continue;
      read.add(reference);
      for (const part of driver.all(`${TURN_SELECT} WHERE p.rid = ?`, reference)) keep(part);
    }
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
