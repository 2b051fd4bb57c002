import type { SqliteDriver } from "./driver.ts";

const KEY = "analyzer";

/** The version of the analyzer that made this file's terms; null in a file that has none yet. */
export function readAnalyzerVersion(driver: SqliteDriver): number | null {
  const row = driver.get("SELECT value FROM meta WHERE key = ?", KEY);
  return row === undefined ? null : Number(row["value"]);
}

/** Inside a transaction: the terms of this file are of that version from now on. */
export function writeAnalyzerVersion(driver: SqliteDriver, version: number): void {
  driver.run(
    "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    KEY,
    String(version),
  );
}
