import { propertiesOf, resolveSchema, typeOf } from "../../domain/json-schema.ts";
import type { JsonSchema } from "../../domain/json-schema.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { pause } from "../build-passages.ts";
import { attributeValue, matchProperty, readCandidates } from "./match-property.ts";
import type { Candidate, Match } from "./match-property.ts";
import { conform } from "./conform.ts";
import type { Form } from "./conform.ts";
import type { PatternCheck } from "./pattern-check.ts";
import { schemaTree } from "./schema-leaves.ts";
import type { SchemaLeaf } from "./schema-leaves.ts";

export interface FilledSchema {
  readonly value: Readonly<Record<string, unknown>>;
  /** Ids of the memories that each filled property rests on, by its path: "address.city". */
  readonly citations: Readonly<Record<string, readonly string[]>>;
}

/** Elements of a list that are made in one go. */
const AT_A_TIME = 250;
/** Properties of the objects in a list that stand for a part of the memory itself. */
const PARTS: Readonly<Record<string, (match: Match) => unknown>> = {
  id: ({ item }) => item.id,
  memory_id: ({ item }) => item.id,
  memory: ({ item }) => item.memory,
  text: ({ item }) => item.memory,
  content: ({ item }) => item.memory,
  fact: ({ item }) => item.memory,
  description: ({ item }) => item.memory,
  value: ({ item }) => attributeValue(item),
  name: ({ item }) => attributeValue(item),
  category: ({ item }) => item.categories[0] ?? null,
  categories: ({ item }) => item.categories,
  kind: ({ item }) => item.kind,
  date: ({ item }) => item.createdAt.slice(0, 10),
  created_at: ({ item }) => item.createdAt,
  updated_at: ({ item }) => item.updatedAt,
};

interface Filled {
  /** Undefined: nothing speaks of it. */
  readonly value: unknown;
  readonly used: readonly Match[];
}

/**
 * An object after a JSON schema out of memories, without a language model and always the same for the same memories.
 * Each property takes the memories that its name, or else its description, points to (see matchProperty): a list all
 * of them, newest first; a text or number the newest; a nested object its own properties; an object without properties
 * one entry for each attribute. What no memory speaks of is the schema's default, else null or an empty list.
 */
export async function fillSchema(
  schema: JsonSchema,
  items: readonly MemoryItem[],
  patterns: PatternCheck,
): Promise<FilledSchema> {
  const form = { schema, patterns };
  const candidates = await readCandidates(items);
  const tree = schemaTree(schema);
  const values = new Map<SchemaLeaf, unknown>();
  const citations: [string, readonly string[]][] = [];
  for (const leaf of tree.leaves) {
    await pause();
    const { value, used } = await fillLeaf(leaf, candidates, form);
    if (value === undefined) continue;
    values.set(leaf, value);
    if (used.length > 0) citations.push([leaf.path, [...new Set(used.map(({ item }) => item.id))]]);
  }
  return { value: tree.build(values), citations: Object.fromEntries(citations) };
}

async function fillLeaf({ name, schema, type }: SchemaLeaf, items: readonly Candidate[], form: Form): Promise<Filled> {
  const { description, const: constant } = schema;
  if (constant !== undefined) return { value: constant, used: [] };
  const matches = matchProperty({ name, description: typeof description === "string" ? description : "" }, items);
  if (type === "array") {
    const list = await fillList(schema, matches, form);
    return {
      value: list.length === 0 ? undefined : list.map(({ value }) => value),
      used: list.map(({ match }) => match),
    };
  }
  if (type === "object")
    return { value: byAttribute(matches), used: matches.filter(({ item }) => item.attribute !== undefined) };
  for (const match of matches) {
    await form.patterns.rest();
    const value = scalar({ given: match.value, text: match.item.memory }, schema, form);
    if (value !== undefined) return { value, used: [match] };
  }
  return { value: undefined, used: [] };
}

async function fillList(
  schema: JsonSchema,
  matches: readonly Match[],
  form: Form,
): Promise<readonly { readonly value: unknown; readonly match: Match }[]> {
  const { maxItems } = schema;
  const element = resolveSchema(schema["items"], form.schema);
  const type = typeOf(element);
  const seen = new Set<string>();
  const list: { readonly value: unknown; readonly match: Match }[] = [];
  for (const [index, match] of matches.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await pause();
    for (const given of Array.isArray(match.value) ? (match.value as unknown[]) : [match.value]) {
      await form.patterns.rest();
      const value =
        type === "object"
          ? fillElement(element, match, form)
          : scalar({ given, text: match.item.memory }, element, form);
      const key = JSON.stringify(value);
      if (value === undefined || seen.has(key)) continue;
      seen.add(key);
      list.push({ value, match });
    }
  }
  return typeof maxItems === "number" ? list.slice(0, Math.max(0, maxItems)) : list;
}

/** One object of a list: parts of the memory by their names, else what the memory says to the property. */
function fillElement(schema: JsonSchema, match: Match, form: Form): Record<string, unknown> | undefined {
  const properties = propertiesOf(schema);
  if (properties.length === 0) return { id: match.item.id, memory: match.item.memory };
  let isFilled = false;
  const filled = properties.map(([name, given]): [string, unknown] => {
    const property = resolveSchema(given, form.schema);
    const type = typeOf(property);
    const part = Object.hasOwn(PARTS, name) ? PARTS[name]?.(match) : undefined;
    const [found] = part === undefined ? matchProperty({ name, description: "" }, [match.candidate]) : [];
    const value = part ?? found?.value ?? null;
    if (value !== null) isFilled = true;
    if (type === "array") return [name, value === null ? [] : [value].flat()];
    return [
      name,
      value === null ? (property["default"] ?? null) : (scalar({ given: value, text: "" }, property, form) ?? null),
    ];
  });
  return isFilled ? Object.fromEntries(filled) : undefined;
}

function byAttribute(matches: readonly Match[]): Record<string, unknown> {
  const values = new Map<string, string[]>();
  for (const { item } of matches) {
    if (item.attribute === undefined) continue;
    const { attribute } = item.attribute;
    values.set(attribute, [...(values.get(attribute) ?? []), attributeValue(item)]);
  }
  return Object.fromEntries([...values].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
}

/** The value as the schema has it; undefined when it has none. */
function scalar(said: { readonly given: unknown; readonly text: string }, schema: JsonSchema, form: Form): unknown {
  const value = inType(said, schema);
  const isPlain = typeof value === "string" || typeof value === "number";
  return isPlain && !["object", "array"].includes(typeOf(schema)) ? conform(value, schema, form) : value;
}

function inType(
  { given: value, text }: { readonly given: unknown; readonly text: string },
  schema: JsonSchema,
): unknown {
  const { enum: choices } = schema;
  const type = typeOf(schema);
  if (Array.isArray(choices)) {
    const said = ` ${wordsOf(`${String(value)} ${text}`)} `;
    return choices.find((choice) => value === choice || said.includes(` ${wordsOf(String(choice))} `)) as unknown;
  }
  if (type === "boolean") return typeof value === "boolean" ? value : undefined;
  if (type === "number" || type === "integer") {
    const number = typeof value === "number" ? value : numberIn(String(value));
    if (!Number.isFinite(number)) return undefined;
    return type === "integer" && !Number.isInteger(number) ? undefined : number;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The first number of a text; commas before three digits are left out. */
function numberIn(text: string): number {
  const found = /-?\d[\d.,]*/u.exec(text)?.[0].replace(/[.,]+$/u, "");
  return found === undefined ? Number.NaN : Number(found.replaceAll(/,(?=\d{3}(?!\d))/gu, ""));
}

function wordsOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}
