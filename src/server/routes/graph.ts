import { z } from "zod";
import { isAcrossUsers, optional } from "../add-through-project.ts";
import { filtersOf } from "../filters-of.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import {
  entityShape,
  mentionsShape,
  neighboursShape,
  relationShape,
  timelineEntryShape,
} from "../shapes/graph-shape.ts";
import { SCOPE_SHAPE, scopeOf } from "../shapes/scope-body.ts";

const moment = z.union([z.number(), z.string()]).nullish();
const names = z.union([z.string(), z.array(z.string())]).nullish();
const limit = z.number().int().min(1).max(1_000).nullish();
const cursor = z.string().nullish();
const TIME = { as_of: moment, known_at: moment, include_ended: z.boolean().nullish() };

/** What memories name, what they say about two things, and what happened when. */
export const graphRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/named_entities/",
    operation: "listNamedEntities",
    summary: "The people, places and things that a user's memories name, each once with its other names",
    tag: "graph",
    role: "reader",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      search: z.string().nullish(),
      type: names,
      as_of: moment,
      known_at: moment,
      limit,
      cursor,
    }),
    handle: async (call) => {
      const { body } = call;
      const { results, next } = await call.memory().entities({
        ...scopeOf(body),
        ...optional(body, ["search", "type", "as_of", "known_at", "limit", "cursor"]),
      });
      return { json: { results: results.map(entityShape), next } };
    },
  }),
  route({
    method: "POST",
    path: "/v1/relations/",
    operation: "listRelations",
    summary: "What memories say about two named things: typed, dated, each with its memory, newest memory first",
    tag: "graph",
    role: "reader",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      ...TIME,
      entity: z.string().nullish(),
      subject: z.string().nullish(),
      object: z.string().nullish(),
      predicate: names,
      limit,
      cursor,
    }),
    handle: async (call) => {
      const { body } = call;
      const { results, next } = await call.memory().relations({
        ...scopeOf(body),
        ...optional(body, [
          "as_of",
          "known_at",
          "include_ended",
          "entity",
          "subject",
          "object",
          "predicate",
          "limit",
          "cursor",
        ]),
      });
      return { json: { results: results.map(relationShape), next } };
    },
  }),
  route({
    method: "POST",
    path: "/v1/neighbours/",
    operation: "listNeighbours",
    summary: "What a named thing is related to directly, the newest relation first",
    tag: "graph",
    role: "reader",
    body: z.looseObject({ entity: z.string(), ...SCOPE_SHAPE, ...TIME, predicate: names, limit }),
    handle: async (call) => {
      const { body } = call;
      const found = await call.memory().neighbours(body.entity, {
        ...scopeOf(body),
        ...optional(body, ["as_of", "known_at", "include_ended", "predicate", "limit"]),
      });
      return { json: neighboursShape(found) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/mentions/",
    operation: "listMentions",
    summary: "Where memories, and the messages that they rest on, name a thing: with the places in their texts",
    tag: "graph",
    role: "reader",
    body: z.looseObject({ entity: z.string(), ...SCOPE_SHAPE, known_at: moment, limit }),
    handle: async (call) => {
      const { body } = call;
      const found = await call.memory().mentions(body.entity, {
        ...scopeOf(body),
        ...optional(body, ["known_at", "limit"]),
      });
      return { json: mentionsShape(found) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/timeline/",
    operation: "getTimeline",
    summary: "What happened to a topic, or in a whole scope, in the order of the events, page by page",
    tag: "recollect",
    role: "reader",
    body: z.looseObject({
      topic: z.string().nullish(),
      ...SCOPE_SHAPE,
      filters: z.looseObject({}).nullish(),
      from: moment,
      to: moment,
      changes_only: z.boolean().nullish(),
      order: z.enum(["ascending", "descending"]).nullish(),
      limit,
      cursor,
      threshold: z.number().min(0).max(1).nullish(),
      reference_date: moment,
      as_of: moment,
      known_at: moment,
      latest_only: z.boolean().nullish(),
      show_expired: z.boolean().nullish(),
    }),
    handle: async (call) => {
      const { body } = call;
      const { results, next, warnings } = await call.memory().timeline(body.topic ?? null, {
        filters: filtersOf(body),
        acrossUsers: isAcrossUsers(call.principal),
        ...optional(body, [
          "from",
          "to",
          "changes_only",
          "order",
          "limit",
          "cursor",
          "threshold",
          "reference_date",
          "as_of",
          "known_at",
          "latest_only",
          "show_expired",
        ]),
      });
      return { json: { results: results.map(timelineEntryShape), next, warnings } };
    },
  }),
];
