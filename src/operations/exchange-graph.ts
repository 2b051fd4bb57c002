import type { GraphEntity, NewEntity, NewRelation } from "../domain/graph-requests.ts";
import { parseRoleName } from "../domain/role-name.ts";
import { normalizeEntityName } from "../domain/entity.ts";
import type { Scope } from "../domain/scope.ts";
import type { WriteRequest } from "../domain/graph-requests.ts";
import { graphScope } from "./read-graph.ts";
import type { Engine } from "./engine.ts";
import { describeEntities } from "./walk-graph.ts";
import { createEntities, createRelations } from "./write-graph.ts";

export interface GraphImportResult {
  readonly entities: number;
  readonly relations: number;
}

interface WholeGraph {
  readonly entities: readonly (NewEntity & { readonly aliases: readonly string[] })[];
  readonly relations: readonly NewRelation[];
}

const PAGE = 200;

/** Everything of a scope's graph, ended relations too, in the order of names and of arrival. */
export async function exportGraph(engine: Engine, scope: Scope): Promise<WholeGraph> {
  const time = { asOf: null, includeEnded: true, now: engine.clock() };
  const within = graphScope(scope);
  const entities: (NewEntity & { aliases: readonly string[] })[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await engine.store.graph.listEntities({
      scope: within,
      now: time.now,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const described = await describeEntities({ engine, scope: within, time }, page.entities);
    for (const [index, entity] of page.entities.entries()) {
      const { name, label, observations } = described[index] as GraphEntity;
      entities.push({
        name,
        type: label,
        observations: observations.map(({ text }) => text).toReversed(),
        aliases: entity.aliases,
      });
    }
    cursor = page.next;
  }
  const known = new Set(entities.map(({ name }) => name));
  const relations: NewRelation[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await engine.store.graph.listRelations({
      scope: within,
      ...time,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { subject, predicate, object, validFrom, validTo } of page.relations) {
      relations.push({ subject: subject.name, predicate, object: object.name, validFrom, validTo });
      // What only a memory of the past names is not listed.
      for (const { name, type } of [subject, object]) {
        if (known.has(name)) continue;
        known.add(name);
        entities.push({ name, type, observations: [], aliases: [] });
      }
    }
    cursor = page.next;
  }
  return { entities, relations: relations.toReversed() };
}

/** Writes a graph by hand, as it was read; what is known already is not kept twice. */
export async function importGraph(
  engine: Engine,
  graph: WholeGraph,
  request: WriteRequest,
): Promise<GraphImportResult> {
  await createEntities(engine, graph.entities, request);
  const names = await newNames(engine, graph, request.scope);
  await createRelations(engine, [...names, ...graph.relations], request);
  return { entities: graph.entities.length, relations: graph.relations.length };
}

/** Aliases that the scope does not know yet. Roles are none: they follow from relations. */
async function newNames(engine: Engine, { entities }: WholeGraph, scope: Scope): Promise<NewRelation[]> {
  const names = entities.flatMap(({ name, aliases }) =>
    aliases
      .filter((alias) => parseRoleName(normalizeEntityName(alias)) === undefined)
      .map((alias): NewRelation => ({
        subject: name,
        predicate: "name",
        object: alias,
        validFrom: null,
        validTo: null,
      })),
  );
  const within = graphScope(scope);
  const found = await engine.store.graph.resolve(
    within,
    names.map(({ object }) => object),
    engine.clock(),
  );
  const owners = await engine.store.graph.resolve(
    within,
    names.map(({ subject }) => subject),
    engine.clock(),
  );
  return names.filter((_name, index) => found[index] === null || found[index]?.id !== owners[index]?.id);
}
