import { invalidInput } from "../errors.ts";
import { isAcrossUsers } from "./add-through-project.ts";
import type { Call } from "./route.ts";
import { parseFilterText, SCOPE_NAMES, scopeOf } from "./shapes/scope-body.ts";
import type { ScopeBody } from "./shapes/scope-body.ts";

/**
 * Deletes what the query of Mem0's delete-all names, and returns the ids. `*` stands for every owner of that type, so
 * wildcards for all four types empty the project. Nothing named deletes nothing.
 * @throws MemoryError `invalid_input` when nothing is named, or a part cannot be read: it might have meant less.
 */
export async function deleteMany(call: Call, query: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const memory = call.memory();
  const given = scopeOf(query as ScopeBody);
  const wildcards = SCOPE_NAMES.filter((name) => given[name] === "*");
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "*"));
  const conditions = [
    ...(typeof query["filters"] === "string" ? [parseFilterText(query["filters"], "filters")] : []),
    ...(typeof query["metadata"] === "string"
      ? Object.entries(parseFilterText(query["metadata"], "metadata")).map(([key, value]) => ({
          metadata: { [key]: value },
        }))
      : []),
  ];
  if (Object.keys(given).length === 0 && conditions.length === 0)
    throw invalidInput("Name what to delete: user_id, agent_id, app_id or run_id; * stands for all of a type.");
  const filters = conditions.length === 0 ? {} : { filters: { AND: conditions } };
  const acrossUsers = isAcrossUsers(call.principal);
  const deleted = new Set<string>();
  const remove = async (scope: object): Promise<void> => {
    const { ids = [] } = await memory.deleteAll({ ...scope, ...filters, acrossUsers, dryRun: true });
    await memory.deleteAll({ ...scope, ...filters, acrossUsers });
    for (const id of ids) deleted.add(id);
  };
  if (wildcards.length === 0) await remove(named);
  if (wildcards.length > 0) {
    const { results: owners } = await memory.users();
    for (const { type, id } of owners) {
      if (wildcards.some((name) => name === `${type}_id`)) await remove({ ...named, [`${type}_id`]: id });
    }
  }
  return [...deleted];
}
