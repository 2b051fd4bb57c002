import { invalidInput } from "../errors.ts";
import { scopeOf } from "./shapes/scope-body.ts";
import type { ScopeBody } from "./shapes/scope-body.ts";

/**
 * One filter out of what Mem0's requests spread over their fields: `filters`, ids at the top level (older clients),
 * `categories`, `metadata`, dates, keywords. All of it has to hold.
 */
export function filtersOf(body: Readonly<Record<string, unknown>>): object {
  const conditions: object[] = [];
  const { filters } = body;
  if (filters !== undefined && filters !== null) {
    if (typeof filters !== "object" || Array.isArray(filters)) throw invalidInput("filters must be an object.");
    if (Object.keys(filters).length > 0) conditions.push(filters);
  }
  const scope = scopeOf(body as ScopeBody);
  if (Object.keys(scope).length > 0) conditions.push(scope);
  const { categories, metadata, start_date: from, end_date: to, keywords } = body;
  if (Array.isArray(categories) && categories.length > 0)
    conditions.push({ categories: { in: categories as unknown[] } });
  if (typeof metadata === "object" && metadata !== null && Object.keys(metadata).length > 0)
    conditions.push(...Object.entries(metadata).map(([key, value]) => ({ metadata: { [key]: value as unknown } })));
  if (typeof from === "string" && from !== "") conditions.push({ created_at: { gte: from } });
  if (typeof to === "string" && to !== "") conditions.push({ created_at: { lte: to } });
  if (typeof keywords === "string" && keywords !== "") conditions.push({ keywords });
  const [only] = conditions;
  if (only === undefined)
    throw invalidInput(
      "filters must contain at least one of: user_id, agent_id, app_id, run_id. Example: filters: { user_id: 'u1' }",
    );
  return conditions.length === 1 ? only : { AND: conditions };
}
