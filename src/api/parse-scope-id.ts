import type { ScopeKey } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";

/**
 * One id of a scope as it is stored: a number becomes a text, outer spaces go.
 * @throws MemoryError `invalid_input`, for blank ids and white space inside them in Mem0's words.
 */
export function parseScopeId(key: ScopeKey, input: unknown): string {
  if (typeof input !== "string" && (typeof input !== "number" || !Number.isFinite(input))) {
    const got = input === null ? "null" : Array.isArray(input) ? "an array" : typeof input;
    throw invalidInput(`Invalid ${key}: expected a text, got ${got}. Provide a valid identifier.`, { key });
  }
  const id = String(input).trim();
  if (id === "") {
    throw invalidInput(`Invalid ${key}: cannot be empty or whitespace-only. Provide a valid identifier.`, { key });
  }
  if (/\s/u.test(id)) {
    throw invalidInput(`Invalid ${key}: cannot contain whitespace. Provide a valid identifier without spaces.`, {
      key,
    });
  }
  if (!id.isWellFormed()) {
    // Stores replace half a surrogate pair by U+FFFD, which would make two different ids one.
    throw invalidInput(`Invalid ${key}: contains half of a surrogate pair. Provide a valid identifier.`, { key });
  }
  return id;
}
