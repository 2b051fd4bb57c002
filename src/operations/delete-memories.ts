import type { DeleteAllRequest } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import type { MemoryPatch, StoredMemory } from "../ports/memory-store.ts";
import { pause } from "./build-passages.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { notFound, requireMemory } from "./get-memory.ts";

/** Patches of one transaction: about 25 ms. */
const CHUNK = 400;

export interface DeleteAllResult {
  readonly message: string;
  /** How many were deleted, or with `dryRun` would be; messages count too. */
  readonly count: number;
  /** With `dryRun`: which. */
  readonly ids?: readonly string[];
}

/**
 * Deletes one memory: it is no longer served, what it rests on is hidden and makes no facts again, until `restore`.
 * With a message go the facts that rest on it alone.
 * @throws MemoryError `not_found`.
 */
export async function deleteMemory(engine: Engine, id: string, scope: Scope): Promise<readonly string[]> {
  const stored = await requireMemory(engine, id, scope);
  const ids = [stored.record.id, ...(await derivedFrom(engine, [stored])).map(({ record }) => record.id)];
  await changeMemories(engine, stored.record.scope.userId ?? null, ids, (memories) => {
    if (memories.find(({ record }) => record.id === stored.record.id)?.record.state !== "deleted")
      return { patch: tombstones(engine, memories) };
    throw notFound(id);
  });
  return ids;
}

/** Deletes in order; what went with a memory named earlier is not missed. Stops at the first that is not there. */
export async function batchDelete(engine: Engine, ids: readonly string[]): Promise<void> {
  const gone = new Set<string>();
  for (const id of ids) {
    const { record } = await requireMemory(engine, id, {});
    if (gone.has(record.id)) continue;
    for (const deleted of await deleteMemory(engine, id, {})) gone.add(deleted);
  }
}

/** Deletes everything in a scope, in chunks between which other calls get their turn; or says what it would. */
export async function deleteAll(engine: Engine, request: DeleteAllRequest): Promise<DeleteAllResult> {
  const ids: string[] = [];
  const users = new Map<string | null, string[]>();
  let cursor: string | null = null;
  do {
    const page = await engine.store.listMemories({
      userIds: request.scope.userIds,
      filter: request.scope.filter,
      states: ["active", "superseded", "merged"],
      order: "said-ascending",
      limit: CHUNK,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const { record } of page.memories) {
      const user = record.scope.userId ?? null;
      const own = users.get(user);
      if (own === undefined) users.set(user, [record.id]);
      else own.push(record.id);
      ids.push(record.id);
    }
    cursor = page.next;
    await pause();
  } while (cursor !== null);
  if (request.isDryRun) return { message: `${ids.length} memories would be deleted`, count: ids.length, ids };
  for (const [userId, list] of users) {
    for (let start = 0; start < list.length; start += CHUNK) {
      const chunk = list.slice(start, start + CHUNK);
      await changeMemories(engine, userId, chunk, (memories) => ({ patch: tombstones(engine, memories) }));
      await pause();
    }
  }
  return { message: "Memories deleted successfully!", count: ids.length };
}

function tombstones(engine: Engine, memories: readonly StoredMemory[]): MemoryPatch[] {
  const at = engine.clock();
  return memories
    .filter(({ record }) => record.state !== "deleted")
    .map(({ record }) => ({
      id: record.id,
      changes: { state: "deleted", retractedAt: at },
      event: "DELETE",
      actor: "user",
      reason: `deleted by call, was ${record.state}`,
    }));
}

/** The derived memories that rest on nothing but the given messages. */
async function derivedFrom(engine: Engine, messages: readonly StoredMemory[]): Promise<StoredMemory[]> {
  const turns = messages.filter(({ record }) => record.kind === "message");
  if (turns.length === 0) return [];
  const going = new Set(turns.map(({ reference }) => reference));
  const stands = await engine.store.findStands([...going]);
  const standing = stands.flatMap(({ memory }) => (memory === null ? [] : [memory]));
  const derived = await engine.store.hydrate([...new Set(standing)]);
  return derived.filter(
    ({ record, evidence }) =>
      record.state !== "deleted" &&
      // A message that was deleted before supports nothing any more.
      evidence.every(({ reference, state }) => going.has(reference) || state === "deleted"),
  );
}
