import type { Graph, GraphEntity, GraphPath, PathsRequest, ReadGraphRequest } from "../domain/graph-requests.ts";
import type { EntityName, Relation } from "../domain/relation.ts";
import { spokenName } from "../extraction/relations/spoken-name.ts";
import { isObservation, observationText, TYPE_SLOT } from "../extraction/relations/stated-facts.ts";
import type { GraphScope, RelationTime } from "../ports/graph-store.ts";
import type { StoredMemory } from "../ports/memory-store.ts";
import type { Engine } from "./engine.ts";
import { graphScope, timeOf } from "./read-graph.ts";
import { seedEntities } from "./seed-entities.ts";

/** Entities that one read asks about: more would hold the event loop. */
const ENTITIES_PER_READ = 100;
/** Relations of one entity that a walk follows. */
const FOLLOWED = 300;
/** Entities that a search for paths looks at. */
const MOST_VISITED = 5_000;
/** Facts of one entity that are shown as observations. */
const MOST_OBSERVATIONS = 100;

export interface Walk {
  readonly engine: Engine;
  readonly scope: GraphScope;
  readonly time: RelationTime;
}

/** A part of the graph: what is around some entities or a question, or the whole as far as `limit` goes. */
export async function readGraph(engine: Engine, request: ReadGraphRequest): Promise<Graph> {
  const scope = graphScope(request.scope, request.knownAt);
  const walk: Walk = { engine, scope, time: timeOf(engine, request) };
  const seeds = await startOf(engine, request);
  const found = new Map(seeds.slice(0, request.limit).map((entity) => [entity.id, entity]));
  let frontier = [...found.keys()];
  const relations = new Map<string, Relation>();
  for (let step = 0; step <= request.depth && frontier.length > 0; step += 1) {
    const next: string[] = [];
    for (const relation of await relationsOf(walk, frontier)) {
      relations.set(relation.id, relation);
      // Behind the last step nothing more is found, but what joins the things that were.
      for (const end of step < request.depth ? [relation.subject, relation.object] : []) {
        if (found.has(end.id) || found.size >= request.limit) continue;
        found.set(end.id, end);
        next.push(end.id);
      }
    }
    frontier = next;
  }
  return {
    entities: await describeEntities(walk, [...found.values()]),
    relations: [...relations.values()].filter(({ subject, object }) => found.has(subject.id) && found.has(object.id)),
  };
}

async function startOf(engine: Engine, request: ReadGraphRequest): Promise<readonly EntityName[]> {
  const { graph } = engine.store;
  const scope = graphScope(request.scope, request.knownAt);
  const now = engine.clock();
  if (request.entities !== null) {
    const found = await graph.resolve(scope, request.entities.map(spokenName), now);
    return found.filter((entity) => entity !== null);
  }
  if (request.query !== null) return seedEntities(engine, request, request.query);
  const { entities } = await graph.listEntities({ scope, now, limit: request.limit });
  return entities;
}

/** The shortest ways from one entity to another along relations, in either direction. */
export async function findPaths(engine: Engine, request: PathsRequest): Promise<readonly GraphPath[]> {
  const walk: Walk = { engine, scope: graphScope(request.scope, request.knownAt), time: timeOf(engine, request) };
  const ends = [request.from, request.to].map(spokenName);
  const [from = null, to = null] = await engine.store.graph.resolve(walk.scope, ends, engine.clock());
  if (from === null || to === null || from.id === to.id) return [];
  const steps = new Map<string, Step[]>([[from.id, []]]);
  const names = new Map([[from.id, from]]);
  let frontier = [from.id];
  for (let length = 0; length < request.maxLength && frontier.length > 0 && !steps.has(to.id); length += 1) {
    const level = new Map<string, Step[]>();
    const inFrontier = new Set(frontier);
    for (const relation of await relationsOf(walk, frontier)) {
      for (const [near, far] of [
        [relation.subject, relation.object],
        [relation.object, relation.subject],
      ] as const) {
        if (!inFrontier.has(near.id) || steps.has(far.id)) continue;
        names.set(far.id, far);
        const known = level.get(far.id);
        if (known === undefined) level.set(far.id, [{ from: near.id, relation }]);
        else if (known.length < request.limit) known.push({ from: near.id, relation });
      }
    }
    for (const [id, reached] of level) if (steps.size < MOST_VISITED || id === to.id) steps.set(id, reached);
    frontier = [...level.keys()].filter((id) => steps.has(id));
  }
  return steps.has(to.id) ? unwind(steps, names, { from: from.id, to: to.id }, request.limit) : [];
}

interface Step {
  readonly from: string;
  readonly relation: Relation;
}

/** Back from the end along all steps of shortest paths. */
function unwind(
  steps: ReadonlyMap<string, readonly Step[]>,
  names: ReadonlyMap<string, EntityName>,
  { from, to }: { from: string; to: string },
  limit: number,
): GraphPath[] {
  const paths: GraphPath[] = [];
  const back = (id: string, tail: readonly Step[]): void => {
    if (paths.length >= limit) return;
    if (id === from) {
      const ids = [...tail.map((step) => step.from), to];
      paths.push({
        entities: ids.flatMap((each) => names.get(each) ?? []),
        relations: tail.map(({ relation }) => relation),
      });
      return;
    }
    for (const step of steps.get(id) ?? []) back(step.from, [step, ...tail]);
  };
  back(to, []);
  return paths;
}

async function relationsOf({ engine, scope, time }: Walk, entityIds: readonly string[]): Promise<readonly Relation[]> {
  const found = new Map<string, Relation>();
  for (let start = 0; start < entityIds.length; start += ENTITIES_PER_READ) {
    const part = entityIds.slice(start, start + ENTITIES_PER_READ);
    const { relations } = await engine.store.graph.listRelations({ scope, ...time, entityIds: part, limit: FOLLOWED });
    for (const relation of relations) found.set(relation.id, relation);
  }
  return [...found.values()];
}

/** Entities with the facts that are about them alone. */
export async function describeEntities(
  { engine, scope, time }: Walk,
  entities: readonly EntityName[],
): Promise<GraphEntity[]> {
  const ids: (readonly string[])[] = [];
  for (let start = 0; start < entities.length; start += ENTITIES_PER_READ) {
    const entityIds = entities.slice(start, start + ENTITIES_PER_READ).map(({ id }) => id);
    const wanted = { scope, entityIds, isUnrelated: true, now: time.now, limit: MOST_OBSERVATIONS };
    ids.push(...(await engine.store.graph.findMemories(wanted)));
  }
  const stored = await engine.store.getMemories([...new Set(ids.flat())]);
  const byId = new Map(stored.map((memory) => [memory.record.id, memory]));
  return entities.map(({ id, name, type }, index) => {
    const own = (ids[index] ?? []).flatMap((memoryId): StoredMemory[] => {
      const memory = byId.get(memoryId);
      return memory === undefined ? [] : [memory];
    });
    const typed = own.find(({ record }) => record.attribute?.attribute === TYPE_SLOT);
    const article = typed === undefined ? null : /^.* is an? (.+)$/u.exec(typed.record.text);
    return {
      id,
      name,
      type,
      label: article?.[1] ?? type,
      observations: own
        .filter(({ record }) => isObservation(record))
        .map(({ record }) => ({ memoryId: record.id, text: observationText(record) })),
    };
  });
}
