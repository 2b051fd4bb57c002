import { z } from "zod";
import { optional } from "../add-through-project.ts";
import { recordChanges } from "../record-changes.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { graphReadShape, pathShape } from "../shapes/graph-shape.ts";
import { SCOPE_SHAPE, scopeOf } from "../shapes/scope-body.ts";
import type { ScopeBody } from "../shapes/scope-body.ts";

const moment = z.union([z.number(), z.string()]).nullish();
const MAX_THINGS = 1_000;
const WHOSE = { ...SCOPE_SHAPE, metadata: z.looseObject({}).nullish() };
const TIME = { as_of: moment, known_at: moment, include_ended: z.boolean().nullish() };

const entities = z
  .array(z.looseObject({ name: z.string(), type: z.string().optional(), observations: z.array(z.string()).optional() }))
  .max(MAX_THINGS);
const relations = z
  .array(
    z.looseObject({
      subject: z.string(),
      predicate: z.string(),
      object: z.string(),
      valid_from: moment,
      valid_to: moment,
    }),
  )
  .max(MAX_THINGS);
const observations = z.array(z.looseObject({ entity: z.string(), contents: z.array(z.string()) })).max(MAX_THINGS);
const names = z.array(z.string()).max(MAX_THINGS);

/** The graph as a whole, the ways through it, and what is written into it by hand. */
export const graphWriteRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/graph/",
    operation: "readGraph",
    summary:
      "Entities with what is known of each and all relations between them: around entities or a question, or all",
    tag: "graph",
    role: "reader",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      ...TIME,
      entities: names.nullish(),
      query: z.string().nullish(),
      depth: z.number().int().min(0).max(3).nullish(),
      limit: z.number().int().min(1).max(1_000).nullish(),
    }),
    handle: async (call) => {
      const { body } = call;
      const found = await call.memory().graph.read({
        ...scopeOf(body),
        ...optional(body, ["as_of", "known_at", "include_ended", "entities", "query", "depth", "limit"]),
      });
      return { json: graphReadShape(found) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/graph/paths/",
    operation: "listPaths",
    summary: "The shortest ways from one entity to another along relations",
    tag: "graph",
    role: "reader",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      ...TIME,
      from: z.string(),
      to: z.string(),
      max_length: z.number().int().min(1).max(6).nullish(),
      limit: z.number().int().min(1).max(100).nullish(),
    }),
    handle: async (call) => {
      const { body } = call;
      const { paths } = await call.memory().graph.paths({
        ...scopeOf(body),
        from: body.from,
        to: body.to,
        ...optional(body, ["as_of", "known_at", "include_ended", "max_length", "limit"]),
      });
      return { json: { paths: paths.map(pathShape) } };
    },
  }),
  writingRoute("entities", {
    operation: "createEntities",
    summary: "Keep entities with their types and sentences about them; each is a fact like others",
    shape: { entities },
    write: (graph, body, of) => graph.createEntities(body.entities, of),
  }),
  deletingRoute("entities", {
    operation: "deleteEntities",
    summary: "Delete every fact that names one of the entities",
    shape: { entities: names },
    remove: (graph, body, scope) => graph.deleteEntities(body.entities, scope),
  }),
  writingRoute("relations", {
    operation: "createRelations",
    summary: "Keep relations; names that are new become entities",
    shape: { relations },
    write: (graph, body, of) => graph.createRelations(relationsIn(body.relations), of),
  }),
  deletingRoute("relations", {
    operation: "deleteRelations",
    summary: "Delete the facts that state these relations",
    shape: { relations },
    remove: (graph, body, scope) => graph.deleteRelations(relationsIn(body.relations), scope),
  }),
  writingRoute("observations", {
    operation: "addObservations",
    summary: "Keep sentences about entities that are there",
    shape: { observations },
    write: (graph, body, of) => graph.addObservations(body.observations, of),
  }),
  deletingRoute("observations", {
    operation: "deleteObservations",
    summary: "Delete sentences about entities, by their words",
    shape: { observations },
    remove: (graph, body, scope) => graph.deleteObservations(body.observations, scope),
  }),
  writingRoute("merge", {
    operation: "mergeEntities",
    summary: "Say that two entities are one; `into` gives the name",
    shape: { from: z.string(), into: z.string() },
    write: (graph, { from, into }, of) => graph.mergeEntities({ from, into }, of),
  }),
  writingRoute("split", {
    operation: "splitEntity",
    summary: "Say that two names are two things; takes back a merge. With memories: these facts are of a namesake",
    shape: { entity: z.string(), alias: z.string(), memories: z.array(z.string()).nullish() },
    write: (graph, { entity, alias, memories }, of) =>
      graph.splitEntity({ entity, alias, ...(memories === null || memories === undefined ? {} : { memories }) }, of),
  }),
];

interface WritingRoute<Shape extends z.ZodRawShape> {
  readonly operation: string;
  readonly summary: string;
  readonly shape: Shape;
  /** `of` says whose it is, and the metadata. */
  readonly write: (graph: Graph, body: z.infer<z.ZodObject<Shape>>, of: Named) => Promise<Written>;
}

type Graph = ReturnType<Call["memory"]>["graph"];
type Named = Record<string, unknown>;

interface Written {
  readonly results: readonly { readonly memoryId: string }[];
}

/** A route that keeps something as facts: the body says whose, besides what its shape has. */
function writingRoute<Shape extends z.ZodRawShape>(name: string, about: WritingRoute<Shape>): Route {
  const { operation, summary, shape, write } = about;
  return route({
    method: "POST",
    path: `/v1/graph/${name}/`,
    operation,
    summary,
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...WHOSE, ...shape }),
    handle: async (call) => {
      const body = call.body as z.infer<z.ZodObject<Shape>> & WhoseBody;
      const { metadata } = body;
      const of = { ...scopeOf(body), ...(metadata === undefined || metadata === null ? {} : { metadata }) };
      return written(call, await write(call.memory().graph, body, of));
    },
  });
}

interface WhoseBody extends ScopeBody {
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

interface DeletingRoute<Shape extends z.ZodRawShape> {
  readonly operation: string;
  readonly summary: string;
  readonly shape: Shape;
  readonly remove: (
    graph: Graph,
    body: z.infer<z.ZodObject<Shape>>,
    scope: Named,
  ) => Promise<{ readonly deleted: readonly string[] }>;
}

/** A route that deletes facts, by what they say. */
function deletingRoute<Shape extends z.ZodRawShape>(name: string, about: DeletingRoute<Shape>): Route {
  const { operation, summary, shape, remove } = about;
  return route({
    method: "DELETE",
    path: `/v1/graph/${name}/`,
    operation,
    summary,
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...SCOPE_SHAPE, ...shape }),
    handle: async (call) => {
      const body = call.body as z.infer<z.ZodObject<Shape>> & ScopeBody;
      return deleted(call, await remove(call.memory().graph, body, scopeOf(body)));
    },
  });
}

function relationsIn(given: z.infer<typeof relations>): {
  subject: string;
  predicate: string;
  object: string;
  validFrom?: number | string;
  validTo?: number | string;
}[] {
  return given.map(({ subject, predicate, object, valid_from: from, valid_to: to }) => ({
    subject,
    predicate,
    object,
    ...(from === undefined || from === null ? {} : { validFrom: from }),
    ...(to === undefined || to === null ? {} : { validTo: to }),
  }));
}

function written(call: Pick<Call, "services" | "project">, { results }: Written): { json: unknown } {
  const ids = results.map(({ memoryId }) => memoryId);
  recordChanges(
    call,
    "ADD",
    ids.map((id) => ({ id, event: "ADD" })),
  );
  return { json: { results: ids.map((id) => ({ memory_id: id })) } };
}

function deleted(
  call: Pick<Call, "services" | "project">,
  result: { readonly deleted: readonly string[] },
): { json: unknown } {
  recordChanges(
    call,
    "DELETE",
    result.deleted.map((id) => ({ id, event: "DELETE" })),
  );
  return { json: result };
}
