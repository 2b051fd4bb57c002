import type { BatchNote } from "../../../ports/provenance.ts";
import type { Row, SqliteDriver } from "./driver.ts";

export const BATCH_SCHEMA = `
CREATE TABLE IF NOT EXISTS batches(
  batch_no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL);
-- What a memory was before a batch, without its text: that stands in its history.
CREATE TABLE IF NOT EXISTS batch_changes(
  change_no INTEGER PRIMARY KEY, batch_no INTEGER NOT NULL, rid INTEGER NOT NULL, version_before INTEGER NOT NULL,
  version_after INTEGER NOT NULL, before TEXT NOT NULL, is_undone INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX IF NOT EXISTS batch_changes_batch ON batch_changes(batch_no, rid);
CREATE INDEX IF NOT EXISTS batch_changes_memory ON batch_changes(rid);
`;

/** Columns that a batch can take back, and the field that sets each. None holds words of a memory. */
export const BATCH_COLUMNS: readonly (readonly [column: string, field: string])[] = [
  ["state", "state"],
  ["valid_from", "validFrom"],
  ["valid_to", "validTo"],
  ["retracted_at", "retractedAt"],
  ["replaced_by", "replacedBy"],
  ["conflicts_with", "conflictsWith"],
  ["confidence", "confidence"],
  ["is_verified", "isVerified"],
  ["is_pinned", "isPinned"],
];

/** Notes what a change set does under its batch. The caller holds the write transaction. */
export class BatchWriter {
  readonly #driver: SqliteDriver;
  readonly #batch: BatchNote;
  readonly #at: number;
  #number: number | undefined;

  constructor(driver: SqliteDriver, batch: BatchNote, at: number) {
    this.#driver = driver;
    this.#batch = batch;
    this.#at = at;
  }

  /** A batch is there from its first change on: one that changed nothing is none. */
  #batchNo(): number {
    const { id, kind } = this.#batch;
    if (this.#number === undefined) {
      this.#driver.run("INSERT OR IGNORE INTO batches(id, kind, at) VALUES(?, ?, ?)", id, kind, this.#at);
      this.#number = Number(this.#driver.get("SELECT batch_no FROM batches WHERE id = ?", id)?.["batch_no"]);
    }
    return this.#number;
  }

  noteAdded(id: string): void {
    this.#note(id, 0, "{}");
  }

  /** Changes a memory, and notes what it was. */
  noteChanged(id: string, change: () => void): void {
    const row = this.#driver.get(
      `SELECT ${BATCH_COLUMNS.map(([column]) => column).join(", ")} FROM memories WHERE id = ?`,
      id,
    );
    const version = versionOf(this.#driver, id);
    change();
    if (row !== undefined) this.#note(id, version, JSON.stringify(row satisfies Row));
  }

  /** What a batch did first to a memory is what taking it back undoes. */
  #note(id: string, versionBefore: number, before: string): void {
    this.#driver.run(
      `INSERT INTO batch_changes(batch_no, rid, version_before, version_after, before)
       SELECT ?, rid, ?, ?, ? FROM memories WHERE id = ?
       ON CONFLICT(batch_no, rid) DO UPDATE SET version_after = excluded.version_after`,
      this.#batchNo(),
      versionBefore,
      versionOf(this.#driver, id),
      before,
      id,
    );
  }
}

/** Marks what was taken back of a batch. */
export function markUndone(
  driver: SqliteDriver,
  { batchId, memoryIds }: { readonly batchId: string; readonly memoryIds: readonly string[] },
): void {
  driver.run(
    `UPDATE batch_changes SET is_undone = 1 WHERE batch_no = (SELECT batch_no FROM batches WHERE id = ?)
       AND rid IN (SELECT m.rid FROM json_each(?) wanted JOIN memories m ON m.id = wanted.value)`,
    batchId,
    JSON.stringify(memoryIds),
  );
}

function versionOf(driver: SqliteDriver, id: string): number {
  return Number(driver.get("SELECT max(version) AS version FROM history WHERE memory_id = ?", id)?.["version"] ?? 0);
}
