import type { FillSchemaRequest } from "../domain/requests.ts";
import type { MemoryItem } from "../domain/search-result.ts";
import { pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { presentMemory } from "./present-memory.ts";
import { makeSchemaView } from "./views/make-schema-view.ts";
import { readItems, scopeOfRead } from "./views/read-view.ts";
import { withoutHiddenWords } from "./visible-text.ts";

export interface SchemaResult {
  /** The object after the schema. What nothing speaks of is the schema's default, else null or an empty list. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Ids of the memories behind each filled property, by its path: "address.city". */
  readonly citations: Readonly<Record<string, readonly string[]>>;
  /** Memories that were looked at. */
  readonly memories: number;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

/** Memories of a scope that a schema is filled from, the newest said. */
const MAX_READ = 2_000;
const AT_A_TIME = 200;

/** Fills a JSON schema from memories: named by their ids, or the newest of a scope. */
export async function fillFromMemories(engine: Engine, request: FillSchemaRequest): Promise<SchemaResult> {
  const { from, schema } = request;
  const isNamed = isIds(from);
  const { items, total } = isNamed
    ? { items: await readNamed(engine, from), total: 0 }
    : await readItems(engine, from, MAX_READ);
  const scope = isNamed ? {} : scopeOfRead(from);
  const { value, madeBy, warnings } = await makeSchemaView(engine, { schema, items, request, scope });
  return {
    values: value.value,
    citations: value.citations,
    memories: items.length,
    madeBy,
    warnings: [
      ...(isNamed ? [] : from.warnings),
      ...warnings,
      ...(total > items.length ? [`The newest ${items.length} of ${total} memories were looked at.`] : []),
    ],
  };
}

function isIds(from: FillSchemaRequest["from"]): from is readonly string[] {
  return Array.isArray(from);
}

/** In the order of the ids; those that are gone or deleted are left out. */
async function readNamed(engine: Engine, ids: readonly string[]): Promise<readonly MemoryItem[]> {
  const items: MemoryItem[] = [];
  for (let start = 0; start < ids.length; start += AT_A_TIME) {
    const stored = await engine.store.getMemories(ids.slice(start, start + AT_A_TIME));
    const living = stored.filter(({ record }) => record.state !== "deleted");
    items.push(...(await withoutHiddenWords(engine, living)).map(presentMemory));
    await pause();
  }
  const order = new Map(ids.map((id, index) => [id, index]));
  return items.toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
}
