import type { RevokeRequest } from "../../domain/batch.ts";
import { MemoryError } from "../../errors.ts";
import type { StoredMemory } from "../../ports/memory-store.ts";
import { pause } from "../build-passages.ts";
import { derivedFrom } from "../delete-memories.ts";
import type { Engine } from "../engine.ts";
import { requireMemory } from "../get-memory.ts";
import { memoriesOf, purgeMemories } from "../purge-memories.ts";
import type { PurgeResult } from "../purge-memories.ts";
import { deleteAsBatch } from "./delete-as-batch.ts";

export interface RevokeResult {
  /** `undo` brings all of it back; null where nothing was deleted, with `dryRun` and with `purge`. */
  readonly batchId: string | null;
  readonly count: number;
  readonly ids: readonly string[];
  /** With `purge`: what `purge` answers. */
  readonly receipt?: PurgeResult;
}

const PAGE = 200;

/**
 * Removes all that came from one source: its messages, what was imported with it, and what rests on these alone. A
 * fact that another source says as well stays. Deleted under one batch, or purged.
 * @throws MemoryError `not_found` for a message or a batch that is not there.
 */
export async function revokeSource(engine: Engine, request: RevokeRequest): Promise<RevokeResult> {
  const found = await findAll(engine, request);
  const all = await withDerived(engine, found);
  const ids = all.map(({ record }) => record.id);
  if (request.isDryRun) return { batchId: null, count: ids.length, ids };
  if (request.isPurge) {
    const receipt = await purgeMemories(engine, { target: ids, withSources: false, owner: {}, deletedBefore: null });
    return { batchId: null, count: receipt.memories, ids, receipt };
  }
  const batchId = engine.createId(engine.clock());
  const deleted = await deleteAsBatch(engine, all, { id: batchId, kind: "revoke" });
  return { batchId: deleted.length === 0 ? null : batchId, count: deleted.length, ids: deleted };
}

/** What the source itself gave. What was deleted before goes too where it is purged. */
async function findAll(
  engine: Engine,
  { scope, messageIds, batchId, attachment, isPurge }: RevokeRequest,
): Promise<StoredMemory[]> {
  const isLeft = ({ record }: StoredMemory): boolean => isPurge || record.state !== "deleted";
  if (messageIds !== null) {
    const messages: StoredMemory[] = [];
    for (const id of messageIds) messages.push(await requireMemory(engine, id, {}));
    return messages.filter(isLeft);
  }
  if (batchId !== null) return (await addedBy(engine, batchId)).filter(isLeft);
  if (scope === null) return [];
  if (attachment !== null) return [...(await engine.store.provenance.findAttached(scope, attachment))];
  const own: StoredMemory[] = [];
  for await (const memory of memoriesOf(engine, scope, undefined)) if (isLeft(memory)) own.push(memory);
  return own;
}

async function addedBy(engine: Engine, batchId: string): Promise<StoredMemory[]> {
  const { provenance } = engine.store;
  if ((await provenance.readBatch(batchId)) === null)
    throw new MemoryError("not_found", `There is no batch ${batchId.slice(0, 200)}. batches() lists them.`);
  const added: StoredMemory[] = [];
  for (let after: number | undefined; ;) {
    const { changes, next } = await provenance.readChanges(batchId, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    added.push(
      ...(await engine.store.getMemories(changes.filter(({ isNew }) => isNew).map(({ memoryId }) => memoryId))),
    );
    if (next === null) return added;
    after = next;
    await pause();
  }
}

/** With what rests on them alone, and the patterns that tell of nothing else. */
async function withDerived(engine: Engine, found: readonly StoredMemory[]): Promise<StoredMemory[]> {
  const all = new Map(found.map((memory) => [memory.record.id, memory]));
  for (let start = 0; start < found.length; start += PAGE) {
    for (const memory of await derivedFrom(engine, found.slice(start, start + PAGE), all))
      all.set(memory.record.id, memory);
    await pause();
  }
  return [...all.values()];
}
