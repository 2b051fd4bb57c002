import type { JobQueue } from "../../../ports/job-queue.ts";
import type { SqliteDriver } from "./driver.ts";
import { claimJob, failJob, hasDueJob, releaseJob } from "./jobs.ts";
import type { StoreAccess } from "./store-access.ts";

/** Lease rows in the store's own file. */
export function createJobQueue({ read, write }: StoreAccess): JobQueue {
  return {
    // Looking costs no lock: an idle process must not hold up writers.
    claim: async (types, leaseUntil, now) =>
      (await read((driver) => hasDueJob(driver, types, now)))
        ? write((driver) => claimJob(driver, types, leaseUntil, now))
        : null,
    schedule: async (type, runAt, now) => {
      const isThere = (driver: SqliteDriver): boolean =>
        driver.get("SELECT 1 AS found FROM jobs WHERE type = ? AND state <> 'failed' LIMIT 1", type) !== undefined;
      if (await read(isThere)) return;
      await write((driver) => {
        if (!isThere(driver))
          driver.run(
            "INSERT INTO jobs(type, payload, state, run_at, created_at) VALUES(?, '{}', 'pending', ?, ?)",
            type,
            runAt,
            now,
          );
      });
    },
    finish: async (id) => {
      await write((driver) => driver.run("DELETE FROM jobs WHERE job_no = ?", id));
    },
    fail: (job, error, retryAt) => write((driver) => failJob(driver, job, error, retryAt)),
    release: (job, runAt) => write((driver) => releaseJob(driver, job, runAt)),
  };
}
