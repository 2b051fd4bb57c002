import type { ReadGraphRequest } from "../domain/graph-requests.ts";
import type { EntityName } from "../domain/relation.ts";
import type { Scope } from "../domain/scope.ts";
import { SCOPE_KEYS } from "../domain/scope.ts";
import { allOf } from "../domain/filter.ts";
import { boundScopes } from "../domain/filter-scopes.ts";
import { spokenName } from "../extraction/relations/spoken-name.ts";
import type { Engine } from "./engine.ts";
import { graphScope } from "./read-graph.ts";
import { searchMemories } from "./search-memories.ts";

/** Words of a question that are tried as names, and how many words one name may have. */
const MOST_WORDS = 40;
const LONGEST_NAME = 4;
/** Best answers of a question whose names are looked at. */
const MOST_ANSWERS = 10;

/** What a question names, then what the memories that answer it best name. */
export async function seedEntities(
  engine: Engine,
  { scope, asOf, knownAt }: Pick<ReadGraphRequest, "scope" | "asOf" | "knownAt">,
  query: string,
): Promise<readonly EntityName[]> {
  const { graph } = engine.store;
  const within = graphScope(scope, knownAt);
  const now = engine.clock();
  const found = new Map<string, EntityName>();
  for (const entity of await graph.resolve(within, namesIn(query).map(spokenName), now))
    if (entity !== null) found.set(entity.id, entity);
  const filter = scopeFilter(scope);
  const { results } = await searchMemories(engine, {
    query,
    scope: { userIds: [within.userId], bindings: boundScopes(filter), filter },
    kinds: null,
    states: null,
    asOf,
    knownAt,
    latestOnly: false,
    includeMerged: false,
    includeUnverified: false,
    showExpired: false,
    warnings: [],
    topK: MOST_ANSWERS,
    threshold: 0.1,
    explain: false,
    referenceDate: null,
    rerank: false,
    recipe: null,
  });
  const memoryIds = results.map(({ id }) => id);
  for (const named of await graph.findNamed({ scope: within, memoryIds, now }))
    for (const entity of named) if (!found.has(entity.id)) found.set(entity.id, entity);
  return [...found.values()];
}

/** Runs of one to four words, the longer first. */
function namesIn(query: string): string[] {
  const words = query.split(/\s+/u, MOST_WORDS).map((word) => word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  const names = new Set<string>();
  for (let length = LONGEST_NAME; length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const name = words.slice(start, start + length).join(" ");
      if (name.trim() !== "") names.add(name);
    }
  }
  return [...names];
}

/** A scope as a filter. */
export function scopeFilter(scope: Scope): ReturnType<typeof allOf> {
  return allOf(
    SCOPE_KEYS.flatMap((key) => {
      const value = scope[key];
      return value === undefined
        ? []
        : [{ type: "condition" as const, field: { kind: "scope" as const, key }, operator: "eq" as const, value }];
    }),
  );
}
