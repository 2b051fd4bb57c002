import type { DeleteAllRequest } from "../domain/requests.ts";
import type { Scope } from "../domain/scope.ts";
import type { MemoryPatch, StoredMemory } from "../ports/memory-store.ts";
import { pause } from "./build-passages.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { notFound, requireMemory } from "./get-memory.ts";
import { memoriesOf, purgeMemories } from "./purge-memories.ts";
import type { PurgeResult } from "./purge-memories.ts";

/** How long one step may take, and how many memories the first one, and any, deletes. */
const STEP_MS = 12;
const FIRST_CHUNK = 50;
const MIN_CHUNK = 20;
const MAX_CHUNK = 800;

export interface DeleteAllResult {
  readonly message: string;
  /** How many were deleted, or with `dryRun` would be; messages count too. */
  readonly count: number;
  /** With `dryRun`: which. */
  readonly ids?: readonly string[];
  /** With `purge`: what `purge` answers. */
  readonly receipt?: PurgeResult;
}

/**
 * Deletes one memory: it is no longer served, what it rests on is hidden and makes no facts again, until `restore`.
 * With a message go the facts that rest on it alone.
 * @throws MemoryError `not_found`.
 */
export async function deleteMemory(engine: Engine, id: string, scope: Scope): Promise<readonly string[]> {
  const stored = await requireMemory(engine, id, scope);
  let ids: readonly string[] = [];
  await changeMemories(engine, stored.record.scope.userId ?? null, [stored.record.id], async (memories) => {
    if (memories[0] === undefined || memories[0].record.state === "deleted") throw notFound(id);
    // Looked up at the moment of writing: what was drawn from the message meanwhile goes with it.
    const going = [...memories, ...(await derivedFrom(engine, memories))];
    ids = going.map(({ record }) => record.id);
    return { patch: tombstones(engine, going) };
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

/**
 * Deletes everything in a scope, in chunks between which other calls get their turn; or says what it would. With
 * `purge` for good, what was deleted before included.
 */
export async function deleteAll(engine: Engine, request: DeleteAllRequest): Promise<DeleteAllResult> {
  const { scope, isDryRun, isPurge } = request;
  if (isDryRun) {
    const ids: string[] = [];
    for await (const { record } of memoriesOf(engine, scope, isPurge ? undefined : UNDELETED)) ids.push(record.id);
    return { message: `${ids.length} memories would be deleted`, count: ids.length, ids };
  }
  if (isPurge) {
    const receipt = await purgeMemories(engine, { target: scope, withSources: false, owner: {}, deletedBefore: null });
    return { message: "Memories deleted successfully!", count: receipt.memories, receipt };
  }
  const count = scope.userIds === "all" ? await deleteAcross(engine, scope) : await deleteOf(engine, scope);
  return { message: "Memories deleted successfully!", count };
}

const UNDELETED = ["active", "superseded", "merged"] as const;

/** How much is done at a time, so that no step holds the event loop for long, on whatever machine. */
class Pace {
  size: number = FIRST_CHUNK;

  async measure(step: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await step();
    const factor = STEP_MS / Math.max(1, performance.now() - start);
    this.size = Math.round(Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, this.size * Math.min(2, Math.max(0.25, factor)))));
    await pause();
  }
}

/** Users one after the other. */
async function deleteOf(engine: Engine, { userIds, filter }: DeleteAllRequest["scope"]): Promise<number> {
  const pace = new Pace();
  const progress = { count: 0, cursor: null as string | null };
  for (const userId of userIds === "all" ? [] : userIds) {
    do await pace.measure(() => deletePage(engine, { userId, filter, limit: pace.size }, progress));
    while (progress.cursor !== null);
  }
  return progress.count;
}

/** What is read is written at once, as long as nobody else wrote in between. */
async function deletePage(
  engine: Engine,
  { userId, filter, limit }: { userId: string | null; filter: DeleteAllRequest["scope"]["filter"]; limit: number },
  progress: { count: number; cursor: string | null },
): Promise<void> {
  const overtaken = await engine.locks.run(`user ${userId ?? ""}`, async () => {
    const { version } = await engine.store.readPartition(userId);
    const { memories, next } = await engine.store.listMemories({
      userIds: [userId],
      filter,
      states: UNDELETED,
      order: "said-ascending",
      limit,
      ...(progress.cursor === null ? {} : { cursor: progress.cursor }),
    });
    progress.cursor = next;
    if (memories.length === 0) return [];
    const patch = tombstones(engine, memories);
    const applied = await engine.store.apply({ userId, patch, at: engine.clock(), expectedVersion: version });
    if (applied.status !== "applied") return memories;
    progress.count += patch.length;
    return [];
  });
  if (overtaken.length > 0) progress.count += await deleteThese(engine, userId, overtaken);
}

/** Everybody's memories of an agent, an app or a run. */
async function deleteAcross(engine: Engine, scope: DeleteAllRequest["scope"]): Promise<number> {
  const users = new Map<string | null, StoredMemory[]>();
  for await (const memory of memoriesOf(engine, scope, UNDELETED)) {
    const user = memory.record.scope.userId ?? null;
    const own = users.get(user);
    if (own === undefined) users.set(user, [memory]);
    else own.push(memory);
  }
  const pace = new Pace();
  let count = 0;
  for (const [userId, list] of users) {
    for (let start = 0; start < list.length;) {
      const chunk = list.slice(start, start + pace.size);
      start += chunk.length;
      await pace.measure(async () => {
        count += await deleteThese(engine, userId, chunk);
      });
    }
  }
  return count;
}

/** Returns how many were still there. */
async function deleteThese(engine: Engine, userId: string | null, memories: readonly StoredMemory[]): Promise<number> {
  const ids = memories.map(({ record }) => record.id);
  let count = 0;
  await changeMemories(engine, userId, ids, (fresh) => {
    const patch = tombstones(engine, fresh);
    count = patch.length;
    return { patch };
  });
  return count;
}

/** What deletes memories; those that are deleted already are left out. */
export function tombstones(engine: Engine, memories: readonly StoredMemory[]): MemoryPatch[] {
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

/**
 * The derived memories that rest on nothing but the given messages, and the patterns that rest on nothing but what
 * goes. `all` holds what goes beside these, by id.
 */
export async function derivedFrom(
  engine: Engine,
  messages: readonly StoredMemory[],
  all: ReadonlyMap<string, StoredMemory> = new Map(messages.map((memory) => [memory.record.id, memory])),
): Promise<StoredMemory[]> {
  const facts = await factsFrom(engine, messages, all);
  return [...facts, ...(await patternsFrom(engine, [...messages, ...facts], all))];
}

async function patternsFrom(
  engine: Engine,
  memories: readonly StoredMemory[],
  all: ReadonlyMap<string, StoredMemory>,
): Promise<StoredMemory[]> {
  const { provenance } = engine.store;
  const ids = await provenance.findPatternsOf(memories.map(({ reference }) => reference));
  if (ids.length === 0) return [];
  const going = new Set([...all.keys(), ...memories.map(({ record }) => record.id)]);
  const evidence = await provenance.readEvidence(ids);
  const others = [...new Set([...evidence.values()].flat())].filter((id) => !going.has(id));
  for (const { record } of await engine.store.getMemories(others)) if (record.state === "deleted") going.add(record.id);
  const patterns = await engine.store.getMemories(ids);
  return patterns.filter(
    ({ record }) => record.state !== "deleted" && (evidence.get(record.id) ?? []).every((id) => going.has(id)),
  );
}

async function factsFrom(
  engine: Engine,
  messages: readonly StoredMemory[],
  all: ReadonlyMap<string, StoredMemory>,
): Promise<StoredMemory[]> {
  const turns = messages.filter(({ record }) => record.kind === "message");
  if (turns.length === 0) return [];
  const going = new Set([...all.values(), ...turns].map(({ reference }) => reference));
  const stands = await engine.store.findStands(turns.map(({ reference }) => reference));
  const standing = stands.flatMap(({ memory }) => (memory === null ? [] : [memory]));
  const derived = await engine.store.hydrate([...new Set(standing)]);
  return derived.filter(
    ({ record, evidence }) =>
      record.state !== "deleted" &&
      // A message that was deleted before supports nothing any more.
      evidence.every(({ reference, state }) => going.has(reference) || state === "deleted"),
  );
}
