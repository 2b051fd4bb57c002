import { randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { v7 } from "uuid";
import { MemoryError } from "../../errors.ts";
import { migrateControl, refuseNewerControl } from "./migrate-control.ts";

export type Row = Record<string, unknown>;

/** SQLite's codes: the low byte says what happened, the rest where. */
const PRIMARY_CODE = 0xff;
const SQLITE_FULL = 13;

/** Prepared statements that are kept: the texts are fixed, so this is all of them. */
const MAX_STATEMENTS = 200;

/** control.db: organisations, projects, keys, members, webhooks, events and the audit of one server. */
export class ControlStore {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly now: () => number;
  #lastId = { moment: Number.NaN, sequence: 0 };
  /** The copy of an older file that was brought up when it was opened; null where there was none. */
  readonly migratedFrom: string | null;

  /** @throws MemoryError `store_failed`. */
  constructor(path: string, now: () => number = Date.now) {
    this.now = now;
    let database: DatabaseSync | undefined;
    try {
      if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      database = new DatabaseSync(path, { timeout: 5_000 });
      // Before anything is written: even the journal's mode changes a file.
      refuseNewerControl(database, path);
      // The disk is waited for before an answer goes out, not in each commit: see SharedSync.
      database.exec(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
      );
      this.migratedFrom = migrateControl(database, path, now());
      this.#database = database;
    } catch (error) {
      if (database?.isOpen === true) database.close();
      if (MemoryError.isInstance(error)) throw error;
      throw new MemoryError("store_failed", `Cannot open ${path}: ${(error as Error).message}`, { cause: error });
    }
  }

  /** A UUIDv7 after all that this store gave for the same millisecond: what is listed by id is listed as it was made. */
  createId(): string {
    const moment = this.now();
    const sequence = moment === this.#lastId.moment ? this.#lastId.sequence + 1 : randomInt(2 ** 31);
    this.#lastId = { moment, sequence };
    return v7({ msecs: moment, seq: sequence });
  }

  get(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#guard(() => this.#prepare(sql).get(...parameters)) as Row | undefined;
  }

  all(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(...parameters)) as Row[];
  }

  /** @returns how many rows changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#guard(() => this.#prepare(sql).run(...parameters)).changes);
  }

  /** Short and synchronous: the server's own bookkeeping. One within another is a part of it. */
  transaction<Result>(work: () => Result): Result {
    if (this.#database.isTransaction) return work();
    return this.#guard(() => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** @throws MemoryError `store_failed`, with SQLite's code: nothing was changed. */
  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const code = (error as { errcode?: unknown } | null)?.errcode;
      if (MemoryError.isInstance(error) || typeof code !== "number") throw error;
      const sqlite = code & PRIMARY_CODE;
      const reason = sqlite === SQLITE_FULL ? "The server's disk is full" : "The server cannot use its own file";
      throw new MemoryError("store_failed", `${reason}; nothing was changed. Try again later.`, {
        cause: error,
        retryable: true,
        details: { sqlite },
      });
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
