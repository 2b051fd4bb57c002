import type { DeleteAllRequest, PurgeRequest } from "../domain/requests.ts";
import { isEmptyScope } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import { parseId } from "./parse-by-id.ts";
import { pick, readBoolean, readOptions, readScope, readTime, SCOPE_OPTION_NAMES } from "./parse-options.ts";
import type { Options } from "./parse-options.ts";
import { parseScope, withScopeInFilters } from "./parse-read.ts";

const NOTHING_NAMED =
  "At least one filter is required to delete all memories. If you want to delete all memories, use the `reset()` method.";

/** The ids are ANDed, and narrow `filters`. An option that is not known is an error: it may have meant less. */
export function parseDeleteAll(input: unknown): DeleteAllRequest {
  const options = readOptions(input, "deleteAll");
  refuseUnknown(options, ["filters", "dryRun", "dry_run", "acrossUsers", "purge"], "deleteAll");
  return {
    scope: requireScopeOf(options),
    isDryRun: readBoolean(options, ["dryRun", "dry_run"], false),
    isPurge: readBoolean(options, ["purge"], false),
  };
}

/** One id, a list of them, or everything of a scope. */
export function parsePurge(target: unknown, input: unknown): PurgeRequest {
  const ids = typeof target === "string" ? [target] : target;
  if (Array.isArray(ids)) {
    const options = readOptions(input, "purge");
    refuseUnknown(options, ["withSources"], "purge");
    if (ids.length === 0) throw invalidInput("purge expects at least one id.");
    return {
      target: Array.from(ids, (id) => parseId(id, "purge")),
      withSources: readBoolean(options, ["withSources"], false),
      owner: readScope(options),
      deletedBefore: null,
    };
  }
  const options = readOptions(target, "purge");
  refuseUnknown(options, ["filters", "withSources", "acrossUsers", "deletedBefore", "deleted_before"], "purge");
  return {
    target: requireScopeOf(options),
    withSources: readBoolean(options, ["withSources"], false),
    owner: {},
    deletedBefore: readTime(pick(options, "deletedBefore", "deleted_before"), "deletedBefore") ?? null,
  };
}

function requireScopeOf(options: Options): DeleteAllRequest["scope"] {
  const filters = pick(options, "filters");
  if (isEmptyScope(readScope(options)) && (filters === undefined || filters === null))
    throw invalidInput(NOTHING_NAMED);
  return parseScope(pick(withScopeInFilters(options), "filters"), readBoolean(options, ["acrossUsers"], false));
}

function refuseUnknown(options: Options, known: readonly string[], method: string): void {
  const all = [...SCOPE_OPTION_NAMES, ...known];
  const unknown = Object.keys(options).find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw invalidInput(`${method} does not know the option "${unknown}". Known: ${all.join(", ")}.`);
}
