import type { Entity } from "../domain/entity.ts";
import type {
  EntitiesRequest,
  GraphTimeRequest,
  Neighbour,
  NeighboursRequest,
  RelationsRequest,
} from "../domain/graph-requests.ts";
import type { EntityName, Relation } from "../domain/relation.ts";
import type { Scope } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import { spokenName } from "../extraction/relations/spoken-name.ts";
import type { GraphScope, RelationPage, RelationTime } from "../ports/graph-store.ts";
import type { Engine } from "./engine.ts";

export interface NeighboursResult {
  /** What the name stands for, or null when nothing in the scope has it. */
  readonly entity: EntityName | null;
  readonly neighbours: readonly Neighbour[];
}

export async function listEntities(
  engine: Engine,
  { scope, search, types, asOf, knownAt, limit, cursor }: EntitiesRequest,
): Promise<{ results: readonly Entity[]; next: string | null }> {
  const { entities, next } = await engine.store.graph.listEntities({
    scope: graphScope(scope, knownAt),
    ...(search === null ? {} : { search }),
    ...(types === null ? {} : { types }),
    ...(asOf === null ? {} : { asOf }),
    ...(knownAt === null ? {} : { knownAt }),
    now: engine.clock(),
    limit,
    ...(cursor === null ? {} : { cursor }),
  });
  return { results: entities, next };
}

/** Relations of a scope, newest memory first; of an entity, under all of its names. */
export async function listRelations(
  engine: Engine,
  request: RelationsRequest,
): Promise<{ results: readonly Relation[]; next: string | null }> {
  const { entity, subject, object, predicates, limit, cursor } = request;
  const scope = graphScope(request.scope, request.knownAt);
  const named = [entity, subject, object];
  if (cursor !== null && named.some((name) => name !== null))
    throw invalidInput("cursor goes on where no entity, subject or object is named. Raise limit instead.");
  const found = await engine.store.graph.resolve(
    scope,
    named.map((name) => (name === null ? "" : spokenName(name))),
    engine.clock(),
  );
  if (named.some((name, index) => name !== null && found[index] === null)) return { results: [], next: null };
  const [any, from, to] = found.map((each) => each?.id);
  const first = from ?? to ?? any;
  const page: RelationPage = await engine.store.graph.listRelations({
    scope,
    ...timeOf(engine, request),
    ...(first === undefined ? {} : { entityIds: [first] }),
    ...(from === undefined ? (to === undefined ? {} : { end: "object" as const }) : { end: "subject" as const }),
    ...(predicates === null ? {} : { predicates }),
    limit: [any, from, to].filter((id) => id !== undefined).length > 1 ? 1000 : limit,
    ...(cursor === null ? {} : { cursor }),
  });
  const results = page.relations.filter(
    (relation) =>
      (to === undefined || relation.object.id === to) &&
      (any === undefined || relation.subject.id === any || relation.object.id === any),
  );
  return { results: results.slice(0, limit), next: page.next };
}

/** What an entity is related to directly, the newest relation first. */
export async function findNeighbours(engine: Engine, request: NeighboursRequest): Promise<NeighboursResult> {
  const scope = graphScope(request.scope, request.knownAt);
  const [entity = null] = await engine.store.graph.resolve(scope, [spokenName(request.entity)], engine.clock());
  if (entity === null) return { entity, neighbours: [] };
  const { relations } = await engine.store.graph.listRelations({
    scope,
    ...timeOf(engine, request),
    entityIds: [entity.id],
    ...(request.predicates === null ? {} : { predicates: request.predicates }),
    limit: Math.min(request.limit * 4, 4_000),
  });
  const neighbours = new Map<string, { entity: EntityName; relations: Relation[] }>();
  for (const relation of relations) {
    const other = relation.subject.id === entity.id ? relation.object : relation.subject;
    const known = neighbours.get(other.id);
    if (known !== undefined) known.relations.push(relation);
    else if (neighbours.size < request.limit) neighbours.set(other.id, { entity: other, relations: [relation] });
  }
  return { entity, neighbours: [...neighbours.values()] };
}

export function graphScope({ userId, agentId, appId, runId }: Scope, knownAt: number | null = null): GraphScope {
  return {
    userId: userId ?? null,
    ...(agentId === undefined ? {} : { agentId }),
    ...(appId === undefined ? {} : { appId }),
    ...(runId === undefined ? {} : { runId }),
    ...(knownAt === null ? {} : { knownAt }),
  };
}

export function timeOf(engine: Engine, { asOf, includeEnded }: GraphTimeRequest): RelationTime {
  return { asOf, includeEnded, now: engine.clock() };
}
