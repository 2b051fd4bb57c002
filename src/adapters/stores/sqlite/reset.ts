import type { SqliteDriver } from "./driver.ts";

/**
 * Tables without anything of a memory. The change numbers of spaces must go on, because caches are validated by them;
 * what models used this month still counts against their budget.
 */
const KEPT_AT_RESET: ReadonlySet<string> = new Set(["meta", "spaces", "vector_spaces", "model_usage"]);

/** Empties the store. The caller holds the write transaction and forgets what it has cached. */
export function emptyTables(driver: SqliteDriver): void {
  driver.execute("INSERT INTO text_index(text_index) VALUES('delete-all')");
  for (const row of driver.all(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'text_%' AND name NOT LIKE 'sqlite_%'",
  )) {
    if (!KEPT_AT_RESET.has(String(row["name"]))) driver.execute(`DELETE FROM ${String(row["name"])}`);
  }
  driver.run("UPDATE vector_spaces SET row_count = 0, tail_count = 0, mod = mod + 1, epoch = epoch + 1");
}
