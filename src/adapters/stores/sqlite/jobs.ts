import type { Job } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";

/** Takes the oldest job that is due, or whose holder died (lease over). The caller holds the write transaction. */
export function claimJob(driver: SqliteDriver, types: readonly string[], leaseUntil: number, now: number): Job | null {
  const row = driver.get(
    `SELECT * FROM jobs WHERE type IN (SELECT value FROM json_each(?)) AND run_at <= ?
       AND (state = 'pending' OR (state = 'running' AND lease_until < ?)) ORDER BY run_at, job_no LIMIT 1`,
    JSON.stringify(types),
    now,
    now,
  );
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

/** Puts a job back for a later try, or aside for good when `retryAt` is null. */
export function failJob(driver: SqliteDriver, id: number, error: string, retryAt: number | null): void {
  driver.run(
    "UPDATE jobs SET state = ?, error = ?, run_at = coalesce(?, run_at), lease_until = NULL WHERE job_no = ?",
    retryAt === null ? "failed" : "pending",
    error,
    retryAt,
    id,
  );
}
