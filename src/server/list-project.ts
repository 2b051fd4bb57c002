import type { MemoryItem } from "../domain/search-result.ts";
import { isAcrossUsers, optional } from "./add-through-project.ts";
import { filtersOf } from "./filters-of.ts";
import type { Call } from "./route.ts";
import type { Page } from "./shapes/page.ts";

/** One page of a scope's memories, and how many there are in all. */
export async function listProject(
  call: Call,
  body: Readonly<Record<string, unknown>>,
  { page, size }: Page,
): Promise<{ readonly items: readonly MemoryItem[]; readonly total: number }> {
  const { results, total, next } = await call.memory().getAll({
    filters: filtersOf(body),
    page,
    pageSize: size,
    acrossUsers: isAcrossUsers(call.principal),
    ...optional(body, [
      "show_expired",
      "latest_only",
      "include_merged",
      "include_unverified",
      "kinds",
      "as_of",
      "known_at",
    ]),
  });
  // Of a moment in the past nobody counts them all: there is one more page, or none.
  const atLeast = (page - 1) * size + results.length + (next === null ? 0 : 1);
  return { items: results, total: total ?? atLeast };
}
