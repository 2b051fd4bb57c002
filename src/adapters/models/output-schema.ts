import type { JsonSchema } from "../../domain/json-schema.ts";

/** Words for models that take no schema. The same for each call, so that it can be cached. */
export function describeSchema(schema: JsonSchema): string {
  return `Answer with one JSON object and nothing else, no fence around it. Its JSON Schema:\n${JSON.stringify(schema)}`;
}

/**
 * Providers that hold a model to a schema token by token refuse one that leaves something open: each object must
 * name all its properties as required and allow no others.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (typeof schema !== "object" || schema === null) return true;
  const { type, properties, required, additionalProperties, ...rest } = schema as Record<string, unknown>;
  const isObject = type === "object" || (Array.isArray(type) && type.includes("object"));
  if (isObject) {
    const names = Object.keys((properties ?? {}) as object);
    if (additionalProperties !== false || !Array.isArray(required)) return false;
    if (names.some((name) => !required.includes(name))) return false;
  }
  return [...Object.values((properties ?? {}) as object), ...Object.values(rest)].every(isStrictSchema);
}
