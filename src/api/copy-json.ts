import { invalidInput } from "../errors.ts";
import { describeValue, readSafely } from "./parse-options.ts";

export interface JsonLimits {
  /** Most UTF-16 units of the value written as JSON, escapes not counted. */
  readonly characters: number;
  /** Most levels of objects and lists. */
  readonly depth: number;
}

interface Copy {
  readonly name: string;
  readonly limits: JsonLimits;
  /** Characters so far; counted on the way, for a small object that names itself twice at each level has no end. */
  size: number;
}

/**
 * A plain copy of a caller's value, made of what JSON has; a Date becomes its ISO text, "__proto__" is a name like any
 * other.
 * @throws MemoryError `invalid_input` for what JSON has not, for what is too large or nested too deep, and for a value
 * that cannot be read (a getter that throws).
 */
export function copyJson(input: unknown, name: string, limits: JsonLimits): unknown {
  return readSafely(name, () => copyValue(input, 0, name, { name, limits, size: 0 }));
}

function spend(copy: Copy, characters: number): void {
  copy.size += characters;
  if (copy.size <= copy.limits.characters) return;
  throw invalidInput(`${copy.name} is too large: at most ${copy.limits.characters} characters of JSON are stored.`);
}

function copyValue(value: unknown, depth: number, path: string, copy: Copy): unknown {
  if (depth > copy.limits.depth)
    throw invalidInput(`${shorten(path)} is nested deeper than ${copy.limits.depth} levels (or refers to itself).`);
  if (typeof value === "string") {
    const text = value.toWellFormed();
    spend(copy, text.length + 2);
    return text;
  }
  if (value === null || typeof value === "boolean") {
    spend(copy, 4);
    return value;
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw invalidInput(`${shorten(path)} must be a finite number, got ${value}.`);
    spend(copy, 1);
    return value;
  }
  if (value instanceof Date)
    return copyValue(Number.isNaN(value.getTime()) ? Number.NaN : value.toISOString(), depth, path, copy);
  if (Array.isArray(value)) {
    spend(copy, value.length + 1);
    // Array.from also visits holes, which map() would skip.
    return Array.from(value, (item: unknown, index) =>
      item === undefined ? null : copyValue(item, depth + 1, `${path}[${index}]`, copy),
    );
  }
  // A Map, a Set or bytes would become {} in silence.
  if (Object.prototype.toString.call(value) !== "[object Object]")
    throw invalidInput(`${shorten(path)} cannot be stored as JSON: got ${kindOf(value)}.`);
  const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  spend(copy, 2);
  for (const [name, item] of Object.entries(value as object)) {
    if (item === undefined) continue;
    if (name.includes("\u0000")) throw invalidInput(`${shorten(path)} has a name that contains NUL.`);
    spend(copy, name.length + 3);
    result[name.toWellFormed()] = copyValue(item, depth + 1, `${path}.${name}`, copy);
  }
  return result;
}

function kindOf(value: unknown): string {
  if (typeof value !== "object") return describeValue(value);
  return `a ${Object.prototype.toString.call(value).slice("[object ".length, -1)}`;
}

function shorten(path: string): string {
  return path.length > 200 ? `${path.slice(0, 199)}…` : path;
}
