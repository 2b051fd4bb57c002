import { closeSync, existsSync, lstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { basename, join } from "node:path";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { DatabaseSync } from "node:sqlite";
import { openCopySafe } from "./open-database.ts";
import type { OpenDatabase } from "./open-database.ts";
import { listZip } from "./zip-file.ts";
import type { ZipEntry } from "./zip-file.ts";

/** A file that is parsed as one piece cannot be larger; what may be larger is read line by line or part by part. */
const MAX_WHOLE_BYTES = 256_000_000;
const HEAD_BYTES = 65_536;

/** A path that is looked at: what it holds is read once, when it is first asked for. */
export class Place {
  readonly path: string;
  readonly stats: Stats;
  #head: string | undefined;
  #tables: ReadonlyMap<string, readonly string[]> | undefined;
  #zip: readonly ZipEntry[] | undefined;
  #open: OpenDatabase | undefined;
  readonly #children: Place[] = [];

  /** @throws MemoryError `not_found`. */
  constructor(path: string) {
    this.path = path;
    try {
      this.stats = statSync(path);
    } catch (error) {
      throw new MemoryError("not_found", `There is no ${path}.`, { cause: error, details: { exitStatus: 1 } });
    }
  }

  get name(): string {
    return basename(this.path);
  }

  get isFolder(): boolean {
    return this.stats.isDirectory();
  }

  /** When it was last written: for what has no times of its own. */
  get modifiedAt(): number {
    return Math.round(this.stats.mtimeMs);
  }

  /** The beginning of a file, "" of anything else; a zip, a database and other bytes come as they are. */
  get head(): string {
    if (!this.stats.isFile()) return "";
    this.#head ??= readHead(this.path);
    return this.#head;
  }

  get isSqlite(): boolean {
    return this.head.startsWith("SQLite format 3\0");
  }

  get isZip(): boolean {
    return this.head.startsWith("PK\u0003\u0004");
  }

  /** Tables and their columns; empty for what is no SQLite file. */
  get tables(): ReadonlyMap<string, readonly string[]> {
    this.#tables ??= this.isSqlite ? this.#readTables() : new Map<string, readonly string[]>();
    return this.#tables;
  }

  /** The database, or a copy of one that is in use; open until `close`. */
  get database(): DatabaseSync {
    this.#open ??= openCopySafe(this.path);
    return this.#open.database;
  }

  /** Every row of a query, one at a time. @throws MemoryError `invalid_input` for a damaged file. */
  *rows(sql: string): Generator<Readonly<Record<string, unknown>>, void, undefined> {
    try {
      yield* this.database.prepare(sql).iterate();
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ERR_SQLITE_ERROR") throw error;
      throw invalidInput(`${this.path} is damaged or no database: ${(error as Error).message}.`);
    }
  }

  close(): void {
    for (const child of this.#children) child.close();
    this.#open?.close();
    this.#open = undefined;
  }

  get zipEntries(): readonly ZipEntry[] {
    this.#zip ??= this.isZip ? listZip(this.path) : [];
    return this.#zip;
  }

  /** What lies in a folder, by name. */
  get names(): readonly string[] {
    if (!this.isFolder) return [];
    try {
      return readdirSync(this.path).toSorted();
    } catch (error) {
      throw invalidInput(`${this.path} cannot be read: ${(error as Error).message}.`);
    }
  }

  /** Whether a folder holds a file or folder under that relative path. */
  has(...parts: readonly string[]): boolean {
    return this.isFolder && existsSync(join(this.path, ...parts));
  }

  /** What lies in it; closed with it. */
  at(...parts: readonly string[]): Place {
    const child = new Place(join(this.path, ...parts));
    this.#children.push(child);
    return child;
  }

  #readTables(): ReadonlyMap<string, readonly string[]> {
    const tables = new Map<string, readonly string[]>();
    for (const { name } of this.rows("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      const columns = this.rows(`PRAGMA table_info("${String(name).replaceAll('"', '""')}")`);
      tables.set(
        String(name),
        Array.from(columns, (column) => String(column["name"])),
      );
    }
    return tables;
  }

  /** The whole file. @throws MemoryError `invalid_input` for one that is too large. */
  text(): string {
    return readWholeFile(this.path);
  }

  /** The whole file as JSON. @throws MemoryError `invalid_input` without a word of the file. */
  json(): unknown {
    return parseJson(this.text(), this.path);
  }
}

/** @throws MemoryError `invalid_input` for a file that is too large, is no file, or cannot be read. */
export function readWholeFile(path: string, limit: number = MAX_WHOLE_BYTES): string {
  try {
    // A link in a folder that somebody else made may lead anywhere; what it leads to is no part of the folder.
    const { size } = statSync(path);
    if (!statSync(path).isFile()) throw invalidInput(`${path} is no file.`);
    if (size > limit) throw invalidInput(`${path} has ${size} bytes; files of up to ${limit} are read as one piece.`);
    return readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

/** The parser's own words quote the text: a memory has no place in an error. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = /position \d+/u.exec((error as Error).message)?.[0] ?? "it ends too early";
    throw invalidInput(`${where} is no JSON (${at}).`);
  }
}

export function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink();
}

function readHead(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, HEAD_BYTES, 0)).replace(/^\uFEFF/u, "");
  } catch (error) {
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
