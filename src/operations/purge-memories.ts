import type { MemoryState } from "../domain/memory.ts";
import type { PurgeRequest, ReadScope } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import type { MemoryReference, PurgeReceipt, StoredMemory } from "../ports/memory-store.ts";
import { pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { isInScope, notFound } from "./get-memory.ts";
import { forgetViews } from "./views/view-cache.ts";

export interface PurgeResult extends PurgeReceipt {
  /** Messages that still hold words of what was purged. `withSources: true` purges them too. */
  readonly remainingSources: readonly string[];
}

const PAGE = 200;

/**
 * Removes memories for good: their text is gone from records, histories, indexes and the file. What rests on a
 * purged message alone goes with it. The hashes of the histories stay as proof.
 * @throws MemoryError `not_found` for an id that is not there, or not in the given scope.
 */
export async function purgeMemories(engine: Engine, request: PurgeRequest): Promise<PurgeResult> {
  const { target, withSources } = request;
  const sources = new Map<MemoryReference, string>();
  const ids = new Set<string>();
  const named = isScope(target) ? listScope(engine, target, request) : await readNamed(engine, target, request.owner);
  for await (const { record, evidence } of named) {
    ids.add(record.id);
    for (const { reference, messageId } of evidence) sources.set(reference, messageId);
  }
  const others = [...sources.values()].filter((id) => !ids.has(id));
  if (withSources) for (const id of others) ids.add(id);
  const receipt = await engine.locks.run("purge", () => engine.store.purge([...ids], engine.clock()));
  forgetViews(engine.store);
  return { ...receipt, remainingSources: withSources ? [] : others };
}

function isScope(target: PurgeRequest["target"]): target is ReadScope {
  return !Array.isArray(target);
}

async function readNamed(engine: Engine, ids: readonly string[], owner: Scope): Promise<readonly StoredMemory[]> {
  const found = await engine.store.getMemories(ids);
  const known = new Set(found.map(({ record }) => record.id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined && found.length < new Set(ids).size) throw notFound(missing);
  const foreign = found.find((memory) => !isInScope(memory, owner));
  if (foreign !== undefined) throw notFound(foreign.record.id);
  return found;
}

async function* listScope(
  engine: Engine,
  scope: ReadScope,
  { deletedBefore }: PurgeRequest,
): AsyncGenerator<StoredMemory> {
  if (deletedBefore === null) {
    yield* memoriesOf(engine, scope, undefined);
    return;
  }
  for await (const memory of memoriesOf(engine, scope, ["deleted"]))
    if ((memory.record.retractedAt ?? memory.record.updatedAt) < deletedBefore) yield memory;
}

/** All memories of a scope, in short steps. */
export async function* memoriesOf(
  engine: Engine,
  scope: ReadScope,
  states: readonly MemoryState[] | undefined,
): AsyncGenerator<StoredMemory> {
  let cursor: string | null = null;
  do {
    const page = await engine.store.listMemories({
      userIds: scope.userIds,
      filter: scope.filter,
      ...(states === undefined ? {} : { states }),
      order: "said-ascending",
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* page.memories;
    cursor = page.next;
    await pause();
  } while (cursor !== null);
}
