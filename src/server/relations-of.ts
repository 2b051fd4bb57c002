import type { Relation } from "../domain/relation.ts";
import { filtersOf } from "./filters-of.ts";
import type { Call } from "./route.ts";
import { SCOPE_NAMES } from "./shapes/scope-body.ts";
import { mem0RelationShape } from "./shapes/graph-shape.ts";

const PAGE = 1_000;
/** Relations that are looked through for those of an answer's memories, the newest. */
const MAX_PAGES = 5;

type Body = Readonly<Record<string, unknown>>;

/**
 * Mem0's `relations`, where `enable_graph` asks for them, in the request or in the project's settings: those that rest
 * on the memories of the answer, so that every filter of it holds for them too. Undefined: nobody asked.
 */
export async function relationsOf(
  call: Call,
  body: Body,
  memoryIds: readonly string[],
): Promise<readonly object[] | undefined> {
  if (!isGraphWanted(call, body)) return undefined;
  return (await readRelations(call, filtersOf(body), memoryIds)).map(mem0RelationShape);
}

/** The same for what an add made, in the shape that Mem0 gives it. */
export async function addedRelationsOf(
  call: Call,
  body: Body,
  memoryIds: readonly string[],
): Promise<object | undefined> {
  if (!isGraphWanted(call, body)) return undefined;
  const relations = await readRelations(call, filtersOf(body), memoryIds);
  const added = relations.map(({ subject, predicate, object }) => [
    { source: subject.name, relationship: predicate, target: object.name },
  ]);
  return { added_entities: added, deleted_entities: [] };
}

/** In the request itself; clients send it in a query as text. */
export function isGraphAsked({ enable_graph: asked }: Body): boolean {
  return asked === true || asked === "true" || asked === "True";
}

function isGraphWanted(call: Call, body: Body): boolean {
  const isLeftToProject = body["enable_graph"] === undefined || body["enable_graph"] === null;
  return isLeftToProject ? call.project().settings["enable_graph"] === true : isGraphAsked(body);
}

export function idsOf(items: readonly { readonly id: string }[]): readonly string[] {
  return items.map(({ id }) => id);
}

async function readRelations(call: Call, filters: object, memoryIds: readonly string[]): Promise<Relation[]> {
  const wanted = new Set(memoryIds);
  const found: Relation[] = [];
  const scope = scopeIn(filters);
  if (wanted.size === 0 || scope === null) return found;
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { results, next }: { results: readonly Relation[]; next: string | null } = await call
      .memory()
      .relations({ ...scope, limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    found.push(...results.filter(({ memoryId }) => wanted.has(memoryId)));
    if (next === null) break;
    cursor = next;
  }
  return found;
}

/** The ids that filters name one of, all together; null where they name several users, or one by another condition. */
function scopeIn(filters: object): Record<string, string> | null {
  const scope: Record<string, string> = {};
  const parts: unknown[] = [filters];
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    for (const [name, value] of Object.entries(part)) {
      if (name === "AND" && Array.isArray(value)) parts.push(...(value as unknown[]));
      if (!(SCOPE_NAMES as readonly string[]).includes(name)) continue;
      const isPlain = typeof value === "string" || typeof value === "number";
      if (isPlain && value !== "*") scope[name] = String(value);
      else if (name === "user_id") return null;
    }
  }
  return Object.keys(scope).length === 0 ? null : scope;
}
