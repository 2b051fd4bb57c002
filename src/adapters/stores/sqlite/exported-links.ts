import type { BatchKind } from "../../../domain/batch.ts";
import type { CheckMark } from "../../../domain/check-mark.ts";
import type { ExportedBatch, ExportedChange, ExportedLinks, ExportEntry } from "../../../domain/export-format.ts";
import { BATCH_COLUMNS } from "./batch-writer.ts";
import type { Row, SqliteDriver, SqlValue } from "./driver.ts";
import { toChanges } from "./provenance.ts";
import type { Snapshot } from "./snapshot.ts";

/** Changes of one line: a batch of many is many lines. */
const MOST_CHANGES = 200;

/** Which memories are exported: a condition on `x`. */
export interface Chosen {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** What the exported memories of a partition rest on and what needs a check, each memory in a line, in arrival order. */
export async function* exportLinks(
  snapshot: Snapshot,
  chosen: Chosen,
  [first, last]: readonly [number, number],
): AsyncGenerator<ExportEntry> {
  const { driver } = snapshot;
  const rows = driver.all(
    `SELECT x.rid, x.id FROM memories x WHERE x.rid IN (
         SELECT rid FROM check_marks WHERE rid BETWEEN ? AND ? UNION SELECT rid FROM pattern_evidence WHERE rid BETWEEN ? AND ?)
       AND ${chosen.sql} ORDER BY x.rid`,
    first,
    last,
    first,
    last,
    ...chosen.parameters,
  );
  for (const { rid, id } of rows) {
    const links = linksOf(driver, Number(rid), chosen);
    if (links !== undefined) yield { type: "links", memoryId: String(id), ...links };
    await snapshot.breathe();
  }
}

function linksOf(driver: SqliteDriver, rid: number, chosen: Chosen): ExportedLinks | undefined {
  const restsOn = driver
    .all(
      `SELECT x.id FROM pattern_evidence e JOIN memories x ON x.rid = e.evidence_rid
       WHERE e.rid = ? AND ${chosen.sql} ORDER BY x.rid`,
      rid,
      ...chosen.parameters,
    )
    .map(({ id }) => String(id));
  const checks = driver
    .all(
      `SELECT x.id, c.change, c.at FROM check_marks c JOIN memories x ON x.rid = c.cause_rid
       WHERE c.rid = ? AND ${chosen.sql} ORDER BY x.rid`,
      rid,
      ...chosen.parameters,
    )
    .map((row) => ({
      change: row["change"] as CheckMark["change"],
      memoryId: String(row["id"]),
      at: Number(row["at"]),
    }));
  if (restsOn.length === 0 && checks.length === 0) return undefined;
  return { ...(restsOn.length === 0 ? {} : { restsOn }), ...(checks.length === 0 ? {} : { checks }) };
}

/**
 * What batches did to the exported memories, in the order in which they were made; of the partitions, or of all. Batches of imports are left out: they say how memories
 * came into this file, and a copy has its own.
 */
export async function* exportBatches(
  snapshot: Snapshot,
  chosen: Chosen,
  partitions: readonly number[] | null,
): AsyncGenerator<ExportEntry> {
  const { driver } = snapshot;
  const own = partitions === null ? "1" : "x.partition_no IN (SELECT value FROM json_each(?))";
  const parameters = [...(partitions === null ? [] : [JSON.stringify(partitions)]), ...chosen.parameters];
  for (let batchNo = 0; ;) {
    const batch = driver.get(
      "SELECT b.batch_no, b.id, b.kind, b.at FROM batches b WHERE b.batch_no > ? AND b.kind <> 'import' ORDER BY b.batch_no LIMIT 1",
      batchNo,
    );
    if (batch === undefined) return;
    batchNo = Number(batch["batch_no"]);
    for (let after = 0; ;) {
      const rows = driver.all(
        `SELECT c.change_no, c.version_before, c.version_after, c.before, c.is_undone, x.id
         FROM batch_changes c JOIN memories x ON x.rid = c.rid
         WHERE c.batch_no = ? AND c.change_no > ? AND ${own} AND ${chosen.sql} ORDER BY c.change_no LIMIT ?`,
        batchNo,
        after,
        ...parameters,
        MOST_CHANGES,
      );
      await snapshot.breathe();
      const last = rows.at(-1);
      if (last === undefined) break;
      after = Number(last["change_no"]);
      yield {
        type: "batch",
        id: String(batch["id"]),
        kind: batch["kind"] as BatchKind,
        at: Number(batch["at"]),
        changes: rows.map(toExportedChange),
      };
      if (rows.length < MOST_CHANGES) break;
    }
  }
}

function toExportedChange(row: Row): ExportedChange {
  return {
    memoryId: String(row["id"]),
    versionBefore: Number(row["version_before"]),
    versionAfter: Number(row["version_after"]),
    before: toChanges(JSON.parse(String(row["before"])) as Row) as ExportedChange["before"],
    ...(row["is_undone"] === 1 ? { isUndone: true } : {}),
  };
}

/** Writes what memories rest on and what needs a check; what is not stored here, or was purged, is passed over. */
export function importLinks(
  driver: SqliteDriver,
  { memoryId, restsOn = [], checks = [] }: ExportedLinks & { readonly memoryId: string },
): void {
  const rid = driver.get("SELECT rid FROM memories WHERE id = ?", memoryId)?.["rid"];
  if (rid === undefined) return;
  driver.run(
    `INSERT OR IGNORE INTO pattern_evidence(rid, evidence_rid)
     SELECT p.rid, m.rid FROM memories p, json_each(?) wanted JOIN memories m ON m.id = wanted.value
     WHERE p.rid = ? AND m.partition_no = p.partition_no`,
    JSON.stringify(restsOn),
    rid,
  );
  for (const { memoryId: cause, change, at } of checks)
    driver.run(
      `INSERT OR IGNORE INTO check_marks(rid, cause_rid, change, at)
       SELECT p.rid, m.rid, ?, ? FROM memories p, memories m WHERE p.rid = ? AND m.id = ? AND m.partition_no = p.partition_no`,
      change,
      at,
      rid,
      cause,
    );
}

/** Writes a part of a batch; changes of memories that are not stored here, or that are known, are passed over. */
export function importBatch(driver: SqliteDriver, { id, kind, at, changes }: ExportedBatch): void {
  driver.run("INSERT OR IGNORE INTO batches(id, kind, at) VALUES(?, ?, ?)", id, kind, at);
  for (const { memoryId, versionBefore, versionAfter, before, isUndone } of changes)
    driver.run(
      `INSERT OR IGNORE INTO batch_changes(batch_no, rid, version_before, version_after, before, is_undone)
       SELECT b.batch_no, m.rid, ?, ?, ?, ? FROM batches b, memories m WHERE b.id = ? AND m.id = ?`,
      versionBefore,
      versionAfter,
      JSON.stringify(toColumns(before)),
      isUndone === true ? 1 : 0,
      id,
      memoryId,
    );
  // Of memories that were purged here nothing is left to take back.
  driver.run(
    "DELETE FROM batches WHERE id = ? AND NOT EXISTS (SELECT 1 FROM batch_changes c WHERE c.batch_no = batches.batch_no)",
    id,
  );
}

/** The state before as the columns hold it. */
function toColumns(before: ExportedChange["before"]): Readonly<Record<string, SqlValue>> {
  const row: Record<string, SqlValue> = {};
  for (const [column, field] of BATCH_COLUMNS) {
    const value = before[field];
    if (value === undefined) continue;
    if (typeof value === "boolean") row[column] = value ? 1 : 0;
    else if (typeof value === "object" && value !== null)
      row[column] = value.length === 0 ? null : JSON.stringify(value);
    else row[column] = value;
  }
  return row;
}
