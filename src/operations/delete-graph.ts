import type { NewRelation, ObservedEntity } from "../domain/graph-requests.ts";
import type { Scope } from "../domain/scope.ts";
import { observationText } from "../extraction/relations/stated-facts.ts";
import { spokenName } from "../extraction/relations/spoken-name.ts";
import { MemoryError } from "../errors.ts";
import { deleteMemory } from "./delete-memories.ts";
import type { Engine } from "./engine.ts";
import { graphScope, listRelations } from "./read-graph.ts";

/** What a call deleted; `restore` brings each back. */
export interface GraphDeleteResult {
  readonly deleted: readonly string[];
}

const PAGE = 500;

/** Deletes every fact that names one of the entities; messages stay, with the words of these facts hidden. */
export async function deleteEntities(
  engine: Engine,
  names: readonly string[],
  scope: Scope,
): Promise<GraphDeleteResult> {
  const deleted: string[] = [];
  const found = await engine.store.graph.resolve(graphScope(scope), names.map(spokenName), engine.clock());
  for (const entity of found) {
    if (entity === null) continue;
    for (;;) {
      const [ids = []] = await findMemories(engine, scope, entity.id);
      const gone = await deleteAll(engine, ids, scope);
      deleted.push(...gone);
      if (ids.length < PAGE || gone.length === 0) break;
    }
  }
  return { deleted };
}

/** Deletes sentences about entities, by their words. */
export async function deleteObservations(
  engine: Engine,
  observed: readonly ObservedEntity[],
  scope: Scope,
): Promise<GraphDeleteResult> {
  const deleted: string[] = [];
  for (const { entity, contents } of observed) {
    const [found = null] = await engine.store.graph.resolve(graphScope(scope), [spokenName(entity)], engine.clock());
    if (found === null) continue;
    const [ids = []] = await findMemories(engine, scope, found.id);
    const wanted = new Set(contents);
    const stored = await engine.store.getMemories(ids);
    const gone = stored.filter(({ record }) => wanted.has(observationText(record))).map(({ record }) => record.id);
    deleted.push(...(await deleteAll(engine, gone, scope)));
  }
  return { deleted };
}

/** Deletes the facts that say so. */
export async function deleteRelations(
  engine: Engine,
  relations: readonly Pick<NewRelation, "subject" | "predicate" | "object">[],
  scope: Scope,
): Promise<GraphDeleteResult> {
  const deleted: string[] = [];
  for (const { subject, predicate, object } of relations) {
    const { results } = await listRelations(engine, {
      scope,
      entity: null,
      subject,
      object,
      predicates: [predicate],
      asOf: null,
      knownAt: null,
      includeEnded: true,
      limit: 1000,
      cursor: null,
    });
    deleted.push(...(await deleteAll(engine, [...new Set(results.map(({ memoryId }) => memoryId))], scope)));
  }
  return { deleted };
}

function findMemories(engine: Engine, scope: Scope, entityId: string): Promise<readonly (readonly string[])[]> {
  return engine.store.graph.findMemories({
    scope: graphScope(scope),
    entityIds: [entityId],
    isUnrelated: false,
    now: engine.clock(),
    limit: PAGE,
  });
}

/** What another call deleted meanwhile is not missed. */
async function deleteAll(engine: Engine, ids: readonly string[], scope: Scope): Promise<string[]> {
  const deleted: string[] = [];
  for (const id of ids) {
    try {
      deleted.push(...(await deleteMemory(engine, id, scope)));
    } catch (error) {
      if (!MemoryError.isInstance(error) || error.code !== "not_found") throw error;
    }
  }
  return deleted;
}
