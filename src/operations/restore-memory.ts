import type { MemoryRecord } from "../domain/memory.ts";
import type { Scope } from "../domain/scope.ts";
import type { MemoryItem } from "../domain/search-result.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import { identityKey } from "../extraction/near-duplicate.ts";
import type { MemoryPatch, StoredMemory } from "../ports/memory-store.ts";
import { changeMemories } from "./change-memories.ts";
import { lookupScope } from "./derive-facts.ts";
import type { Engine } from "./engine.ts";
import { requireMemory } from "./get-memory.ts";
import { presentMemory } from "./present-memory.ts";

const DAY = 86_400_000;

/**
 * Brings back a deleted, superseded or merged memory as a current one. The messages that it rests on come back with
 * it when they were deleted; a value that took its place stays beside it, both dated. What has been said again since
 * is folded into it.
 * @throws MemoryError `not_found`; `invalid_input` when it is active; `conflict` when the time for it is over.
 */
export async function restoreMemory(engine: Engine, id: string, scope: Scope): Promise<MemoryItem> {
  const stored = await requireMemory(engine, id, scope);
  const ids = [stored.record.id, ...stored.evidence.map(({ messageId }) => messageId)];
  await changeMemories(engine, stored.record.scope.userId ?? null, ids, async (memories) => {
    const patch = memories.flatMap((memory) => toPatch(engine, memory, memory.record.id === stored.record.id));
    const asked = memories.find(({ record }) => record.id === stored.record.id);
    return { patch: asked === undefined ? patch : await takeIn(engine, asked.record, patch) };
  });
  return presentMemory(await requireMemory(engine, stored.record.id, {}));
}

/** One statement is one memory: what an active one with the same words rests on becomes the restored one's evidence. */
async function takeIn(engine: Engine, record: MemoryRecord, patch: readonly MemoryPatch[]): Promise<MemoryPatch[]> {
  // A direct import is a turn of its own, however often it was said.
  if (record.sources.length === 0) return [...patch];
  const key = identityKey(record.text);
  const candidates = await engine.store.findReconcileCandidates({
    ...lookupScope(record.scope),
    identities: [key],
    attributes: [],
    terms: [],
  });
  const twins = candidates
    .map((candidate) => candidate.record)
    .filter(
      (other) =>
        other.id !== record.id &&
        other.state === "active" &&
        other.kind === record.kind &&
        other.role === record.role &&
        other.name === record.name &&
        !other.isImmutable &&
        other.sources.length > 0 &&
        identityKey(other.text) === key,
    );
  if (twins.length === 0) return [...patch];
  const addSources = twins.flatMap(({ sources }) => sources);
  return [
    ...patch.map((each) => (each.id === record.id ? { ...each, changes: { ...each.changes, addSources } } : each)),
    ...twins.map(({ id }): MemoryPatch => ({
      id,
      changes: { state: "merged", replacedBy: record.id, retractedAt: engine.clock() },
      event: "MERGE",
      actor: "user",
      reason: "says the same as a memory that was restored",
    })),
  ];
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
