import type { BatchNote } from "../../ports/provenance.ts";
import type { StoredMemory } from "../../ports/memory-store.ts";
import { pause } from "../build-passages.ts";
import { changeMemories } from "../change-memories.ts";
import { tombstones } from "../delete-memories.ts";
import type { Engine } from "../engine.ts";

const CHUNK = 100;

/** Deletes memories of any users under one batch, in short transactions; returns the ids that were still there. */
export async function deleteAsBatch(
  engine: Engine,
  memories: readonly StoredMemory[],
  batch: BatchNote,
): Promise<string[]> {
  const deleted: string[] = [];
  for (const [userId, own] of Map.groupBy(memories, ({ record }) => record.scope.userId ?? null)) {
    for (let start = 0; start < own.length; start += CHUNK) {
      const ids = own.slice(start, start + CHUNK).map(({ record }) => record.id);
      let gone: string[] = [];
      await changeMemories(engine, userId, ids, (fresh) => {
        const patch = tombstones(engine, fresh);
        gone = patch.map(({ id }) => id);
        return { patch, batch };
      });
      deleted.push(...gone);
      await pause();
    }
  }
  return deleted;
}
