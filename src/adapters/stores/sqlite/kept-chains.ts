import type { ChainMember, MemoryReference } from "../../../ports/memory-store.ts";
import type { SqliteDriver } from "./driver.ts";
import { findChains } from "./find-chains.ts";
import { PARTITION_SPAN } from "./partition-span.ts";

/** Members of chains that are kept, of all partitions together; about 200 bytes each. */
const KEPT_MEMBERS = 10_000;
/** So many new memories are looked through; more make a new start. */
const MOST_ADDED = 500;

interface Kept {
  /** Of the partition: no memory was changed since the reading while it is the same. */
  readonly patchVersion: number;
  /** The last memory that was looked at. */
  lastMemory: MemoryReference;
  /** start → its chain; empty where it has none. */
  readonly chains: Map<MemoryReference, readonly ChainMember[]>;
}

const VERSIONS = "SELECT patch_version, next_memory FROM partitions WHERE partition_no = ?";
/** New memories that were replaced before they came, or whose place others already name: as an import brings them. */
const LINKED = `SELECT 1 AS found FROM memories m WHERE m.rid > ? AND m.rid <= ?
  AND (m.replaced_by IS NOT NULL OR EXISTS (SELECT 1 FROM memories o WHERE o.replaced_by = m.id)) LIMIT 1`;

/**
 * Chains of replaced facts, kept until a memory of their partition changes: where a slot is changed again and again,
 * following its chain costs more than all else in a search, and the next question meets it again.
 */
export class KeptChains {
  readonly #driver: SqliteDriver;
  readonly #kept = new Map<number, Kept>();
  #members = 0;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /** Of each reference its chain, oldest first; what has none is left out. */
  find(references: readonly MemoryReference[]): Map<MemoryReference, readonly ChainMember[]> {
    const found = new Map<MemoryReference, readonly ChainMember[]>();
    const missing: MemoryReference[] = [];
    const followed = new Map<number, Kept>();
    const keptOf = (reference: MemoryReference): Kept => {
      const partition = Math.floor(reference / PARTITION_SPAN);
      const kept = followed.get(partition) ?? this.#follow(partition);
      followed.set(partition, kept);
      return kept;
    };
    for (const reference of references) {
      const chain = keptOf(reference).chains.get(reference);
      if (chain === undefined) missing.push(reference);
      else if (chain.length > 0) found.set(reference, chain);
    }
    const read = findChains({ driver: this.#driver }, missing);
    for (const reference of missing) {
      const chain = read.get(reference) ?? [];
      if (chain.length > 0) found.set(reference, chain);
      keptOf(reference).chains.set(reference, chain);
      this.#members += chain.length + 1;
    }
    if (this.#members > KEPT_MEMBERS) this.forget();
    return new Map([...found].toSorted(([left], [right]) => left - right));
  }

  /** After a purge or a reset: values are words. */
  forget(): void {
    this.#kept.clear();
    this.#members = 0;
  }

  /** What is kept of a partition, made to hold now. */
  #follow(partition: number): Kept {
    const row = this.#driver.get(VERSIONS, partition);
    const patchVersion = Number(row?.["patch_version"] ?? 0);
    const lastMemory = partition * PARTITION_SPAN + Number(row?.["next_memory"] ?? 1) - 1;
    let kept = this.#kept.get(partition);
    if (kept === undefined || kept.patchVersion !== patchVersion || this.#isLinked(kept, lastMemory)) {
      for (const chain of kept?.chains.values() ?? []) this.#members -= chain.length + 1;
      kept = { patchVersion, lastMemory, chains: new Map() };
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
