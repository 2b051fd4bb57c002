import { invalidInput } from "../errors.ts";
import type { SearchHit } from "../domain/search-result.ts";
import { isAcrossUsers, optional } from "./add-through-project.ts";
import { filtersOf } from "./filters-of.ts";
import type { Call } from "./route.ts";

/** A search of the project's memory with the options that Mem0's requests carry. */
export async function searchProject(
  call: Call,
  body: Readonly<Record<string, unknown>>,
  defaults: { readonly topK: number; readonly threshold: number },
): Promise<{ readonly hits: readonly SearchHit[]; readonly warnings: readonly string[] }> {
  const query = String(body["query"] ?? "").trim();
  if (query === "") throw invalidInput("Invalid query: cannot be empty or whitespace-only.");
  const { results, warnings } = await call.memory().search(query, {
    filters: filtersOf(body),
    topK: (body["top_k"] as number | null | undefined) ?? (body["limit"] as number | null | undefined) ?? defaults.topK,
    threshold: (body["threshold"] as number | null | undefined) ?? defaults.threshold,
    explain: true,
    acrossUsers: isAcrossUsers(call.principal),
    ...optional(body, [
      "rerank",
      "reference_date",
      "show_expired",
      "latest_only",
      "include_merged",
      "as_of",
      "known_at",
      "kinds",
    ]),
  });
  return { hits: results, warnings };
}
