import { embeddingJobType } from "../../../domain/job.ts";
import type { Job } from "../../../ports/job-queue.ts";
import type { NewJob } from "../../../ports/memory-store.ts";
import type { Row, SqliteDriver } from "./driver.ts";
import { vectorNumberSql } from "./vector-schema.ts";
import type { SqliteVectors } from "./vector-store.ts";

/** How many passages one read looks at for missing vectors: a few milliseconds. */
const STRETCH = 4_096;

/** The oldest job that is due, or whose holder died (lease over). */
function findDueJob(driver: SqliteDriver, types: readonly string[], now: number): Row | undefined {
  return driver.get(
    `SELECT * FROM jobs WHERE type IN (SELECT value FROM json_each(?)) AND run_at <= ?
       AND (state = 'pending' OR (state = 'running' AND lease_until < ?)) ORDER BY run_at, job_no LIMIT 1`,
    JSON.stringify(types),
    now,
    now,
  );
}

export function hasDueJob(driver: SqliteDriver, types: readonly string[], now: number): boolean {
  return findDueJob(driver, types, now) !== undefined;
}

/** Takes the oldest due job. The caller holds the write transaction. */
export function claimJob(driver: SqliteDriver, types: readonly string[], leaseUntil: number, now: number): Job | null {
  const row = findDueJob(driver, types, now);
  if (row === undefined) return null;
  driver.run(
    "UPDATE jobs SET state = 'running', lease_until = ?, attempts = attempts + 1 WHERE job_no = ?",
    leaseUntil,
    Number(row["job_no"]),
  );
  return {
    id: Number(row["job_no"]),
    type: String(row["type"]),
    payload: JSON.parse(String(row["payload"])) as unknown,
    attempts: Number(row["attempts"]) + 1,
  };
}

/** A job with a lease is running from its first moment: its writer has claimed it. */
export function addJob(driver: SqliteDriver, job: NewJob, at: number): number {
  const isLeased = job.leaseUntil !== undefined;
  return driver.run(
    "INSERT INTO jobs(type, payload, state, attempts, run_at, lease_until, created_at) VALUES(?, ?, ?, ?, ?, ?, ?)",
    job.type,
    JSON.stringify(job.payload),
    isLeased ? "running" : "pending",
    isLeased ? 1 : 0,
    at,
    job.leaseUntil ?? null,
    at,
  ).lastInsertRowid;
}

/** Puts a job back for a later try, or aside for good when `retryAt` is null. */
export function failJob(driver: SqliteDriver, job: Job, error: string, retryAt: number | null): void {
  driver.run(
    `UPDATE jobs SET state = ?, error = ?, run_at = coalesce(?, run_at), lease_until = NULL
     WHERE job_no = ? AND state = 'running' AND attempts = ?`,
    retryAt === null ? "failed" : "pending",
    error,
    retryAt,
    job.id,
    job.attempts,
  );
}

/** Puts a job back as if this claim had never been. */
export function releaseJob(driver: SqliteDriver, job: Job, runAt: number): void {
  driver.run(
    `UPDATE jobs SET state = 'pending', attempts = attempts - 1, run_at = ?, lease_until = NULL
     WHERE job_no = ? AND state = 'running' AND attempts = ?`,
    runAt,
    job.id,
    job.attempts,
  );
}

/**
 * Notes that passages wait for vectors. One waiting row per space is enough; a running one may have passed the new
 * passages already, and one that was given up starts anew.
 */
export function addEmbeddingJob(driver: SqliteDriver, spaceKey: string, at: number): void {
  const type = embeddingJobType(spaceKey);
  if (driver.get("SELECT 1 AS found FROM jobs WHERE type = ? AND state = 'pending'", type) !== undefined) return;
  driver.run("DELETE FROM jobs WHERE type = ? AND state = 'failed'", type);
  addJob(driver, { type, payload: {} }, at);
}

/** How many passages have no vector in the space and are not known to have none; from counters, without a scan of them. */
export function countUnembedded(driver: SqliteDriver, spaceNo: number): number {
  const row = driver.get(
    `SELECT (SELECT coalesce(sum(passages), 0) FROM partitions)
       - (SELECT coalesce(sum(row_count), 0) FROM vector_spaces WHERE space_no = ?1)
       - (SELECT count(*) FROM unembeddable WHERE space_no = ?1) AS missing`,
    spaceNo,
  );
  return Number(row?.["missing"]);
}

/** From counters, without a scan of passages or vectors. */
export function readCoverage(
  driver: SqliteDriver,
  spaceNo: number,
): { vectors: number; missing: number; passages: number } {
  const count = (sql: string, ...parameters: number[]): number => Number(driver.get(sql, ...parameters)?.["n"]);
  return {
    vectors: count("SELECT coalesce(sum(row_count), 0) AS n FROM vector_spaces WHERE space_no = ?", spaceNo),
    missing: Math.max(0, countUnembedded(driver, spaceNo)),
    passages: count("SELECT coalesce(sum(passages), 0) AS n FROM partitions"),
  };
}

export function hasEmbeddingJob(driver: SqliteDriver, spaceKey: string): boolean {
  const sql = "SELECT 1 AS found FROM jobs WHERE type = ? AND state IN ('pending', 'running')";
  return driver.get(sql, embeddingJobType(spaceKey)) !== undefined;
}

/** One page of passages without a vector, from a bounded stretch after `after`. */
export function readUnembedded(
  driver: SqliteDriver,
  spaceNo: number,
  limit: number,
  after: number,
): { passages: { passage: number; text: string }[]; next: number | null } {
  const end = driver.get(
    "SELECT max(passage_no) AS last, count(*) AS n FROM (SELECT passage_no FROM passages WHERE passage_no > ? ORDER BY passage_no LIMIT ?)",
    after,
    STRETCH,
  );
  if (end === undefined || Number(end["n"]) === 0) return { passages: [], next: null };
  const last = Number(end["last"]);
  const rows = driver.all(
    `SELECT p.passage_no, p.rid, p.start, p.stop FROM passages p WHERE p.passage_no > ?2 AND p.passage_no <= ?3
       AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.vector_no = ${vectorNumberSql("?1", "p.passage_no")})
       AND NOT EXISTS (SELECT 1 FROM unembeddable u WHERE u.space_no = ?1 AND u.passage_no = p.passage_no)
     ORDER BY p.passage_no LIMIT ?4`,
    spaceNo,
    after,
    last,
    limit,
  );
  // A long message has many passages: its text is read once.
  const texts = new Map<number, string>();
  const passages = rows.map((row) => {
    const rid = Number(row["rid"]);
    let text = texts.get(rid);
    if (text === undefined) {
      text = String(driver.get("SELECT text FROM memories WHERE rid = ?", rid)?.["text"] ?? "");
      texts.set(rid, text);
    }
    return { passage: Number(row["passage_no"]), text: text.slice(Number(row["start"]), Number(row["stop"])) };
  });
  if (passages.length === limit) return { passages, next: passages.at(-1)?.passage ?? last };
  return { passages, next: Number(end["n"]) < STRETCH ? null : last };
}

/** Stores vectors that were made later than their passages. The caller holds the write transaction. */
export function putVectors(
  { driver, vectors: store }: { readonly driver: SqliteDriver; readonly vectors: SqliteVectors },
  spaceNo: number,
  vectors: readonly { readonly passage: number; readonly vector: Float32Array | null }[],
): void {
  const rows: { passageNo: number; vector: Float32Array }[] = [];
  for (const { passage, vector } of vectors) {
    // The passage may have been purged since it was read.
    if (driver.get("SELECT 1 AS found FROM passages WHERE passage_no = ?", passage) === undefined) continue;
    if (vector === null)
      driver.run("INSERT OR IGNORE INTO unembeddable(space_no, passage_no) VALUES(?, ?)", spaceNo, passage);
    else rows.push({ passageNo: passage, vector });
  }
  store.put(spaceNo, rows);
}
