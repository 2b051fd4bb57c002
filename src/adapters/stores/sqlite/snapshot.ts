import { SqliteDriver } from "./driver.ts";
import { registerFilterFunctions } from "./filter-sql.ts";
import { Owners } from "./rows.ts";

export interface Snapshot {
  readonly driver: SqliteDriver;
  readonly owners: Owners;
  /** Gives the event loop its turn when the last slice is used up. */
  readonly breathe: () => Promise<void>;
  readonly close: () => void;
}

/** A synchronous stretch of work takes about this long at most. */
const SLICE_MS = 15;

/**
 * The store as it is now, for reads that take many turns of the event loop: a connection of its own holds one read
 * transaction, so that writers go on and what is read stays consistent. While it is open the write-ahead log cannot
 * be truncated. A store in memory has one connection only; there everything is read in one go.
 */
export function openSnapshot(path: string, shared: { driver: SqliteDriver; owners: Owners }): Snapshot {
  if (path === ":memory:") return { ...shared, breathe: () => Promise.resolve(), close: () => undefined };
  const driver = new SqliteDriver(path, { readOnly: true });
  try {
    registerFilterFunctions(driver);
    driver.execute("PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; BEGIN");
    // A transaction begins to read, and so to hold its moment, with its first statement.
    driver.get("SELECT count(*) AS n FROM meta");
  } catch (error) {
    driver.close();
    throw error;
  }
  let sliceEnd = performance.now() + SLICE_MS;
  return {
    driver,
    owners: new Owners(driver),
    breathe: async () => {
      if (performance.now() < sliceEnd) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
      sliceEnd = performance.now() + SLICE_MS;
    },
    close: () => driver.close(),
  };
}
