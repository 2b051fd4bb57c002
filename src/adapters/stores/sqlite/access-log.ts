import { RECENT_USES } from "../../../domain/decay.ts";
import type { AccessTimes } from "../../../domain/decay.ts";
import type { AccessLog } from "../../../ports/access-log.ts";
import type { SqliteDriver } from "./driver.ts";
import type { StoreAccess } from "./store-access.ts";

/** `recent`: epoch milliseconds, the newest first, JSON. */
export const ACCESS_SCHEMA = `
CREATE TABLE IF NOT EXISTS accesses(
  rid INTEGER PRIMARY KEY REFERENCES memories(rid) ON DELETE CASCADE, count INTEGER NOT NULL, recent TEXT NOT NULL);
`;

/** When memories were used, in the store's own file. */
export function createAccessLog({ read, write }: StoreAccess): AccessLog {
  return {
    record: (uses) =>
      write((driver) => {
        for (const [rid, times] of uses) addUses(driver, rid, { count: times.length, recent: times });
      }),
    read: (memories) =>
      read((driver) => {
        const wanted = JSON.stringify(memories);
        const rows = driver.all(
          "SELECT a.rid, a.count, a.recent FROM json_each(?) wanted CROSS JOIN accesses a ON a.rid = wanted.value",
          wanted,
        );
        const pinned = driver.all(
          "SELECT m.rid FROM json_each(?) wanted CROSS JOIN memories m ON m.rid = wanted.value WHERE m.is_pinned = 1",
          wanted,
        );
        return {
          accesses: new Map(rows.map((row) => [Number(row["rid"]), toTimes(row["count"], row["recent"])])),
          pinned: new Set(pinned.map(({ rid }) => Number(rid))),
        };
      }),
  };
}

/** The caller holds the write transaction. */
export function addUses(driver: SqliteDriver, rid: number, { count, recent }: AccessTimes): void {
  const known = readAccesses(driver, rid);
  const times = [...recent, ...(known?.recent ?? [])].toSorted((left, right) => right - left).slice(0, RECENT_USES);
  driver.run(
    "INSERT OR REPLACE INTO accesses(rid, count, recent) SELECT rid, ?, ? FROM memories WHERE rid = ?",
    (known?.count ?? 0) + count,
    JSON.stringify(times),
    rid,
  );
}

export function readAccesses(driver: SqliteDriver, rid: number): AccessTimes | undefined {
  const row = driver.get("SELECT count, recent FROM accesses WHERE rid = ?", rid);
  return row === undefined ? undefined : toTimes(row["count"], row["recent"]);
}

function toTimes(count: unknown, recent: unknown): AccessTimes {
  return { count: Number(count), recent: JSON.parse(String(recent)) as number[] };
}
