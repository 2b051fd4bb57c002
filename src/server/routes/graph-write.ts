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
  route({
    method: "POST",
    path: "/v1/graph/entities/",
    operation: "createEntities",
    summary: "Keep entities with their types and sentences about them; each is a fact like others",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...WHOSE, entities }),
    handle: async (call) => written(call, await call.memory().graph.createEntities(call.body.entities, whose(call))),
  }),
  route({
    method: "DELETE",
    path: "/v1/graph/entities/",
    operation: "deleteEntities",
    summary: "Delete every fact that names one of the entities",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...SCOPE_SHAPE, entities: names }),
    handle: async (call) =>
      deleted(call, await call.memory().graph.deleteEntities(call.body.entities, scopeOf(call.body))),
  }),
  route({
    method: "POST",
    path: "/v1/graph/relations/",
    operation: "createRelations",
    summary: "Keep relations; names that are new become entities",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...WHOSE, relations }),
    handle: async (call) =>
      written(call, await call.memory().graph.createRelations(relationsIn(call.body.relations), whose(call))),
  }),
  route({
    method: "DELETE",
    path: "/v1/graph/relations/",
    operation: "deleteRelations",
    summary: "Delete the facts that state these relations",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...SCOPE_SHAPE, relations }),
    handle: async (call) =>
      deleted(call, await call.memory().graph.deleteRelations(relationsIn(call.body.relations), scopeOf(call.body))),
  }),
  route({
    method: "POST",
    path: "/v1/graph/observations/",
    operation: "addObservations",
    summary: "Keep sentences about entities that are there",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...WHOSE, observations }),
    handle: async (call) =>
      written(call, await call.memory().graph.addObservations(call.body.observations, whose(call))),
  }),
  route({
    method: "DELETE",
    path: "/v1/graph/observations/",
    operation: "deleteObservations",
    summary: "Delete sentences about entities, by their words",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...SCOPE_SHAPE, observations }),
    handle: async (call) =>
      deleted(call, await call.memory().graph.deleteObservations(call.body.observations, scopeOf(call.body))),
  }),
  route({
    method: "POST",
    path: "/v1/graph/merge/",
    operation: "mergeEntities",
    summary: "Say that two entities are one; `into` gives the name",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...WHOSE, from: z.string(), into: z.string() }),
    handle: async (call) => {
      const { from, into } = call.body;
      return written(call, await call.memory().graph.mergeEntities({ from, into }, whose(call)));
    },
  }),
  route({
    method: "POST",
    path: "/v1/graph/split/",
    operation: "splitEntity",
    summary: "Say that two names are two things; takes back a merge. With memories: these facts are of a namesake",
    tag: "graph",
    role: "member",
    body: z.looseObject({ ...WHOSE, entity: z.string(), alias: z.string(), memories: z.array(z.string()).nullish() }),
    handle: async (call) => {
      const { entity, alias, memories } = call.body;
      const pair = { entity, alias, ...(memories === null || memories === undefined ? {} : { memories }) };
      return written(call, await call.memory().graph.splitEntity(pair, whose(call)));
    },
  }),
];

interface WhoseBody extends ScopeBody {
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

function whose({ body }: Call<unknown, WhoseBody>): Record<string, unknown> {
  const { metadata } = body;
  return { ...scopeOf(body), ...(metadata === undefined || metadata === null ? {} : { metadata }) };
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

function written(
  call: Pick<Call, "services" | "project">,
  { results }: { readonly results: readonly { readonly memoryId: string }[] },
): { json: unknown } {
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
