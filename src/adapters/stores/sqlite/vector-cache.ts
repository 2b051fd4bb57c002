import { MemoryError } from "../../../errors.ts";
import { BLOCK_ROWS, blockBytes, VectorBlocks } from "../../../vectors/scan.ts";
import { TopCandidates } from "../../../vectors/top-candidates.ts";
import type { SpaceState, VectorRows } from "./vector-rows.ts";
import { rangeOf } from "./vector-schema.ts";
import { assertPacked, liveCount, passageIds, type VectorSegments } from "./vector-segments.ts";
import { CachedPartition } from "./cached-partition.ts";
import { KEPT_PASSAGES } from "./generations.ts";
import { KeptVectors } from "./kept-vectors.ts";

export interface PartitionQuery {
  readonly space: SpaceState;
  readonly partitionNo: number | "all";
  readonly query: Float32Array;
  /** How many candidates are wanted. */
  readonly count: number;
  readonly accepts?: (passageNo: number) => boolean;
}

/** What a partition held when it was read: validates a cached copy. */
interface Stamp {
  readonly mod: number;
  readonly rowCount: number;
  readonly tailCount: number;
}

/**
 * Packed copies of whole partitions in process memory, the least recently used given up first. Each search reads the
 * change number of its partition and takes over only what changed since, whichever process changed it.
 */
export class VectorCache {
  readonly #rows: VectorRows;
  readonly #segments: VectorSegments;
  readonly #budgetBytes: number;
  /** Memory of each space; given up together with its last partition, since WebAssembly memory cannot shrink. */
  readonly #blocks = new Map<number, VectorBlocks>();
  readonly #entries = new Map<string, CachedPartition>();
  /** Float vectors of the partitions whose packed copies are held. */
  readonly #kept = new KeptVectors();

  constructor(rows: VectorRows, segments: VectorSegments, budgetBytes: number) {
    this.#rows = rows;
    this.#segments = segments;
    this.#budgetBytes = budgetBytes;
  }

  /** Bytes of packed vectors held now. */
  get byteLength(): number {
    let bytes = 0;
    for (const blocks of this.#blocks.values()) bytes += blocks.byteLength;
    return bytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#blocks.clear();
    this.#kept.clear();
  }

  /**
   * Float vectors that are kept of a partition; undefined where they may be stale, since something has changed after
   * its packed copies were read, and of a large partition, where a vector is rarely met again.
   */
  keptOf(space: SpaceState, partitionNo: number | "all"): KeptVectors | undefined {
    const entry = this.#entries.get(`${space.spaceNo}/${partitionNo}`);
    if (entry?.hasTail !== true || entry.epoch !== space.epoch) return undefined;
    const { mod, rowCount } = this.#stamp(space, partitionNo);
    return entry.mod === mod && rowCount <= KEPT_PASSAGES ? this.#kept : undefined;
  }

  /** A vector that is purged goes at once. */
  drop(passageNo: number): void {
    this.#kept.drop(passageNo);
  }

  /**
   * The best candidates by int8 score. Runs inside one read transaction of the caller.
   * @throws MemoryError `store_failed` when tail or segments are damaged.
   */
  candidates(request: PartitionQuery): TopCandidates {
    const { space, partitionNo } = request;
    const stamp = this.#stamp(space, partitionNo);
    if (!this.#fits(space, stamp)) return this.uncachedCandidates(request);
    const best = new TopCandidates(request.count);
    this.#withEntry(space, partitionNo, stamp, (entry) => {
      this.#refresh(entry, space, partitionNo, stamp);
      entry.scan(request.query, best, request.accepts);
    });
    return best;
  }

  /**
   * Loads a partition for about `milliseconds`, so that a large one need not hold the event loop at its first search.
   * @returns true when nothing is left to load.
   */
  prepare(space: SpaceState, partitionNo: number | "all", milliseconds: number): boolean {
    const stamp = this.#stamp(space, partitionNo);
    if (!this.#fits(space, stamp)) return true;
    const end = performance.now() + milliseconds;
    return this.#withEntry(space, partitionNo, stamp, (entry) => {
      if (!this.#fill(entry, space, partitionNo, stamp, () => performance.now() >= end)) return false;
      this.#refresh(entry, space, partitionNo, stamp);
      return true;
    });
  }

  /** The same without keeping anything: for partitions above the budget, and inside an uncommitted transaction. */
  uncachedCandidates({ space, partitionNo, query, count, accepts }: PartitionQuery): TopCandidates {
    const stamp = this.#stamp(space, partitionNo);
    const best = new TopCandidates(count);
    const blocks = new VectorBlocks(space.dimensions);
    blocks.setQuery(query);
    const scratch = blocks.allocate();
    const ids = new Float64Array(BLOCK_ROWS);
    let found = 0;
    for (const { segment, block } of this.#segments.changed(space.spaceNo, partitionNo, space.dimensions, -1)) {
      if (block === undefined) continue;
      found += liveCount(segment);
      blocks.writeBlock(scratch, block);
      blocks.scan(scratch, BLOCK_ROWS, passageIds(segment), best, accepts);
    }
    let waiting = 0;
    for (const [passageNo, packed] of this.#rows.tail(space.spaceNo, rangeOf(partitionNo), -1)) {
      assertPacked(passageNo, packed, space.dimensions);
      found += 1;
      ids[waiting] = passageNo;
      blocks.writeRow(scratch, waiting, packed);
      waiting += 1;
      if (waiting < BLOCK_ROWS) continue;
      blocks.scan(scratch, waiting, ids, best, accepts);
      waiting = 0;
    }
    blocks.scan(scratch, waiting, ids, best, accepts);
    assertComplete(found, stamp, space, partitionNo);
    return best;
  }

  /** Runs `work` on the entry of a partition, made if need be; an entry on which it fails is given up. */
  #withEntry<Result>(
    space: SpaceState,
    partitionNo: number | "all",
    stamp: Stamp,
    work: (entry: CachedPartition) => Result,
  ): Result {
    const key = `${space.spaceNo}/${partitionNo}`;
    let entry = this.#entries.get(key);
    if (entry !== undefined && entry.epoch !== space.epoch) {
      this.#drop(key, entry);
      entry = undefined;
    }
    this.#makeRoom(neededBytes(space, stamp), key);
    entry ??= new CachedPartition(this.#blocksOf(space), space.spaceNo, space.epoch, this.#kept);
    // Re-inserted last: the map's order is that of use.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    try {
      return work(entry);
    } catch (error) {
      this.#drop(key, entry);
      throw error;
    }
  }

  /** First load of an entry, in as many steps as `isTimeUp` makes of it; false while something is left. */
  #fill(
    entry: CachedPartition,
    space: SpaceState,
    partitionNo: number | "all",
    stamp: Stamp,
    isTimeUp: () => boolean,
  ): boolean {
    if (entry.pending === undefined) {
      // What changes while this list is worked off has a larger change number, and `#refresh` reads it again.
      entry.pending = this.#segments.numbers(space.spaceNo, partitionNo);
      entry.mod = stamp.mod;
    }
    for (let next = entry.pending.pop(); next !== undefined; next = entry.pending.pop()) {
      const segment = this.#segments.read(next);
      if (segment === undefined || segment.passages.length === 0) continue;
      entry.setSegment(segment, this.#segments.block(next, space.dimensions));
      if (isTimeUp()) return entry.pending.length === 0;
    }
    return true;
  }

  #refresh(entry: CachedPartition, space: SpaceState, partitionNo: number | "all", stamp: Stamp): void {
    const isFirst = entry.pending === undefined || entry.pending.length > 0 || !entry.hasTail;
    this.#fill(entry, space, partitionNo, stamp, () => false);
    if (!isFirst && entry.mod === stamp.mod) return;
    const { spaceNo, dimensions } = space;
    for (const { segment, block } of this.#segments.changed(spaceNo, partitionNo, dimensions, entry.mod)) {
      entry.setSegment(segment, block);
    }
    for (const [passageNo, packed] of this.#rows.tail(spaceNo, rangeOf(partitionNo), entry.mod)) {
      entry.setTail(passageNo, packed);
    }
    // Rows that left the tail for good leave no trace to read; the count tells, and the tail is small.
    if (entry.tailCount !== stamp.tailCount) {
      entry.clearTail();
      for (const [passageNo, packed] of this.#rows.tail(spaceNo, rangeOf(partitionNo), -1)) {
        entry.setTail(passageNo, packed);
      }
    }
    assertComplete(entry.liveCount, stamp, space, partitionNo);
    entry.mod = stamp.mod;
    entry.hasTail = true;
  }

  #fits(space: SpaceState, stamp: Stamp): boolean {
    return neededBytes(space, stamp) <= this.#budgetBytes;
  }

  #stamp(space: SpaceState, partitionNo: number | "all"): Stamp {
    if (partitionNo === "all") return space;
    const partition = this.#rows.partition(space.spaceNo, partitionNo);
    return partition ?? { mod: 0, rowCount: 0, tailCount: 0 };
  }

  #blocksOf(space: SpaceState): VectorBlocks {
    let blocks = this.#blocks.get(space.spaceNo);
    if (blocks === undefined) {
      blocks = new VectorBlocks(space.dimensions);
      this.#blocks.set(space.spaceNo, blocks);
    }
    return blocks;
  }

  /** Gives up the least recently used entries until `needed` bytes for the entry `keptKey` are inside the budget. */
  #makeRoom(needed: number, keptKey: string): void {
    let used = needed;
    for (const [key, entry] of this.#entries) if (key !== keptKey) used += entry.byteLength;
    for (const [key, entry] of this.#entries) {
      if (used <= this.#budgetBytes) return;
      if (key === keptKey) continue;
      used -= entry.byteLength;
      this.#drop(key, entry);
    }
  }

  #drop(key: string, entry: CachedPartition): void {
    this.#entries.delete(key);
    entry.release();
    if (this.#blocks.get(entry.spaceNo)?.blocksInUse === 0) this.#blocks.delete(entry.spaceNo);
  }
}

function neededBytes(space: SpaceState, stamp: Stamp): number {
  return (Math.ceil(stamp.rowCount / BLOCK_ROWS) + 2) * blockBytes(space.dimensions);
}

function assertComplete(found: number, stamp: Stamp, space: SpaceState, partitionNo: number | "all"): void {
  if (found === stamp.rowCount) return;
  const message = `The vector index of partition ${partitionNo} holds ${found} of ${stamp.rowCount} vectors; rebuild it.`;
  throw new MemoryError("store_failed", message, { details: { spaceNo: space.spaceNo, partitionNo } });
}
