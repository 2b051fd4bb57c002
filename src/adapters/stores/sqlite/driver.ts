import { createRequire } from "node:module";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { MemoryError } from "../../../errors.ts";

export type SqlValue = SQLInputValue;
export type Row = Record<string, string | number | bigint | Uint8Array | null>;

/**
 * SQLite plans for the number that is bound to a bare `LIMIT ?`, and makes such a statement anew each time one is bound:
 * that takes several times as long as most of them run. Of a sum it knows nothing before it runs.
 */
const BOUND_LIMIT = /\bLIMIT \?\d*/gu;

/**
 * The one place that touches `node:sqlite`: prepared statements are cached by their text, writes run in
 * `BEGIN IMMEDIATE`, and a busy file is reported to the caller, who waits asynchronously.
 */
export class SqliteDriver {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #isOpen = true;

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    // node:sqlite is loaded here, not at import: a program that only imports the library must not pay for it.
    const { DatabaseSync: Database } = loadSqlite();
    this.path = path;
    this.#database = new Database(path, { readOnly: options.readOnly ?? false, timeout: 0 });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql.replaceAll(BOUND_LIMIT, "$& + 0"));
      // Filters make many texts; the cache must not grow without bound.
      if (this.#statements.size >= 500) this.#statements.delete(this.#statements.keys().next().value as string);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  all(sql: string, ...parameters: SqlValue[]): Row[] {
    return this.prepare(sql).all(...parameters) as Row[];
  }

  /** The same with rows as arrays in the order of the columns: for hundreds of wide rows, which cost a third less so. */
  arrays(sql: string, ...parameters: SqlValue[]): Row[string][][] {
    const statement = this.prepare(sql);
    statement.setReturnArrays(true);
    try {
      return statement.all(...parameters) as unknown as Row[string][][];
    } finally {
      statement.setReturnArrays(false);
    }
  }

  get(sql: string, ...parameters: SqlValue[]): Row | undefined {
    return this.prepare(sql).get(...parameters) as Row | undefined;
  }

  run(sql: string, ...parameters: SqlValue[]): { changes: number; lastInsertRowid: number } {
    const result = this.prepare(sql).run(...parameters);
    return { changes: Number(result.changes), lastInsertRowid: Number(result.lastInsertRowid) };
  }

  iterate(sql: string, ...parameters: SqlValue[]): IterableIterator<Row> {
    return this.prepare(sql).iterate(...parameters) as IterableIterator<Row>;
  }

  /** Statements without parameters: pragmas and schema. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /**
   * Runs `work` in one `BEGIN IMMEDIATE` ... `COMMIT`; anything thrown rolls everything back, a failed commit too.
   * `onRollback` is told then: what was remembered inside the transaction is void.
   */
  transaction<Result>(work: () => Result, onRollback?: () => void): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      onRollback?.();
      throw error;
    }
  }

  /** A consistent view over several reads. */
  snapshot<Result>(work: () => Result): Result {
    // Prepared once: a search takes several views, and reading the words anew costs as much as a look-up.
    this.prepare("BEGIN").run();
    try {
      return work();
    } finally {
      if (this.#database.isTransaction) this.prepare("COMMIT").run();
    }
  }

  get raw(): DatabaseSync {
    return this.#database;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#statements.clear();
    this.#database.close();
  }
}

/** @throws MemoryError `missing_dependency` in a Node that has no SQLite of its own. */
function loadSqlite(): typeof import("node:sqlite") {
  try {
    return createRequire(import.meta.url)("node:sqlite") as typeof import("node:sqlite");
  } catch (error) {
    throw new MemoryError(
      "missing_dependency",
      `Recollect needs Node.js 24.15 or newer, whose SQLite it uses; this is ${process.version} (${process.execPath}).`,
      { cause: error },
    );
  }
}

/** SQLite's primary result code of an error from `node:sqlite`, or undefined. */
export function sqliteErrorCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code & 0xff : undefined;
}

export const SQLITE_BUSY = 5;
export const SQLITE_LOCKED = 6;
export const SQLITE_READONLY = 8;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_NOTADB = 26;
