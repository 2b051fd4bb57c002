import { DatabaseSync } from "node:sqlite";
import { invalidInput } from "../../errors.ts";
import type { ForeignChange, ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import { isRecord, readMem0Change, readMem0Payload } from "./read-mem0-row.ts";

/** Mem0's files of SQLite, told apart by their tables. */
export type Mem0Tables = "vectors" | "history" | "points" | "none";

export function tablesOf(path: string): Mem0Tables {
  return withDatabase(path, (database) => {
    const names = new Set(
      database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map((row) => String(row["name"])),
    );
    if (names.has("vectors")) return "vectors";
    if (names.has("memory_history") || names.has("history")) return "history";
    return names.has("points") ? "points" : "none";
  });
}

/** `vector_store.db` of the TypeScript library, with the history of a second file where there is one. */
export function readMem0Vectors(path: string, histories: readonly string[]): ForeignSource {
  const changes = readHistories(histories);
  const memories: ForeignMemory[] = [];
  const skipped: SkippedRow[] = [];
  withDatabase(path, (database) => {
    for (const row of database.prepare("SELECT id, payload FROM vectors ORDER BY rowid").iterate()) {
      const id = String(row["id"]);
      const payload = parsePayload(row["payload"]);
      if (payload === null) skipped.push({ row: id, reason: "its payload is no JSON object" });
      else memories.push({ ...readMem0Payload(id, payload), changes: changes.get(id) ?? [] });
    }
  });
  const known = new Set(memories.map(({ id }) => id));
  const gone = [...changes.keys()].filter((id) => !known.has(id)).length;
  return {
    what: "mem0ai's vector_store.db",
    instance: "oss",
    memories,
    skipped,
    notes: [
      histories.length === 0
        ? "No history was found beside it (history.db, memory.db): name it with --history to bring changes along."
        : `History was read from ${histories.length} file${histories.length === 1 ? "" : "s"}.`,
      ...(gone === 0 ? [] : [`${gone} memories stand in the history alone: they were deleted, and stay so.`]),
    ],
  };
}

/** A history alone, when the vectors are lost: the last texts of what was not deleted. It names no owners. */
export function readMem0History(path: string): ForeignSource {
  const memories: ForeignMemory[] = [];
  let deleted = 0;
  for (const [id, changes] of readHistories([path])) {
    const last = changes.at(-1);
    if (last === undefined || last.event === "DELETE") {
      deleted += 1;
      continue;
    }
    const { createdAt, ...row } = readMem0Payload(id, {
      data: changes.findLast(({ newText }) => newText !== null)?.newText,
    });
    memories.push({ ...row, createdAt: changes[0]?.at ?? createdAt, updatedAt: last.at, changes });
  }
  return {
    what: "Mem0's history",
    instance: "oss",
    memories,
    skipped: [],
    notes: [
      "A history names no owners: all of it goes to the --user-id that you give.",
      ...(deleted === 0 ? [] : [`${deleted} memories were deleted in Mem0, and stay so.`]),
    ],
  };
}

/** Changes of each memory, oldest first, from Python's table `history` or TypeScript's `memory_history`. */
export function readHistories(paths: readonly string[]): Map<string, ForeignChange[]> {
  const changes = new Map<string, ForeignChange[]>();
  for (const path of paths) {
    withDatabase(path, (database) => {
      for (const table of ["memory_history", "history"]) {
        const isThere = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);
        if (isThere === undefined) continue;
        for (const row of database.prepare(`SELECT * FROM ${table} ORDER BY rowid`).iterate()) {
          const id = String(row["memory_id"]);
          const list = changes.get(id) ?? [];
          list.push(readMem0Change(row));
          changes.set(id, list);
        }
      }
    });
  }
  return changes;
}

function parsePayload(text: unknown): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(String(text));
    return isRecord(value) ? value : null;
  } catch {
    // Counted as skipped, with its id.
    return null;
  }
}

/** Reads only; Mem0 may have the file open. @throws MemoryError `invalid_input` for what is no SQLite file. */
export function withDatabase<Result>(path: string, read: (database: DatabaseSync) => Result): Result {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    return read(database);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_SQLITE_ERROR") throw error;
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  } finally {
    database?.close();
  }
}
