import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MemoryError } from "../../errors.ts";
import type { ForeignChange, ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import { readMem0Payload } from "./read-mem0-row.ts";
import { withDatabase } from "./read-mem0-sqlite.ts";
import { PythonObject, readPickle } from "./read-pickle.ts";

/** A payload that grows beyond these when it is unfolded is no memory. */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 40;

/**
 * The folder of Qdrant's local mode (Python): `collection/<name>/storage.sqlite`, whose points are pickles. They are
 * read as data; nothing in them is run. Collections of entities are left out.
 */
export function readQdrantFolder(
  folder: string,
  changes: ReadonlyMap<string, readonly ForeignChange[]>,
): ForeignSource {
  const collections = readdirSync(join(folder, "collection"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, "collection", entry.name, "storage.sqlite")))
    .map(({ name }) => name)
    .toSorted();
  const read = collections
    .filter((name) => !isEntities(name))
    .map((name) => readQdrantFile(join(folder, "collection", name, "storage.sqlite"), changes));
  const left = collections.filter(isEntities);
  return {
    what: "Qdrant folder",
    instance: "oss",
    memories: read.flatMap(({ memories }) => memories),
    skipped: read.flatMap(({ skipped }) => skipped),
    notes: [
      `Collections read: ${collections.filter((name) => !isEntities(name)).join(", ") || "none"}.`,
      ...(left.length === 0 ? [] : [`Collections left out: ${left.join(", ")}: Recollect finds entities itself.`]),
    ],
  };
}

function isEntities(name: string): boolean {
  return name.endsWith("_entities") || name === "mem0migrations";
}

export function readQdrantFile(
  path: string,
  changes: ReadonlyMap<string, readonly ForeignChange[]>,
): { readonly memories: readonly ForeignMemory[]; readonly skipped: readonly SkippedRow[] } {
  const memories: ForeignMemory[] = [];
  const skipped: SkippedRow[] = [];
  withDatabase(path, (database) => {
    let number = 0;
    for (const row of database.prepare("SELECT point FROM points ORDER BY rowid").iterate()) {
      number += 1;
      const point = readPoint(row["point"]);
      if (typeof point === "string") skipped.push({ row: `point ${number}`, reason: point });
      else memories.push({ ...readMem0Payload(point.id, point.payload), changes: changes.get(point.id) ?? [] });
    }
  });
  return { memories, skipped };
}

/** A point, or why it cannot be read. */
function readPoint(bytes: unknown): string | { readonly id: string; readonly payload: Record<string, unknown> } {
  if (!(bytes instanceof Uint8Array)) return "is no pickle";
  let value: unknown;
  try {
    value = readPickle(bytes);
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    return error.message;
  }
  // pydantic 2 keeps the fields under "__dict__", pydantic 1 too; others are the state itself.
  const state = value instanceof PythonObject ? value.state : value;
  const fields = state instanceof Map ? (state.get("__dict__") ?? state) : undefined;
  if (!(fields instanceof Map) || !(fields.get("payload") instanceof Map)) return "is no point with a payload";
  const budget = { left: MAX_VALUES };
  const payload = toJson(fields.get("payload"), budget);
  if (budget.left < 0) return "its payload is too large";
  return { id: String(fields.get("id")), payload: payload as Record<string, unknown> };
}

/** Plain JSON, counted as it grows: a pickle may name one value again and again, or itself. */
function toJson(value: unknown, budget: { left: number }, depth = 0): unknown {
  budget.left = depth > MAX_DEPTH ? -1 : budget.left - 1;
  if (budget.left < 0) return null;
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, each]) => [String(key), toJson(each, budget, depth + 1)]));
  }
  if (Array.isArray(value)) return value.map((each) => toJson(each, budget, depth + 1));
  // Dates and other objects of Python: their class says enough.
  if (value instanceof PythonObject) return `[${value.name}]`;
  return value instanceof Uint8Array || (typeof value === "number" && !Number.isFinite(value)) ? null : value;
}
