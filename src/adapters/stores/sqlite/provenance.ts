import type { Batch, BatchKind } from "../../../domain/batch.ts";
import { invalidInput } from "../../../errors.ts";
import type { BatchChange, Provenance } from "../../../ports/provenance.ts";
import { BATCH_COLUMNS } from "./batch-writer.ts";
import type { Row, SqliteDriver, SqlValue } from "./driver.ts";
import { listWhere } from "./read-lists.ts";
import { toStoredList } from "./read-memories.ts";
import type { ReadContext } from "./read-memories.ts";
import { RECORD_SELECT } from "./rows.ts";
import type { StoreAccess } from "./store-access.ts";

/** Batches, evidence of patterns and attachments, in the store's own file. */
export function createProvenance({ read }: StoreAccess): Provenance {
  return {
    listBatches: (query) => read((driver) => listBatches(driver, query)),
    readBatch: (id) => read((driver) => readBatches(driver, "b.id = ?", id, 1)[0]?.batch ?? null),
    readChanges: (batchId, page) => read((driver) => readChanges(driver, batchId, page)),
    findAttached: (scope, attachment) =>
      read((driver, owners) => {
        const where = listWhere({ driver, owners }, { userIds: scope.userIds, filter: scope.filter });
        // As a whole value of the JSON: a URL that only begins like it is another one.
        return list(
          { driver, owners },
          `m.attachments IS NOT NULL AND instr(m.attachments, ?) > 0 AND m.state <> 'deleted' AND ${where.sql}`,
          [JSON.stringify(attachment), ...where.parameters],
          -1,
        );
      }),
    listContradicting: (scope, limit) =>
      read((driver, owners) => {
        const where = listWhere(
          { driver, owners },
          { userIds: scope.userIds, filter: scope.filter, states: ["active"] },
        );
        return list({ driver, owners }, `m.conflicts_with IS NOT NULL AND ${where.sql}`, [...where.parameters], limit);
      }),
    readEvidence: (ids) => read((driver) => readEvidence(driver, ids)),
    findPatternsOf: (memories) =>
      read((driver) =>
        driver
          .all(
            `SELECT DISTINCT m.id FROM json_each(?) wanted JOIN pattern_evidence e ON e.evidence_rid = wanted.value
             JOIN memories m ON m.rid = e.rid`,
            JSON.stringify(memories),
          )
          .map(({ id }) => String(id)),
      ),
  };
}

function list(
  context: ReadContext,
  where: string,
  parameters: readonly SqlValue[],
  limit: number,
): ReturnType<typeof toStoredList> {
  return toStoredList(
    context,
    context.driver.arrays(
      `${RECORD_SELECT} WHERE ${where} ORDER BY m.said_at DESC, m.rid DESC LIMIT ?`,
      ...parameters,
      limit,
    ),
  );
}

function readBatches(
  driver: SqliteDriver,
  where: string,
  parameter: string | number,
  limit: number,
): { number: number; batch: Batch }[] {
  return driver
    .all(
      `SELECT b.batch_no, b.id, b.kind, b.at, count(c.rid) AS memories, coalesce(sum(c.is_undone), 0) AS undone
       FROM batches b LEFT JOIN batch_changes c ON c.batch_no = b.batch_no
       WHERE ${where} GROUP BY b.batch_no ORDER BY b.batch_no DESC LIMIT ?`,
      parameter,
      limit,
    )
    .map((row) => ({
      number: Number(row["batch_no"]),
      batch: {
        id: String(row["id"]),
        kind: row["kind"] as BatchKind,
        at: Number(row["at"]),
        memories: Number(row["memories"]),
        undone: Number(row["undone"]),
      },
    }));
}

function listBatches(
  driver: SqliteDriver,
  { limit, cursor }: { limit: number; cursor?: string },
): { batches: Batch[]; next: string | null } {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
  if (!Number.isSafeInteger(before)) throw invalidInput(`cursor expects the "next" of a page, got "${cursor}".`);
  const rows = readBatches(driver, "b.batch_no < ?", before, limit + 1);
  const page = rows.slice(0, limit);
  return { batches: page.map(({ batch }) => batch), next: rows.length > limit ? String(page.at(-1)?.number) : null };
}

function readChanges(
  driver: SqliteDriver,
  batchId: string,
  { limit, after = Number.MAX_SAFE_INTEGER }: { limit: number; after?: number },
): { changes: BatchChange[]; next: number | null } {
  const rows = driver.all(
    `SELECT c.change_no, c.version_before, c.version_after, c.before, m.id,
       (SELECT user_id FROM partitions p WHERE p.partition_no = m.partition_no) AS user_id
     FROM batches b JOIN batch_changes c ON c.batch_no = b.batch_no JOIN memories m ON m.rid = c.rid
     WHERE b.id = ? AND c.is_undone = 0 AND c.change_no < ? ORDER BY c.change_no DESC LIMIT ?`,
    batchId,
    after,
    limit,
  );
  const befores = rows.map((row) => toChanges(JSON.parse(String(row["before"])) as Row));
  const isThere = findNamed(driver, befores);
  return {
    changes: rows.map((row, index) => ({
      memoryId: String(row["id"]),
      userId: row["user_id"] as string | null,
      isNew: row["version_before"] === 0,
      versionBefore: Number(row["version_before"]),
      versionAfter: Number(row["version_after"]),
      before: withoutPurged(befores[index] as BatchChange["before"], isThere),
    })),
    next: rows.length < limit ? null : Number(rows.at(-1)?.["change_no"]),
  };
}

/** Which memories that a state names are still there: a purge since takes its id out of states to come back too. */
function findNamed(driver: SqliteDriver, befores: readonly BatchChange["before"][]): ReadonlySet<string> {
  const named = befores.flatMap(({ replacedBy, conflictsWith }) => [replacedBy ?? [], conflictsWith ?? []].flat());
  if (named.length === 0) return new Set();
  const rows = driver.all(
    "SELECT m.id FROM json_each(?) wanted JOIN memories m ON m.id = wanted.value",
    JSON.stringify([...new Set(named)]),
  );
  return new Set(rows.map(({ id }) => String(id)));
}

function withoutPurged(before: BatchChange["before"], isThere: ReadonlySet<string>): BatchChange["before"] {
  const { replacedBy, conflictsWith } = before;
  return {
    ...before,
    ...(typeof replacedBy === "string" && !isThere.has(replacedBy) ? { replacedBy: null } : {}),
    ...(conflictsWith === undefined ? {} : { conflictsWith: conflictsWith.filter((id) => isThere.has(id)) }),
  };
}

const FLAGS: readonly string[] = ["isVerified", "isPinned"];

/** What a memory was, as a change that would bring it back. */
export function toChanges(row: Row): BatchChange["before"] {
  const fields = BATCH_COLUMNS.flatMap(([column, field]): [string, unknown][] => {
    const value = row[column];
    if (value === undefined) return [];
    if (FLAGS.includes(field)) return [[field, value === 1]];
    if (field === "conflictsWith") return [[field, value === null ? [] : (JSON.parse(String(value)) as unknown)]];
    return [[field, value]];
  });
  return Object.fromEntries(fields);
}

function readEvidence(driver: SqliteDriver, ids: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const rows = driver.all(
    `SELECT p.id AS pattern, m.id FROM json_each(?) wanted JOIN memories p ON p.id = wanted.value
     JOIN pattern_evidence e ON e.rid = p.rid JOIN memories m ON m.rid = e.evidence_rid
     WHERE EXISTS (SELECT 1 FROM pattern_evidence) ORDER BY m.said_at, m.rid`,
    JSON.stringify(ids),
  );
  for (const row of rows) {
    const known = found.get(String(row["pattern"]));
    if (known === undefined) found.set(String(row["pattern"]), [String(row["id"])]);
    else known.push(String(row["id"]));
  }
  return found;
}
