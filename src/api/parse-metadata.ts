import type { Metadata } from "../domain/memory.ts";
import { invalidInput } from "../errors.ts";
import { copyJson } from "./copy-json.ts";
import { describeValue } from "./parse-options.ts";

/** Names that the store itself fills; a caller's value under one of them would be forged or shadowed. */
const RESERVED: ReadonlySet<string> = new Set([
  "id", "memory", "data", "hash", "user_id", "userId", "agent_id", "agentId", "app_id", "appId", "run_id", "runId",
  "created_at", "createdAt", "updated_at", "updatedAt", "expiration_date", "expirationDate", "attributedTo", "textLemmatized",
]); // prettier-ignore

const MAX_CHARACTERS = 64 * 1024;
const MAX_DEPTH = 32;

/**
 * A plain JSON copy of the caller's metadata. Reserved names are left out with a warning.
 * @throws MemoryError `invalid_input` when it is no object, cannot be written as JSON, is nested deeper than 32
 * levels or larger than 64 KiB.
 */
export function parseMetadata(input: unknown, warnings: string[]): Metadata {
  if (input === undefined || input === null) return {};
  if (typeof input !== "object" || Array.isArray(input) || input instanceof Date)
    throw invalidInput(`metadata must be an object, got ${input instanceof Date ? "a Date" : describeValue(input)}.`);
  const copy = copyJson(input, "metadata", { characters: MAX_CHARACTERS, depth: MAX_DEPTH }) as Record<string, unknown>;
  for (const name of Object.keys(copy)) {
    if (!RESERVED.has(name)) continue;
    delete copy[name];
    warnings.push(`metadata.${name} is a reserved name; it was left out.`);
  }
  const size = JSON.stringify(copy).length;
  if (size > MAX_CHARACTERS)
    throw invalidInput(`metadata is too large: ${size} characters of JSON, at most ${MAX_CHARACTERS} are stored.`);
  return copy;
}
