import type { PurgeRequest, ReadScope } from "../domain/requests.ts";
import type { MemoryReference, PurgeReceipt, StoredMemory } from "../ports/memory-store.ts";
import { pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { notFound } from "./get-memory.ts";

export interface PurgeResult extends PurgeReceipt {
  /** Messages that still hold words of what was purged. `withSources: true` purges them too. */
  readonly remainingSources: readonly string[];
}

const CHUNK = 400;

/**
 * Removes memories for good: their text is gone from records, histories, indexes and the file. What rests on a
 * purged message alone goes with it. The hashes of the histories stay as proof.
 * @throws MemoryError `not_found` for an id that is not there.
 */
export async function purgeMemories(engine: Engine, { target, withSources }: PurgeRequest): Promise<PurgeResult> {
  const named = isScope(target) ? await listScope(engine, target) : await readNamed(engine, target);
  const sources = new Map<MemoryReference, string>();
  for (const { evidence } of named) for (const { reference, messageId } of evidence) sources.set(reference, messageId);
  const ids = new Set(named.map(({ record }) => record.id));
  const others = [...sources.values()].filter((id) => !ids.has(id));
  if (withSources) for (const id of others) ids.add(id);
  const receipt = await engine.locks.run("purge", () => engine.store.purge([...ids], engine.clock()));
  return { ...receipt, remainingSources: withSources ? [] : others };
}

function isScope(target: PurgeRequest["target"]): target is ReadScope {
  return !Array.isArray(target);
}

async function readNamed(engine: Engine, ids: readonly string[]): Promise<readonly StoredMemory[]> {
  const found = await engine.store.getMemories(ids);
  const known = new Set(found.map(({ record }) => record.id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined && found.length < new Set(ids).size) throw notFound(missing);
  return found;
}

async function listScope(engine: Engine, scope: ReadScope): Promise<StoredMemory[]> {
  const memories: StoredMemory[] = [];
  let cursor: string | null = null;
  do {
    const page = await engine.store.listMemories({
      userIds: scope.userIds,
      filter: scope.filter,
      order: "said-ascending",
      limit: CHUNK,
      ...(cursor === null ? {} : { cursor }),
    });
    memories.push(...page.memories);
    cursor = page.next;
    await pause();
  } while (cursor !== null);
  return memories;
}
