import { SqliteDriver } from "../../src/adapters/stores/sqlite/driver.ts";
import {
  compileFilter,
  MEMORY_FILTER_COLUMNS,
  registerFilterFunctions,
} from "../../src/adapters/stores/sqlite/filter-sql.ts";
import type { Filter } from "../../src/domain/filter.ts";
import type { MemoryRecord } from "../../src/domain/memory.ts";

/** One plain table, so that the translation of filters can be tested without the store around it. */
export function openFilterTable(): SqliteDriver {
  const driver = new SqliteDriver(":memory:");
  registerFilterFunctions(driver);
  driver.execute(`CREATE TABLE m(
    id TEXT PRIMARY KEY, kind TEXT, state TEXT, role TEXT, name TEXT, text TEXT, user_id TEXT, agent_id TEXT,
    app_id TEXT, run_id TEXT, metadata TEXT NOT NULL, categories TEXT NOT NULL, said_at INTEGER, created_at INTEGER,
    updated_at INTEGER, valid_from INTEGER, valid_to INTEGER, expiration_date TEXT, language TEXT, attribute TEXT,
    is_immutable INTEGER, is_verified INTEGER);
    CREATE INDEX m_user ON m(user_id); CREATE INDEX m_said ON m(said_at);`);
  return driver;
}

/** Replaces the rows of the table. */
export function fillFilterTable(driver: SqliteDriver, records: readonly MemoryRecord[]): void {
  driver.transaction(() => {
    driver.run("DELETE FROM m");
    for (const record of records) {
      driver.run(
        `INSERT INTO m VALUES (${Array.from({ length: 22 }, () => "?").join(", ")})`,
        record.id,
        record.kind,
        record.state,
        record.role ?? null,
        record.name ?? null,
        record.text,
        record.scope.userId ?? null,
        record.scope.agentId ?? null,
        record.scope.appId ?? null,
        record.scope.runId ?? null,
        JSON.stringify(record.metadata),
        JSON.stringify(record.categories),
        record.saidAt,
        record.createdAt,
        record.updatedAt,
        record.validFrom ?? null,
        record.validTo ?? null,
        record.expirationDate ?? null,
        record.language ?? null,
        record.attribute?.attribute ?? null,
        Number(record.isImmutable),
        Number(record.isVerified),
      );
    }
  });
}

export function selectIds(driver: SqliteDriver, filter: Filter): string[] {
  const { sql, parameters } = compileFilter(filter, MEMORY_FILTER_COLUMNS);
  return driver.all(`SELECT m.id FROM m WHERE ${sql} ORDER BY m.id`, ...parameters).map((row) => String(row["id"]));
}

/** A record with what a test does not care about filled in. */
export function memoryRecord(part: Partial<MemoryRecord> & { readonly id: string }): MemoryRecord {
  return {
    kind: "fact",
    text: "",
    scope: { userId: "u" },
    metadata: {},
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: false,
    saidAt: 0,
    createdAt: 0,
    updatedAt: 0,
    conflictsWith: [],
    sources: [],
    confidence: 1,
    ...part,
  };
}
