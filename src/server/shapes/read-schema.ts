import { invalidInput } from "../../errors.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Longest schema that is taken, in characters of JSON. */
const MAX_CHARACTERS = 100_000;
const MAX_REFERENCES = 20;

/**
 * A JSON schema as Mem0's clients send it: an object, or its JSON as a text (Python).
 * @throws MemoryError `invalid_input` for what is neither, or is too long.
 */
export function readSchema(given: unknown): JsonSchema {
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
  if (typeof given !== "string" && JSON.stringify(value).length > MAX_CHARACTERS) throw tooLong();
  return value;
}

/** Follows `$ref` into the schema itself (Pydantic's `$defs`), and takes the first choice that is not null. */
export function resolveSchema(schema: unknown, root: JsonSchema): JsonSchema {
  let current = isSchema(schema) ? schema : {};
  for (let step = 0; step < MAX_REFERENCES; step += 1) {
    const { $ref: reference, anyOf, oneOf, allOf } = current;
    const choices = [anyOf, oneOf, allOf].find((each) => Array.isArray(each)) as unknown[] | undefined;
    const next =
      typeof reference === "string"
        ? lookUp(root, reference)
        : choices?.find((each) => isSchema(each) && each["type"] !== "null");
    if (!isSchema(next)) return current;
    // What stands beside the reference (a description, a default) says more than what it points to.
    const { $ref: _reference, anyOf: _anyOf, oneOf: _oneOf, allOf: _allOf, ...beside } = current;
    current = { ...next, ...beside };
  }
  return {};
}

/** "string" of `"string"` and of `["null", "string"]`; guessed from its parts where none is named. */
export function typeOf(schema: JsonSchema): string {
  const { type } = schema;
  const named: unknown = Array.isArray(type) ? type.find((each) => each !== "null") : type;
  if (typeof named === "string") return named;
  if (isSchema(schema["properties"])) return "object";
  return schema["items"] === undefined ? "string" : "array";
}

export function propertiesOf(schema: JsonSchema): readonly (readonly [string, unknown])[] {
  const { properties } = schema;
  return isSchema(properties) ? Object.entries(properties) : [];
}

function lookUp(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let found: unknown = root;
  for (const part of reference.slice(2).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isSchema(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tooLong(): Error {
  return invalidInput(`schema is longer than ${MAX_CHARACTERS} characters of JSON. Leave out what is not needed.`);
}
