import type { EventQuery, EventTimes } from "../../../ports/event-times.ts";
import type { StoredMemory } from "../../../ports/memory-store.ts";
import type { SqlValue } from "./driver.ts";
import { findPartitions, listWhere } from "./read-lists.ts";
import { toStoredList } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { RECORD_SELECT } from "./rows.ts";
import type { StoreAccess } from "./store-access.ts";

/** The index holds what a window asks for: what lies outside is passed over without its row. */
export const EVENT_SCHEMA = `
CREATE INDEX IF NOT EXISTS memories_event
  ON memories(partition_no, coalesce(valid_from, said_at), rid, valid_to) WHERE kind <> 'message';
`;

const START = "coalesce(m.valid_from, m.said_at)";

/** Memories in the order of what they tell, from the store's own file. */
export function createEventTimes({ read }: StoreAccess): EventTimes {
  return { list: (query) => read((driver, owners) => listEvents({ driver, owners }, query)) };
}

function listEvents(context: ReadContext, query: EventQuery): StoredMemory[] {
  const partitions = query.userIds === "all" ? null : findPartitions(context, query.userIds);
  if (partitions?.length === 0) return [];
  // Of one partition the index gives the order; of several, all are read and sorted.
  const where = listWhere(context, partitions?.length === 1 ? { ...query, userIds: "all" } : query);
  const parts = [where.sql];
  const parameters: SqlValue[] = [...where.parameters];
  if (partitions?.length === 1) {
    parts.push("m.partition_no = ?");
    parameters.push(partitions[0] as number);
  }
  const [from, to] = [query.from, query.to];
  if (to !== undefined) {
    parts.push(`${START} < ?`);
    parameters.push(to);
  }
  if (from !== undefined && !query.changesOnly) {
    parts.push(`(m.valid_to IS NULL OR m.valid_to > ? OR ${START} >= ?)`);
    parameters.push(from, from);
  }
  if (query.changesOnly && (from !== undefined || to !== undefined)) {
    parts.push(`(${START} >= ? OR (m.valid_to > ? AND m.valid_to < ?))`);
    parameters.push(from ?? Number.MIN_SAFE_INTEGER, from ?? Number.MIN_SAFE_INTEGER, to ?? Number.MAX_SAFE_INTEGER);
  }
  const isAscending = query.order === "ascending";
  if (query.after !== undefined) {
    parts.push(`(${START}, m.rid) ${isAscending ? ">" : "<"} (?, ?)`);
    parameters.push(query.after.from, query.after.reference);
  }
  const direction = isAscending ? "ASC" : "DESC";
  const rows = context.driver.arrays(
    `${RECORD_SELECT} WHERE ${parts.join(" AND ")} ORDER BY ${START} ${direction}, m.rid ${direction} LIMIT ?`,
    ...parameters,
    query.limit,
  );
  return toStoredList(context, rows);
}
