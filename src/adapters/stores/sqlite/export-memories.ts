import { reachesRun } from "../../../domain/evidence-reach.ts";
import type { EntityType, Mention } from "../../../domain/entity.ts";
import type { RelationStatement } from "../../../domain/relation.ts";
import type { ExportedHistoryRow, ExportEntry, ExternalId } from "../../../domain/export-format.ts";
import type { ChainedRow } from "../../../domain/history-chain.ts";
import type { Filter } from "../../../domain/filter.ts";
import type { AccessTimes } from "../../../domain/decay.ts";
import type { Source, Span } from "../../../domain/memory.ts";
import type { ExportSelection } from "../../../ports/memory-store.ts";
import type { Row } from "./driver.ts";
import { exportBatches, exportLinks } from "./exported-links.ts";
import type { Chosen } from "./exported-links.ts";
import { readAccesses } from "./access-log.ts";
import { IN_SOURCE_RUN_COLUMNS } from "./filter-columns.ts";
import { readHistory } from "./history-chain.ts";
import { findPartitions, listWhere } from "./read-lists.ts";
import { partitionRange, readSpans, toStored } from "./read-memories.ts";
import { RECORD_SELECT } from "./rows.ts";
import type { RecordRow } from "./rows.ts";
import type { Snapshot } from "./snapshot.ts";

/** Rows looked at in one statement: a filter that selects little must not hold the event loop. */
const WINDOW_ROWS = 500;

/**
 * The selected memories and the messages that they rest on, partition by partition in arrival order. A source that
 * arrived after its memory follows in a line of its own at the end of the partition, so that every line of an import
 * finds what it names; then what memories rest on and what needs a check. Behind all
 * partitions, what batches did. Last, for the whole store, the histories of purged memories.
 */
export async function* exportMemories(snapshot: Snapshot, selection: ExportSelection): AsyncGenerator<ExportEntry> {
  const partitions = findPartitions(snapshot, selection.userIds).toSorted((left, right) => left - right);
  const chosen = chosenOf(snapshot, selection);
  for (const partition of partitions) yield* exportPartition(snapshot, selection.filter, { partition, chosen });
  yield* exportBatches(snapshot, chosen, selection.userIds === "all" ? null : partitions);
  const isWhole =
    selection.userIds === "all" &&
    selection.filter === undefined &&
    selection.kinds === undefined &&
    selection.states === undefined;
  if (isWhole) yield* exportPurged(snapshot);
}

/** Which memories are exported: a condition on `x`. */
function chosenOf(snapshot: Snapshot, { filter, kinds, states }: ExportSelection): Chosen {
  // Inside the two subqueries `m` is the memory that the filter is about.
  const query = {
    userIds: "all",
    ...(filter === undefined ? {} : { filter }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(states === undefined ? {} : { states }),
  } as const;
  const where = listWhere(snapshot, query);
  // Of a fact that was said in several runs, only the evidence of the chosen ones goes along.
  const reached = listWhere(snapshot, query, IN_SOURCE_RUN_COLUMNS);
  if (where.sql === "1") return { sql: "1", parameters: [] };
  return {
    sql: `(EXISTS (SELECT 1 FROM memories m WHERE m.rid = x.rid AND ${where.sql})
        OR EXISTS (SELECT 1 FROM sources s JOIN memories m ON m.rid = s.rid WHERE s.message_rid = x.rid AND ${where.sql} AND ${reached.sql}))`,
    parameters: [...where.parameters, ...where.parameters, ...reached.parameters],
  };
}

async function* exportPartition(
  snapshot: Snapshot,
  filter: Filter | undefined,
  { partition, chosen }: { readonly partition: number; readonly chosen: Chosen },
): AsyncGenerator<ExportEntry> {
  const { driver } = snapshot;
  const [first, last] = partitionRange(partition);
  const late: { memoryId: string; sources: Source[] }[] = [];
  let position = first - 1;
  for (;;) {
    const border = driver.get(
      "SELECT rid FROM memories WHERE rid > ? AND rid <= ? ORDER BY rid LIMIT 1 OFFSET ?",
      position,
      last,
      WINDOW_ROWS,
    );
    const end = border === undefined ? last : Number(border["rid"]);
    const rows = driver.all(
      `SELECT x.rid FROM memories x WHERE x.rid > ? AND x.rid <= ? AND ${chosen.sql} ORDER BY x.rid`,
      position,
      end,
      ...chosen.parameters,
    );
    for (const { rid } of rows) {
      yield exportOne(snapshot, Number(rid), { filter, late });
      await snapshot.breathe();
    }
    await snapshot.breathe();
    if (border === undefined) break;
    position = end;
  }
  for (const entry of late) yield { type: "sources", ...entry };
  yield* exportLinks(snapshot, chosen, [first, last]);
}

function exportOne(
  snapshot: Snapshot,
  rid: number,
  { filter, late }: { filter: Filter | undefined; late: { memoryId: string; sources: Source[] }[] },
): Extract<ExportEntry, { type: "memory" }> {
  const { driver } = snapshot;
  const [row] = driver.arrays(`${RECORD_SELECT} WHERE m.rid = ?`, rid) as RecordRow[] as [RecordRow];
  const kept = driver.get("SELECT attachments FROM memories WHERE rid = ?", rid) as Row;
  const { record, isTurn, evidence } = toStored(snapshot, row);
  const reached = evidence.filter(({ runId }) => reachesRun(filter, record, runId));
  const toSources = (part: typeof evidence): Source[] => part.map(({ messageId, spans }) => ({ messageId, spans }));
  const after = toSources(reached.filter(({ reference }) => reference >= rid));
  if (after.length > 0) late.push({ memoryId: record.id, sources: after });
  return {
    type: "memory",
    record: { ...record, sources: toSources(reached.filter(({ reference }) => reference < rid)) },
    isTurn,
    attachments: kept["attachments"] as string | null,
    mentions: readMentions(snapshot, rid),
    ...readModelRelations(snapshot, rid),
    externalIds: readExternalIds(snapshot, rid),
    history: readHistory(driver, record.id, record.text).map(toExportedRow),
    ...readHidden(snapshot, rid),
    ...readUses(snapshot, rid),
  };
}

function readHidden({ driver }: Snapshot, rid: number): { hidden?: readonly Span[] } {
  const row = driver.get("SELECT spans FROM hidden_spans WHERE message_rid = ?", rid);
  return row === undefined ? {} : { hidden: readSpans(row["spans"]) };
}

function readUses({ driver }: Snapshot, rid: number): { accesses?: AccessTimes } {
  const accesses = readAccesses(driver, rid);
  return accesses === undefined ? {} : { accesses };
}

async function* exportPurged(snapshot: Snapshot): AsyncGenerator<ExportEntry> {
  const { driver } = snapshot;
  let position = "";
  for (;;) {
    const rows = driver.all(
      `SELECT h.memory_id, NOT EXISTS (SELECT 1 FROM memories m WHERE m.id = h.memory_id) AS is_gone
       FROM history h WHERE h.memory_id > ? AND h.version = 1 ORDER BY h.memory_id LIMIT ?`,
      position,
      WINDOW_ROWS,
    );
    for (const row of rows) {
      position = String(row["memory_id"]);
      if (row["is_gone"] !== 1) continue;
      yield { type: "purged", memoryId: position, history: readHistory(driver, position, null).map(toExportedRow) };
      await snapshot.breathe();
    }
    if (rows.length < WINDOW_ROWS) return;
    await snapshot.breathe();
  }
}

function toExportedRow({ id: _id, memoryId: _memoryId, ...row }: ChainedRow): ExportedHistoryRow {
  return row;
}

function readMentions({ driver }: Snapshot, rid: number): Mention[] {
  return driver
    .all(
      "SELECT e.name, e.type FROM mentions x JOIN entities e ON e.entity_no = x.entity_no WHERE x.rid = ? ORDER BY e.key",
      rid,
    )
    .map((row) => ({ name: String(row["name"]), type: row["type"] as EntityType }));
}

function readModelRelations({ driver }: Snapshot, rid: number): { relations?: RelationStatement[] } {
  const rows = driver.all(
    `SELECT s.name AS subject, s.type AS subject_type, r.predicate, o.name AS object, o.type AS object_type FROM relations r
     JOIN entities s ON s.entity_no = r.subject_no JOIN entities o ON o.entity_no = r.object_no
     WHERE r.rid = ? AND r.origin = 'model' ORDER BY r.place`,
    rid,
  );
  if (rows.length === 0) return {};
  return {
    relations: rows.map((row) => ({
      subject: { name: String(row["subject"]), type: row["subject_type"] as EntityType },
      predicate: String(row["predicate"]),
      object: { name: String(row["object"]), type: row["object_type"] as EntityType },
      origin: "model",
    })),
  };
}

function readExternalIds({ driver }: Snapshot, rid: number): ExternalId[] {
  return driver
    .all(
      "SELECT source, instance, external_id FROM external_ids WHERE rid = ? ORDER BY source, instance, external_id",
      rid,
    )
    .map((row) => ({
      source: String(row["source"]),
      instance: String(row["instance"]),
      id: String(row["external_id"]),
    }));
}
