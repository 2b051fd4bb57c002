/** A JSON Schema (draft 2020-12) as an object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const MAX_REFERENCES = 20;

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

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
