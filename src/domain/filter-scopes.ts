import { invalidInput } from "../errors.ts";
import type { Filter, FilterCondition } from "./filter.ts";
import { SCOPE_KEYS, type ScopeKey } from "./scope.ts";

/** The ids that a scope key may have: these (null: none at all), or any id as long as there is one. */
export type BoundIds = ReadonlySet<string | null> | "present";

/** A part of the store that rows may come from. A key that is left out is not constrained. */
export type ScopeBinding = { readonly [Key in ScopeKey]?: BoundIds };

/** Per key the ids that rows may carry. A null in a set stands for rows without such an id. */
export type ScopeReach = { readonly [Key in ScopeKey]: ReadonlySet<string | null> | "any" };

/** Above this many, bindings are widened and merged: still sound, less exact. */
const MAX_BINDINGS = 64;

const EVERYWHERE: ScopeBinding = {};

/**
 * The parts of the store from which rows satisfying the filter can come: each such row lies in at least one of
 * the bindings. Conjunctions intersect, disjunctions unite, negations bind nothing. No bindings: no rows.
 */
export function boundScopes(filter: Filter | undefined): readonly ScopeBinding[] {
  if (filter === undefined) return [EVERYWHERE];
  switch (filter.type) {
    case "and":
      return filter.filters.map(boundScopes).reduce(intersectAll, [EVERYWHERE]);
    case "or":
      return compact(filter.filters.flatMap(boundScopes));
    case "not":
      // The complement of "user u" is everybody else, so a negation never narrows to named ids.
      return [EVERYWHERE];
    case "condition":
      return bindingsOf(filter);
  }
}

/** The union of the bindings, key by key. */
export function scopeReach(bindings: readonly ScopeBinding[]): ScopeReach {
  const reach = (key: ScopeKey): ReadonlySet<string | null> | "any" => {
    const ids = unite(bindings.map((binding) => binding[key]));
    return ids === undefined || ids === "present" ? "any" : ids;
  };
  return { userId: reach("userId"), agentId: reach("agentId"), appId: reach("appId"), runId: reach("runId") };
}

export interface RequireScopeOptions {
  /** `any`: `*` (any id at all) counts as naming one; only for callers that may see the whole project. */
  readonly wildcard: "refuse" | "any";
}

/**
 * The isolation gate: passes only when every row that the filter can select carries at least one id that the
 * filter names. `{ OR: [{ user_id: "u" }, { topic: "x" }] }` and `{ NOT: { user_id: "u" } }` do not.
 * @throws MemoryError `invalid_input` in Mem0's words.
 */
export function requireScope(
  filter: Filter | undefined,
  { wildcard }: RequireScopeOptions = { wildcard: "refuse" },
): readonly ScopeBinding[] {
  const bindings = boundScopes(filter);
  if (bindings.every((binding) => isBound(binding, wildcard))) return bindings;
  const hint =
    namedScopes(filter).length > 0
      ? " Each alternative of an OR needs its own id, and an id under NOT or beside null names nobody."
      : "";
  throw invalidInput(
    `filters must contain at least one of: user_id, agent_id, run_id. Example: filters: { user_id: 'u1' }${hint}`,
  );
}

/** The scope keys that the filter holds against an id anywhere, negations included. */
export function namedScopes(filter: Filter | undefined): readonly ScopeKey[] {
  const named = new Set<ScopeKey>();
  const visit = (part: Filter): void => {
    if (part.type === "condition") {
      if (part.field.kind === "scope") named.add(part.field.key);
    } else if (part.type === "not") visit(part.filter);
    else part.filters.forEach(visit);
  };
  if (filter !== undefined) visit(filter);
  return SCOPE_KEYS.filter((key) => named.has(key));
}

function isBound(binding: ScopeBinding, wildcard: "refuse" | "any"): boolean {
  return SCOPE_KEYS.some((key) => {
    const ids = binding[key];
    if (ids === undefined) return false;
    return ids === "present" ? wildcard === "any" : !ids.has(null);
  });
}

function bindingsOf(condition: FilterCondition): readonly ScopeBinding[] {
  if (condition.field.kind !== "scope") return [EVERYWHERE];
  const { key } = condition.field;
  switch (condition.operator) {
    case "eq":
      return bind(key, idsOf([condition.value]));
    case "in":
      return bind(key, idsOf(condition.value));
    case "exists":
      return bind(key, condition.value ? "present" : new Set([null]));
    case "ne":
    case "nin":
      return [EVERYWHERE];
    default:
      // Ranges and parts of a text hold only where there is an id, but name none.
      return bind(key, "present");
  }
}

function idsOf(values: readonly unknown[]): ReadonlySet<string | null> {
  return new Set(values.filter((value) => typeof value === "string" || value === null));
}

function bind(key: ScopeKey, ids: BoundIds): readonly ScopeBinding[] {
  return ids !== "present" && ids.size === 0 ? [] : [{ [key]: ids }];
}

function intersectAll(left: readonly ScopeBinding[], right: readonly ScopeBinding[]): readonly ScopeBinding[] {
  if (left.length * right.length <= MAX_BINDINGS) {
    return compact(left.flatMap((one) => right.flatMap((other) => intersect(one, other) ?? [])));
  }
  // Too many pairs: keep the side on which every alternative is bound and narrow it by the hull of the other.
  const isLeftKept = left.every((binding) => isBound(binding, "refuse"));
  const [kept, other] = isLeftKept ? [left, right] : [right, left];
  const hull = mergeAll(other);
  return compact(kept.flatMap((binding) => intersect(binding, hull) ?? []));
}

/** Undefined when no row can lie in both. */
function intersect(left: ScopeBinding, right: ScopeBinding): ScopeBinding | undefined {
  const result: { [Key in ScopeKey]?: BoundIds } = {};
  for (const key of SCOPE_KEYS) {
    const ids = intersectIds(left[key], right[key]);
    if (ids === undefined) continue;
    if (ids !== "present" && ids.size === 0) return undefined;
    result[key] = ids;
  }
  return result;
}

function intersectIds(left: BoundIds | undefined, right: BoundIds | undefined): BoundIds | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  if (left === "present") return right === "present" ? right : new Set([...right].filter((id) => id !== null));
  return right === "present" ? intersectIds(right, left) : new Set([...left].filter((id) => right.has(id)));
}

/** Unites bindings that constrain the same single key, and all of one shape when there are too many. */
function compact(bindings: readonly ScopeBinding[]): readonly ScopeBinding[] {
  if (bindings.length <= 1) return bindings;
  const shapes = new Map<string, ScopeBinding[]>();
  for (const binding of bindings) {
    const shape = SCOPE_KEYS.filter((key) => binding[key] !== undefined).join();
    if (shape === "") return [EVERYWHERE];
    const group = shapes.get(shape);
    if (group === undefined) shapes.set(shape, [binding]);
    else group.push(binding);
  }
  const isTooMany = bindings.length > MAX_BINDINGS;
  return [...shapes].flatMap(([shape, group]) => (isTooMany || !shape.includes(",") ? [mergeAll(group)] : group));
}

/** One binding that holds all rows of all of them. */
function mergeAll(bindings: readonly ScopeBinding[]): ScopeBinding {
  const result: { [Key in ScopeKey]?: BoundIds } = {};
  for (const key of SCOPE_KEYS) {
    const ids = unite(bindings.map((binding) => binding[key]));
    if (ids !== undefined) result[key] = ids;
  }
  return result;
}

function unite(all: readonly (BoundIds | undefined)[]): BoundIds | undefined {
  const named = new Set<string | null>();
  let hasPresent = false;
  for (const ids of all) {
    if (ids === undefined) return undefined;
    if (ids === "present") hasPresent = true;
    else for (const id of ids) named.add(id);
  }
  if (!hasPresent) return named;
  return named.has(null) ? undefined : "present";
}
