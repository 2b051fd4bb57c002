import { randomUUID } from "node:crypto";
import { CONFLICT_OF, joinAll, standingVersion } from "../../domain/replica.ts";
import type { SharedMemory } from "../../domain/replica.ts";
import type { OwnerIds, Store } from "../store/store.ts";
import { idFor } from "./shared-content.ts";
import type { SharedPart } from "./shared-content.ts";
import { planFile, readFolder, writeFolder } from "./shared-folder.ts";
import { applyChanges, knownAfter, planChanges, scanStore } from "./store-replica.ts";
import type { Scan, StoreChange } from "./store-replica.ts";
import { newReplica } from "./sync-state.ts";
import type { ReplicaState, ScopeState } from "./sync-state.ts";

/** Where memories are shared: a folder of JSONL files, or a store. */
export type Place =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "store"; readonly store: Store; readonly owner: OwnerIds };

export interface SyncRequest {
  readonly local: Store;
  readonly owner: OwnerIds;
  readonly place: Place;
  readonly parts: readonly SharedPart[];
  readonly state: ScopeState;
  /** Keeps `state`; called after each step that changed something elsewhere. */
  readonly save: () => void;
  readonly now: number;
  readonly isDryRun: boolean;
}

export interface SyncReport {
  readonly pulled: readonly StoreChange[];
  readonly pushed: readonly StoreChange[];
  /** Ids of memories that hold what lost against a change made at the same time, with the id they were a version of. */
  readonly conflicts: readonly { readonly id: string; readonly of: string; readonly text: string }[];
  readonly warnings: readonly string[];
}

/** Brings a store and a shared place to the same memories. Run again, it changes nothing. */
export async function runSync(request: SyncRequest): Promise<SyncReport> {
  return request.place.kind === "folder" ? syncFolder(request, request.place.path) : syncStores(request, request.place);
}

async function syncFolder(request: SyncRequest, path: string): Promise<SyncReport> {
  const { local, owner, parts, state, now, isDryRun, save } = request;
  const folder = readFolder(path);
  const there = [...folder.files.values()].flat();
  const notes: string[] = [];
  if (isBehind(state, there)) state.replica = randomUUID();
  let scan = await scanStore(local, { owner, state, parts, now });
  if (scan.isAnother) scan = await startAnew(request, state, notes);
  const { memories, conflicts } = settle([scan.memories.values(), there]);
  const pulled = planChanges(scan.records, memories.values());
  const before = joinAll([there], idFor).memories;
  const pushed = changesOf(before, memories);
  const warnings = [...notes, ...folder.skipped];
  const report = { pulled, pushed, conflicts: conflicts.map(describe), warnings };
  if (isDryRun) return report;
  // The file first: what is in it is known by its clock, so that doing the rest again changes nothing.
  const name = `${state.replica}.jsonl`;
  const file = planFile(folder, name, memories);
  keepKnown(state, scan);
  save();
  if (file !== null) writeFolder(path, name, file.text);
  warnings.push(...(await settleStore(local, pulled, { owner, parts, state, now, memories, scan })));
  save();
  return report;
}

async function syncStores(
  request: SyncRequest,
  { store, owner: theirs }: Extract<Place, { kind: "store" }>,
): Promise<SyncReport> {
  const { local, owner, parts, state, now, isDryRun, save } = request;
  const notes: string[] = [];
  const key = `${store.place} ${JSON.stringify(theirs)}`;
  const remote = (state.places[key] ??= newReplica());
  let scan = await scanStore(local, { owner, state, parts, now });
  if (scan.isAnother) scan = await startAnew(request, state, notes);
  let other = await scanStore(store, { owner: theirs, state: remote, parts, now });
  if (other.isAnother) {
    Object.assign(remote, newReplica());
    notes.push(`${store.place} holds nothing of what was shared with it: it is taken for a new one.`);
    other = await scanStore(store, { owner: theirs, state: remote, parts, now });
  }
  // A store keeps no clocks: what both show alike is one state, whoever changed it first.
  const { memories, conflicts } = settle([scan.memories.values(), other.memories.values()]);
  const pulled = planChanges(scan.records, memories.values());
  const pushed = planChanges(other.records, memories.values());
  const warnings = [...notes];
  const report = { pulled, pushed, conflicts: conflicts.map(describe), warnings };
  if (isDryRun) return report;
  keepKnown(state, scan);
  keepKnown(remote, other);
  save();
  warnings.push(
    ...(await settleStore(store, pushed, { owner: theirs, parts, state: remote, now, memories, scan: other })),
  );
  save();
  warnings.push(...(await settleStore(local, pulled, { owner, parts, state, now, memories, scan })));
  save();
  return report;
}

interface Settling {
  readonly owner: OwnerIds;
  readonly parts: readonly SharedPart[];
  readonly state: ReplicaState;
  readonly now: number;
  readonly memories: ReadonlyMap<string, SharedMemory>;
  readonly scan: Scan;
}

/** Does the changes, and notes what the store shows then. */
async function settleStore(
  store: Store,
  changes: readonly StoreChange[],
  { owner, parts, state, now, memories, scan }: Settling,
): Promise<readonly string[]> {
  const refused = await applyChanges(store, changes, { owner, now });
  const { records } = changes.length === 0 ? scan : await scanStore(store, { owner, state, parts, now });
  state.known = knownAfter(memories, records);
  return refused;
}

/** What was found is written down before it is told to others, so that no number is given to two changes. */
function keepKnown(state: ReplicaState, { memories, records }: Scan): void {
  state.known = knownAfter(memories, records);
}

/** True when others have seen changes of this replica that it does not know of: the file was copied, or is an older one. */
function isBehind({ replica, known }: ReplicaState, there: readonly SharedMemory[]): boolean {
  return there.some(({ id, clock }) => (clock[replica] ?? 0) > (known[id]?.clock[replica] ?? 0));
}

async function startAnew(
  { local, owner, parts, now }: SyncRequest,
  state: ReplicaState,
  notes: string[],
): Promise<Scan> {
  Object.assign(state, newReplica());
  notes.push(
    `${local.place} holds nothing of what was shared before: it is taken for a new file, and nothing is deleted elsewhere.`,
  );
  return scanStore(local, { owner, state, parts, now });
}

/** Everything joined, with one version of each: what lost is a memory of its own. */
function settle(groups: readonly Iterable<SharedMemory>[]): {
  memories: ReadonlyMap<string, SharedMemory>;
  conflicts: readonly SharedMemory[];
} {
  const { memories, conflicts } = joinAll(groups, idFor);
  const settled = new Map<string, SharedMemory>();
  for (const [id, memory] of memories) settled.set(id, { ...memory, versions: memory.versions.slice(0, 1) });
  // One that somebody has deleted already is settled.
  return { memories: settled, conflicts: conflicts.filter(({ id }) => (settled.get(id)?.versions.length ?? 0) > 0) };
}

function changesOf(
  before: ReadonlyMap<string, SharedMemory>,
  after: ReadonlyMap<string, SharedMemory>,
): readonly StoreChange[] {
  return [...after.values()].flatMap((memory): StoreChange[] => {
    const { id } = memory;
    const old = before.get(id);
    const oldVersion = old === undefined ? undefined : standingVersion(old);
    const version = standingVersion(memory);
    if (version === undefined) return oldVersion === undefined ? [] : [{ what: "delete", id }];
    if (oldVersion === undefined)
      return [{ what: old === undefined ? "add" : "restore", id, content: version.content }];
    const isSame = oldVersion.content.text === version.content.text && sameDot(oldVersion.dot, version.dot);
    return isSame ? [] : [{ what: "change", id, content: version.content }];
  });
}

function sameDot(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function describe(memory: SharedMemory): { id: string; of: string; text: string } {
  const content = standingVersion(memory)?.content;
  return { id: memory.id, of: String(content?.metadata[CONFLICT_OF]), text: content?.text ?? "" };
}
