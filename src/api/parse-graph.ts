import { ENTITY_TYPES } from "../domain/entity.ts";
import type {
  EntitiesRequest,
  GraphTimeRequest,
  MentionsRequest,
  NeighboursRequest,
  RelationsRequest,
} from "../domain/graph-requests.ts";
import { normalizePredicate } from "../domain/relation.ts";
import { invalidInput } from "../errors.ts";
import {
  describeValue,
  pick,
  readBoolean,
  readOptions,
  readScope,
  readTime,
  SCOPE_OPTION_NAMES,
} from "./parse-options.ts";
import type { Options } from "./parse-options.ts";
import { readList } from "./parse-read.ts";

/** Longest name or predicate that is looked up, in UTF-16 units. */
const LONGEST_NAME = 512;

export const TIME_NAMES: readonly string[] = ["asOf", "as_of", "knownAt", "known_at", "includeEnded", "include_ended"];

export function parseEntities(input: unknown): EntitiesRequest {
  const options = readKnown(input, "entities", [
    "search",
    "type",
    "types",
    "asOf",
    "as_of",
    "knownAt",
    "known_at",
    "limit",
    "cursor",
  ]);
  return {
    scope: readScope(options),
    search: readName(options, "search"),
    types: readList(options, ["type", "types"], ENTITY_TYPES),
    asOf: readTime(pick(options, "asOf", "as_of"), "asOf") ?? null,
    knownAt: readTime(pick(options, "knownAt", "known_at"), "knownAt") ?? null,
    limit: readLimit(options),
    cursor: readCursor(options),
  };
}

export function parseRelations(input: unknown): RelationsRequest {
  const names = ["entity", "subject", "object", "predicate", "predicates", "limit", "cursor", ...TIME_NAMES];
  const options = readKnown(input, "relations", names);
  return {
    scope: readScope(options),
    entity: readName(options, "entity"),
    subject: readName(options, "subject"),
    object: readName(options, "object"),
    predicates: readPredicates(options),
    ...readGraphTime(options),
    limit: readLimit(options),
    cursor: readCursor(options),
  };
}

export function parseNeighbours(entity: unknown, input: unknown): NeighboursRequest {
  const options = readKnown(input, "neighbours", ["predicate", "predicates", "limit", ...TIME_NAMES]);
  return {
    scope: readScope(options),
    entity: requireName(entity, "neighbours"),
    predicates: readPredicates(options),
    ...readGraphTime(options),
    limit: readLimit(options),
  };
}

export function parseMentions(entity: unknown, input: unknown): MentionsRequest {
  const options = readKnown(input, "mentions", ["knownAt", "known_at", "limit"]);
  return {
    scope: readScope(options),
    entity: requireName(entity, "mentions"),
    knownAt: readTime(pick(options, "knownAt", "known_at"), "knownAt") ?? null,
    limit: readLimit(options),
  };
}

/** Options of a method that refuses those that it does not know: a filter that is not read would give too much. */
export function readKnown(input: unknown, method: string, names: readonly string[]): Options {
  const options = readOptions(input, method);
  const known = [...SCOPE_OPTION_NAMES, ...names];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`${method} does not know the option "${unknown}". Known: ${known.join(", ")}.`);
  return options;
}

export function readGraphTime(options: Options): GraphTimeRequest {
  return {
    asOf: readTime(pick(options, "asOf", "as_of"), "asOf") ?? null,
    knownAt: readTime(pick(options, "knownAt", "known_at"), "knownAt") ?? null,
    includeEnded: readBoolean(options, ["includeEnded", "include_ended"], false),
  };
}

export function requireName(value: unknown, method: string): string {
  const name = toName(value, `${method}()`);
  if (name === null) throw invalidInput(`${method} expects the name or id of an entity, got ${describeValue(value)}.`);
  return name;
}

export function readLimit(options: Options): number {
  const limit = pick(options, "limit") ?? 100;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw invalidInput(`limit expects a whole number from 1 to 1000, got ${describeValue(limit)}.`);
  return limit;
}

function readCursor(options: Options): string | null {
  const cursor = pick(options, "cursor") ?? null;
  if (cursor !== null && typeof cursor !== "string")
    throw invalidInput(`cursor expects the "next" value of an earlier page, got ${describeValue(cursor)}.`);
  return cursor;
}

function readName(options: Options, option: string): string | null {
  return toName(pick(options, option) ?? null, option);
}

function toName(value: unknown, what: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string" || value.trim() === "" || value.length > LONGEST_NAME)
    throw invalidInput(`${what} expects a name of 1 to ${LONGEST_NAME} characters, got ${describeValue(value)}.`);
  return value.trim();
}

export function readPredicates(options: Options): readonly string[] | null {
  const value = pick(options, "predicate", "predicates");
  if (value === undefined || value === null) return null;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    const predicate = typeof item === "string" && item.length <= LONGEST_NAME ? normalizePredicate(item) : "";
    if (predicate === "") throw invalidInput(`predicate expects names such as "lives_in", got ${describeValue(item)}.`);
    return predicate;
  });
}
