import type { Metadata } from "../domain/memory.ts";
import { invalidInput } from "../errors.ts";
import { describeValue } from "./parse-options.ts";

/** Names that the store itself fills; a caller's value under one of them would be forged or shadowed. */
const RESERVED: ReadonlySet<string> = new Set([
  "id", "memory", "data", "hash", "user_id", "userId", "agent_id", "agentId", "app_id", "appId", "run_id", "runId",
  "created_at", "createdAt", "updated_at", "updatedAt", "expiration_date", "expirationDate", "attributedTo", "textLemmatized",
]); // prettier-ignore

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 32;

/**
 * A plain JSON copy of the caller's metadata. Reserved names are left out with a warning.
 * @throws MemoryError `invalid_input` when it is no object, cannot be written as JSON, is nested deeper than 32
 * levels or larger than 64 KiB.
 */
export function parseMetadata(input: unknown, warnings: string[]): Metadata {
  if (input === undefined || input === null) return {};
  if (typeof input !== "object" || Array.isArray(input))
    throw invalidInput(`metadata must be an object, got ${describeValue(input)}.`);
  const copy = copyValue(input, 0, "metadata") as Record<string, unknown>;
  for (const name of Object.keys(copy)) {
    if (!RESERVED.has(name)) continue;
    delete copy[name];
    warnings.push(`metadata.${name} is a reserved name; it was left out.`);
  }
  const size = JSON.stringify(copy).length;
  if (size > MAX_BYTES)
    throw invalidInput(`metadata is too large: ${size} characters of JSON, at most ${MAX_BYTES} are stored.`);
  return copy;
}

function copyValue(value: unknown, depth: number, path: string): unknown {
  if (depth > MAX_DEPTH) throw invalidInput(`${path} is nested deeper than ${MAX_DEPTH} levels (or refers to itself).`);
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw invalidInput(`${path} must be a finite number, got ${value}.`);
    return value;
  }
  if (value instanceof Date)
    return copyValue(Number.isNaN(value.getTime()) ? Number.NaN : value.toISOString(), depth, path);
  if (Array.isArray(value))
    return value.map((item, index) => (item === undefined ? null : copyValue(item, depth + 1, `${path}[${index}]`)));
  if (typeof value !== "object") throw invalidInput(`${path} cannot be stored as JSON: got ${describeValue(value)}.`);
  // A null prototype: "__proto__" is a name like any other.
  const copy: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (name.includes("\u0000")) throw invalidInput(`${path} has a name that contains NUL.`);
    copy[name.toWellFormed()] = copyValue(item, depth + 1, `${path}.${name}`);
  }
  return copy;
}
