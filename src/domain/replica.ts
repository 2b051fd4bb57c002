import type { AttributeValue, MemoryKind, Metadata, TimeGranularity } from "./memory.ts";

/** How many changes of a memory each replica had made, as far as is known. */
export type Clock = Readonly<Record<string, number>>;

/** One change: the replica that made it, and its number there. */
export interface Dot {
  readonly replica: string;
  readonly number: number;
}

/** What of a memory goes from one store to another. Whose it is there is decided there; evidence stays at home. */
export interface SharedContent {
  readonly kind: Exclude<MemoryKind, "message">;
  readonly text: string;
  readonly categories: readonly string[];
  readonly metadata: Metadata;
  readonly agentId?: string | undefined;
  readonly appId?: string | undefined;
  /** Who it was first kept for. */
  readonly author?: string | undefined;
  readonly saidAt: number;
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
  readonly granularity?: TimeGranularity | undefined;
  readonly expirationDate?: string | undefined;
  readonly attribute?: AttributeValue | undefined;
  readonly language?: string | undefined;
}

/** A text of a memory, and the change that made it. */
export interface SharedVersion {
  readonly dot: Dot;
  /** When it was made, epoch milliseconds: later than what it replaced. */
  readonly at: number;
  readonly content: SharedContent;
}

/** A memory as replicas exchange it. */
export interface SharedMemory {
  readonly id: string;
  /** Every change that is known of it. */
  readonly clock: Clock;
  /** What stands: none when it is deleted, several when changes were made that did not know one another. */
  readonly versions: readonly SharedVersion[];
}

export type ClockOrder = "equal" | "before" | "after" | "concurrent";

export function compareClocks(one: Clock, other: Clock): ClockOrder {
  let isBefore = false;
  let isAfter = false;
  for (const replica of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const difference = (one[replica] ?? 0) - (other[replica] ?? 0);
    if (difference < 0) isBefore = true;
    if (difference > 0) isAfter = true;
  }
  if (isBefore && isAfter) return "concurrent";
  return isBefore ? "before" : isAfter ? "after" : "equal";
}

export function joinClocks(one: Clock, other: Clock): Clock {
  const replicas = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  return Object.fromEntries(replicas.map((replica) => [replica, Math.max(one[replica] ?? 0, other[replica] ?? 0)]));
}

/** The state after a change that a replica made to it: another content, or null for deleting. It replaces all versions. */
export function changeShared(
  before: Pick<SharedMemory, "clock" | "versions"> | undefined,
  change: {
    readonly id: string;
    readonly replica: string;
    readonly at: number;
    readonly content: SharedContent | null;
  },
): SharedMemory {
  const { id, replica, content } = change;
  const number = (before?.clock[replica] ?? 0) + 1;
  // Clocks of machines differ: a change is never older than what it changed.
  const at = Math.max(change.at, ...(before?.versions ?? []).map((version) => version.at + 1));
  return {
    id,
    clock: joinClocks(before?.clock ?? {}, { [replica]: number }),
    versions: content === null ? [] : [{ dot: { replica, number }, at, content }],
  };
}

/**
 * What two states of one memory come to: the same whichever is named first, in whatever order states meet, and however
 * often. A version goes when the other state knows the change that made it and has it no longer; so a text outlives a
 * deletion that had not seen it, and of two texts made without knowing one another both stand.
 */
export function joinShared(one: SharedMemory, other: SharedMemory): SharedMemory {
  const left = (from: SharedMemory, by: SharedMemory): SharedVersion[] => {
    const there = new Set(by.versions.map(keyOf));
    return from.versions.filter(
      (version) => there.has(keyOf(version)) || (by.clock[version.dot.replica] ?? 0) < version.dot.number,
    );
  };
  // By its text as well: a store that was copied has its replica's id twice, and no version must hide another.
  const versions = new Map(
    [...left(one, other), ...left(other, one)].map((version) => [`${keyOf(version)} ${version.content.text}`, version]),
  );
  return {
    id: one.id,
    clock: joinClocks(one.clock, other.clock),
    versions: [...versions.values()].toSorted((first, second) => rank(second, first)),
  };
}

function keyOf({ dot }: SharedVersion): string {
  return `${dot.number} ${dot.replica}`;
}

/** The version that a store shows: the latest. Undefined when it is deleted. */
export function standingVersion(memory: Pick<SharedMemory, "versions">): SharedVersion | undefined {
  return memory.versions[0];
}

function rank(one: SharedVersion, other: SharedVersion): number {
  if (one.at !== other.at) return one.at - other.at;
  const [first, second] = [sortKey(one), sortKey(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function sortKey({ content, dot }: SharedVersion): string {
  return JSON.stringify([content.text, dot.replica, dot.number]);
}

/** Stands for a replica's id in what a conflict left. */
const CONFLICT = "conflict";

/** In metadata: of which memory this was another version. */
export const CONFLICT_OF = "conflictOf";

/**
 * The states of many memories joined, each id once. Versions that lost against a later one of another text are there
 * as memories of their own, the same ones on every replica, so that nothing is lost.
 */
export function joinAll(
  groups: readonly Iterable<SharedMemory>[],
  createId: (text: string) => string,
): { readonly memories: ReadonlyMap<string, SharedMemory>; readonly conflicts: readonly SharedMemory[] } {
  const memories = new Map<string, SharedMemory>();
  const take = (memory: SharedMemory): void => {
    const there = memories.get(memory.id);
    memories.set(memory.id, there === undefined ? memory : joinShared(there, memory));
  };
  for (const group of groups) for (const memory of group) take(memory);
  const conflicts = [...memories.values()].flatMap((memory) => losersOf(memory, createId));
  for (const conflict of conflicts) take(conflict);
  return { memories, conflicts };
}

function losersOf({ id, versions }: SharedMemory, createId: (text: string) => string): SharedMemory[] {
  const seen = new Set(versions.slice(0, 1).map(({ content }) => content.text));
  return versions.slice(1).flatMap(({ content }) => {
    if (seen.has(content.text)) return [];
    seen.add(content.text);
    const kept = { ...content, metadata: { ...content.metadata, [CONFLICT_OF]: id } };
    const dot = { replica: CONFLICT, number: 1 };
    return [
      {
        id: createId(JSON.stringify([id, content.text])),
        clock: { [CONFLICT]: 1 },
        versions: [{ dot, at: 0, content: kept }],
      },
    ];
  });
}
