import { allOf, anyOf, type Filter, type FilterField, noneOf } from "../domain/filter.ts";
import { namedScopes } from "../domain/filter-scopes.ts";
import { SCOPE_FIELD, SCOPE_KEYS, type ScopeKey } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import { readSafely } from "./parse-options.ts";
import {
  createBudget,
  describe,
  isObject,
  parseCategoryTest,
  parseDayTest,
  parseIdTest,
  parseKeywords,
  parseMetadataTest,
  parseScopeTest,
  parseTimeTest,
  type ParseTest,
  spend,
  type TestContext,
} from "./parse-filter-conditions.ts";

export interface ParseFilterOptions {
  /**
   * What `*` as a scope id does. `refuse` (the library): an error, because it would read everybody.
   * `any` (REST, inside one project): any id, as long as there is one.
   */
  readonly wildcard?: "refuse" | "any";
  /** How the input is called in error texts. Default "filters". */
  readonly name?: string;
}

export interface ParsedFilter {
  /** Undefined when the input constrains nothing. */
  readonly filter: Filter | undefined;
  /** The scope keys named anywhere in it, negations included. Not a proof of isolation: see `requireScope`. */
  readonly namedScopes: readonly ScopeKey[];
}

const MAX_DEPTH = 64;
const MAX_PATH_NAMES = 64;

/**
 * Reads a filter in Mem0's forms: keys side by side, AND, OR and NOT nested to any depth up to 64, bare values,
 * lists, operators with or without `$`, scope keys in both spellings, `{ metadata: { … } }` and flat metadata
 * keys. Every part only narrows, and the input is never changed.
 * @throws MemoryError `invalid_input`.
 */
export function parseFilter(input: unknown, options: ParseFilterOptions = {}): ParsedFilter {
  const { wildcard = "refuse", name = "filters" } = options;
  if (input === undefined || input === null) return { filter: undefined, namedScopes: [] };
  const parts = readSafely(name, () => parseObject(input, { path: name, wildcard, budget: createBudget() }, 1));
  const filter = parts.length === 0 ? undefined : allOf(parts);
  return { filter, namedScopes: namedScopes(filter) };
}

const LOGIC: ReadonlyMap<string, "AND" | "OR" | "NOT"> = new Map([
  ["AND", "AND"],
  ["OR", "OR"],
  ["NOT", "NOT"],
  ["$and", "AND"],
  ["$or", "OR"],
  ["$not", "NOT"],
]);

interface Reserved {
  readonly field: FilterField;
  readonly parse: ParseTest;
}

const SAID_AT: Reserved = { field: { kind: "column", name: "saidAt" }, parse: parseTimeTest };
const CREATED_AT: Reserved = { field: { kind: "column", name: "createdAt" }, parse: parseTimeTest };
const UPDATED_AT: Reserved = { field: { kind: "column", name: "updatedAt" }, parse: parseTimeTest };
const EXPIRATION: Reserved = { field: { kind: "column", name: "expirationDate" }, parse: parseDayTest };
const MEMORY_IDS: Reserved = { field: { kind: "column", name: "id" }, parse: parseIdTest };
const KEYWORDS: Reserved = { field: { kind: "column", name: "text" }, parse: parseKeywords };

/** Every other key means metadata. A metadata key of one of these names is reached by `{ metadata: { … } }`. */
const RESERVED: ReadonlyMap<string, Reserved> = new Map([
  // Callers know the said time as the creation time (Mem0's created_at); the store's own is recorded_at.
  ["created_at", SAID_AT],
  ["createdAt", SAID_AT],
  ["timestamp", SAID_AT],
  ["recorded_at", CREATED_AT],
  ["recordedAt", CREATED_AT],
  ["updated_at", UPDATED_AT],
  ["updatedAt", UPDATED_AT],
  ["expiration_date", EXPIRATION],
  ["expirationDate", EXPIRATION],
  ["memory_ids", MEMORY_IDS],
  ["memoryIds", MEMORY_IDS],
  ["text", { field: { kind: "column", name: "text" }, parse: parseCategoryTest }],
  ["keywords", KEYWORDS],
  ["keywords_search", KEYWORDS],
  ["categories", { field: { kind: "categories" }, parse: parseCategoryTest }],
  ...SCOPE_KEYS.flatMap((key): [string, Reserved][] => {
    const reserved: Reserved = { field: { kind: "scope", key }, parse: parseScopeTest };
    return [
      [key, reserved],
      [SCOPE_FIELD[key], reserved],
    ];
  }),
]);

/** The parts of an object, all of which must hold. */
function parseObject(input: unknown, context: TestContext, depth: number): Filter[] {
  const { path } = context;
  if (depth > MAX_DEPTH) throw invalidInput(`${path} is nested too deep. At most ${MAX_DEPTH} levels are allowed.`);
  if (!isObject(input)) {
    throw invalidInput(`${path} expects an object such as { user_id: "u1" }, got ${describe(input)}.`, { path });
  }
  return Object.entries(input).flatMap(([key, value]): Filter[] => {
    const inner = at(context, key);
    const logic = LOGIC.get(key);
    if (logic !== undefined) return parseLogic(logic, value, inner, depth);
    if (key === "metadata") return parseMetadata(value, inner);
    const reserved = RESERVED.get(key);
    if (reserved !== undefined) return parseField(reserved, value, inner);
    const name = key.startsWith("metadata.") ? key.slice("metadata.".length) : key;
    return parseField({ field: metadataField(name, inner), parse: parseMetadataTest }, value, inner);
  });
}

function parseLogic(logic: "AND" | "OR" | "NOT", value: unknown, context: TestContext, depth: number): Filter[] {
  if (logic === "NOT" && isObject(value)) {
    spend(context, "members", 1);
    return [{ type: "not", filter: allOf(parseObject(value, context, depth + 1)) }];
  }
  if (!Array.isArray(value) || (logic !== "AND" && value.length === 0)) {
    const expected = logic === "AND" ? "a list of conditions" : "a non-empty list of conditions";
    throw invalidInput(`${logic} operator requires ${expected}`, { path: context.path });
  }
  spend(context, "members", value.length);
  // Array.from also visits holes, which map() would skip.
  const members = Array.from(value, (member: unknown, index) =>
    parseObject(member, { ...context, path: `${context.path}[${index}]` }, depth + 1),
  );
  if (logic === "AND") return members.flat();
  const alternatives = members.map(allOf);
  return [logic === "OR" ? anyOf(alternatives) : noneOf(alternatives)];
}

function parseMetadata(value: unknown, context: TestContext): Filter[] {
  const { path } = context;
  if (!isObject(value)) {
    throw invalidInput(`${path} expects an object such as { topic: "x" }, got ${describe(value)}.`, { path });
  }
  return Object.entries(value).flatMap(([key, test]) => {
    const inner = at(context, key);
    return parseField({ field: metadataField(key, inner), parse: parseMetadataTest }, test, inner);
  });
}

/** `a.b` leads into nested objects. A name with an empty part, such as "a..b", can only be one key. */
function metadataField(name: string, { path }: TestContext): FilterField {
  if (name.includes("\0")) {
    // SQLite's JSON paths end at a NUL: "a" would also find "a\0b".
    throw invalidInput(`${JSON.stringify(path)} contains a NUL character, which metadata keys cannot have.`);
  }
  const names = name.split(".");
  if (names.length > MAX_PATH_NAMES) {
    throw invalidInput(`${path.slice(0, 200)} leads too deep. At most ${MAX_PATH_NAMES} names are allowed.`);
  }
  const parts = names.includes("") ? [name] : names;
  return { kind: "metadata", path: parts.map((part) => part.toWellFormed()) };
}

function parseField({ field, parse }: Reserved, value: unknown, context: TestContext): Filter[] {
  if (value === undefined) {
    // Dropping it would widen the filter: { agent_id: "a", user_id: undefined } must not mean every user.
    throw invalidInput(`${context.path} is undefined. Leave the key out, or give it a value.`, { path: context.path });
  }
  const filters = parse(value, field, context);
  spend(context, "conditions", filters.length);
  return filters;
}

function at(context: TestContext, key: string): TestContext {
  return { ...context, path: `${context.path}.${key.length > 80 ? `${key.slice(0, 80)}…` : key}` };
}
