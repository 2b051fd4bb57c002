import { LRUCache } from "lru-cache";
import type { Feedback, MemoryState } from "../domain/memory.ts";
import type { EmbeddingSpace } from "../ports/embedder.ts";
import type { MemoryReference, MemoryStore, Partition } from "../ports/memory-store.ts";
import { SCANNED_DOCUMENTS, TurnIndex } from "../retrieval/turn-index.ts";
import { VectorTable } from "../retrieval/vector-table.ts";
import { KeyedLock } from "./keyed-lock.ts";

/** Up to this many passages a partition is ranked whole, in memory; above, the store's text index finds candidates. */
export const WHOLE_PARTITION_PASSAGES = 4_000;

/** Up to this many numbers the vectors of a partition are held and all compared: a millisecond or two. */
const WHOLE_PARTITION_NUMBERS = 2_000_000;

/**
 * Most bytes kept in memory over all partitions. Measured: a passage takes about 1 kB, 3 kB where there are so many
 * that they have postings, and four bytes a dimension. The largest partition that is ranked whole takes five sixths.
 */
const CACHED_BYTES = 24 * 1024 * 1024;
const PASSAGE_BYTES = 1024;
const PASSAGE_BYTES_WITH_POSTINGS = 3 * 1024;

export interface PartitionIndex {
  readonly index: TurnIndex;
  readonly inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
  readonly feedback: ReadonlyMap<MemoryReference, Feedback>;
}

interface Cached extends PartitionIndex {
  version: number;
  textVersion: number;
  inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
  feedback: ReadonlyMap<MemoryReference, Feedback>;
  vectors?: { readonly space: string; readonly table: VectorTable; stamp: number };
}

/**
 * Ranking rows of partitions in memory, each checked against the partition's version at every use: other
 * processes' writes are seen, and only what is new is read.
 */
export class PartitionIndexes {
  readonly #store: MemoryStore;
  readonly #cache = new LRUCache<number, Cached>({ maxSize: CACHED_BYTES, sizeCalculation: bytesOf });

  readonly #refreshes = new KeyedLock();

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async read(partition: Partition): Promise<PartitionIndex> {
    const known = this.#cache.get(partition.number);
    if (known?.version === partition.version && known.textVersion === partition.textVersion) return known;
    // One after the other: two that took over the same rows would have them twice.
    return this.#refreshes.run(String(partition.number), () => this.#refresh(partition));
  }

  async #refresh(partition: Partition): Promise<PartitionIndex> {
    let entry = this.#cache.get(partition.number);
    if (entry === undefined || entry.textVersion !== partition.textVersion || entry.version > partition.version) {
      entry = {
        index: new TurnIndex(),
        inactive: new Map(),
        feedback: new Map(),
        version: 0,
        textVersion: partition.textVersion,
      };
    }
    if (entry.version !== partition.version) {
      entry.index.append(await this.#store.readTurns(partition, entry.index.lastPassage));
      entry.inactive = await this.#store.readInactive(partition);
      entry.feedback = await this.#store.readFeedback(partition);
      entry.version = partition.version;
      this.#cache.set(partition.number, entry);
    }
    return entry;
  }

  /**
   * Cosine of the query with each document of the partition's index, NaN where there is no vector; undefined when
   * there are too many numbers to hold. Vectors may come after their passages, so they have a stamp of their own.
   */
  async similarities(
    partition: Partition,
    space: EmbeddingSpace,
    query: Float32Array,
  ): Promise<Float64Array | undefined> {
    if (partition.passages * space.dimensions > WHOLE_PARTITION_NUMBERS) return undefined;
    const entry = this.#cache.get(partition.number);
    if (entry === undefined) return undefined;
    const known =
      entry.vectors?.space === space.key
        ? entry.vectors
        : { space: space.key, table: new VectorTable(space.dimensions), stamp: -1 };
    const { stamp, vectors } = await this.#store.readVectors(partition, space.key, known.stamp);
    if (stamp !== known.stamp) {
      known.table.set(entry.index, vectors);
      known.stamp = stamp;
      entry.vectors = known;
      this.#cache.set(partition.number, entry);
    }
    return known.table.similarities(query, entry.index.documents.length);
  }

  clear(): void {
    this.#cache.clear();
  }
}

function bytesOf({ index, vectors }: Cached): number {
  const passages = index.documents.length;
  const bytes = passages > SCANNED_DOCUMENTS ? PASSAGE_BYTES_WITH_POSTINGS : PASSAGE_BYTES;
  return Math.max(1, passages * (bytes + 4 * (vectors?.table.dimensions ?? 0)));
}
