import type { MemoryKind, MemoryState } from "../../../domain/memory.ts";
import type { MemoryList, MemoryListQuery } from "../../../ports/memory-store.ts";
import { invalidInput } from "../../../errors.ts";
import type { SqliteDriver, SqlValue } from "./driver.ts";
import { compileFilter } from "./filter-sql.ts";
import type { FilterColumns } from "./filter-sql.ts";
import { MEMORY_FILTER_COLUMNS } from "./filter-columns.ts";
import { RECORD_SELECT } from "./rows.ts";
import { toStored } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";

/** The numbers of the named users' partitions; unknown users have none. */
export function findPartitions({ driver, owners }: ReadContext, userIds: readonly (string | null)[] | "all"): number[] {
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
  const rows = context.driver.arrays(
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
  query: Pick<MemoryListQuery, "userIds" | "filter" | "kinds" | "states" | "isVerified" | "today" | "needsCheck">,
  columns: FilterColumns = MEMORY_FILTER_COLUMNS,
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
  if (query.needsCheck === true) parts.push("m.rid IN (SELECT rid FROM check_marks)");
  if (query.today !== undefined) {
    parts.push("(m.expiration_date IS NULL OR m.expiration_date >= ?)");
    parameters.push(query.today);
  }
  if (query.filter !== undefined) {
    const compiled = compileFilter(query.filter, columns);
    parts.push(`(${compiled.sql})`);
    parameters.push(...compiled.parameters);
  }
  return { sql: parts.length === 0 ? "1" : parts.join(" AND "), parameters };
}

export function documentCount(driver: SqliteDriver, term: string): number {
  return Number(driver.get("SELECT doc FROM text_vocabulary WHERE term = ? AND col = 'terms'", term)?.["doc"] ?? 0);
}
