import type { Span } from "../../../domain/memory.ts";
import { MemoryError } from "../../../errors.ts";
import type { QueuedMessage, UnextractedMessage } from "../../../ports/memory-store.ts";
import { addJob } from "./jobs.ts";
import type { SqliteDriver } from "./driver.ts";

export const QUEUE_SCHEMA = `
-- Messages whose facts a language model has still to find; a row goes in the transaction that stores the facts.
CREATE TABLE IF NOT EXISTS unextracted(
  rid INTEGER PRIMARY KEY, batch TEXT NOT NULL, options TEXT NOT NULL, recalled TEXT NOT NULL,
  has_rules_facts INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS unextracted_batch ON unextracted(batch, rid);
`;

/** Notes messages that this very transaction stores. The caller holds the write transaction. */
export function queueMessages(driver: SqliteDriver, messages: readonly UnextractedMessage[], at: number): void {
  for (const { memoryId, batch, options, recalled, untrusted } of messages) {
    const row = driver.get("SELECT rid FROM memories WHERE id = ?", memoryId);
    if (row === undefined)
      throw new MemoryError("store_failed", `The message ${memoryId} to extract from is not stored.`);
    driver.run(
      "INSERT OR REPLACE INTO unextracted(rid, batch, options, recalled, has_rules_facts, at) VALUES(?, ?, ?, ?, 0, ?)",
      Number(row["rid"]),
      batch,
      options,
      JSON.stringify([...recalled, ...untrusted.map(({ start, end }) => ({ start, end, isUntrusted: true }))]),
      at,
    );
  }
}

/** Takes messages off the queue, or notes that the rules' facts of them are stored. */
export function settleMessages(
  driver: SqliteDriver,
  ids: readonly string[],
  outcome: "extracted" | "rules-only",
): void {
  const rows = "rid IN (SELECT m.rid FROM memories m, json_each(?) j WHERE m.id = j.value)";
  driver.run(
    outcome === "extracted"
      ? `DELETE FROM unextracted WHERE ${rows}`
      : `UPDATE unextracted SET has_rules_facts = 1 WHERE ${rows}`,
    JSON.stringify(ids),
  );
}

/** A batch's messages in the order of their arrival. */
export function readQueue(driver: SqliteDriver, batch: string, limit: number): QueuedMessage[] {
  return driver
    .all(
      `SELECT m.id, u.options, u.recalled, u.has_rules_facts, u.at FROM unextracted u JOIN memories m ON m.rid = u.rid
       WHERE u.batch = ? ORDER BY u.rid LIMIT ?`,
      batch,
      limit,
    )
    .map((row) => ({
      memoryId: String(row["id"]),
      queuedAt: Number(row["at"]),
      options: String(row["options"]),
      ...readSpans(String(row["recalled"])),
      hasRulesFacts: row["has_rules_facts"] === 1,
    }));
}

/** An older version takes every span for a recalled one: it finds less in an attachment then, and nothing wrong. */
function readSpans(json: string): Pick<QueuedMessage, "recalled" | "untrusted"> {
  const spans = JSON.parse(json) as (Span & { readonly isUntrusted?: true })[];
  return {
    recalled: spans.filter(({ isUntrusted }) => isUntrusted !== true).map(toSpan),
    untrusted: spans.filter(({ isUntrusted }) => isUntrusted === true).map(toSpan),
  };
}

function toSpan({ start, end }: Span): Span {
  return { start, end };
}

/** Those of the messages that are still queued. */
export function findQueued(driver: SqliteDriver, ids: readonly string[]): string[] {
  return driver
    .all(
      "SELECT m.id FROM json_each(?) j JOIN memories m ON m.id = j.value JOIN unextracted u ON u.rid = m.rid",
      JSON.stringify(ids),
    )
    .map((row) => String(row["id"]));
}

export function countQueued(driver: SqliteDriver, batch?: string): number {
  const row =
    batch === undefined
      ? driver.get("SELECT count(*) AS n FROM unextracted")
      : driver.get("SELECT count(*) AS n FROM unextracted WHERE batch = ?", batch);
  return Number(row?.["n"]);
}

/**
 * Notes that a batch waits: one waiting job for each, due when its window closes, or at once when it is full. A job that
 * runs already may have read the queue before these messages came, so it does not count.
 */
export function requestExtraction(
  driver: SqliteDriver,
  request: {
    readonly type: string;
    readonly batch: string;
    readonly userId: string | null;
    readonly runAt: number;
    readonly fullAt: number;
  },
  at: number,
): void {
  const isFull = countQueued(driver, request.batch) >= request.fullAt;
  const runAt = isFull ? at : request.runAt;
  const payload = { batch: request.batch, userId: request.userId };
  const waiting = driver.get(
    "SELECT job_no FROM jobs WHERE type = ? AND state = 'pending' AND payload = ?",
    request.type,
    JSON.stringify(payload),
  );
  if (waiting === undefined) {
    const job = addJob(driver, { type: request.type, payload }, at);
    driver.run("UPDATE jobs SET run_at = ? WHERE job_no = ?", runAt, job);
  } else if (isFull)
    driver.run("UPDATE jobs SET run_at = min(run_at, ?) WHERE job_no = ?", runAt, Number(waiting["job_no"]));
}
