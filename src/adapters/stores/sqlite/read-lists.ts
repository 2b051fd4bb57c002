import type { MemoryKind, MemoryState } from "../../../domain/memory.ts";
import type { MemoryList, MemoryListQuery, ReconcileLookup, StoredMemory } from "../../../ports/memory-store.ts";
import { invalidInput } from "../../../errors.ts";
import type { SqlValue } from "./driver.ts";
import { compileFilter } from "./filter-sql.ts";
import { MEMORY_FILTER_COLUMNS } from "./filter-columns.ts";
import { identityHash, RECORD_SELECT } from "./rows.ts";
import { toStored } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";

/** The numbers of the named users' partitions; unknown users have none. */
export function findPartitions(
  { driver, owners }: ReadContext,
  userIds: readonly (string | null)[] | "all",
): number[] {
  owners.refresh();
  if (userIds === "all")
    return driver.all("SELECT partition_no FROM partitions").map((row) => Number(row["partition_no"]));
  const numbers: number[] = [];
  for (const userId of new Set(userIds)) {
    const row = driver.get("SELECT partition_no FROM partitions WHERE coalesce(user_id, '') = ?", userId ?? "");
    if (row !== undefined) numbers.push(Number(row["partition_no"]));
  }
  return numbers;
}

interface Where {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export function listMemories(context: ReadContext, query: MemoryListQuery): MemoryList {
  const where = listWhere(context, query);
  const direction = query.order === "said-ascending" ? "ASC" : "DESC";
  const cursor = query.cursor === undefined ? undefined : parseCursor(query.cursor);
  const after = cursor === undefined ? "" : ` AND (m.said_at, m.rid) ${direction === "ASC" ? ">" : "<"} (?, ?)`;
  const rows = context.driver.all(
    `${RECORD_SELECT} WHERE ${where.sql}${after} ORDER BY m.said_at ${direction}, m.rid ${direction} LIMIT ?`,
    ...where.parameters,
    ...(cursor ?? []),
    query.limit + 1,
  );
  const memories = rows.slice(0, query.limit).map((row) => toStored(context, row));
  const last = memories.at(-1);
  const next = rows.length > query.limit && last !== undefined ? `${last.record.saidAt}.${last.reference}` : null;
  if (query.withTotal !== true) return { memories, next };
  const total = context.driver.get(`SELECT count(*) AS total FROM memories m WHERE ${where.sql}`, ...where.parameters);
  return { memories, next, total: Number(total?.["total"] ?? 0) };
}

function parseCursor(cursor: string): [number, number] {
  const match = /^(-?\d+)\.(\d+)$/u.exec(cursor);
  if (match === null)
    throw invalidInput(`cursor expects the "next" value of an earlier page, got "${cursor.slice(0, 40)}".`);
  return [Number(match[1]), Number(match[2])];
}

export function listWhere(
  context: ReadContext,
  query: Pick<MemoryListQuery, "userIds" | "filter" | "kinds" | "states" | "isVerified" | "today">,
): Where {
  const parts: string[] = [];
  const parameters: SqlValue[] = [];
  if (query.userIds !== "all") {
    const partitions = findPartitions(context, query.userIds);
    parts.push(`m.partition_no IN (SELECT value FROM json_each(?))`);
    parameters.push(JSON.stringify(partitions));
  }
  const inList = (column: string, values: readonly (MemoryKind | MemoryState)[] | undefined): void => {
    if (values === undefined) return;
    parts.push(`${column} IN (${values.map(() => "?").join(", ")})`);
    parameters.push(...values);
  };
  inList("m.kind", query.kinds);
  // The partial index on derived kinds is used only when the condition stands there word for word.
  if (query.kinds !== undefined && !query.kinds.includes("message")) parts.push("m.kind <> 'message'");
  inList("m.state", query.states);
  if (query.isVerified !== undefined) parts.push(`m.is_verified = ${query.isVerified ? 1 : 0}`);
  if (query.today !== undefined) {
    parts.push("(m.expiration_date IS NULL OR m.expiration_date >= ?)");
    parameters.push(query.today);
  }
  if (query.filter !== undefined) {
    const compiled = compileFilter(query.filter, MEMORY_FILTER_COLUMNS);
    parts.push(`(${compiled.sql})`);
    parameters.push(...compiled.parameters);
  }
  return { sql: parts.length === 0 ? "1" : parts.join(" AND "), parameters };
}

/** How many near duplicates per incoming fact are worth a look. */
const NEAR_LIMIT = 8;

export function findReconcileCandidates(context: ReadContext, lookup: ReconcileLookup): StoredMemory[] {
  const { driver, owners } = context;
  const [partition] = findPartitions(context, [lookup.userId]);
  if (partition === undefined) return [];
  const agent = owners.find("agent", lookup.agentId);
  const app = owners.find("app", lookup.appId);
  const run = owners.find("run", lookup.runId);
  // An id that no memory has ever had: nothing can match.
  if (
    (lookup.agentId !== undefined && agent === null) ||
    (lookup.appId !== undefined && app === null) ||
    (lookup.runId !== undefined && run === null)
  )
    return [];
  const scoped = `m.agent_no IS ? AND m.app_no IS ?${lookup.runId === undefined ? "" : " AND m.run_no IS ?"}`;
  const scope: SqlValue[] = lookup.runId === undefined ? [agent, app] : [agent, app, run];
  const found = new Set<number>();
  const collect = (sql: string, ...parameters: SqlValue[]): void => {
    for (const row of driver.all(sql, ...parameters)) found.add(Number(row["rid"]));
  };
  for (const identity of new Set(lookup.identities)) {
    collect(
      `SELECT m.rid FROM memories m WHERE m.partition_no = ? AND m.identity = ? AND m.kind <> 'message' AND ${scoped}`,
      partition,
      identityHash(identity),
      ...scope,
    );
  }
  for (const { subject, attribute } of lookup.attributes) {
    collect(
      `SELECT m.rid FROM memories m WHERE m.partition_no = ? AND m.attribute = ? AND m.attribute_subject = ? AND ${scoped} ORDER BY m.said_at DESC LIMIT 200`,
      partition,
      attribute,
      subject,
      ...scope,
    );
  }
  for (const terms of lookup.terms) {
    if (terms.length === 0) continue;
    collect(
      `SELECT m.rid FROM text_index f CROSS JOIN passages p ON p.passage_no = f.rowid CROSS JOIN memories m ON m.rid = p.rid
       WHERE text_index MATCH ? AND m.kind <> 'message' AND ${scoped} ORDER BY bm25(text_index, 1.0, 0.0) LIMIT ?`,
      matchExpression(`p${partition}`, rarestFirst(context, terms, 4)),
      ...scope,
      NEAR_LIMIT,
    );
  }
  return [...found].flatMap((rid) => {
    const row = driver.get(`${RECORD_SELECT} WHERE m.rid = ?`, rid);
    return row === undefined ? [] : [toStored(context, row)];
  });
}

/** `scope:(...) AND terms:("a" OR "b")`; terms hold no quotes, by the analyzer's contract. */
export function matchExpression(scope: string, terms: readonly string[]): string {
  const any = terms.map((term) => `"${term.replaceAll('"', "")}"`).join(" OR ");
  const all = scope.split(" ").map((token) => `scope : "${token}"`);
  return `${all.join(" AND ")} AND terms : (${any})`;
}

/** The terms that occur in the fewest passages: common words are the tail latency of large scopes. */
export function rarestFirst(context: ReadContext, terms: readonly string[], keep: number): string[] {
  const unique = [...new Set(terms)];
  if (unique.length <= keep) return unique;
  const counted = unique.map((term) => ({ term, count: documentCount(context, term) }));
  return counted
    .toSorted((left, right) => left.count - right.count)
    .slice(0, keep)
    .map(({ term }) => term);
}

export function documentCount({ driver }: ReadContext, term: string): number {
  return Number(driver.get("SELECT doc FROM text_vocabulary WHERE term = ? AND col = 'terms'", term)?.["doc"] ?? 0);
}
