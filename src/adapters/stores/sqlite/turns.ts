import type { SqliteDriver } from "./driver.ts";

/** A holder that has not committed by then has died, or is not worth waiting for. */
const TURN_MS = 2_000;

/** The turn is the writer's own, or free. The caller holds the write transaction. */
export function takeTurn(driver: SqliteDriver, partitionNo: number, holder: string, now: number): boolean {
  if (isHeldByAnother(driver, partitionNo, holder, now)) return false;
  driver.run(
    "INSERT OR REPLACE INTO turns(partition_no, holder, until) VALUES(?, ?, ?)",
    partitionNo,
    holder,
    now + TURN_MS,
  );
  return true;
}

export function isHeldByAnother(
  driver: SqliteDriver,
  partitionNo: number,
  holder: string | undefined,
  now: number,
): boolean {
  const row = driver.get("SELECT holder, until FROM turns WHERE partition_no = ?", partitionNo);
  // A turn far ahead was taken by a clock that has been set back since.
  return (
    row !== undefined && row["holder"] !== holder && Number(row["until"]) > now && Number(row["until"]) <= now + TURN_MS
  );
}

export function endTurn(driver: SqliteDriver, partitionNo: number): void {
  driver.run("DELETE FROM turns WHERE partition_no = ?", partitionNo);
}
