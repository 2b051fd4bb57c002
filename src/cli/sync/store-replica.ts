import { createHash } from "node:crypto";
import { EXPORT_FORMAT, EXPORT_VERSION } from "../../domain/export-format.ts";
import type { ExportedMemory } from "../../domain/export-format.ts";
import type { MemoryRecord } from "../../domain/memory.ts";
import { changeShared, standingVersion } from "../../domain/replica.ts";
import type { SharedContent, SharedMemory } from "../../domain/replica.ts";
import { MemoryError } from "../../errors.ts";
import type { OwnerIds, Store } from "../store/store.ts";
import { contentOf, digestOf, isOrder, isShared, metadataFor, toExported } from "./shared-content.ts";
import type { SharedPart } from "./shared-content.ts";
import type { Known, ReplicaState } from "./sync-state.ts";

/** What a store holds, as a replica says it. */
export interface Scan {
  readonly memories: ReadonlyMap<string, SharedMemory>;
  readonly records: ReadonlyMap<string, MemoryRecord>;
  /** True when nothing that was known is there: another file lies in its place. */
  readonly isAnother: boolean;
}

export interface ScanOptions {
  readonly owner: OwnerIds;
  readonly state: ReplicaState;
  readonly parts: readonly SharedPart[];
  readonly now: number;
}

/** Reads a store, and finds what was changed in it since it was last known. */
export async function scanStore(store: Store, { owner, state, parts, now }: ScanOptions): Promise<Scan> {
  const records = new Map<string, MemoryRecord>();
  for await (const line of store.export(owner)) {
    if (!line.startsWith('{"type":"memory"')) continue;
    const { record } = JSON.parse(line) as { record: MemoryRecord };
    if (record.kind !== "message") records.set(record.id, record);
  }
  const { replica, known } = state;
  const living = Object.entries(known).filter(([, { dot }]) => dot !== null);
  const isAnother = living.length > 0 && living.every(([id]) => !records.has(id));
  const memories = new Map<string, SharedMemory>();
  for (const record of records.values()) {
    const there = known[record.id];
    const isActive = record.state === "active";
    if (there === undefined && (!isActive || !isShared(record, parts))) continue;
    const content = isActive ? contentOf(record) : null;
    memories.set(record.id, nextState(record.id, there, { replica, now, content }));
  }
  if (isAnother) return { memories, records, isAnother };
  for (const [id, there] of Object.entries(known))
    if (!records.has(id)) memories.set(id, nextState(id, there, { replica, now, content: null }));
  return { memories, records, isAnother };
}

function nextState(
  id: string,
  known: Known | undefined,
  { replica, now, content }: { replica: string; now: number; content: SharedContent | null },
): SharedMemory {
  const before = known === undefined ? undefined : { clock: known.clock, versions: [] };
  if (known !== undefined && content === null && known.dot === null) return { id, clock: known.clock, versions: [] };
  if (known?.dot != null && content !== null && known.digest === digestOf(content))
    return { id, clock: known.clock, versions: [{ dot: known.dot, at: known.at, content }] };
  return changeShared(before, { id, replica, at: Math.max(now, (known?.at ?? 0) + 1), content });
}

export type StoreChange =
  | { readonly what: "add" | "change" | "restore"; readonly id: string; readonly content: SharedContent }
  | { readonly what: "delete"; readonly id: string };

/** What has to be done to a store so that it shows what is agreed on. */
export function planChanges(
  records: ReadonlyMap<string, MemoryRecord>,
  memories: Iterable<SharedMemory>,
): StoreChange[] {
  const changes: StoreChange[] = [];
  for (const memory of memories) {
    const { id } = memory;
    const record = records.get(id);
    const content = standingVersion(memory)?.content;
    if (content === undefined) {
      if (record?.state === "active") changes.push({ what: "delete", id });
    } else if (record === undefined) changes.push({ what: "add", id, content });
    else if (record.state !== "active") changes.push({ what: "restore", id, content });
    else if (digestOf(contentOf(record)) !== digestOf(content)) changes.push({ what: "change", id, content });
  }
  return changes;
}

/** Does it. What a store refuses is told, and the rest is done. */
export async function applyChanges(
  store: Store,
  changes: readonly StoreChange[],
  { owner, now }: { owner: OwnerIds; now: number },
): Promise<readonly string[]> {
  const refused: string[] = [];
  const memories = changes
    .map((change) => (change.what === "add" ? toExported(change.id, change.content, owner, now) : null))
    .filter((memory): memory is ExportedMemory => memory !== null);
  if (memories.length > 0) {
    const { warnings } = await store.import(exportOf(memories));
    if (Array.isArray(warnings)) refused.push(...warnings.map(String));
    for (const { record } of memories)
      if (!record.isVerified) refused.push(`${record.id} gives orders to a model: it is kept apart, as unverified.`);
  }
  for (const change of changes) {
    if (change.what === "add") continue;
    if (change.what !== "delete" && isOrder(change.content.text)) {
      refused.push(`${change.id} in ${store.place}: its new text gives orders to a model, and was not taken in.`);
      continue;
    }
    try {
      if (change.what === "delete") await store.delete(change.id);
      else {
        if (change.what === "restore") await store.restore(change.id);
        const { text, expirationDate = null } = change.content;
        await store.update(change.id, { text, metadata: metadataFor(change.content, owner), expirationDate });
      }
    } catch (error) {
      if (!MemoryError.isInstance(error)) throw error;
      if (!["conflict", "not_found", "invalid_input"].includes(error.code) || error.retryable) throw error;
      refused.push(`${change.id} in ${store.place}: ${error.message}`);
    }
  }
  return refused;
}

/** The lines of an export that holds them, as a store takes them in. */
async function* exportOf(memories: readonly ExportedMemory[]): AsyncGenerator<string> {
  const digest = createHash("sha256");
  const scope = { userIds: "all", filter: null, kinds: null, states: null };
  const manifest = { type: "manifest", format: EXPORT_FORMAT, version: EXPORT_VERSION, createdBy: "recollect", scope };
  for (const line of [manifest, ...memories.map((memory) => ({ type: "memory", ...memory }))]) {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    yield text;
  }
  yield `${JSON.stringify({ type: "end", memories: memories.length, purged: 0, sha256: digest.digest("hex") })}\n`;
}

/** What is known of a store once it shows what is agreed on. */
export function knownAfter(
  memories: ReadonlyMap<string, SharedMemory>,
  records: ReadonlyMap<string, MemoryRecord>,
): Record<string, Known> {
  const known: Record<string, Known> = {};
  for (const memory of memories.values()) {
    const { id, clock } = memory;
    const record = records.get(id);
    const version = standingVersion(memory);
    const isActive = record?.state === "active";
    if (version === undefined) {
      if (!isActive) known[id] = { clock, dot: null, at: 0, digest: null };
      continue;
    }
    // What it refused to take in is tried again next time.
    if (!isActive) continue;
    // Where it stored something else (masked, with more metadata), that is a change of its own the next time.
    known[id] = { clock, dot: version.dot, at: version.at, digest: digestOf(version.content) };
  }
  return known;
}
