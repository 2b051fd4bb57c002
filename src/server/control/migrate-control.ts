import { chmodSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { MemoryError } from "../../errors.ts";
import { CONTROL_MIGRATIONS, CONTROL_SCHEMA, CONTROL_VERSION } from "./control-schema.ts";

/**
 * Brings control.db to the version that this program knows, in one transaction. A file that holds anything is copied
 * before, beside it.
 * @returns the copy's path, or null where there was nothing to bring up.
 * @throws MemoryError `store_failed` for a file of a newer program, which is left as it is.
 */
export function migrateControl(database: DatabaseSync, path: string, now: number): string | null {
  const version = refuseNewerControl(database, path);
  if (version === CONTROL_VERSION) return null;
  const copy = version === 0 || path === ":memory:" ? null : copyBeside(database, path, version, now);
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have done it while this one waited for the lock.
    const current = refuseNewerControl(database, path);
    for (let from = current; from > 0 && from < CONTROL_VERSION; from += 1)
      database.exec(CONTROL_MIGRATIONS[from] ?? "");
    database.exec(`${CONTROL_SCHEMA} PRAGMA user_version=${CONTROL_VERSION};`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
  return copy;
}

/** @returns the file's version; 0: it is empty. @throws MemoryError `store_failed` for a newer one. */
export function refuseNewerControl(database: DatabaseSync, path: string): number {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version <= CONTROL_VERSION) return version;
  throw new MemoryError(
    "store_failed",
    `${path} was written by a newer Recollect (version ${version}, this program knows ${CONTROL_VERSION}). ` +
      "It was left as it is. Upgrade this program, or restore a backup of before the upgrade into a new folder.",
  );
}

/** Whole, and readable by the owner alone: it holds the hashes of keys. */
function copyBeside(database: DatabaseSync, path: string, version: number, now: number): string {
  const moment = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/gu, "");
  const copy = `${path}.version-${version}.${moment}`;
  database.prepare("VACUUM INTO ?").run(copy);
  chmodSync(copy, 0o600);
  return copy;
}
