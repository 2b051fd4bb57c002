import { existsSync, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { ForeignSource } from "./foreign-memory.ts";
import { readMem0Json } from "./read-mem0-json.ts";
import { readHistories, readMem0History, readMem0Vectors, tablesOf } from "./read-mem0-sqlite.ts";
import { readQdrantFile, readQdrantFolder } from "./read-qdrant-folder.ts";

/** Where Mem0's libraries put their histories: Python's and TypeScript's. */
const HISTORY_FILES = ["history.db", "memory.db"];

/** A text cannot be much longer. */
const MAX_JSON_BYTES = 500_000_000;

/**
 * Reads whatever of Mem0's lies at a path: a JSON file, vector_store.db, a history, a Qdrant folder, or a folder that
 * holds them.
 * @throws MemoryError `not_found`, `invalid_input` that says what was expected.
 */
export async function readMem0Path(path: string, history: string | undefined): Promise<ForeignSource> {
  for (const each of [path, ...(history === undefined ? [] : [history])])
    if (!existsSync(each)) throw new MemoryError("not_found", `There is no ${each}.${lostFolder(each)}`);
  if (statSync(path).isDirectory()) return readFolder(path, history);
  if (!(await isSqlite(path))) return readMem0Json(await readText(path));
  const histories = historiesOf(dirname(path), history, path);
  switch (tablesOf(path)) {
    case "vectors":
      return readMem0Vectors(path, histories);
    case "history":
      return readMem0History(path);
    case "points": {
      const read = readQdrantFile(path, readHistories(histories));
      return { what: "Qdrant file", instance: "oss", ...read, notes: [] };
    }
    default:
      throw invalidInput(`${path} is a SQLite file, but none of Mem0's: it has no table vectors, history or points.`);
  }
}

function readFolder(path: string, history: string | undefined): ForeignSource {
  if (existsSync(join(path, "collection"))) return readQdrantFolder(path, readHistories(historiesOf(path, history)));
  const vectors = join(path, "vector_store.db");
  if (existsSync(vectors)) return readMem0Vectors(vectors, historiesOf(path, history, vectors));
  if (existsSync(join(path, "qdrant", "collection")))
    return readFolder(join(path, "qdrant"), history ?? historiesOf(path, history)[0]);
  const [found] = historiesOf(path, history);
  if (found !== undefined) return readMem0History(found);
  throw invalidInput(
    `${path} holds nothing of Mem0's: no vector_store.db, no history.db, no folder "collection" of Qdrant. Name the file itself.`,
  );
}

function historiesOf(folder: string, named: string | undefined, except?: string): string[] {
  if (named !== undefined) return [named];
  return HISTORY_FILES.map((name) => join(folder, name)).filter(
    (path) => path !== except && existsSync(path) && tablesOf(path) === "history",
  );
}

function lostFolder(path: string): string {
  return /qdrant/iu.test(path)
    ? " Mem0 for Python keeps its vectors in a folder for temporary files unless it is told otherwise, and many systems empty it: import its history.db instead."
    : "";
}

async function readText(path: string): Promise<string> {
  const { size } = statSync(path);
  if (size > MAX_JSON_BYTES)
    throw invalidInput(
      `${path} has ${size} bytes; files of up to ${MAX_JSON_BYTES} are read. Import it in parts: what is stored is skipped.`,
    );
  return await readFile(path, "utf8");
}

async function isSqlite(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString("latin1").startsWith("SQLite format 3");
  } finally {
    await file.close();
  }
}
