import { BLOCK_ROWS, blockBytes, NO_PASSAGE, type VectorBlocks } from "../../../vectors/scan.ts";
import type { TopCandidates } from "../../../vectors/top-candidates.ts";
import type { KeptVectors } from "./kept-vectors.ts";
import { assertPacked, liveCount, passageIds, type Segment } from "./vector-segments.ts";

interface CachedBlock {
  readonly block: number;
  readonly ids: Float64Array;
  readonly live: number;
}

/** The packed copies of one partition (or of a whole space) in memory: its sealed segments and its tail. */
export class CachedPartition {
  readonly spaceNo: number;
  readonly epoch: number;
  /** Change number up to which this is a true copy. */
  mod = -1;
  /** Segments not loaded yet; undefined before the first step. */
  pending: number[] | undefined;
  hasTail = false;
  readonly #blocks: VectorBlocks;
  readonly #kept: KeptVectors;
  readonly #segments = new Map<number, CachedBlock>();
  readonly #tail: { readonly block: number; readonly ids: Float64Array }[] = [];
  readonly #tailSlots = new Map<number, number>();

  /** `kept` is told which vectors have changed. */
  constructor(blocks: VectorBlocks, spaceNo: number, epoch: number, kept: KeptVectors) {
    this.#blocks = blocks;
    this.#kept = kept;
    this.spaceNo = spaceNo;
    this.epoch = epoch;
  }

  get tailCount(): number {
    return this.#tailSlots.size;
  }

  get liveCount(): number {
    let count = this.#tailSlots.size;
    for (const { live } of this.#segments.values()) count += live;
    return count;
  }

  get byteLength(): number {
    return (this.#segments.size + this.#tail.length) * blockBytes(this.#blocks.dimensions);
  }

  /** Takes over a sealed segment; what it holds is no longer looked for in the tail. */
  setSegment(segment: Segment, packed: Uint8Array | undefined): void {
    const known = this.#segments.get(segment.segmentNo);
    if (known !== undefined) this.#forget(known.ids);
    if (packed === undefined) {
      if (known === undefined) return;
      this.#segments.delete(segment.segmentNo);
      this.#blocks.release(known.block);
      return;
    }
    const block = known?.block ?? this.#blocks.allocate();
    const ids = passageIds(segment);
    this.#forget(ids);
    this.#blocks.writeBlock(block, packed);
    this.#segments.set(segment.segmentNo, { block, ids, live: liveCount(segment) });
    if (this.#tailSlots.size > 0) for (const passageNo of ids) this.#dropFromTail(passageNo);
  }

  setTail(passageNo: number, packed: Uint8Array): void {
    assertPacked(passageNo, packed, this.#blocks.dimensions);
    this.#kept.drop(passageNo);
    const slot = this.#tailSlots.get(passageNo) ?? this.#tailSlots.size;
    const row = slot % BLOCK_ROWS;
    let part = this.#tail[Math.floor(slot / BLOCK_ROWS)];
    if (part === undefined) {
      part = { block: this.#blocks.allocate(), ids: new Float64Array(BLOCK_ROWS).fill(NO_PASSAGE) };
      this.#tail.push(part);
    }
    this.#blocks.writeRow(part.block, row, packed);
    part.ids[row] = passageNo;
    this.#tailSlots.set(passageNo, slot);
  }

  clearTail(): void {
    this.#forget(this.#tailSlots.keys());
    for (const { block } of this.#tail) this.#blocks.release(block);
    this.#tail.length = 0;
    this.#tailSlots.clear();
  }

  scan(query: Float32Array, best: TopCandidates, accepts?: (passageNo: number) => boolean): void {
    this.#blocks.setQuery(query);
    for (const { block, ids } of this.#segments.values()) this.#blocks.scan(block, BLOCK_ROWS, ids, best, accepts);
    let left = this.#tailSlots.size;
    for (const { block, ids } of this.#tail) {
      this.#blocks.scan(block, Math.max(0, Math.min(left, BLOCK_ROWS)), ids, best, accepts);
      left -= BLOCK_ROWS;
    }
  }

  /** Gives all memory back. */
  release(): void {
    this.clearTail();
    for (const { block, ids } of this.#segments.values()) {
      this.#forget(ids);
      this.#blocks.release(block);
    }
    this.#segments.clear();
  }

  #forget(passageNos: Iterable<number>): void {
    for (const passageNo of passageNos) this.#kept.drop(passageNo);
  }

  /** The last slot moves into the freed one, so that the tail has no holes. */
  #dropFromTail(passageNo: number): void {
    const slot = this.#tailSlots.get(passageNo);
    if (slot === undefined) return;
    const last = this.#tailSlots.size - 1;
    const from = this.#tail[Math.floor(last / BLOCK_ROWS)];
    const to = this.#tail[Math.floor(slot / BLOCK_ROWS)];
    this.#tailSlots.delete(passageNo);
    if (from === undefined || to === undefined) return;
    const movedNo = from.ids[last % BLOCK_ROWS] ?? NO_PASSAGE;
    if (slot !== last) {
      this.#blocks.copyRow(from.block, last % BLOCK_ROWS, to.block, slot % BLOCK_ROWS);
      to.ids[slot % BLOCK_ROWS] = movedNo;
      this.#tailSlots.set(movedNo, slot);
    }
    from.ids[last % BLOCK_ROWS] = NO_PASSAGE;
  }
}
