import { isRecord } from "./read-mem0-row.ts";
import type { Place } from "./place.ts";
import type { SkippedRow } from "./foreign-memory.ts";
import type { Values } from "./read-values.ts";

const MAX_LEVELS = 4;

/**
 * Rows of a JSON file: an array, an object with a list under one of the names, pages of them, or one a line. What is no
 * object is told in `skipped`.
 */
export function readJsonRows(
  place: Place,
  { lists, skipped }: { readonly lists: readonly string[]; readonly skipped: SkippedRow[] },
): Values[] {
  return findRows(parse(place.text()), lists, 0).flatMap((row, index) => {
    if (isRecord(row)) return [row];
    skipped.push({ row: `item ${index + 1}`, reason: row === undefined ? "is no JSON" : "is no object" });
    return [];
  });
}

function parse(text: string): unknown {
  const whole = parseOne(text);
  if (whole !== undefined) return whole;
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parseOne);
}

function parseOne(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Told as a row that is none.
    return undefined;
  }
}

function findRows(value: unknown, lists: readonly string[], level: number): unknown[] {
  if (level > MAX_LEVELS) return [];
  if (Array.isArray(value)) {
    const arePages = value.length > 0 && value.every((each) => isRecord(each) && isPage(each, lists));
    return arePages ? value.flatMap((page) => findRows(page, lists, level + 1)) : value;
  }
  if (!isRecord(value)) return [];
  if (!isPage(value, lists)) return [value];
  return lists.flatMap((name) => (value[name] === undefined ? [] : findRows(value[name], lists, level + 1)));
}

/** An object that holds rows rather than being one. */
function isPage(row: Values, lists: readonly string[]): boolean {
  return !("id" in row) && lists.some((name) => Array.isArray(row[name]) || isRecord(row[name]));
}
