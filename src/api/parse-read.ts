import type { Filter } from "../domain/filter.ts";
import { requireScope, scopeReach } from "../domain/filter-scopes.ts";
import { MEMORY_KINDS, MEMORY_STATES } from "../domain/memory.ts";
import type { ContextRequest, ListRequest, ReadRequest, ReadScope, SearchRequest } from "../domain/requests.ts";
import { isEmptyScope, SCOPE_FIELD, SCOPE_KEYS } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import { parseFilter } from "./parse-filter.ts";
import {
  describeValue,
  pick,
  readBoolean,
  readOptions,
  readScope,
  readTime,
  SCOPE_OPTION_NAMES,
  warnUnknown,
} from "./parse-options.ts";
import type { Options } from "./parse-options.ts";

export const READ_OPTIONS: readonly string[] = [
  "filters", "kinds", "states", "asOf", "as_of", "knownAt", "known_at", "latestOnly", "latest_only", "includeMerged", "include_merged",
  "includeUnverified", "include_unverified", "showExpired", "show_expired", "acrossUsers", "categories",
]; // prettier-ignore
const SEARCH_OPTIONS: readonly string[] = [
  ...READ_OPTIONS,
  "topK",
  "top_k",
  "limit",
  "threshold",
  "rerank",
  "explain",
  "referenceDate",
  "reference_date",
  "strategy",
];

/** Checks a search as Mem0's library does: ids belong into `filters`. */
export function parseSearch(query: unknown, input: unknown): SearchRequest {
  const options = readOptions(input, "search");
  refuseTopLevelIds(options, "search");
  const warnings = warnUnknown(options, SEARCH_OPTIONS, "search");
  return {
    ...parseQuery(query, options, warnings),
    topK: readTopK(options, 20),
    explain: readBoolean(options, ["explain"], false),
  };
}

function parseQuery(query: unknown, options: Options, warnings: string[]): Omit<SearchRequest, "topK" | "explain"> {
  if (typeof query !== "string") throw invalidInput(`query must be a text, got ${describeValue(query)}.`);
  if (query.trim() === "") throw invalidInput("Invalid query: cannot be empty or whitespace-only.");
  const strategy = pick(options, "strategy");
  if (strategy !== undefined && typeof strategy !== "string")
    throw invalidInput(`strategy must be the name of a recipe, got ${describeValue(strategy)}.`);
  return {
    ...parseRead(options, warnings),
    query: query.toWellFormed(),
    threshold: readThreshold(options),
    referenceDate: readTime(pick(options, "referenceDate", "reference_date"), "referenceDate") ?? null,
    rerank: pick(options, "rerank") === undefined ? null : readBoolean(options, ["rerank"], false),
    recipe: strategy ?? null,
  };
}

/** Our own read: ids are taken at the top level, or as `filters`. */
export function parseContext(query: unknown, input: unknown): ContextRequest {
  const options = readOptions(input, "context");
  const warnings = warnUnknown(
    options,
    [...SEARCH_OPTIONS, ...SCOPE_OPTION_NAMES, "tokenBudget", "token_budget"],
    "context",
  );
  const tokenBudget = readTokenBudget(options, 1500);
  return { ...parseQuery(query, withScopeInFilters(options), warnings), tokenBudget };
}

const MIN_TOKEN_BUDGET = 50;

export function readTokenBudget(options: Options, fallback: number): number {
  const tokenBudget = pick(options, "tokenBudget", "token_budget") ?? fallback;
  if (typeof tokenBudget !== "number" || !Number.isInteger(tokenBudget) || tokenBudget < MIN_TOKEN_BUDGET) {
    throw invalidInput(
      `tokenBudget expects a whole number from ${MIN_TOKEN_BUDGET} on (no line fits with its fence below), got ${describeValue(tokenBudget)}.`,
    );
  }
  return tokenBudget;
}

export function parseList(input: unknown): ListRequest {
  const options = readOptions(input, "getAll");
  refuseTopLevelIds(options, "getAll");
  return listRequest(options, warnUnknown(options, LIST_OPTIONS, "getAll"));
}

const LIST_OPTIONS: readonly string[] = [
  ...READ_OPTIONS,
  "topK",
  "top_k",
  "limit",
  "cursor",
  "withTotal",
  "needsCheck",
  "needs_check",
  "page",
  "pageSize",
  "page_size",
];

function listRequest(options: Options, warnings: string[]): ListRequest {
  const cursor = pick(options, "cursor");
  if (cursor !== undefined && cursor !== null && typeof cursor !== "string")
    throw invalidInput(`cursor expects the "next" value of an earlier page, got ${describeValue(cursor)}.`);
  const page = readCount(options, ["page"]);
  const pageSize = readCount(options, ["pageSize", "page_size"]);
  const limit = pageSize ?? readTopK(options, 20);
  return {
    ...parseRead(options, warnings),
    limit,
    offset: typeof cursor === "string" || page === undefined ? 0 : (page - 1) * limit,
    cursor: cursor ?? null,
    withTotal: readBoolean(options, ["withTotal"], true),
    needsCheck: readBoolean(options, ["needsCheck", "needs_check"], false),
  };
}

/** `{ userId: "u" }` beside filters becomes part of them: every part only narrows. */
export function withScopeInFilters(options: Options): Options {
  const scope = readScope(options);
  if (isEmptyScope(scope)) return options;
  const ids = SCOPE_KEYS.flatMap((key) => (scope[key] === undefined ? [] : [{ [SCOPE_FIELD[key]]: scope[key] }]));
  const filters = pick(options, "filters");
  return { ...options, filters: { AND: filters === undefined || filters === null ? ids : [...ids, filters] } };
}

export function parseRead(options: Options, warnings: readonly string[]): ReadRequest {
  const acrossUsers = readBoolean(options, ["acrossUsers"], false);
  return {
    scope: parseScope(pick(options, "filters"), acrossUsers),
    kinds: readList(options, ["kinds"], MEMORY_KINDS),
    states: readList(options, ["states"], MEMORY_STATES),
    asOf: readTime(pick(options, "asOf", "as_of"), "asOf") ?? null,
    knownAt: readTime(pick(options, "knownAt", "known_at"), "knownAt") ?? null,
    latestOnly: readBoolean(options, ["latestOnly", "latest_only"], false),
    includeMerged: readBoolean(options, ["includeMerged", "include_merged"], false),
    includeUnverified: readBoolean(options, ["includeUnverified", "include_unverified"], false),
    showExpired: readBoolean(options, ["showExpired", "show_expired"], false),
    warnings,
  };
}

/**
 * Which partitions the filters name. An agent, app or run without a user means the memories that have no user:
 * a query never crosses users that it does not name, unless the project's admin says `acrossUsers`.
 */
export function parseScope(filters: unknown, acrossUsers: boolean): ReadScope {
  const { filter } = parseFilter(filters);
  const bindings = requireScope(filter);
  const reach = scopeReach(bindings);
  let userIds: ReadScope["userIds"];
  if (reach.userId !== "any") userIds = [...reach.userId];
  else if (acrossUsers) userIds = "all";
  else
    userIds = [
      ...new Set(
        bindings.flatMap((binding) =>
          binding.userId === undefined || binding.userId === "present" ? [null] : [...binding.userId],
        ),
      ),
    ];
  return { userIds, bindings, filter: filter as Filter };
}

function refuseTopLevelIds(options: Options, method: string): void {
  const found = SCOPE_OPTION_NAMES.filter((name) => pick(options, name) !== undefined);
  const [first] = found;
  if (first === undefined) return;
  throw invalidInput(
    `Top-level entity parameters [${found.join(", ")}] are not supported in ${method}(). Use filters: { ${first}: "..." } instead.`,
  );
}

function readTopK(options: Options, fallback: number): number {
  const value = pick(options, "topK", "top_k", "limit");
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "number" || !Number.isInteger(value)) throw invalidInput("topK must be a valid integer");
  if (value < 0) throw invalidInput(`Invalid topK: ${value}. Must be a non-negative integer.`);
  return Math.min(value, 10_000);
}

function readCount(options: Options, names: readonly string[]): number | undefined {
  const value = pick(options, ...names);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 10_000)
    throw invalidInput(`${names[0]} expects a whole number from 1 to 10000, got ${describeValue(value)}.`);
  return value;
}

export function readThreshold(options: Options): number {
  const value = pick(options, "threshold");
  if (value === undefined || value === null) return 0.1;
  if (typeof value !== "number" || Number.isNaN(value)) throw invalidInput("threshold must be a valid number");
  if (value < 0 || value > 1) throw invalidInput(`Invalid threshold: ${value}. Must be between 0 and 1 (inclusive).`);
  return value;
}

export function readList<Item extends string>(
  options: Options,
  names: readonly string[],
  known: readonly Item[],
): readonly Item[] | null {
  const value = pick(options, ...names);
  if (value === undefined || value === null) return null;
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  for (const item of list) {
    if (!known.includes(item as Item))
      throw invalidInput(`${names[0]} expects some of ${known.join(", ")}, got ${describeValue(item)}.`);
  }
  return list as Item[];
}
