import type { NotUndone, UndoResult } from "../../domain/batch.ts";
import type { MemoryRecord } from "../../domain/memory.ts";
import { MemoryError } from "../../errors.ts";
import { identityKey } from "../../extraction/near-duplicate.ts";
import type { MemoryPatch, StoredMemory } from "../../ports/memory-store.ts";
import type { BatchChange } from "../../ports/provenance.ts";
import { buildPassages, pause } from "../build-passages.ts";
import { changeMemories } from "../change-memories.ts";
import type { Engine } from "../engine.ts";

/** Changes of one transaction, so that none holds the event loop for long. */
const CHUNK = 100;

/**
 * Takes a batch back, the last change first: what it added is deleted (and can be restored), what it changed is as it
 * was. What somebody changed after the batch stays as it is now, and is named. Taking back twice changes nothing.
 * @throws MemoryError `not_found`.
 */
export async function undoBatch(engine: Engine, batchId: string): Promise<UndoResult> {
  const { provenance } = engine.store;
  if ((await provenance.readBatch(batchId)) === null)
    throw new MemoryError("not_found", `There is no batch ${batchId.slice(0, 200)}. batches() lists them.`);
  const undone: string[] = [];
  const kept: NotUndone[] = [];
  let after: number | undefined;
  for (;;) {
    const page = await provenance.readChanges(batchId, { limit: CHUNK, ...(after === undefined ? {} : { after }) });
    for (const [userId, changes] of Map.groupBy(page.changes, (change) => change.userId))
      await undoChanges(engine, { batchId, userId, changes }, { undone, kept });
    if (page.next === null) break;
    after = page.next;
    await pause();
  }
  return { batchId, undone, kept };
}

async function undoChanges(
  engine: Engine,
  { batchId, userId, changes }: { batchId: string; userId: string | null; changes: readonly BatchChange[] },
  result: { undone: string[]; kept: NotUndone[] },
): Promise<void> {
  let kept: NotUndone[] = [];
  let undone: string[] = [];
  const ids = changes.map(({ memoryId }) => memoryId);
  await changeMemories(engine, userId, ids, async (memories) => {
    kept = [];
    const patch: MemoryPatch[] = [];
    const byId = new Map(memories.map((memory) => [memory.record.id, memory]));
    for (const change of changes) {
      const memory = byId.get(change.memoryId);
      if (memory === undefined) continue;
      const history = await engine.store.getHistory(change.memoryId);
      if (history.length !== change.versionAfter) {
        kept.push({ id: change.memoryId, why: "changed after the batch" });
        continue;
      }
      // The history comes oldest or newest first: a version tells.
      const before = history.find(({ version }) => version === change.versionBefore);
      patch.push(await toPatch(engine, memory, change, before?.newText ?? null));
    }
    undone = patch.map(({ id }) => id);
    return { patch, undone: { batchId, memoryIds: undone } };
  });
  result.undone.push(...undone);
  result.kept.push(...kept);
}

async function toPatch(
  engine: Engine,
  { record }: StoredMemory,
  { memoryId, isNew, before }: BatchChange,
  textBefore: string | null,
): Promise<MemoryPatch> {
  const common = { id: memoryId, actor: "user", reason: "batch taken back" };
  if (isNew) return { ...common, changes: { state: "deleted", retractedAt: engine.clock() }, event: "DELETE" };
  const isBack = record.state === "deleted" && before.state !== "deleted";
  const changes = { ...before };
  const event = isBack ? "RESTORE" : before.state === "deleted" && record.state !== "deleted" ? "DELETE" : "UPDATE";
  if (textBefore === null || textBefore === record.text) return { ...common, changes, event };
  return {
    ...common,
    changes: { ...changes, text: textBefore },
    event,
    ...(await indexed(engine, record, textBefore)),
  };
}

async function indexed(
  engine: Engine,
  record: MemoryRecord,
  text: string,
): Promise<Required<Pick<MemoryPatch, "identity" | "passages">>> {
  const [passages = []] = await buildPassages(
    [{ text, date: record.validFrom ?? record.saidAt, language: record.language }],
    engine.embedder,
    { failures: [], signal: engine.shutdown },
  );
  return { identity: identityKey(text), passages };
}
