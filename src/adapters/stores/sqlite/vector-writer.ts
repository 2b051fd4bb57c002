import { invalidInput } from "../../../errors.ts";
import { dot, toUnitVector } from "../../../vectors/dot.ts";
import { quantizeInto } from "../../../vectors/quantize.ts";
import { BLOCK_ROWS, packedBytes } from "../../../vectors/scan.ts";
import type { PartitionState, SpaceState, VectorRows } from "./vector-rows.ts";
import { PARTITION_SPAN } from "./partition-span.ts";
import { BLANK, DEAD_FLAG, MAXIMUM_SPACE_NO, partitionOf, rangeOf } from "./vector-schema.ts";
import {
  assertPacked,
  blankSlot,
  isIndexDamage,
  liveCount,
  unpackSlot,
  type PackedCopy,
  type Segment,
  type VectorSegments,
} from "./vector-segments.ts";

export interface PassageVector {
  readonly passageNo: number;
  /** Brought to unit length before it is stored. */
  readonly vector: Float32Array;
}

/** A segment with more dead copies than this (a quarter) gives its live ones back to the tail. */
const MOST_DEAD = BLOCK_ROWS / 4;

/** Vectors of one step of a rebuild. */
const REBUILD_ROWS = 1_024;

/** Every change of the vector tables. All methods run inside the caller's write transaction. */
export class VectorWriter {
  readonly #rows: VectorRows;
  readonly #segments: VectorSegments;

  constructor(rows: VectorRows, segments: VectorSegments) {
    this.#rows = rows;
    this.#segments = segments;
  }

  put(spaceNo: number, rows: readonly PassageVector[]): void {
    const first = rows[0];
    if (first === undefined) return;
    const space = this.#openSpace(spaceNo, first.vector.length);
    // Everything is checked before anything is written; of two rows for one passage the later counts.
    const vectors = new Map<number, Float32Array>();
    for (const { passageNo, vector } of rows) {
      if (!Number.isSafeInteger(passageNo) || passageNo < 0) {
        throw invalidInput(`A passage number must be a whole number from 0 to 2^53 - 1, got ${passageNo}.`);
      }
      vectors.set(passageNo, toUnitVector(vector, space.dimensions));
    }
    for (const [partitionNo, passages] of byPartition(vectors.keys())) {
      this.#change(space, partitionNo, (state) => {
        const known = passages.filter(
          (no) => no % PARTITION_SPAN <= state.highest && this.#rows.hasVector(spaceNo, no),
        );
        const copies: PackedCopy[] = [];
        for (const passageNo of passages) {
          const vector = vectors.get(passageNo) as Float32Array; // The groups are made of the map's own keys.
          this.#rows.saveVector(spaceNo, passageNo, vector);
          copies.push({ passageNo, packed: packCopy(vector) });
        }
        state.rowCount += passages.length - known.length;
        state.highest = Math.max(state.highest, (passages.at(-1) ?? 0) % PARTITION_SPAN);
        this.#detach(space, state, known, "mark");
        this.#append(space, state, copies);
      });
    }
    this.#rows.saveSpace(space);
  }

  /** Leaves no byte of these passages' vectors in any space: segments that held them are written anew. */
  remove(passageNos: Iterable<number>): void {
    const groups = byPartition(new Set(passageNos));
    for (const spaceNo of this.#rows.spaceNumbers()) {
      const space = this.#rows.space(spaceNo);
      if (space === undefined) continue;
      for (const [partitionNo, passages] of groups) {
        if (this.#rows.partition(spaceNo, partitionNo) === undefined) continue;
        this.#change(space, partitionNo, (state) => {
          for (const passageNo of passages) if (this.#rows.deleteVector(spaceNo, passageNo)) state.rowCount -= 1;
          // Copies are looked for even where the vector is missing: nothing may be left of a purged memory.
          this.#detach(space, state, passages, "erase");
        });
      }
      this.#rows.saveSpace(space);
    }
  }

  /** Makes tail and segments anew from the vectors of a partition, and drops what is no vector of the space. */
  rebuild(spaceNo: number, partitionNo: number): void {
    const space = this.#rows.space(spaceNo);
    if (space === undefined) return;
    this.#change(space, partitionNo, (state) => this.#rebuild(space, state));
    this.#rows.saveSpace(space);
  }

  /** One step of a rebuild: first everything derived goes, then copies are made of some thousand vectors at a time. */
  rebuildStep(spaceNo: number, partitionNo: number, after: number | undefined): number | undefined {
    const space = this.#rows.space(spaceNo);
    if (space === undefined) return undefined;
    const range = rangeOf(partitionNo);
    let next: number | undefined;
    this.#change(space, partitionNo, (state) => {
      if (after === undefined) {
        this.#segments.deleteAll(spaceNo, partitionNo);
        this.#rows.deleteTailRange(spaceNo, range);
        // The true count beside missing copies is what tells searches that the copies are not complete.
        const rowCount = this.#rows.countVectors(spaceNo, range);
        Object.assign(state, { rowCount, tailCount: 0 } satisfies Partial<PartitionState>);
        space.epoch += 1;
        next = range.first - 1;
        return;
      }
      const page = this.#rows.passagePage(spaceNo, { first: after + 1, last: range.last }, REBUILD_ROWS);
      const copies: PackedCopy[] = [];
      for (const passageNo of page) {
        const vector = this.#rows.vector(spaceNo, passageNo, space.dimensions);
        if (vector === undefined || !isUsable(vector)) {
          this.#rows.deleteVector(spaceNo, passageNo);
          state.rowCount -= 1;
        } else if (!this.#hasCopy(space, passageNo)) copies.push({ passageNo, packed: packCopy(vector) });
        state.highest = Math.max(state.highest, passageNo % PARTITION_SPAN);
      }
      this.#append(space, state, copies);
      next = page.length < REBUILD_ROWS ? undefined : page.at(-1);
    });
    // A partition that was counted wrongly has been added to its space wrongly.
    if (after === undefined) Object.assign(space, this.#rows.sumOfPartitions(spaceNo));
    this.#rows.saveSpace(space);
    return next;
  }

  /** Written by another change since the rebuild began. */
  #hasCopy(space: SpaceState, passageNo: number): boolean {
    if (this.#rows.hasTail(space.spaceNo, passageNo)) return true;
    for (const segment of this.#segments.covering(space.spaceNo, passageNo, new Map())) {
      if (slotsOf(segment, passageNo % PARTITION_SPAN).length > 0) return true;
    }
    return false;
  }

  #rebuild(space: SpaceState, state: PartitionState): void {
    const range = rangeOf(state.partitionNo);
    this.#segments.deleteAll(space.spaceNo, state.partitionNo);
    this.#rows.deleteTailRange(space.spaceNo, range);
    Object.assign(state, { rowCount: 0, tailCount: 0, highest: -1 } satisfies Partial<PartitionState>);
    let copies: PackedCopy[] = [];
    // Listed first: rows are deleted on the way.
    const passages = Array.from(this.#rows.passageNumbers(space.spaceNo, range));
    for (const passageNo of passages) {
      const vector = this.#rows.vector(space.spaceNo, passageNo, space.dimensions);
      if (vector === undefined || !isUsable(vector)) {
        this.#rows.deleteVector(space.spaceNo, passageNo);
        continue;
      }
      state.rowCount += 1;
      state.highest = passageNo % PARTITION_SPAN;
      copies.push({ passageNo, packed: packCopy(vector) });
      if (copies.length < BLOCK_ROWS) continue;
      this.#append(space, state, copies);
      copies = [];
    }
    this.#append(space, state, copies);
    space.epoch += 1;
  }

  #openSpace(spaceNo: number, dimensions: number): SpaceState {
    const space = this.#rows.space(spaceNo);
    if (space !== undefined) return space;
    // The epoch is random, so that a space that was emptied and begun anew is not taken for the one another process read.
    if (!Number.isInteger(spaceNo) || spaceNo < 0 || spaceNo > MAXIMUM_SPACE_NO) {
      throw invalidInput(`A space number must be from 0 to ${MAXIMUM_SPACE_NO}, got ${spaceNo}.`);
    }
    return { spaceNo, dimensions, rowCount: 0, tailCount: 0, mod: 0, epoch: Math.floor(Math.random() * 2 ** 48) };
  }

  /** Runs `work` on a partition's state under the next change number and keeps the space's counts in step. */
  #change(space: SpaceState, partitionNo: number, work: (state: PartitionState) => void): void {
    const state = this.#rows.partition(space.spaceNo, partitionNo) ?? {
      partitionNo,
      rowCount: 0,
      tailCount: 0,
      highest: -1,
      mod: 0,
    };
    const { rowCount, tailCount } = state;
    space.mod += 1;
    try {
      work(state);
    } catch (error) {
      // The float rows are written by now, and all that is damaged derives from them.
      if (!isIndexDamage(error)) throw error;
      this.#rebuild(space, state);
    }
    space.rowCount += state.rowCount - rowCount;
    space.tailCount += state.tailCount - tailCount;
    state.mod = space.mod;
    this.#rows.savePartition(space.spaceNo, state);
  }

  /** Adds packed copies to the tail and seals every full 256 of it. */
  #append(space: SpaceState, state: PartitionState, copies: readonly PackedCopy[]): void {
    const { spaceNo } = space;
    let rest = copies;
    if (state.tailCount + copies.length >= BLOCK_ROWS) {
      const range = rangeOf(state.partitionNo);
      const waiting = Array.from(this.#rows.tail(spaceNo, range, -1), ([passageNo, packed]) => {
        assertPacked(passageNo, packed, space.dimensions);
        return { passageNo, packed };
      });
      this.#rows.deleteTailRange(spaceNo, range);
      // Sorted, so that the ranges of segments hardly overlap and a passage's segment is found at once.
      rest = [...waiting, ...copies].toSorted((left, right) => left.passageNo - right.passageNo);
      const sealed = rest.length - (rest.length % BLOCK_ROWS);
      for (let at = 0; at < sealed; at += BLOCK_ROWS) {
        const full = rest.slice(at, at + BLOCK_ROWS);
        this.#segments.seal(spaceNo, state.partitionNo, space.mod, space.dimensions, full);
      }
      rest = rest.slice(sealed);
      state.tailCount = 0;
    }
    for (const { passageNo, packed } of rest) this.#rows.saveTail(spaceNo, passageNo, space.mod, packed);
    state.tailCount += rest.length;
  }

  /**
   * Takes the copies of these passages out of the tail and the segments. `mark` leaves the bytes in a segment and only
   * marks them dead, which is cheap; `erase` overwrites them.
   */
  #detach(space: SpaceState, state: PartitionState, passages: readonly number[], how: "mark" | "erase"): void {
    const opened = new Map<number, Segment>();
    const touched = new Map<Segment, number[]>();
    for (const passageNo of passages) {
      if (this.#rows.deleteTail(space.spaceNo, passageNo)) {
        state.tailCount -= 1;
        if (how === "mark") continue;
      }
      const sequence = passageNo % PARTITION_SPAN;
      for (const segment of this.#segments.covering(space.spaceNo, passageNo, opened)) {
        const slots = how === "mark" ? [] : slotsOf(segment, sequence + DEAD_FLAG);
        slots.push(...slotsOf(segment, sequence));
        for (const slot of slots) segment.passages[slot] = how === "mark" ? sequence + DEAD_FLAG : BLANK;
        if (slots.length > 0) touched.set(segment, [...(touched.get(segment) ?? []), ...slots]);
      }
    }
    for (const [segment, slots] of touched) {
      if (BLOCK_ROWS - liveCount(segment) > MOST_DEAD) {
        this.#dissolve(space, state, segment);
        continue;
      }
      this.#segments.savePassages(segment, space.mod);
      if (how === "mark") continue;
      const block = this.#segments.block(segment.segmentNo, space.dimensions);
      for (const slot of slots) blankSlot(block, slot, space.dimensions);
      this.#segments.saveBlock(segment.segmentNo, block);
    }
  }

  /** Empties a segment and gives its live copies back to the tail. */
  #dissolve(space: SpaceState, state: PartitionState, segment: Segment): void {
    const block = this.#segments.block(segment.segmentNo, space.dimensions);
    const first = state.partitionNo * PARTITION_SPAN;
    const live: PackedCopy[] = [];
    for (const [slot, sequence] of segment.passages.entries()) {
      if (sequence >= DEAD_FLAG) continue;
      live.push({ passageNo: first + sequence, packed: unpackSlot(block, slot, space.dimensions) });
    }
    this.#segments.empty(segment.segmentNo, space.mod);
    this.#append(space, state, live);
  }
}

/** Whether a stored vector can be compared with anything. */
export function isUsable(vector: Float32Array): boolean {
  const squared = dot(vector, vector);
  return Number.isFinite(squared) && squared > 0;
}

/** The bytes of a vector's packed copy: int8 numbers, zeros up to the kernel's step, the factor. */
export function packCopy(vector: Float32Array): Uint8Array {
  const size = packedBytes(vector.length);
  const packed = new Uint8Array(size);
  const factor = quantizeInto(vector, new Int8Array(packed.buffer));
  new DataView(packed.buffer).setFloat32(size - 4, factor, true);
  return packed;
}

function slotsOf(segment: Segment, value: number): number[] {
  const slot = segment.passages.indexOf(value);
  // A value stands once in a segment: an updated passage leaves before it is sealed again, into another.
  return slot === -1 ? [] : [slot];
}

/** Passages by partition, each ascending. */
function byPartition(passageNos: Iterable<number>): Map<number, number[]> {
  return Map.groupBy(
    [...passageNos].toSorted((left, right) => left - right),
    partitionOf,
  );
}
