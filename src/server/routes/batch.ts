import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { recordChanges } from "../record-changes.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { parseUuid } from "./memories.ts";

const BATCH = z.looseObject({
  memories: z
    .array(z.looseObject({ memory_id: z.string(), text: z.string().nullish(), metadata: z.looseObject({}).nullish() }))
    .min(1, "expects at least one memory")
    .max(1000, "expects at most 1,000 memories"),
});

export const batchRoutes: readonly Route[] = [
  route({
    method: "PUT",
    path: "/v1/batch/",
    operation: "updateMemoriesInBatch",
    summary: "Update up to 1,000 memories, in order; stops at the first that fails",
    tag: "memories",
    role: "member",
    body: BATCH,
    handle: async (call) => {
      const updates = call.body.memories.map(({ memory_id: id, text, metadata }) => ({
        memoryId: parseUuid(id),
        ...(text === undefined || text === null ? {} : { text }),
        ...(metadata === undefined || metadata === null ? {} : { metadata }),
      }));
      const reply = await call.memory().batchUpdate(updates);
      recordChanges(
        call,
        "UPDATE",
        updates.map(({ memoryId }) => ({ id: memoryId, event: "UPDATE" })),
      );
      return { json: reply };
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/batch/",
    operation: "deleteMemoriesInBatch",
    summary: "Delete up to 1,000 memories, in order; stops at the first that fails",
    tag: "memories",
    role: "member",
    body: BATCH,
    handle: async (call) => {
      const ids = call.body.memories.map(({ memory_id: id }) => parseUuid(id));
      const reply = await call.memory().batchDelete(ids);
      recordChanges(
        call,
        "DELETE",
        ids.map((id) => ({ id, event: "DELETE" })),
      );
      return { json: reply };
    },
  }),
  route({
    method: "POST",
    path: "/v1/feedback/",
    operation: "giveFeedback",
    summary: "What a user thinks of a memory",
    tag: "memories",
    role: "member",
    body: z.looseObject({
      memory_id: z.string(),
      feedback: z.string().nullish(),
      feedback_reason: z.string().nullish(),
    }),
    handle: async (call) => {
      const id = parseUuid(call.body.memory_id);
      const feedback = call.body.feedback?.toUpperCase() ?? null;
      if (feedback !== null && feedback !== "POSITIVE" && feedback !== "NEGATIVE" && feedback !== "VERY_NEGATIVE")
        throw invalidInput("feedback must be POSITIVE, NEGATIVE, VERY_NEGATIVE or null.");
      const reason = call.body.feedback_reason ?? undefined;
      await call.memory().feedback(id, { feedback, ...(reason === undefined ? {} : { feedbackReason: reason }) });
      return { json: { id, feedback, feedback_reason: reason ?? null } };
    },
  }),
];
