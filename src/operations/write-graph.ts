import type {
  MergeRequest,
  NewEntity,
  NewRelation,
  ObservedEntity,
  SplitRequest,
  WriteRequest,
} from "../domain/graph-requests.ts";
import type { EntityName } from "../domain/relation.ts";
import { normalizeEntityName } from "../domain/entity.ts";
import { DIFFERENT } from "../domain/role-name.ts";
import type { Scope } from "../domain/scope.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import { spokenName } from "../extraction/relations/spoken-name.ts";
import { entityTypeOf, observationFact, relationFact, typeFact } from "../extraction/relations/stated-facts.ts";
import { addStatements } from "./add-statements.ts";
import type { Statement } from "./add-statements.ts";
import { deleteMemory } from "./delete-memories.ts";
import type { Engine } from "./engine.ts";
import { graphScope } from "./read-graph.ts";
import { renameInFacts } from "./split-namesakes.ts";

/** What a call wrote: for each thing that was named, the memory that says so. */
export interface GraphWriteResult {
  readonly results: readonly { readonly memoryId: string }[];
}

/** Names things, says of what type they are, and keeps sentences about them. What is known already is not kept twice. */
export async function createEntities(
  engine: Engine,
  entities: readonly NewEntity[],
  { scope, metadata }: WriteRequest,
): Promise<GraphWriteResult> {
  const names = entities.map(({ name }) => spokenName(name));
  const known = await engine.store.graph.resolve(graphScope(scope), names, engine.clock());
  const statements = entities.flatMap(({ name, type, observations }, index): Statement[] => {
    const found = known[index] ?? null;
    const entity = { name: found?.name ?? name, type: type === null ? (found?.type ?? "other") : entityTypeOf(type) };
    // Something has to say that it is there: its type, or that it is something.
    const typed = type === null && found !== null ? [] : [typeFact(entity.name, type ?? "thing")];
    return [
      ...typed.map((fact) => ({ ...fact, mentions: [entity] })),
      ...observations.map((content) => observation(entity.name, entity.type, content)),
    ];
  });
  return toResult(await addStatements(engine, scope, statements, metadata));
}

/** Relates two things; a name that nothing has yet becomes an entity by it. */
export async function createRelations(
  engine: Engine,
  relations: readonly NewRelation[],
  { scope, metadata }: WriteRequest,
): Promise<GraphWriteResult> {
  const names = await spellings(
    engine,
    scope,
    relations.flatMap(({ subject, object }) => [subject, object]),
  );
  const statements = relations.map(({ subject, predicate, object, validFrom, validTo }): Statement => {
    const [from, to] = [names(subject), names(object)];
    if (normalizeEntityName(from.name) === normalizeEntityName(to.name))
      throw invalidInput(`A relation needs two entities, got "${subject}" at both ends.`);
    return {
      ...relationFact(from.name, predicate, to.name),
      mentions: [from, to].map(({ name, type }) => ({ name, type })),
      ...(validFrom === null ? {} : { validFrom }),
      ...(validTo === null ? {} : { validTo }),
    };
  });
  return toResult(await addStatements(engine, scope, statements, metadata));
}

/** Keeps sentences about entities that are there. @throws MemoryError `not_found` when a name is none of the scope's. */
export async function addObservations(
  engine: Engine,
  observed: readonly ObservedEntity[],
  { scope, metadata }: WriteRequest,
): Promise<GraphWriteResult> {
  const statements: Statement[] = [];
  for (const { entity, contents } of observed) {
    const { name, type } = await requireEntity(engine, scope, entity);
    statements.push(...contents.map((content) => observation(name, type, content)));
  }
  return toResult(await addStatements(engine, scope, statements, metadata));
}

/** Says that two entities are one. What says so is a memory: its history tells when, deleting it takes it back. */
export async function mergeEntities(
  engine: Engine,
  { from, into }: MergeRequest,
  { scope, metadata }: WriteRequest,
): Promise<GraphWriteResult> {
  const source = await requireEntity(engine, scope, from);
  const target = await requireEntity(engine, scope, into);
  if (source.id === target.id) throw invalidInput(`"${from}" and "${into}" are one entity already: ${target.name}.`);
  await takeBack(engine, scope, [source, target], [DIFFERENT]);
  const statement: Statement = {
    ...relationFact(source.name, SAME, target.name),
    text: `${source.name} is the same as ${target.name}`,
    mentions: [source, target].map(({ name, type }) => ({ name, type })),
  };
  return toResult(await addStatements(engine, scope, [statement], metadata));
}

/**
 * Says that two names are two things, and takes back that they are one; of two namesakes, gives the facts of the other
 * one that one's name first. It is a memory too.
 */
export async function splitEntity(
  engine: Engine,
  { entity, alias, memoryIds }: SplitRequest,
  { scope, metadata }: WriteRequest,
): Promise<GraphWriteResult> {
  if (memoryIds !== null) {
    const [one = null] = await engine.store.graph.findByName(graphScope(scope), [spokenName(entity)], engine.clock());
    if (one === null) throw noEntity(entity);
    await renameInFacts(engine, one, { alias, memoryIds, scope });
  }
  const names = [entity, alias].map(spokenName);
  const [first = null, second = null] = await engine.store.graph.findByName(graphScope(scope), names, engine.clock());
  if (first === null) throw noEntity(entity);
  if (second === null) throw noEntity(alias);
  if (first.id === second.id) throw invalidInput(`"${entity}" and "${alias}" are one name.`);
  await takeBack(engine, scope, [first, second], [SAME]);
  const statement: Statement = {
    ...relationFact(first.name, DIFFERENT, second.name),
    text: `${first.name} is different from ${second.name}`,
    mentions: [first, second].map(({ name, type }) => ({ name, type })),
  };
  return toResult(await addStatements(engine, scope, [statement], metadata));
}

const SAME = "same_as";

/** Deletes what says the opposite of two names. */
async function takeBack(
  engine: Engine,
  scope: Scope,
  [one, other]: readonly [EntityName, EntityName],
  predicates: readonly string[],
): Promise<void> {
  const between = [one.id, other.id] as const;
  const said = { scope: graphScope(scope), between, predicates, now: engine.clock() };
  for (const id of await engine.store.graph.findJoining(said)) await deleteMemory(engine, id, scope);
}

function toResult(ids: readonly string[]): GraphWriteResult {
  return { results: ids.map((memoryId) => ({ memoryId })) };
}

export async function requireEntity(engine: Engine, scope: Scope, name: string): Promise<EntityName> {
  const [found = null] = await engine.store.graph.resolve(graphScope(scope), [spokenName(name)], engine.clock());
  if (found === null) throw noEntity(name);
  return found;
}

function noEntity(name: string): MemoryError {
  return new MemoryError("not_found", `No memory of this scope names "${name.slice(0, 200)}".`, { details: { name } });
}

function observation(name: string, type: EntityName["type"], content: string): Statement {
  return { ...observationFact(name, content), mentions: [{ name, type }] };
}

/** Names as the scope knows them already, else as given. */
async function spellings(
  engine: Engine,
  scope: Scope,
  names: readonly string[],
): Promise<(name: string) => Pick<EntityName, "name" | "type">> {
  const found = await engine.store.graph.resolve(graphScope(scope), names.map(spokenName), engine.clock());
  const known = new Map(names.map((name, index) => [name, found[index]]));
  return (name) => known.get(name) ?? { name: spokenName(name) === "user" ? "User" : name, type: "other" };
}
