import type { ExternalId } from "../../../domain/export-format.ts";
import type { ExtractionMessage } from "../../../domain/extracted-fact.ts";
import { blankOut, spansToHide } from "../../../domain/hidden-spans.ts";
import type { MemoryState, Role, Source } from "../../../domain/memory.ts";
import type { Scope } from "../../../domain/scope.ts";
import type { MemoryReference, OwnerRow, Stand, StoredMemory, StoredSource } from "../../../ports/memory-store.ts";
import { readMarks } from "./check-marks.ts";
import type { Row, SqliteDriver } from "./driver.ts";
import { isTurnRow, optional, parseMetadata, RECORD_SELECT, ridOf, toRecord } from "./rows.ts";
import type { Owners, RecordRow } from "./rows.ts";
import { PARTITION_SPAN } from "./partition-span.ts";

export interface ReadContext {
  readonly driver: SqliteDriver;
  readonly owners: Owners;
}

export function readSpans(packed: unknown): Source["spans"] {
  return (JSON.parse(String(packed)) as [number, number][]).map(([start, end]) => ({ start, end }));
}

export function toStored(context: ReadContext, row: RecordRow): StoredMemory {
  return toStoredList(context, [row])[0] as StoredMemory;
}

/** Evidence of all rows in one statement: each statement costs more than its rows. */
export function toStoredList({ driver, owners }: ReadContext, rows: readonly RecordRow[]): StoredMemory[] {
  if (rows.length === 0) return [];
  const evidenceOf = new Map<number, StoredSource[]>(rows.map((row) => [ridOf(row), []]));
  const sourceRows = driver.all(
    `SELECT s.rid AS memory_rid, s.spans, m.rid, m.id, m.text, m.role, m.name, m.said_at, m.created_at, m.run_no, m.metadata, m.state
     FROM json_each(?) wanted CROSS JOIN sources s ON s.rid = wanted.value JOIN memories m ON m.rid = s.message_rid
     ORDER BY m.said_at, m.rid`,
    JSON.stringify([...evidenceOf.keys()]),
  );
  for (const source of sourceRows) {
    evidenceOf.get(Number(source["memory_rid"]))?.push({
      messageId: String(source["id"]),
      reference: Number(source["rid"]),
      text: String(source["text"]),
      role: source["role"] as Role | null,
      name: source["name"] as string | null,
      saidAt: Number(source["said_at"]),
      createdAt: Number(source["created_at"]),
      runId: source["run_no"] === null ? null : owners.value(Number(source["run_no"])),
      metadata: parseMetadata(source["metadata"]),
      spans: readSpans(source["spans"]),
      state: source["state"] as MemoryState,
    });
  }
  const marks = readMarks(driver, [...evidenceOf.keys()]);
  return rows.map((row) => {
    const reference = ridOf(row);
    const evidence = evidenceOf.get(reference) ?? [];
    const sources = evidence.map(({ messageId, spans }) => ({ messageId, spans }));
    return {
      reference,
      record: toRecord(row, owners, sources),
      isTurn: isTurnRow(row),
      evidence,
      checks: marks.get(reference) ?? [],
    };
  });
}

/** In the order of the ids; what does not exist is left out. */
export function getMemories(context: ReadContext, ids: readonly string[]): StoredMemory[] {
  return readInOrder(context, "id", ids);
}

/** In the order of the references; what does not exist is left out. */
export function hydrate(context: ReadContext, references: readonly MemoryReference[]): StoredMemory[] {
  return readInOrder(context, "rid", references);
}

function readInOrder(context: ReadContext, column: "id" | "rid", wanted: readonly (string | number)[]): StoredMemory[] {
  if (wanted.length === 0) return [];
  return toStoredList(context, context.driver.arrays(IN_ORDER[column], JSON.stringify(wanted)));
}

/** Made once: a text made for each call would have to be compared with that of the statement, character by character. */
const IN_ORDER = { id: inOrderOf("id"), rid: inOrderOf("rid") } as const;

function inOrderOf(column: string): string {
  const select = RECORD_SELECT.replace("FROM memories m", "FROM json_each(?) wanted CROSS JOIN memories m");
  return `${select} ON m.${column} = wanted.value ORDER BY wanted.key`;
}

export function findStands({ driver }: ReadContext, messages: readonly MemoryReference[]): Stand[] {
  if (messages.length === 0) return [];
  const wanted = JSON.stringify(messages);
  return driver
    .all(
      `SELECT s.message_rid, s.rid, s.spans, m.state, m.is_verified FROM json_each(?) wanted
         CROSS JOIN sources s ON s.message_rid = wanted.value CROSS JOIN memories m ON m.rid = s.rid
       UNION ALL
       SELECT h.message_rid, NULL, h.spans, 'deleted', 1 FROM json_each(?) wanted
         CROSS JOIN hidden_spans h ON h.message_rid = wanted.value`,
      wanted,
      wanted,
    )
    .map((row) => ({
      message: Number(row["message_rid"]),
      memory: row["rid"] as MemoryReference | null,
      state: row["state"] as MemoryState,
      isVerified: row["is_verified"] === 1,
      spans: readSpans(row["spans"]),
    }));
}

export function readSessionTail(
  context: ReadContext,
  partition: number,
  scope: Scope,
  before: number,
  limit: number,
): ExtractionMessage[] {
  const { driver, owners } = context;
  const numbers = [
    owners.find("run", scope.runId),
    owners.find("agent", scope.agentId),
    owners.find("app", scope.appId),
  ];
  if ((scope.runId !== undefined && numbers[0] === null) || (scope.agentId !== undefined && numbers[1] === null))
    return [];
  // The limit is part of the text: SQLite plans a statement with a bound one anew each time, for three times the price.
  const rows = driver.all(
    `SELECT m.rid, m.id, m.role, m.name, m.text, m.said_at, m.language FROM memories m WHERE m.partition_no = ? AND m.run_no IS ? AND m.agent_no IS ? AND m.app_no IS ? AND m.is_turn = 1
     AND m.said_at <= ? AND m.kind = 'message' AND m.state <> 'deleted' ORDER BY m.said_at DESC, m.rid DESC LIMIT ${limit}`,
    partition,
    ...(numbers as (number | null)[]),
    before,
  );
  const hidden = spansToHide(
    findStands(
      context,
      rows.map((row) => Number(row["rid"])),
    ),
  );
  return rows.toReversed().map((row) => ({
    id: String(row["id"]),
    role: (row["role"] as Role | null) ?? "user",
    ...optional("name", row["name"] as string | null),
    text: blankOut(String(row["text"]), hidden.get(Number(row["rid"])) ?? []),
    saidAt: Number(row["said_at"]),
    ...optional("language", row["language"] as string | null),
  }));
}

export function listOwners({ driver }: ReadContext): OwnerRow[] {
  const users = driver.all(
    `SELECT p.user_id AS id, sum(m.kind <> 'message') AS memories, min(m.created_at) AS created_at, max(m.updated_at) AS updated_at
     FROM memories m JOIN partitions p ON p.partition_no = m.partition_no
     WHERE m.state = 'active' AND p.user_id IS NOT NULL GROUP BY m.partition_no ORDER BY p.user_id`,
  );
  const others = driver.all(
    `SELECT o.type, o.value AS id, sum(m.kind <> 'message') AS memories, min(m.created_at) AS created_at, max(m.updated_at) AS updated_at
     FROM owners o JOIN memories m ON m.agent_no = o.owner_no OR m.app_no = o.owner_no OR m.run_no = o.owner_no
     WHERE m.state = 'active' GROUP BY o.owner_no ORDER BY o.type, o.value`,
  );
  return [
    ...users.map((row) => toOwner("user", row)),
    ...others.map((row) => toOwner(row["type"] as OwnerRow["type"], row)),
  ];
}

/** First and last row number of a partition. */
export function partitionRange(partition: number): readonly [number, number] {
  return [partition * PARTITION_SPAN, (partition + 1) * PARTITION_SPAN - 1];
}

function toOwner(type: OwnerRow["type"], row: Row): OwnerRow {
  return {
    type,
    id: String(row["id"]),
    memories: Number(row["memories"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
  };
}

/** Our ids of memories that were imported under ids of somebody else, by those. */
export function resolveExternalIds(driver: SqliteDriver, ids: readonly ExternalId[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { source, instance, id } of ids) {
    const row = driver.get(
      "SELECT m.id FROM external_ids x JOIN memories m ON m.rid = x.rid WHERE x.source = ? AND x.instance = ? AND x.external_id = ?",
      source,
      instance,
      id,
    );
    if (row !== undefined) found.set(id, String(row["id"]));
  }
  return found;
}

/** How many index units a memory has. */
export function countPassages(driver: SqliteDriver, memoryId: string): number {
  const row = driver.get(
    "SELECT count(*) AS n FROM passages p JOIN memories m ON m.rid = p.rid WHERE m.id = ?",
    memoryId,
  );
  return Number(row?.["n"]);
}
