import type {
  MergeRequest,
  NewEntity,
  NewRelation,
  ObservedEntity,
  PathsRequest,
  ReadGraphRequest,
  SplitRequest,
  WriteRequest,
} from "../domain/graph-requests.ts";
import type { Scope } from "../domain/scope.ts";
import { isEmptyScope } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import { GRAPH_FORMATS } from "./graph-formats/graph-document.ts";
import type { GraphFormat } from "./graph-formats/graph-document.ts";
import { readList } from "./parse-read.ts";
import { readGraphTime, readKnown, readLimit, readPredicates, requireName, TIME_NAMES } from "./parse-graph.ts";
import { parseMetadata } from "./parse-metadata.ts";
import { describeValue, pick, readOptions, readScope, readTime } from "./parse-options.ts";
import type { Options } from "./parse-options.ts";

/** Things written in one call, and characters of one sentence. */
const MOST_ITEMS = 1_000;
const LONGEST_SENTENCE = 10_000;
const LONGEST_NAME = 200;

export function parseWrite(input: unknown, method: string): WriteRequest {
  const options = readKnown(input, method, ["metadata"]);
  const warnings: string[] = [];
  const metadata = parseMetadata(pick(options, "metadata"), warnings);
  const [warning] = warnings;
  if (warning !== undefined) throw invalidInput(warning);
  return { scope: requireScope(options, method), metadata };
}

export function parseExportGraph(input: unknown): { scope: Scope; format: GraphFormat } {
  const options = readKnown(input, "graph.export", ["format"]);
  return { scope: readScope(options), format: readFormat(options) };
}

export function parseImportGraph(input: unknown): { format: GraphFormat; request: WriteRequest } {
  const { format, ...rest } = readKnown(input, "graph.import", ["format", "metadata"]);
  return { format: readFormat({ format }), request: parseWrite(rest, "graph.import") };
}

function readFormat(options: Options): GraphFormat {
  const [format = "json"] = readList(options, ["format"], GRAPH_FORMATS) ?? [];
  return format;
}

export function parseDeleteScope(input: unknown, method: string): Scope {
  return requireScope(readKnown(input, method, []), method);
}

export function parseNewEntities(input: unknown): NewEntity[] {
  return readItems(input, "createEntities", ["name", "type", "observations"]).map((item) => ({
    name: readText(item, "name", LONGEST_NAME),
    type: pick(item, "type") === undefined ? null : readText(item, "type", LONGEST_NAME),
    observations: readSentences(item, "observations", true),
  }));
}

export function parseNewRelations(input: unknown, method: string): NewRelation[] {
  return readItems(input, method, ["subject", "predicate", "object", "validFrom", "validTo"]).map((item) => {
    const [predicate] = readPredicates(item) ?? [];
    if (predicate === undefined || Array.isArray(pick(item, "predicate")))
      throw invalidInput(
        `${method} expects one predicate such as "lives_in", got ${describeValue(pick(item, "predicate"))}.`,
      );
    const validFrom = readTime(pick(item, "validFrom"), "validFrom") ?? null;
    const validTo = readTime(pick(item, "validTo"), "validTo") ?? null;
    if (validFrom !== null && validTo !== null && validTo <= validFrom)
      throw invalidInput("validTo must be later than validFrom.");
    return {
      subject: readText(item, "subject", LONGEST_NAME),
      predicate,
      object: readText(item, "object", LONGEST_NAME),
      validFrom,
      validTo,
    };
  });
}

export function parseObservations(input: unknown, method: string): ObservedEntity[] {
  return readItems(input, method, ["entity", "contents"]).map((item) => ({
    entity: readText(item, "entity", LONGEST_NAME),
    contents: readSentences(item, "contents", false),
  }));
}

export function parseNames(input: unknown, method: string): string[] {
  const list: unknown[] = Array.isArray(input) ? input : [input];
  if (list.length > MOST_ITEMS) throw tooMany(method, list.length);
  return list.map((name) => requireName(name, method));
}

export function parseMerge(input: unknown): MergeRequest {
  const options = readFields(input, "mergeEntities", ["from", "into"]);
  return { from: readText(options, "from", LONGEST_NAME), into: readText(options, "into", LONGEST_NAME) };
}

export function parseSplit(input: unknown): SplitRequest {
  const options = readFields(input, "splitEntity", ["entity", "alias", "memories"]);
  return {
    entity: readText(options, "entity", LONGEST_NAME),
    alias: readText(options, "alias", LONGEST_NAME),
    memoryIds: options["memories"] === undefined || options["memories"] === null ? null : readIds(options["memories"]),
  };
}

function readIds(value: unknown): string[] {
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  const isList = ids.length > 0 && ids.every((id) => typeof id === "string" && id !== "" && id.length <= LONGEST_NAME);
  if (!isList) throw invalidInput("splitEntity expects memories to be a list of ids of facts, at least one.");
  if (ids.length > MOST_ITEMS) throw tooMany("splitEntity", ids.length);
  return [...new Set(ids as string[])];
}

export function parseReadGraph(input: unknown): ReadGraphRequest {
  const names = ["entities", "query", "depth", "limit", ...TIME_NAMES];
  const options = readKnown(input, "graph.read", names);
  const entities = pick(options, "entities") ?? null;
  const query = pick(options, "query") ?? null;
  if (query !== null && (typeof query !== "string" || query.trim() === ""))
    throw invalidInput(`query expects a text, got ${describeValue(query)}.`);
  if (query !== null && entities !== null)
    throw invalidInput("graph.read starts from entities or from a query, not from both.");
  return {
    scope: readScope(options),
    entities: entities === null ? null : parseNames(entities, "graph.read"),
    query,
    depth: readSmall(options, "depth", { fallback: query === null ? 0 : 1, least: 0, most: 3 }),
    ...readGraphTime(options),
    limit: readLimit(options),
  };
}

export function parsePaths(input: unknown): PathsRequest {
  const names = ["from", "to", "maxLength", "max_length", "limit", ...TIME_NAMES];
  const options = readKnown(input, "graph.paths", names);
  return {
    scope: readScope(options),
    from: requireName(pick(options, "from"), "graph.paths"),
    to: requireName(pick(options, "to"), "graph.paths"),
    maxLength: readSmall(options, "maxLength", { fallback: 4, least: 1, most: 6 }),
    ...readGraphTime(options),
    limit: readSmall(options, "limit", { fallback: 5, least: 1, most: 100 }),
  };
}

/** What is written belongs to somebody, as with `add`. */
function requireScope(options: Options, method: string): Scope {
  const scope = readScope(options);
  if (isEmptyScope(scope))
    throw invalidInput(`${method} needs at least one of userId, agentId, appId, runId: whose graph it is.`);
  return scope;
}

function readItems(input: unknown, method: string, known: readonly string[]): Options[] {
  const list: unknown[] = Array.isArray(input) ? input : [input];
  if (list.length > MOST_ITEMS) throw tooMany(method, list.length);
  return list.map((item) => readFields(item, method, known));
}

function readFields(input: unknown, method: string, known: readonly string[]): Options {
  const options = readOptions(input, method);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`${method} does not know the field "${unknown}". Known: ${known.join(", ")}.`);
  return options;
}

function tooMany(method: string, got: number): Error {
  return invalidInput(`${method} takes at most ${MOST_ITEMS} at once, got ${got}.`);
}

function readText(options: Options, name: string, most: number): string {
  return checkText(pick(options, name), name, most);
}

function checkText(value: unknown, name: string, most: number): string {
  if (typeof value !== "string" || value.trim() === "" || value.length > most)
    throw invalidInput(`${name} expects a text of 1 to ${most} characters, got ${describeValue(value)}.`);
  return value.trim().toWellFormed();
}

function readSentences(options: Options, name: string, isOptional: boolean): string[] {
  const value = pick(options, name);
  if (value === undefined && isOptional) return [];
  if (!Array.isArray(value) || value.length > MOST_ITEMS)
    throw invalidInput(`${name} expects a list of at most ${MOST_ITEMS} texts, got ${describeValue(value)}.`);
  return value.map((text) => checkText(text, name, LONGEST_SENTENCE));
}

function readSmall(
  options: Options,
  name: string,
  { fallback, least, most }: { fallback: number; least: number; most: number },
): number {
  const value = pick(options, name) ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
    throw invalidInput(`${name} expects a whole number from ${least} to ${most}, got ${describeValue(value)}.`);
  return value;
}
