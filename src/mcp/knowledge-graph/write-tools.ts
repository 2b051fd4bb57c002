import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool, ToolAnswer } from "../define-tool.ts";
import type { McpSession } from "../session.ts";
import { edgeOf, entityShape, graphOwner, relationShape } from "./shapes.ts";
import type { GraphEdge } from "./shapes.ts";

const MOST = 1_000;
const entityName = z.string().trim().min(1).max(500);
const relations = z.object({ relations: z.array(relationShape).max(MOST) });
const output = z.looseObject({});

/** The original answers a list as text; programs read it under its name. */
function listed(name: string, items: readonly unknown[]): ToolAnswer {
  return { text: JSON.stringify(items), data: { [name]: items } };
}

function done(message: string): ToolAnswer {
  return { text: message, data: { success: true, message } };
}

export const createEntities: Tool = defineTool({
  name: "create_entities",
  title: "Create entities",
  description: "Add people, places, projects or things with what is known of each. Names that exist are passed over.",
  input: z.object({ entities: z.array(entityShape).max(MOST) }),
  output,
  effect: "add",
  isIdempotent: true,
  run: async (session, { entities }) => {
    const known = new Set(
      await knownNames(
        session,
        entities.map(({ name }) => name),
      ),
    );
    const added = entities.filter(({ name }) => !known.has(name));
    if (added.length > 0)
      await session.memory.graph.createEntities(
        added.map(({ name, entityType, observations }) => ({ name, type: entityType, observations })),
        graphOwner(session),
      );
    return listed("entities", added);
  },
});

/** Those of the names that stand for something. */
async function knownNames(session: McpSession, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const found = await Promise.all(
    names.map(async (name) => (await session.memory.neighbours(name, { ...graphOwner(session), limit: 1 })).entity),
  );
  return names.filter((_name, index) => found[index] !== null);
}

export const createRelations: Tool = defineTool({
  name: "create_relations",
  title: "Create relations",
  description: "Relate entities, in active voice: from works_at to. Relations that exist are passed over.",
  input: relations,
  output,
  effect: "add",
  isIdempotent: true,
  run: async (session, { relations: edges }) => {
    const added: GraphEdge[] = [];
    for (const edge of edges) {
      if (await isKnown(session, edge)) continue;
      await session.memory.graph.createRelations(statementOf(edge), graphOwner(session));
      added.push(edge);
    }
    return listed("relations", added);
  },
});

function statementOf({ from, relationType, to }: GraphEdge): { subject: string; predicate: string; object: string } {
  return { subject: from, predicate: relationType, object: to };
}

async function isKnown(session: McpSession, edge: GraphEdge): Promise<boolean> {
  const { results } = await session.memory.relations({
    ...graphOwner(session),
    subject: edge.from,
    object: edge.to,
    includeEnded: true,
    limit: MOST,
  });
  const wanted = predicateOf(edge.relationType);
  return results.some((relation) => edgeOf(relation).relationType === wanted);
}

/** As the graph writes it. */
function predicateOf(relationType: string): string {
  return relationType
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, "_");
}

export const addObservations: Tool = defineTool({
  name: "add_observations",
  title: "Add observations",
  description: "Add what is new about entities that exist.",
  input: z.object({
    observations: z.array(z.object({ entityName, contents: z.array(z.string().min(1)) })).max(MOST),
  }),
  output,
  effect: "add",
  isIdempotent: true,
  run: async (session, { observations }) => {
    const owner = graphOwner(session);
    const results: { entityName: string; addedObservations: string[] }[] = [];
    for (const { entityName: name, contents } of observations) {
      const { entities } = await session.memory.graph.read({ ...owner, entities: [name], limit: 1 });
      const [entity] = entities;
      if (entity === undefined) throw invalidInput(`Entity with name ${name} not found. Create it first.`);
      const known = new Set(entity.observations.map(({ text }) => text));
      const added = [...new Set(contents)].filter((content) => !known.has(content));
      if (added.length > 0) await session.memory.graph.addObservations({ entity: name, contents: added }, owner);
      results.push({ entityName: name, addedObservations: added });
    }
    return listed("results", results);
  },
});

export const deleteEntities: Tool = defineTool({
  name: "delete_entities",
  title: "Delete entities",
  description: "Delete entities with their observations and relations. Names that do not exist are passed over.",
  input: z.object({ entityNames: z.array(entityName).max(MOST) }),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session, { entityNames }) => {
    if (entityNames.length > 0) await session.memory.graph.deleteEntities(entityNames, graphOwner(session));
    return done("Entities deleted successfully");
  },
});

export const deleteObservations: Tool = defineTool({
  name: "delete_observations",
  title: "Delete observations",
  description: "Delete single observations of entities, by their words.",
  input: z.object({
    deletions: z.array(z.object({ entityName, observations: z.array(z.string().min(1)) })).max(MOST),
  }),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session, { deletions }) => {
    const observed = deletions
      .filter(({ observations }) => observations.length > 0)
      .map(({ entityName: entity, observations: contents }) => ({ entity, contents }));
    if (observed.length > 0) await session.memory.graph.deleteObservations(observed, graphOwner(session));
    return done("Observations deleted successfully");
  },
});

export const deleteRelations: Tool = defineTool({
  name: "delete_relations",
  title: "Delete relations",
  description: "Delete relations between entities.",
  input: relations,
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session, { relations: edges }) => {
    if (edges.length > 0) await session.memory.graph.deleteRelations(edges.map(statementOf), graphOwner(session));
    return done("Relations deleted successfully");
  },
});
