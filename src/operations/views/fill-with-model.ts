import { propertiesOf, resolveSchema, typeOf } from "../../domain/json-schema.ts";
import type { JsonSchema } from "../../domain/json-schema.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { MemoryError } from "../../errors.ts";
import { FILL_SCHEMA_INSTRUCTIONS, FILLED_SCHEMA, FORM_REMINDER, renderForm } from "../../prompts/fill-schema.ts";
import type { Engine } from "../engine.ts";
import { conform } from "./conform.ts";
import type { Form } from "./conform.ts";
import type { FilledSchema } from "./fill-schema.ts";
import { mostImportant } from "./importance.ts";
import { schemaTree } from "./schema-leaves.ts";
import type { SchemaLeaf } from "./schema-leaves.ts";
import { askForEntries, citedBy } from "./view-model.ts";
import type { ViewQuestion } from "./view-model.ts";

/** Memories that a model is shown for a form. */
const MAX_SHOWN = 500;
const MAX_ELEMENTS = 500;
const MAX_DEPTH = 4;

/**
 * An object after a JSON schema, filled by the model: values that cite memories and fit the schema. What it says
 * nothing of, or nothing usable, is the schema's default, else null or an empty list.
 * @throws MemoryError what callModel throws; `provider_invalid_output` when no value can be used.
 */
export async function fillWithModel(engine: Engine, form: Form, question: ViewQuestion): Promise<FilledSchema> {
  const { schema, patterns } = form;
  const items = shown(question, engine.clock());
  const tree = schemaTree(schema);
  const open = tree.leaves.filter((leaf) => leaf.schema["const"] === undefined);
  const entries = await askForEntries(
    engine,
    {
      name: "values",
      purpose: "schema",
      call: {
        instructions: FILL_SCHEMA_INSTRUCTIONS,
        prompt: renderForm(
          open.map(({ path, schema: field }) => ({ path, schema: plainSchema(field, schema, 0) })),
          items,
          question.instructions,
        ),
        output: { name: "form", schema: FILLED_SCHEMA },
      },
      reminder: FORM_REMINDER,
    },
    question,
  );
  const byPath = new Map(open.map((leaf) => [leaf.path, leaf]));
  const values = new Map<SchemaLeaf, unknown>();
  const citations = new Map<string, Set<string>>();
  let used = 0;
  for (const { path, value: given, memories } of entries) {
    await patterns.rest();
    const leaf = byPath.get(String(path));
    const cited = citedBy(memories, items);
    if (leaf === undefined || cited.length === 0 || !put(values, leaf, given, form)) continue;
    used += 1;
    const ids = citations.get(leaf.path) ?? new Set();
    for (const { id } of cited) ids.add(id);
    citations.set(leaf.path, ids);
  }
  const dropped = entries.length - used;
  if (used === 0 && dropped > 0)
    throw new MemoryError(
      "provider_invalid_output",
      `None of the ${dropped} values of the language model fits the schema and cites a memory.`,
      { retryable: true },
    );
  if (dropped > 0)
    question.onWarning(
      `${dropped} of ${entries.length} values of the language model ${dropped === 1 ? "was" : "were"} left out: unknown to the schema, not of its type, or without a memory.`,
    );
  return {
    value: tree.build(values),
    citations: Object.fromEntries([...citations].map(([path, ids]) => [path, [...ids]])),
  };
}

function shown({ items, onWarning }: ViewQuestion, now: number): readonly MemoryItem[] {
  if (items.length <= MAX_SHOWN) return items;
  onWarning(`The language model was shown the ${MAX_SHOWN} most important of ${items.length} memories.`);
  return mostImportant(items, MAX_SHOWN, now).toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
}

/** Puts one value into its place. @returns false where it does not fit. */
function put(values: Map<SchemaLeaf, unknown>, leaf: SchemaLeaf, given: unknown, form: Form): boolean {
  if (leaf.type !== "array") {
    const value = readings(given)
      .map((each) => conform(each, leaf.schema, form))
      .find((each) => each !== undefined);
    if (value === undefined || values.has(leaf)) return false;
    values.set(leaf, value);
    return true;
  }
  const { maxItems } = leaf.schema;
  const most = typeof maxItems === "number" ? Math.min(Math.max(0, maxItems), MAX_ELEMENTS) : MAX_ELEMENTS;
  const list = (values.get(leaf) ?? []) as unknown[];
  for (const each of readings(given)) {
    const elements = (Array.isArray(each) ? (each as unknown[]) : [each])
      .map((element) => conform(element, resolveSchema(leaf.schema["items"], form.schema), form))
      .filter((element) => element !== undefined);
    if (elements.length === 0) continue;
    const known = new Set(list.map((element) => JSON.stringify(element)));
    const fresh = elements.filter((element) => !known.has(JSON.stringify(element)));
    if (fresh.length === 0 || list.length >= most) return false;
    values.set(leaf, [...list, ...fresh].slice(0, most));
    return true;
  }
  return false;
}

/** What a model may mean by a value: JSON as it was asked for, else the text itself. */
function readings(given: unknown): readonly unknown[] {
  if (typeof given !== "string") return [given];
  try {
    return [JSON.parse(given), given];
  } catch {
    // Not JSON: the text is meant.
    return [given];
  }
}

const SHOWN_KEYS = ["description", "enum", "format", "minimum", "maximum", "title"] as const;

/** A field's schema for a prompt: without references, and only what says something about the value. */
function plainSchema(given: unknown, root: JsonSchema, depth: number): Readonly<Record<string, unknown>> {
  const schema = resolveSchema(given, root);
  const type = typeOf(schema);
  const plain: [string, unknown][] = [["type", type]];
  for (const key of SHOWN_KEYS) if (schema[key] !== undefined) plain.push([key, schema[key]]);
  if (depth < MAX_DEPTH && type === "array") plain.push(["items", plainSchema(schema["items"], root, depth + 1)]);
  if (depth < MAX_DEPTH && type === "object") {
    const inner = propertiesOf(schema).map(([name, each]) => [name, plainSchema(each, root, depth + 1)] as const);
    plain.push(["properties", Object.fromEntries(inner)]);
  }
  return Object.fromEntries(plain);
}
