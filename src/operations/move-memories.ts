import type { MoveRequest } from "../domain/requests.ts";
import { isEmptyScope, SCOPE_KEYS } from "../domain/scope.ts";
import type { Scope } from "../domain/scope.ts";
import { invalidInput } from "../errors.ts";
import type { MemoryPatch, MemoryReference, StoredMemory } from "../ports/memory-store.ts";
import { pause } from "./build-passages.ts";
import { changeMemories } from "./change-memories.ts";
import type { Engine } from "./engine.ts";
import { requireMemory } from "./get-memory.ts";

/** So many are written in one transaction. */
const CHUNK = 20;

export interface MoveResult {
  /** What was filed elsewhere, with the ids under which it was before: the named memories and what they replaced. */
  readonly moved: readonly { readonly id: string; readonly from: Scope; readonly to: Scope }[];
  /** Messages that went along, because nothing else rests on them. */
  readonly messages: readonly string[];
  /** Messages that other memories rest on too: they stay, and are evidence for both. */
  readonly shared: readonly string[];
}

/**
 * Files memories under another agent, app or run of the same user, with all that they replaced. Their ids, times and
 * histories stay; the messages that they alone rest on go along, others are shared.
 * @throws MemoryError `not_found` for an unknown id, before anything is moved; `invalid_input` when no id would be left.
 */
export async function moveMemories(engine: Engine, request: MoveRequest): Promise<MoveResult> {
  const named: StoredMemory[] = [];
  for (const id of request.ids) named.push(await requireMemory(engine, id, {}));
  const all = await withReplaced(engine, named);
  const going = all.filter(({ record }) => !isSame(record.scope, targetOf(record.scope, request)));
  for (const { record } of going)
    if (isEmptyScope(targetOf(record.scope, request)))
      throw invalidInput(`Memory ${record.id} has no user: it must keep an agentId, appId or runId. Name one.`);
  const { along, shared } = await splitMessages(engine, all, going);
  await writeAll(engine, [...going, ...along], request);
  const shown = going.filter(({ record }) => record.kind !== "message" || request.ids.includes(record.id));
  return {
    moved: shown.map(({ record }) => ({ id: record.id, from: record.scope, to: targetOf(record.scope, request) })),
    messages: along.map(({ record }) => record.id),
    shared,
  };
}

function targetOf(scope: Scope, { to }: MoveRequest): Scope {
  const target: { -readonly [Key in keyof Scope]: Scope[Key] } = { ...scope };
  for (const key of SCOPE_KEYS) {
    if (key === "userId" || to[key] === undefined) continue;
    if (to[key] === null) delete target[key];
    else target[key] = to[key];
  }
  return target;
}

function isSame(one: Scope, other: Scope): boolean {
  return SCOPE_KEYS.every((key) => one[key] === other[key]);
}

/** A value goes with what it replaced: an earlier one left behind would be the current one there. */
async function withReplaced({ store }: Engine, named: readonly StoredMemory[]): Promise<readonly StoredMemory[]> {
  const known = new Set(named.map(({ reference }) => reference));
  const chains = await store.findChains([...known]);
  const others = new Set([...chains.values()].flat().map(({ reference }) => reference));
  const missing = [...others].filter((reference) => !known.has(reference));
  return [...named, ...(await store.hydrate(missing))];
}

async function splitMessages(
  engine: Engine,
  all: readonly StoredMemory[],
  going: readonly StoredMemory[],
): Promise<{ along: readonly StoredMemory[]; shared: readonly string[] }> {
  const moving = new Set<MemoryReference>(all.map(({ reference }) => reference));
  const messages = new Map(
    going.flatMap(({ evidence }) => evidence.map(({ reference, messageId }) => [reference, messageId] as const)),
  );
  for (const reference of moving) messages.delete(reference);
  const held = new Set<MemoryReference>();
  for (const { message, memory } of await engine.store.findStands([...messages.keys()]))
    if (memory !== null && !moving.has(memory)) held.add(message);
  const free = [...messages].filter(([reference]) => !held.has(reference)).map(([, id]) => id);
  return {
    along: await engine.store.getMemories(free),
    shared: [...messages].filter(([reference]) => held.has(reference)).map(([, id]) => id),
  };
}

async function writeAll(engine: Engine, memories: readonly StoredMemory[], request: MoveRequest): Promise<void> {
  const byUser = Map.groupBy(memories, ({ record }) => record.scope.userId ?? null);
  for (const [userId, own] of byUser) {
    for (let start = 0; start < own.length; start += CHUNK) {
      const ids = own.slice(start, start + CHUNK).map(({ record }) => record.id);
      await changeMemories(engine, userId, ids, (fresh) => ({
        patch: fresh.flatMap(({ record }) => toPatch(record, targetOf(record.scope, request))),
      }));
      await pause();
    }
  }
}

function toPatch({ id, scope }: StoredMemory["record"], target: Scope): MemoryPatch[] {
  if (isSame(scope, target)) return [];
  const { userId: _, ...ids } = target;
  const changed = SCOPE_KEYS.filter((key) => scope[key] !== target[key]);
  const words = changed.map((key) => `${key} ${scope[key] ?? "none"} to ${target[key] ?? "none"}`);
  return [
    { id, changes: { scope: ids }, event: "UPDATE", actor: "user", reason: `moved by call: ${words.join(", ")}` },
  ];
}
