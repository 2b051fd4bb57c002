import type { Scope } from "../domain/scope.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { notFound, requireMemory } from "./get-memory.ts";

/**
 * Says that a memory holds although what it rests on has changed: its marks go, and the history says so. A memory
 * without marks stays as it is. @throws MemoryError `not_found`.
 */
export async function confirmMemory(engine: Engine, id: string, scope: Scope): Promise<void> {
  const stored = await requireMemory(engine, id, scope);
  await changeMemories(engine, stored.record.scope.userId ?? null, [stored.record.id], ([memory]) => {
    if (memory === undefined || memory.record.state === "deleted") throw notFound(id);
    if (memory.checks.length === 0) return {};
    return {
      patch: [
        {
          id: memory.record.id,
          changes: { isConfirmed: true },
          event: "UPDATE",
          actor: "user",
          reason: "confirmed by call, after what it rests on had changed",
        },
      ],
    };
  });
}
