import {
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  closeSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { invalidInput, MemoryError } from "../../errors.ts";

/** What belongs to a database beside its file. Its shared memory is made anew, for the copy. */
const BESIDE = ["", "-wal", "-journal"];
const ATTEMPTS = 5;

export interface OpenDatabase {
  readonly database: DatabaseSync;
  close(): void;
}

/**
 * Another program's database, which may be in use. Opening one that keeps a write-ahead log, even for reading, makes
 * files beside it; so does one that was cut off. Such a file is copied first, and the copy is opened.
 * @throws MemoryError `invalid_input` for what cannot be read.
 */
export function openCopySafe(path: string): OpenDatabase {
  const needsCopy = BESIDE.slice(1).some((suffix) => existsSync(path + suffix)) || keepsLog(path);
  const folder = needsCopy ? mkdtempSync(join(tmpdir(), "recollect-import-")) : undefined;
  const release = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const file = folder === undefined ? path : copyTo(folder, path);
    // The copy is ours: SQLite may bring its log home in it.
    const database = new DatabaseSync(file, { readOnly: folder === undefined, timeout: 5_000 });
    return {
      database,
      close: () => {
        database.close();
        release();
      },
    };
  } catch (error) {
    release();
    if (MemoryError.isInstance(error)) throw error;
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

/** A copy in which file and log belong together: taken again when the program wrote meanwhile. */
function copyTo(folder: string, path: string): string {
  const copy = join(folder, "copy.db");
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = stateOf(path);
    for (const suffix of BESIDE) {
      rmSync(copy + suffix, { force: true });
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    }
    if (stateOf(path) === before) return copy;
  }
  throw invalidInput(`${path} is being written all the time. Stop the program that writes it, and import again.`);
}

function stateOf(path: string): string {
  return BESIDE.map((suffix) => {
    const stats = statSync(path + suffix, { throwIfNoEntry: false });
    return stats === undefined ? "" : `${stats.size}:${stats.mtimeMs}`;
  }).join(" ");
}

/** Bytes 18 and 19 of a database's file are 2 when it keeps a write-ahead log. */
function keepsLog(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const bytes = Buffer.alloc(20);
    return readSync(file, bytes, 0, 20, 0) === 20 && bytes[18] === 2;
  } catch (error) {
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
