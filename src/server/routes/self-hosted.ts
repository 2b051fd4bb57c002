import { z } from "zod";
import { noteAction } from "../control/audit.ts";
import { addThroughProject } from "../add-through-project.ts";
import { deleteMany } from "../delete-many.ts";
import { listProject } from "../list-project.ts";
import { recordChanges } from "../record-changes.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { searchProject } from "../search-project.ts";
import { hitShape, memoryShape } from "../shapes/memory-shape.ts";
import { SCOPE_SHAPE } from "../shapes/scope-body.ts";
import { ADD_BODY, requireItem, SEARCH_BODY } from "./memories.ts";

/** The API of Mem0's self-hosted server: no version in the path, answers at once. */
export const selfHostedRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/memories/",
    operation: "selfHostedAdd",
    summary: "Add and wait for the results",
    tag: "self-hosted",
    role: "member",
    body: ADD_BODY,
    handle: async (call) => {
      const added = await addThroughProject(call, { ...call.body, wait: true });
      return { json: { results: added["results"] } };
    },
  }),
  route({
    method: "GET",
    path: "/memories/",
    operation: "selfHostedList",
    summary: "Memories of a scope",
    tag: "self-hosted",
    role: "reader",
    query: z.looseObject({ ...SCOPE_SHAPE, top_k: z.string().optional(), show_expired: z.string().optional() }),
    handle: async (call) => {
      const { top_k: topK, show_expired: showExpired, ...scope } = call.query;
      const size = Math.min(Number(topK ?? 100) || 100, 1000);
      const { items } = await listProject(call, { ...scope, show_expired: showExpired === "true" }, { page: 1, size });
      return { json: { results: items.map((item) => memoryShape(item)) } };
    },
  }),
  route({
    method: "POST",
    path: "/search/",
    operation: "selfHostedSearch",
    summary: "Search",
    tag: "self-hosted",
    role: "reader",
    body: SEARCH_BODY,
    handle: async (call) => {
      const { hits } = await searchProject(call, call.body, { topK: 20, threshold: 0.1 });
      return { json: { results: hits.map((hit) => hitShape(hit)) } };
    },
  }),
  route({
    method: "GET",
    path: "/memories/{id}/",
    operation: "selfHostedGet",
    summary: "One memory",
    tag: "self-hosted",
    role: "reader",
    handle: async (call) => ({ json: memoryShape(await requireItem(call)) }),
  }),
  route({
    method: "PUT",
    path: "/memories/{id}/",
    operation: "selfHostedUpdate",
    summary: "Change a memory",
    tag: "self-hosted",
    role: "member",
    body: z.looseObject({
      text: z.string().nullish(),
      metadata: z.looseObject({}).nullish(),
      expiration_date: z.string().nullish(),
    }),
    handle: async (call) => {
      const { id } = await requireItem(call);
      const { text, metadata, expiration_date: expirationDate } = call.body;
      const reply = await call.memory().update(id, {
        ...(typeof text === "string" ? { text } : {}),
        ...(metadata === undefined || metadata === null ? {} : { metadata }),
        ...(expirationDate === undefined ? {} : { expirationDate }),
      });
      recordChanges(call, "UPDATE", [{ id, event: "UPDATE" }]);
      return { json: reply };
    },
  }),
  route({
    method: "DELETE",
    path: "/memories/{id}/",
    operation: "selfHostedDelete",
    summary: "Delete a memory",
    tag: "self-hosted",
    role: "member",
    handle: async (call) => {
      const { id } = await requireItem(call);
      const reply = await call.memory().delete(id);
      recordChanges(call, "DELETE", [{ id, event: "DELETE" }]);
      return { json: reply };
    },
  }),
  route({
    method: "GET",
    path: "/memories/{id}/history/",
    operation: "selfHostedHistory",
    summary: "Changes of a memory",
    tag: "self-hosted",
    role: "reader",
    handle: async (call) => {
      const { id } = await requireItem(call);
      return { json: await call.memory().history(id) };
    },
  }),
  route({
    method: "DELETE",
    path: "/memories/",
    operation: "selfHostedDeleteAll",
    summary: "Delete everything of a scope",
    tag: "self-hosted",
    role: "owner",
    query: z.looseObject(SCOPE_SHAPE),
    handle: async (call) => {
      const ids = await deleteMany(call, call.query);
      recordChanges(
        call,
        "DELETE",
        ids.map((id) => ({ id, event: "DELETE" })),
      );
      return { json: { message: "Memories deleted successfully!" } };
    },
  }),
  route({
    method: "POST",
    path: "/reset/",
    operation: "selfHostedReset",
    summary: "Empty the project for good",
    tag: "self-hosted",
    role: "owner",
    handle: async (call) => {
      await call.memory().reset();
      noteAction(call, "memory.reset", "", call.project().id);
      return { json: { message: "All memories reset" } };
    },
  }),
  route({
    method: "GET",
    path: "/entities/",
    operation: "selfHostedEntities",
    summary: "Users, agents, apps and runs that have memories",
    tag: "self-hosted",
    role: "reader",
    handle: async (call) => {
      const { results } = await call.memory().users();
      return {
        json: results.map(({ id, type, memories, createdAt, updatedAt }) => ({
          id,
          type,
          total_memories: memories,
          created_at: new Date(createdAt).toISOString(),
          updated_at: new Date(updatedAt).toISOString(),
        })),
      };
    },
  }),
];
