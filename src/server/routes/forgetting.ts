import { z } from "zod";
import { isAcrossUsers, optional } from "../add-through-project.ts";
import { noteAction } from "../control/audit.ts";
import { filtersOf } from "../filters-of.ts";
import { recordChanges } from "../record-changes.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import {
  batchShape,
  changedBy,
  dreamShape,
  moveShape,
  reviewShape,
  revokeShape,
  undoShape,
} from "../shapes/forgetting-shape.ts";
import { memoryShape } from "../shapes/memory-shape.ts";
import { SCOPE_SHAPE, scopeOf } from "../shapes/scope-body.ts";
import { requireItem } from "./memories.ts";

const limit = z.number().int().min(1).max(1_000).nullish();
const MEMORIES = z.looseObject({ memory_ids: z.array(z.string()).min(1).max(1_000) });

/** What leaves memory together, what waits before it enters, and how each is taken back. */
export const forgettingRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/revoke/",
    operation: "revokeSource",
    summary:
      "Remove all that came from one source: messages, an import's batch, an attachment, or a scope; undo takes it back unless it was purged",
    tag: "forgetting",
    role: "owner",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      filters: z.looseObject({}).nullish(),
      message_ids: z.array(z.string()).max(1_000).nullish(),
      batch_id: z.string().nullish(),
      attachment: z.string().nullish(),
      dry_run: z.boolean().nullish(),
      purge: z.boolean().nullish(),
    }),
    handle: async (call) => {
      const { body } = call;
      const { message_ids: messageIds, batch_id: batchId, attachment, dry_run: dryRun, purge } = body;
      const isScoped = Object.keys(scopeOf(body)).length > 0 || (body.filters ?? null) !== null;
      const result = await call.memory().revoke({
        ...(isScoped ? { filters: filtersOf(body), acrossUsers: true } : {}),
        ...((messageIds ?? null) === null ? {} : { messageIds: messageIds as string[] }),
        ...((batchId ?? null) === null ? {} : { batchId: batchId as string }),
        ...((attachment ?? null) === null ? {} : { attachment: attachment as string }),
        dryRun: dryRun === true,
        purge: purge === true,
      });
      if (dryRun !== true) {
        recordChanges(
          call,
          "DELETE_ALL",
          result.ids.map((id) => ({ id, event: "DELETE" })),
        );
        noteAction(call, purge === true ? "memory.purge" : "memory.revoke", String(result.count), call.project().id);
      }
      return { json: revokeShape(result) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/review/",
    operation: "listReview",
    summary: "What waits to be served, each with why, and memories that contradict one another",
    tag: "forgetting",
    role: "reader",
    body: z.looseObject({
      ...SCOPE_SHAPE,
      filters: z.looseObject({}).nullish(),
      limit,
      cursor: z.string().nullish(),
    }),
    handle: async (call) => {
      const { body } = call;
      const found = await call.memory().review({
        filters: filtersOf(body),
        acrossUsers: isAcrossUsers(call.principal),
        ...optional(body, ["limit", "cursor"]),
      });
      return { json: reviewShape(found) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/approve/",
    operation: "approveMemories",
    summary: "Let what waits be served, or decide a contradiction: the others of its slot are replaced",
    tag: "forgetting",
    role: "member",
    body: MEMORIES,
    handle: async (call) => {
      const ids = call.body.memory_ids;
      const { batchId, count } = await call.memory().approve(ids);
      if (count > 0)
        recordChanges(
          call,
          "UPDATE",
          ids.map((id) => ({ id, event: "UPDATE" })),
        );
      return { json: { batch_id: batchId, count } };
    },
  }),
  route({
    method: "POST",
    path: "/v1/reject/",
    operation: "rejectMemories",
    summary: "Delete what waits, or one side of a contradiction",
    tag: "forgetting",
    role: "member",
    body: MEMORIES,
    handle: async (call) => {
      const ids = call.body.memory_ids;
      const { batchId, count } = await call.memory().reject(ids);
      if (count > 0)
        recordChanges(
          call,
          "DELETE",
          ids.map((id) => ({ id, event: "DELETE" })),
        );
      return { json: { batch_id: batchId, count } };
    },
  }),
  route({
    method: "POST",
    path: "/v1/dream/",
    operation: "dream",
    summary:
      "Write down what comes again in a user's, an agent's or an app's memories: habits and counts by rules, and what the language model finds; one batch that undo takes back",
    tag: "forgetting",
    role: "member",
    body: z.looseObject({ ...SCOPE_SHAPE, dry_run: z.boolean().nullish(), use_model: z.boolean().nullish() }),
    handle: async (call) => {
      const { body } = call;
      const report = await call.memory().dream({ ...scopeOf(body), ...optional(body, ["dry_run", "use_model"]) });
      if (body.dry_run !== true) recordChanges(call, "UPDATE", changedBy(report));
      return { json: dreamShape(report) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/memories/{id}/confirm/",
    operation: "confirmMemory",
    summary: "Say that a memory holds although what it rests on has changed: its needs_check goes",
    tag: "forgetting",
    role: "member",
    handle: async (call) => {
      const { id } = await requireItem(call);
      await call.memory().confirm(id);
      recordChanges(call, "UPDATE", [{ id, event: "UPDATE" }]);
      return { json: memoryShape(await requireItem(call)) };
    },
  }),
  route({
    method: "POST",
    path: "/v1/move/",
    operation: "moveMemories",
    summary:
      "File memories under another agent, app or run of the same user; null stands for none, what is left out stays",
    tag: "forgetting",
    role: "member",
    body: z.looseObject({
      memory_ids: z.array(z.string()).min(1).max(10_000),
      agent_id: z.string().nullish(),
      app_id: z.string().nullish(),
      run_id: z.string().nullish(),
    }),
    handle: async (call) => {
      const { memory_ids: ids, agent_id: agentId, app_id: appId, run_id: runId } = call.body;
      const result = await call.memory().move(ids, { agentId, appId, runId });
      recordChanges(
        call,
        "UPDATE",
        result.moved.map(({ id }) => ({ id, event: "UPDATE" })),
      );
      return { json: moveShape(result) };
    },
  }),
  route({
    method: "GET",
    path: "/v1/batches/",
    operation: "listBatches",
    summary: "Changes that were made together (imports, revoked sources, answers to a review), newest first",
    tag: "forgetting",
    role: "owner",
    query: z.looseObject({ limit: z.string().optional(), cursor: z.string().optional() }),
    handle: async (call) => {
      const { limit: most, cursor } = call.query;
      const { batches, next } = await call.memory().batches({
        ...(most === undefined ? {} : { limit: Number(most) }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { json: { results: batches.map(batchShape), next } };
    },
  }),
  route({
    method: "POST",
    path: "/v1/undo/",
    operation: "undoBatch",
    summary: "Take a batch back: what it added is deleted, what it changed is as before; what was changed since stays",
    tag: "forgetting",
    role: "owner",
    body: z.looseObject({ batch_id: z.string() }),
    handle: async (call) => {
      const result = await call.memory().undo(call.body.batch_id);
      recordChanges(
        call,
        "RESTORE",
        result.undone.map((id) => ({ id, event: "UPDATE" })),
      );
      noteAction(call, "memory.undo", result.batchId, call.project().id);
      return { json: undoShape(result) };
    },
  }),
];
