import { LRUCache } from "lru-cache";
import type { MemoryReference, MemoryStore, Partition } from "../ports/memory-store.ts";
import type { MemoryState } from "../domain/memory.ts";
import { TurnIndex } from "../retrieval/turn-index.ts";

/** Up to this many passages a partition is ranked whole, in memory; above, the store's text index finds candidates. */
export const WHOLE_PARTITION_PASSAGES = 4_000;

/** Most passages kept in memory over all partitions, about 1 kB each. */
const CACHED_PASSAGES = 40_000;

export interface PartitionIndex {
  readonly index: TurnIndex;
  readonly inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
}

interface Cached extends PartitionIndex {
  version: number;
  textVersion: number;
  inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
}

/**
 * Ranking rows of partitions in memory, each checked against the partition's version at every use: other
 * processes' writes are seen, and only what is new is read.
 */
export class PartitionIndexes {
  readonly #store: MemoryStore;
  readonly #cache = new LRUCache<number, Cached>({
    maxSize: CACHED_PASSAGES,
    sizeCalculation: (entry) => Math.max(1, entry.index.documents.length),
  });

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async read(partition: Partition): Promise<PartitionIndex> {
    let entry = this.#cache.get(partition.number);
    if (entry === undefined || entry.textVersion !== partition.textVersion || entry.version > partition.version) {
      entry = { index: new TurnIndex(), inactive: new Map(), version: 0, textVersion: partition.textVersion };
    }
    if (entry.version !== partition.version) {
      entry.index.append(await this.#store.readTurns(partition, entry.index.lastPassage));
      entry.inactive = await this.#store.readInactive(partition);
      entry.version = partition.version;
    }
    this.#cache.set(partition.number, entry);
    return entry;
  }

  clear(): void {
    this.#cache.clear();
  }
}
