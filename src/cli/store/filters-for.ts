import { SCOPE_FIELD, SCOPE_KEYS } from "../../domain/scope.ts";
import type { OwnerIds, Row } from "./store.ts";

/** The ids of the owner AND every condition: a filter that holds AND or OR never widens whose memories are read. */
export function filtersFor(owner: OwnerIds, conditions: readonly Row[]): Row {
  const ids = SCOPE_KEYS.flatMap((key) => (owner[key] === undefined ? [] : [{ [SCOPE_FIELD[key]]: owner[key] }]));
  const all = [...ids, ...conditions];
  return all.length === 1 ? (all[0] as Row) : { AND: all };
}

/** Whether a filter names a user, agent, app or run anywhere in it. */
export function namesOwner(filter: unknown): boolean {
  if (Array.isArray(filter)) return filter.some(namesOwner);
  if (typeof filter !== "object" || filter === null) return false;
  const names: readonly string[] = [...SCOPE_KEYS, ...Object.values(SCOPE_FIELD)];
  return Object.entries(filter).some(([name, value]) => names.includes(name) || namesOwner(value));
}
