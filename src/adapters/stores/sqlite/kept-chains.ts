import type { ChainMember, MemoryReference } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { MOST_STEPS, readLinks } from "./find-chains.ts";
import type { ChainLink } from "./find-chains.ts";
import { PARTITION_SPAN } from "./partition-span.ts";

/** Members of chains that are kept, of all partitions together; about half a kilobyte each. */
const KEPT_MEMBERS = 8_000;
/** So many new memories are looked through; more make a new start. */
const MOST_ADDED = 500;

interface Node {
  readonly next: string | null;
  readonly member: ChainMember;
  /** What it replaced; undefined while that has not been read. */
  replaced?: readonly Node[];
}

interface Kept {
  /** Of the partition: no memory was changed since the reading while it is the same. */
  readonly patchVersion: number;
  /** The last memory that was looked at. */
  lastMemory: MemoryReference;
  readonly nodes: Map<MemoryReference, Node>;
  readonly places: Map<string, Node>;
  /** The end of a chain → its members, oldest first. */
  readonly chains: Map<MemoryReference, readonly ChainMember[]>;
  /** Memories in no chain. */
  readonly alone: Set<MemoryReference>;
}

const NO_CHAIN: readonly ChainMember[] = [];
const VERSIONS = "SELECT patch_version, next_memory FROM partitions WHERE partition_no = ?";
/** New memories that were replaced before they came, or whose place others already name: as an import brings them. */
const LINKED = `SELECT 1 AS found FROM memories m WHERE m.rid > ? AND m.rid <= ?
  AND (m.replaced_by IS NOT NULL OR EXISTS (SELECT 1 FROM memories o WHERE o.replaced_by = m.id)) LIMIT 1`;

/**
 * Chains of replaced facts, link by link, kept until a memory of their partition changes: where a slot is changed again
 * and again, following its chain costs more than all else in a search, and the next question meets it elsewhere.
 */
export class KeptChains {
  readonly #driver: SqliteDriver;
  readonly #kept = new Map<number, Kept>();

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /** Of each reference its chain, oldest first; what has none is left out. */
  find(references: readonly MemoryReference[]): Map<MemoryReference, readonly ChainMember[]> {
    const chains = new Map<MemoryReference, readonly ChainMember[]>();
    const followed = new Map<number, Kept>();
    const keptOf = (reference: MemoryReference): Kept => {
      const partition = Math.floor(reference / PARTITION_SPAN);
      const kept = followed.get(partition) ?? this.#follow(partition);
      followed.set(partition, kept);
      return kept;
    };
    const missing: MemoryReference[] = [];
    for (const reference of references) {
      const chain = chainOf(keptOf(reference), reference);
      if (chain === undefined) missing.push(reference);
      else chains.set(reference, chain);
    }
    for (const [reference, links] of byStart(readLinks(this.#driver, missing), missing)) {
      const kept = keptOf(reference);
      if (links.length === 0) kept.alone.add(reference);
      else take(kept, links);
      // What was replaced and then deleted stands in no chain, and still has the one that it led to.
      chains.set(reference, chainOf(kept, reference) ?? inOrder(links.map(({ member }) => member)));
    }
    let members = 0;
    for (const { nodes, alone } of this.#kept.values()) members += nodes.size + alone.size;
    if (members > KEPT_MEMBERS) this.forget();
    return new Map([...chains].filter(([, { length }]) => length > 1).toSorted(([left], [right]) => left - right));
  }

  /** After a purge or a reset: values are words. */
  forget(): void {
    this.#kept.clear();
  }

  /** What is kept of a partition, made to hold now. */
  #follow(partition: number): Kept {
    const row = this.#driver.get(VERSIONS, partition);
    const patchVersion = Number(row?.["patch_version"] ?? 0);
    const lastMemory = partition * PARTITION_SPAN + Number(row?.["next_memory"] ?? 1) - 1;
    let kept = this.#kept.get(partition);
    if (kept === undefined || kept.patchVersion !== patchVersion || this.#isLinked(kept, lastMemory)) {
      kept = { patchVersion, lastMemory, nodes: new Map(), places: new Map(), chains: new Map(), alone: new Set() };
      this.#kept.set(partition, kept);
    }
    kept.lastMemory = lastMemory;
    return kept;
  }

  #isLinked(kept: Kept, lastMemory: MemoryReference): boolean {
    if (lastMemory === kept.lastMemory) return false;
    if (lastMemory < kept.lastMemory || lastMemory - kept.lastMemory > MOST_ADDED) return true;
    return this.#driver.get(LINKED, kept.lastMemory, lastMemory) !== undefined;
  }
}

function byStart(
  links: readonly ChainLink[],
  starts: readonly MemoryReference[],
): Map<MemoryReference, readonly ChainLink[]> {
  const found = new Map<MemoryReference, ChainLink[]>(starts.map((start) => [start, []]));
  for (const link of links) found.get(link.start)?.push(link);
  return found;
}

/** Takes over the links of one chain as it was read. */
function take({ nodes, places }: Kept, links: readonly ChainLink[]): void {
  const replaced = new Map<string, Node[]>();
  for (const { id, next, step, member } of links) {
    let node = places.get(id);
    if (node === undefined) {
      node = { next, member };
      places.set(id, node);
      nodes.set(member.reference, node);
    }
    if (step === 0 || next === null) continue;
    const others = replaced.get(next);
    if (others === undefined) replaced.set(next, [node]);
    else others.push(node);
  }
  // The last ones were reached, what they replaced was not looked for.
  for (const { id, step } of links) {
    const node = places.get(id);
    if (node !== undefined && step < MOST_STEPS) node.replaced ??= replaced.get(id) ?? [];
  }
}

/** Undefined while a link of it has not been read. */
function chainOf(kept: Kept, start: MemoryReference): readonly ChainMember[] | undefined {
  if (kept.alone.has(start)) return NO_CHAIN;
  let end = kept.nodes.get(start);
  for (let step = 0; step < MOST_STEPS && end !== undefined && end.next !== null; step += 1)
    end = kept.places.get(end.next);
  if (end === undefined) return undefined;
  const known = kept.chains.get(end.member.reference);
  if (known !== undefined) return known;
  const members = new Set([end]);
  let level: readonly Node[] = [end];
  for (let step = 0; step < MOST_STEPS && level.length > 0; step += 1) {
    const below: Node[] = [];
    for (const { replaced } of level) {
      if (replaced === undefined) return undefined;
      for (const node of replaced) {
        if (members.has(node)) continue;
        members.add(node);
        below.push(node);
      }
    }
    level = below;
  }
  const chain = inOrder(Array.from(members, ({ member }) => member));
  kept.chains.set(end.member.reference, chain);
  return chain;
}

/** Oldest first, each once. */
function inOrder(members: readonly ChainMember[]): readonly ChainMember[] {
  return [...new Map(members.map((member) => [member.reference, member])).values()].toSorted(
    (left, right) => left.saidAt - right.saidAt || left.reference - right.reference,
  );
}
