import type { Scope } from "../domain/scope.ts";
import type { MemoryItem } from "../domain/search-result.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import type { MemoryPatch, StoredMemory } from "../ports/memory-store.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { requireMemory } from "./get-memory.ts";
import { presentMemory } from "./present-memory.ts";

const DAY = 86_400_000;

/**
 * Brings back a deleted, superseded or merged memory as a current one. The messages that it rests on come back with
 * it when they were deleted; a value that took its place stays beside it, both dated.
 * @throws MemoryError `not_found`; `invalid_input` when it is active; `conflict` when the time for it is over.
 */
export async function restoreMemory(engine: Engine, id: string, scope: Scope): Promise<MemoryItem> {
  const stored = await requireMemory(engine, id, scope);
  const ids = [stored.record.id, ...stored.evidence.map(({ messageId }) => messageId)];
  await changeMemories(engine, stored.record.scope.userId ?? null, ids, (memories) => ({
    patch: memories.flatMap((memory) => toPatch(engine, memory, memory.record.id === stored.record.id)),
  }));
  return presentMemory(await requireMemory(engine, stored.record.id, {}));
}

function toPatch(engine: Engine, { record }: StoredMemory, isAsked: boolean): MemoryPatch[] {
  if (record.state === "active" || (!isAsked && record.state !== "deleted")) {
    if (!isAsked) return [];
    throw invalidInput(`Memory ${record.id} is active: there is nothing to restore.`);
  }
  const deletedAt = record.retractedAt ?? record.updatedAt;
  const { retentionDays } = engine.settings;
  if (record.state === "deleted" && engine.clock() - deletedAt > retentionDays * DAY)
    throw new MemoryError(
      "conflict",
      `Memory ${record.id} was deleted more than ${retentionDays} days ago (retentionDays) and can no longer be restored.`,
    );
  return [
    {
      id: record.id,
      changes: {
        state: "active",
        retractedAt: null,
        replacedBy: null,
        // Its end was set by the value that took its place; a deletion in between leaves both.
        ...(record.state === "superseded" || (record.state === "deleted" && record.replacedBy !== undefined)
          ? { validTo: null }
          : {}),
      },
      event: "RESTORE",
      actor: "user",
      reason: `restored by call, was ${record.state}`,
    },
  ];
}
