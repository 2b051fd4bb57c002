import { isSchema } from "../domain/json-schema.ts";
import type { JsonSchema } from "../domain/json-schema.ts";
import { invalidInput } from "../errors.ts";
import { copyJson } from "./copy-json.ts";

/** Longest schema that is taken, in characters of JSON. */
const MAX_CHARACTERS = 100_000;
const MAX_DEPTH = 100;

/**
 * A JSON schema as Mem0's clients send it: an object, or its JSON as a text (Python).
 * @throws MemoryError `invalid_input` for what is neither, or is too long.
 */
export function parseSchema(given: unknown): JsonSchema {
  let value = given;
  if (typeof given === "string") {
    if (given.length > MAX_CHARACTERS) throw tooLong();
    try {
      value = JSON.parse(given);
    } catch {
      throw invalidInput("schema must be a JSON schema, as an object or as JSON text; this text is not JSON.");
    }
  }
  if (!isSchema(value)) throw invalidInput("schema must be a JSON schema, as an object or as JSON text.");
  return copyJson(value, "schema", { characters: MAX_CHARACTERS, depth: MAX_DEPTH }) as JsonSchema;
}

function tooLong(): Error {
  return invalidInput(`schema is longer than ${MAX_CHARACTERS} characters of JSON. Leave out what is not needed.`);
}
