import type { SqliteDriver } from "./driver.ts";
import type { Owners } from "./rows.ts";

/** The store's file for a port beside `MemoryStore`: work that waits for a busy file and, where it writes, is one transaction. */
export interface StoreAccess {
  readonly read: <Result>(work: (driver: SqliteDriver, owners: Owners) => Result) => Promise<Result>;
  readonly write: <Result>(work: (driver: SqliteDriver, owners: Owners) => Result) => Promise<Result>;
}
