import type { FeedbackRequest } from "../domain/requests.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { requireMemory } from "./get-memory.ts";

/** Keeps what a user thinks of a memory; null takes it back. @throws MemoryError `not_found`. */
export async function recordFeedback(engine: Engine, { id, feedback, reason }: FeedbackRequest): Promise<void> {
  const stored = await requireMemory(engine, id, {});
  await changeMemories(engine, stored.record.scope.userId ?? null, [stored.record.id], ([memory]) => {
    if (memory === undefined || (memory.record.feedback ?? null) === feedback) return {};
    return {
      patch: [
        {
          id: memory.record.id,
          changes: { feedback, feedbackReason: feedback === null ? null : reason },
          event: "FEEDBACK",
          actor: "user",
          reason: feedback === null ? "feedback taken back" : `feedback: ${feedback}`,
        },
      ],
    };
  });
}
