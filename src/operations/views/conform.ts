import { isSchema, propertiesOf, resolveSchema, typeOf } from "../../domain/json-schema.ts";
import type { JsonSchema } from "../../domain/json-schema.ts";
import type { PatternCheck } from "./pattern-check.ts";

/** A schema, and how its patterns are looked at. */
export interface Form {
  readonly schema: JsonSchema;
  readonly patterns: PatternCheck;
}

const MAX_DEPTH = 8;
const MAX_TEXT = 10_000;
const MAX_ELEMENTS = 500;

/**
 * A value as its schema has it, undefined where it does not fit: type, enum, const, bounds of numbers, texts and lists,
 * dates, patterns; names that the schema does not know are left out.
 */
export function conform(value: unknown, given: unknown, form: Form, depth = 0): unknown {
  const schema = resolveSchema(given, form.schema);
  if (depth > MAX_DEPTH || value === undefined || value === null) return undefined;
  const { enum: choices, const: constant } = schema;
  if (constant !== undefined) return isSame(value, constant) ? constant : undefined;
  if (Array.isArray(choices)) return choices.find((choice) => isSame(value, choice)) as unknown;
  switch (typeOf(schema)) {
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "number":
    case "integer":
      return conformNumber(value, schema);
    case "array":
      return conformList(value, schema, form, depth);
    case "object":
      return conformObject(value, schema, form, depth);
    default:
      return conformText(value, schema, form.patterns);
  }
}

/** "Vegan" is the choice "vegan": models write capitals as they like. */
function isSame(value: unknown, choice: unknown): boolean {
  if (typeof value === "string" && typeof choice === "string")
    return value.trim().toLowerCase() === choice.trim().toLowerCase();
  return JSON.stringify(value) === JSON.stringify(choice);
}

function conformNumber(value: unknown, schema: JsonSchema): number | undefined {
  const isNumeric = typeof value === "string" && /^\s*-?\d{1,15}(?:\.\d{1,15})?\s*$/u.test(value);
  const number = typeof value === "number" ? value : isNumeric ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) return undefined;
  if (typeOf(schema) === "integer" && !Number.isInteger(number)) return undefined;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const isLow = typeof minimum === "number" && number < minimum;
  const isHigh = typeof maximum === "number" && number > maximum;
  const isAtLow = typeof exclusiveMinimum === "number" && number <= exclusiveMinimum;
  const isAtHigh = typeof exclusiveMaximum === "number" && number >= exclusiveMaximum;
  return isLow || isHigh || isAtLow || isAtHigh ? undefined : number;
}

function conformText(value: unknown, schema: JsonSchema, patterns: PatternCheck): string | undefined {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof text !== "string" || text.trim() === "" || text.length > MAX_TEXT) return undefined;
  const { minLength, maxLength, format } = schema;
  if (typeof minLength === "number" && text.length < minLength) return undefined;
  if (typeof maxLength === "number" && text.length > maxLength) return undefined;
  if (format === "date" && !(/^\d{4}-\d{2}-\d{2}$/u.test(text) && isMoment(text))) return undefined;
  if (format === "date-time" && !(/^\d{4}-\d{2}-\d{2}T/u.test(text) && isMoment(text))) return undefined;
  const wellFormed = text.toWellFormed();
  return patterns.fits(wellFormed, schema) ? wellFormed : undefined;
}

function isMoment(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

function conformList(value: unknown, schema: JsonSchema, form: Form, depth: number): unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const { maxItems, minItems, items } = schema;
  const list = value
    .slice(0, typeof maxItems === "number" ? Math.max(0, maxItems) : MAX_ELEMENTS)
    .map((each: unknown) => conform(each, items, form, depth + 1))
    .filter((each) => each !== undefined);
  if (list.length === 0) return undefined;
  return typeof minItems === "number" && list.length < minItems ? undefined : list;
}

function conformObject(
  value: unknown,
  schema: JsonSchema,
  form: Form,
  depth: number,
): Readonly<Record<string, unknown>> | undefined {
  if (!isSchema(value)) return undefined;
  const properties = propertiesOf(schema);
  if (properties.length === 0) return freeObject(value);
  let isFilled = false;
  const filled = properties.map(([name, given]): [string, unknown] => {
    const own = Object.hasOwn(value, name) ? conform(value[name], given, form, depth + 1) : undefined;
    if (own !== undefined) return ((isFilled = true), [name, own]);
    const property = resolveSchema(given, form.schema);
    return [name, property["default"] ?? (typeOf(property) === "array" ? [] : null)];
  });
  return isFilled ? Object.fromEntries(filled) : undefined;
}

/** An object whose names the schema leaves open: texts, numbers and truths. */
function freeObject(value: JsonSchema): Readonly<Record<string, unknown>> | undefined {
  const entries = Object.entries(value)
    .filter(([, each]) => ["string", "number", "boolean"].includes(typeof each))
    .slice(0, MAX_ELEMENTS);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
