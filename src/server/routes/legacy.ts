import { z } from "zod";
import { addThroughProject } from "../add-through-project.ts";
import { listProject } from "../list-project.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { addedRelationsOf, idsOf, isGraphAsked, relationsOf } from "../relations-of.ts";
import { searchProject } from "../search-project.ts";
import { hitShape, memoryShape, pickFields } from "../shapes/memory-shape.ts";
import { paginated, readPage } from "../shapes/page.ts";
import { SCOPE_SHAPE } from "../shapes/scope-body.ts";
import { ADD_BODY, LIST_BODY, SEARCH_BODY } from "./memories.ts";

/** What Mem0's older clients (2.x, its first MCP server, plugins) call. */
export const legacyRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/memories/",
    operation: "addMemoriesV1",
    summary: "Add, as clients before 3.0 do",
    tag: "legacy",
    role: "member",
    body: ADD_BODY,
    handle: async (call) => {
      const { body } = call;
      const added = await addThroughProject(call, { ...body, wait: true });
      const results = (added["results"] ?? []) as { readonly id: string }[];
      const ids = results.map(({ id }) => id);
      if (!isObjectWanted(body)) return { json: results };
      const relations = await addedRelationsOf(call, body, ids);
      return { json: { results, ...(relations === undefined ? {} : { relations }), event_id: added["event_id"] } };
    },
  }),
  route({
    method: "GET",
    path: "/v1/memories/",
    operation: "listMemoriesV1",
    summary: "List, as clients before 3.0 do: an array, or a page when one is asked for",
    tag: "legacy",
    role: "reader",
    query: z.looseObject({
      ...SCOPE_SHAPE,
      page: z.string().optional(),
      page_size: z.string().optional(),
      limit: z.string().optional(),
      enable_graph: z.string().optional(),
    }),
    handle: async (call) => listAsV1(call, fromQuery(call.query)),
  }),
  route({
    method: "POST",
    path: "/v2/memories/",
    operation: "listMemoriesV2",
    summary: "List by filters: an array, or a page when one is asked for",
    tag: "legacy",
    role: "reader",
    query: z.looseObject({ page: z.string().optional(), page_size: z.string().optional() }),
    body: LIST_BODY,
    handle: async (call) => listAsV1(call, { ...call.body, ...fromQuery(call.query) }),
  }),
  route({
    method: "POST",
    path: "/v1/memories/search/",
    operation: "searchMemoriesV1",
    summary: "Search with ids at the top level: a bare array, or `{ results }` for output_format v1.1",
    tag: "legacy",
    role: "reader",
    body: SEARCH_BODY,
    handle: async (call) => searchAsV1(call, 0.1),
  }),
  route({
    method: "POST",
    path: "/v2/memories/search/",
    operation: "searchMemoriesV2",
    summary: "Search by filters: a bare array",
    tag: "legacy",
    role: "reader",
    body: SEARCH_BODY,
    handle: async (call) => searchAsV1(call, 0.3),
  }),
  route({
    method: "GET",
    path: "/v1/memories/{entity_type}/{entity_id}/",
    operation: "listMemoriesOfEntity",
    summary: "Memories of one user, agent, app or run",
    tag: "legacy",
    role: "reader",
    query: z.looseObject({ page: z.string().optional(), page_size: z.string().optional() }),
    handle: async (call) => {
      const type = call.params["entity_type"] ?? "";
      const body = { [`${type.replace(/s$/u, "")}_id`]: call.params["entity_id"] };
      const page = readPage(call.query.page, call.query.page_size, 100, 200);
      const { items, total } = await listProject(call, body, page);
      const rows = items.map((item) => ({
        ...memoryShape(item),
        input: item.sources.map(({ role, text }) => ({ role: role ?? "user", content: text })),
        is_updated: item.updatedAt !== item.createdAt,
      }));
      return { json: paginated(call.url, page, total, rows) };
    },
  }),
];

async function listAsV1(call: Call, body: Readonly<Record<string, unknown>>): Promise<{ json: unknown }> {
  const isPaged = body["page"] !== undefined && body["page"] !== null;
  const page = readPage(body["page"], body["page_size"] ?? body["limit"], 100, 200);
  const { items, total } = await listProject(call, body, page);
  const rows = items.map((item) => pickFields(memoryShape(item), body["fields"] as string[] | undefined));
  // A list was an array whatever the format; relations need an object.
  if (!isPaged && !isGraphAsked(body)) return { json: rows };
  const relations = await relationsOf(call, body, idsOf(items));
  const more = relations === undefined ? {} : { relations };
  return { json: isPaged ? { ...paginated(call.url, page, total, rows), ...more } : { results: rows, ...more } };
}

async function searchAsV1(call: Call, threshold: number): Promise<{ json: unknown }> {
  const body = call.body as Record<string, unknown>;
  const { hits } = await searchProject(call, body, { topK: 10, threshold });
  const results = hits.map((hit) => pickFields(hitShape(hit), body["fields"] as string[] | undefined));
  if (!isObjectWanted(body)) return { json: results };
  const relations = await relationsOf(call, body, idsOf(hits));
  return { json: { results, ...(relations === undefined ? {} : { relations }) } };
}

/** Answers are bare arrays unless the newer format, or relations beside the memories, are asked for. */
function isObjectWanted(body: Readonly<Record<string, unknown>>): boolean {
  return body["output_format"] === "v1.1" || isGraphAsked(body);
}

/** Lists come as one text with commas, or as the same name again and again. */
function fromQuery(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body: Record<string, unknown> = { ...query };
  for (const name of ["fields", "categories"]) if (body[name] !== undefined) body[name] = listOf(body[name]);
  if (typeof body["show_expired"] === "string") body["show_expired"] = body["show_expired"] === "true";
  return body;
}

function listOf(value: unknown): unknown {
  return typeof value === "string" ? value.split(",").filter((part) => part !== "") : value;
}
