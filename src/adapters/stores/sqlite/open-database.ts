import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MemoryError } from "../../../errors.ts";
import { describeFailure, isBusy } from "./busy.ts";
import {
  SqliteDriver,
  SQLITE_CORRUPT,
  SQLITE_FULL,
  SQLITE_NOTADB,
  SQLITE_READONLY,
  sqliteErrorCode,
} from "./driver.ts";
import { RELATE_FACTS } from "../../../domain/job.ts";
import { addJob } from "./jobs.ts";
import { ADDED_COLUMNS, SCHEMA, SCHEMA_VERSION } from "./schema.ts";

export interface OpenDatabaseOptions {
  /** File, or ":memory:". */
  readonly path: string;
  /** `strict` (default): acknowledged means on disk. `relaxed`: the last commits may be lost with the power. */
  readonly durability?: "strict" | "relaxed";
}

/** WAL files of two processes can be corrupted by older versions (the WAL-reset bug). */
const MINIMUM_SQLITE = [3, 51, 3] as const;

/**
 * Opens (and creates) a store file, checks what can be wrong before anything is written and sets every pragma
 * explicitly, since compiled defaults differ between builds.
 * @throws MemoryError `store_failed` with the cause named.
 */
export function openDatabase({ path, durability = "strict" }: OpenDatabaseOptions): SqliteDriver {
  const isFile = path !== ":memory:";
  if (isFile) {
    prepareFolder(path);
    refuseCutFile(path);
  }
  const driver = openDriver(path);
  try {
    checkSqliteVersion(driver);
    // Only a new file takes a page size; 8 KiB holds the vectors without waste.
    driver.execute("PRAGMA page_size=8192");
    refuseForeignFile(driver, path);
    // Before the journal mode, which is written into the file: a file that is refused is left as it is.
    refuseNewerFile(driver, path);
    if (isFile) {
      const mode = driver.get("PRAGMA journal_mode=WAL")?.["journal_mode"];
      if (mode !== "wal") {
        throw new MemoryError(
          "store_failed",
          `The file system of ${path} cannot hold a write-ahead log (SQLite answered "${String(mode)}"). ` +
            "Network folders lack what it needs: set dbPath or RECOLLECT_HOME to a local disk.",
        );
      }
    }
    driver.execute(
      `PRAGMA synchronous=${durability === "strict" ? "FULL" : "NORMAL"}; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;
       PRAGMA cache_size=-16384; PRAGMA secure_delete=ON; PRAGMA journal_size_limit=67108864;`,
    );
    migrate(driver);
    return driver;
  } catch (error) {
    driver.close();
    throw describeOpenFailure(error, path);
  }
}

function prepareFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!folder.endsWith(".recollect")) return;
    const ignoreFile = join(folder, ".gitignore");
    // Memories are private: the folder keeps itself out of version control.
    if (!existsSync(ignoreFile)) writeFileSync(ignoreFile, "*\n");
    if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    throw new MemoryError("store_failed", `Cannot prepare the folder ${folder}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * SQLite takes an empty file for a new database and throws its log away. A log is only ever begun after the file has
 * its first page, so an empty file beside one has been cut off, and the log may be all that is left.
 */
function refuseCutFile(path: string): void {
  const file = statFile(path);
  const log = statFile(`${path}-wal`);
  if (file?.size !== 0 || log === undefined || log.size === 0) return;
  throw new MemoryError(
    "store_failed",
    `${path} is empty, but its write-ahead log ${path}-wal is not: the file was cut off. Put back a copy of it and keep ` +
      "the log beside it, or move the log away to begin with nothing.",
  );
}

function statFile(path: string): { readonly size: number } | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new MemoryError(
      "store_failed",
      `Cannot open ${path}: ${String((error as { code?: unknown }).code)}. Choose another dbPath.`,
      {
        cause: error,
      },
    );
  }
}

function openDriver(path: string): SqliteDriver {
  try {
    return new SqliteDriver(path);
  } catch (error) {
    throw describeOpenFailure(error, path);
  }
}

function checkSqliteVersion(driver: SqliteDriver): void {
  const text = String(driver.get("SELECT sqlite_version() AS version")?.["version"]);
  const parts = text.split(".").map(Number);
  for (const [index, minimum] of MINIMUM_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > minimum) return;
    if (part < minimum) {
      throw new MemoryError(
        "store_failed",
        `Recollect needs SQLite ${MINIMUM_SQLITE.join(".")} or newer, this Node.js has ${text}. Use Node.js 24.15 or newer.`,
      );
    }
  }
}

function refuseForeignFile(driver: SqliteDriver, path: string): void {
  const tables = new Set(
    driver.all("SELECT name FROM sqlite_master WHERE type='table'").map((row) => String(row["name"])),
  );
  if (tables.size === 0 || tables.has("partitions")) return;
  if (tables.has("vectors") || tables.has("memory_history")) {
    throw new MemoryError(
      "store_failed",
      `${path} is a file of Mem0, not of Recollect; it is left as it is. Set dbPath to a new file and bring the memories along with: ` +
        `recollect import --from mem0 ${path}`,
    );
  }
  throw new MemoryError(
    "store_failed",
    `${path} is a SQLite file of another program (tables: ${[...tables].slice(0, 5).join(", ")}). Choose another dbPath.`,
  );
}

function refuseNewerFile(driver: SqliteDriver, path: string): void {
  const version = readVersion(driver);
  if (version > SCHEMA_VERSION) throw newerFile(path, version);
}

function readVersion(driver: SqliteDriver): number {
  return Number(driver.get("PRAGMA user_version")?.["user_version"] ?? 0);
}

function migrate(driver: SqliteDriver): void {
  if (readVersion(driver) === SCHEMA_VERSION) return;
  driver.transaction(() => {
    // Another process may have done it while this one waited for the lock.
    if (readVersion(driver) === SCHEMA_VERSION) return;
    const isOlder = hasTable(driver, "memories") && !hasTable(driver, "relations");
    addMissingColumns(driver);
    driver.execute(SCHEMA);
    // Making them takes the rules: that is work for after the file is open.
    if (isOlder) addJob(driver, { type: RELATE_FACTS, payload: {} }, Date.now());
    driver.execute("INSERT INTO text_index(text_index, rank) VALUES('secure-delete', 1)");
    driver.execute(`PRAGMA user_version=${SCHEMA_VERSION}`);
  });
}

function hasTable(driver: SqliteDriver, name: string): boolean {
  return driver.get("SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = ?", name) !== undefined;
}

/** Columns that a table of an older file lacks; a new file has no table yet. */
function addMissingColumns(driver: SqliteDriver): void {
  for (const [table, column, definition] of ADDED_COLUMNS) {
    const names = driver.all(`PRAGMA table_info(${table})`).map(({ name }) => String(name));
    if (names.length > 0 && !names.includes(column)) driver.execute(`ALTER TABLE ${table} ADD COLUMN ${definition}`);
  }
}

export function newerFile(path: string, version: number): MemoryError {
  return new MemoryError(
    "store_failed",
    `${path} was written by a newer Recollect (file version ${version}, this program knows ${SCHEMA_VERSION}). Upgrade this program.`,
  );
}

function describeOpenFailure(error: unknown, path: string): unknown {
  if (MemoryError.isInstance(error)) return error;
  const code = sqliteErrorCode(error);
  if (code === undefined) return error;
  // The caller waits for a busy file and opens it again.
  if (isBusy(error)) return error;
  if (code === SQLITE_NOTADB) {
    return new MemoryError(
      "store_failed",
      `${path} is not a SQLite file. Choose another dbPath, or restore a backup.`,
      { cause: error },
    );
  }
  if (code === SQLITE_READONLY) {
    return new MemoryError(
      "store_failed",
      `${path} is read-only for this user. The file and its folder must be writable: change their permissions or choose another dbPath.`,
      { cause: error },
    );
  }
  if (code === SQLITE_FULL || code === SQLITE_CORRUPT) return describeFailure(error, path);
  return new MemoryError("store_failed", `Cannot open ${path}: ${(error as Error).message}`, {
    cause: error,
    details: { sqlite: code },
  });
}
