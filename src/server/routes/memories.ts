import { z } from "zod";
import { invalidInput, MemoryError } from "../../errors.ts";
import { addThroughProject, optional } from "../add-through-project.ts";
import { deleteMany } from "../delete-many.ts";
import { createEvent } from "../control/events.ts";
import { recordChanges } from "../record-changes.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { idsOf, relationsOf } from "../relations-of.ts";
import { searchProject } from "../search-project.ts";
import { listProject } from "../list-project.ts";
import { historyShape } from "../shapes/history-shape.ts";
import { hitShape, memoryShape, pickFields } from "../shapes/memory-shape.ts";
import { paginated, readPage } from "../shapes/page.ts";
import { SCOPE_SHAPE } from "../shapes/scope-body.ts";
import { announce } from "../webhooks/announce.ts";

const anything = z.looseObject({});
const moment = z.union([z.number(), z.string()]).nullish();
/** In a query everything is text. */
const MOMENT = z.looseObject({ as_of: z.string().optional(), known_at: z.string().optional() });

/** Unknown fields are let through: clients pass options on unchecked. */
export const ADD_BODY: z.ZodType<Record<string, unknown>> = z.looseObject({
  messages: z.unknown(),
  ...SCOPE_SHAPE,
  metadata: anything.nullish(),
  infer: z.boolean().nullish(),
  expiration_date: z.string().nullish(),
  timestamp: z.union([z.number(), z.string()]).nullish(),
  custom_instructions: z.string().nullish(),
  agent_custom_instructions: z.string().nullish(),
  custom_categories: z.unknown().optional(),
  immutable: z.boolean().nullish(),
  pinned: z.boolean().nullish(),
  untrusted: z.boolean().nullish(),
  derived_from: z.union([z.string(), z.array(z.string())]).nullish(),
  includes: z.string().nullish(),
  excludes: z.string().nullish(),
  wait: z.boolean().nullish(),
  idempotency_key: z.string().nullish(),
  enable_graph: z.boolean().nullish(),
});

export const SEARCH_BODY: z.ZodType<Record<string, unknown>> = z.looseObject({
  query: z.string(),
  filters: anything.nullish(),
  top_k: z.number().int().min(0).max(1000).nullish(),
  threshold: z.number().min(0).max(1).nullish(),
  rerank: z.boolean().nullish(),
  reference_date: z.union([z.number(), z.string()]).nullish(),
  fields: z.array(z.string()).nullish(),
  categories: z.array(z.string()).nullish(),
  metadata: anything.nullish(),
  show_expired: z.boolean().nullish(),
  latest_only: z.boolean().nullish(),
  include_merged: z.boolean().nullish(),
  explain: z.boolean().nullish(),
  as_of: z.union([z.number(), z.string()]).nullish(),
  known_at: z.union([z.number(), z.string()]).nullish(),
  kinds: z.array(z.string()).nullish(),
  enable_graph: z.boolean().nullish(),
});

export const LIST_BODY: z.ZodType<Record<string, unknown>> = z.looseObject({
  filters: anything.nullish(),
  page: z.number().int().nullish(),
  page_size: z.number().int().nullish(),
  start_date: z.string().nullish(),
  end_date: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  fields: z.array(z.string()).nullish(),
  keywords: z.string().nullish(),
  show_expired: z.boolean().nullish(),
  latest_only: z.boolean().nullish(),
  include_merged: z.boolean().nullish(),
  include_unverified: z.boolean().nullish(),
  as_of: moment,
  known_at: moment,
  kinds: z.array(z.string()).nullish(),
  enable_graph: z.boolean().nullish(),
});

export const memoryRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v3/memories/add/",
    operation: "addMemories",
    summary: "Keep messages; facts are drawn from them",
    tag: "memories",
    role: "member",
    body: ADD_BODY,
    handle: async (call) => ({ json: await addThroughProject(call, call.body) }),
  }),
  route({
    method: "POST",
    path: "/v3/memories/search/",
    operation: "searchMemories",
    summary: "The memories that answer a query, best first",
    tag: "memories",
    role: "reader",
    body: SEARCH_BODY,
    handle: async (call) => {
      const { body } = call;
      const { hits, warnings } = await searchProject(call, body, { topK: 10, threshold: 0.1 });
      const fields = body["fields"] as string[] | undefined;
      const relations = await relationsOf(call, body, idsOf(hits));
      const results = hits.map((hit) => pickFields(hitShape(hit), fields));
      return { json: { results, ...(relations === undefined ? {} : { relations }), warnings } };
    },
  }),
  route({
    method: "POST",
    path: "/v3/memories/",
    operation: "listMemories",
    summary: "Memories of a scope, page by page, newest said first",
    tag: "memories",
    role: "reader",
    query: z.looseObject({ page: z.string().optional(), page_size: z.string().optional() }),
    body: LIST_BODY,
    isBodyOptional: true,
    handle: async (call) => {
      const body = call.body ?? {};
      const page = readPage(call.query.page ?? body["page"], call.query.page_size ?? body["page_size"], 100, 200);
      const { items, total } = await listProject(call, body, page);
      const fields = body["fields"] as string[] | undefined;
      const relations = await relationsOf(call, body, idsOf(items));
      const rows = items.map((item) => pickFields(memoryShape(item), fields));
      return {
        json: { ...paginated(call.url, page, total, rows), ...(relations === undefined ? {} : { relations }) },
      };
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/memories/",
    operation: "deleteMemories",
    summary: "Delete everything of the named scopes; `*` stands for every one of its type",
    tag: "memories",
    role: "member",
    query: z.looseObject({ ...SCOPE_SHAPE, metadata: z.string().optional(), filters: z.string().optional() }),
    handle: async (call) => {
      const ids = await deleteMany(call, call.query);
      const project = call.project();
      const results = ids.map((id) => ({ id, event: "DELETE" }));
      const event = createEvent(call.services.control, {
        projectId: project.id,
        type: "DELETE_ALL",
        status: "SUCCEEDED",
        results,
      });
      announce(call.services, project.id, results);
      return { json: { message: "Memories deleted successfully!", event_id: event.id, count: ids.length } };
    },
  }),
  route({
    method: "GET",
    path: "/v1/memories/{id}/",
    operation: "getMemory",
    summary: "One memory; with as_of and known_at as it was true, and known, then",
    tag: "memories",
    role: "reader",
    query: MOMENT,
    handle: async (call) => ({ json: memoryShape(await requireItem(call, momentOf(call.query))) }),
  }),
  route({
    method: "PUT",
    path: "/v1/memories/{id}/",
    operation: "updateMemory",
    summary: "Change text, metadata (merged), time or expiry; the history keeps what was there",
    tag: "memories",
    role: "member",
    body: z.looseObject({
      text: z.string().nullish(),
      metadata: anything.nullish(),
      expiration_date: z.string().nullish(),
      pinned: z.boolean().nullish(),
      timestamp: z.union([z.number(), z.string()]).nullish(),
    }),
    handle: async (call) => {
      const { id } = await requireItem(call);
      const { text, metadata, timestamp, pinned, expiration_date: expirationDate } = call.body;
      await call.memory().update(id, {
        ...(text === undefined || text === null ? {} : { text }),
        ...(metadata === undefined || metadata === null ? {} : { metadata }),
        ...(expirationDate === undefined ? {} : { expirationDate }),
        ...(timestamp === undefined || timestamp === null ? {} : { timestamp }),
        ...(pinned === undefined || pinned === null ? {} : { pinned }),
      });
      recordChanges(call, "UPDATE", [{ id, event: "UPDATE" }]);
      return { json: memoryShape(await requireItem(call)) };
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/memories/{id}/",
    operation: "deleteMemory",
    summary: "Delete one memory; restore brings it back",
    tag: "memories",
    role: "member",
    query: z.looseObject({ delete_linked: z.string().optional() }),
    handle: async (call) => {
      const item = await requireItem(call);
      const memory = call.memory();
      const named = call.query.delete_linked === "true" ? (item.conflictsWith ?? []) : [];
      const linked: string[] = [];
      // What is gone already has no need of it.
      for (const id of named) if ((await memory.get(id)) !== null) linked.push(id);
      await memory.delete(item.id);
      for (const id of linked) await memory.delete(id);
      recordChanges(
        call,
        "DELETE",
        [item.id, ...linked].map((id) => ({ id, event: "DELETE" })),
      );
      return {
        json: {
          message: "Memory deleted successfully!",
          ...(linked.length === 0 ? {} : { cascade_count: linked.length }),
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/v1/memories/{id}/history/",
    operation: "getHistory",
    summary: "Every change of a memory, newest first; with known_at those that were known then",
    tag: "memories",
    role: "reader",
    query: MOMENT,
    handle: async (call) => {
      const memory = call.memory();
      const id = parseUuid(call.params["id"]);
      const item = await memory.get(id);
      return { json: (await memory.history(id, momentOf(call.query))).map((row) => historyShape(row, item)) };
    },
  }),
];

type ById = Parameters<typeof addThroughProject>[0];

/** @throws MemoryError `not_found`, or `invalid_input` in Mem0's words for what is no id. */
export async function requireItem(
  call: Pick<ById, "memory" | "params">,
  then: Readonly<Record<string, unknown>> = {},
): Promise<NonNullable<Awaited<ReturnType<ReturnType<ById["memory"]>["get"]>>>> {
  const id = parseUuid(call.params["id"]);
  const item = await call.memory().get(id, then);
  if (item === null) throw new MemoryError("not_found", `Memory with ID ${id} not found`);
  return item;
}

function momentOf(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return optional(query, ["as_of", "known_at"]);
}

export function parseUuid(id: string | undefined): string {
  if (id === undefined || !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu.test(id))
    throw invalidInput("Invalid memory ID");
  return id.toLowerCase();
}
