import type { SqliteDriver } from "./driver.ts";

/** Notes share the table with what the file says of itself. */
const PREFIX = "note ";

export function readNote(driver: SqliteDriver, name: string): string | null {
  const row = driver.get("SELECT value FROM meta WHERE key = ?", PREFIX + name);
  return row === undefined ? null : String(row["value"]);
}

export function writeNote(driver: SqliteDriver, name: string, value: string): void {
  driver.run(
    "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    PREFIX + name,
    value,
  );
}
