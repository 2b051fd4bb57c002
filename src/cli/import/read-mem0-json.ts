import { invalidInput } from "../../errors.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import { isRecord, readMem0Change, readMem0Item } from "./read-mem0-row.ts";

/** Lists under these names are looked into, at any of the levels that an answer or an export has. */
const LIST_NAMES = ["results", "memories", "data"];
const MAX_LEVELS = 4;

/**
 * A file of memories: an array, an answer with `results`, several pages of them in an array, an export with a list of
 * memories, or one memory a line. A `history` beside a memory is read along.
 * @throws MemoryError `invalid_input` for what is no JSON.
 */
export function readMem0Json(text: string): ForeignSource {
  const memories: ForeignMemory[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, item] of findItems(parse(text), 0).entries()) {
    const row = `item ${index + 1}`;
    if (!isRecord(item)) skipped.push({ row, reason: "is no object" });
    else if (!("memory" in item || "data" in item || "text" in item))
      skipped.push({ row, reason: "has no text (memory, data or text)" });
    else {
      const history = Array.isArray(item["history"]) ? item["history"].filter(isRecord) : [];
      memories.push({ ...readMem0Item(item), changes: history.map(readMem0Change) });
    }
  }
  const notes =
    memories.length === 0
      ? [
          "No memories were found. An export in a schema of your own holds answers, not memories: list them instead, by the address of the API.",
        ]
      : [];
  return { what: "JSON file", instance: "platform", memories, skipped, notes };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (whole) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (lines.length < 2) throw notJson(whole);
    return lines.map((line, index) => {
      try {
        return JSON.parse(line) as unknown;
      } catch (error) {
        throw notJson(error, `line ${index + 1}: `);
      }
    });
  }
}

function notJson(error: unknown, place = ""): Error {
  // The parser's own words quote the file: a memory's text has no place in an error.
  const at = /position \d+/u.exec((error as Error).message)?.[0];
  return invalidInput(`The file is neither JSON nor lines of JSON (${place}${at ?? "it ends too early"}).`);
}

function findItems(value: unknown, level: number): unknown[] {
  if (Array.isArray(value)) {
    // Pages: every element is an answer with a list of its own.
    const arePages =
      value.length > 0 && value.every((each) => isRecord(each) && listOf(each) !== undefined && !("memory" in each));
    return arePages ? value.flatMap((page) => findItems(page, level + 1)) : value;
  }
  if (!isRecord(value) || level > MAX_LEVELS) return [];
  if (typeof value["memory"] === "string") return [value];
  const list = listOf(value);
  return list === undefined ? [] : findItems(list, level + 1);
}

function listOf(value: Readonly<Record<string, unknown>>): unknown {
  return LIST_NAMES.map((name) => value[name]).find((each) => Array.isArray(each) || isRecord(each));
}
