import { packedBytes } from "../../../vectors/scan.ts";
import type { SpaceState, VectorRows } from "./vector-rows.ts";
import { PARTITION_SPAN } from "./partition-span.ts";
import { rangeOf } from "./vector-schema.ts";
import { isIndexDamage, passageIds, unpackSlot, type VectorSegments } from "./vector-segments.ts";
import { isUsable, packCopy } from "./vector-writer.ts";

export interface VectorProblem {
  /**
   * `damaged_vector`: the float row itself is unusable; `rebuild` drops it, then the passage must be embedded again. All
   * others are cured by `rebuild`:
   * `damaged_index` (a tail row or segment that is not well formed), `missing_copy`, `orphan_copy`, `double_copy`,
   * `wrong_copy` (not what the vector packs to), `wrong_count`.
   */
  readonly kind:
    | "damaged_vector"
    | "damaged_index"
    | "missing_copy"
    | "orphan_copy"
    | "double_copy"
    | "wrong_copy"
    | "wrong_count";
  readonly spaceNo: number;
  readonly partitionNo: number;
  readonly passageNo?: number;
  readonly message: string;
}

type Report = (kind: VectorProblem["kind"], message: string, passageNo?: number) => void;

/**
 * Compares one partition's vectors with their packed copies, bit for bit, in steps of one segment or a few thousand
 * rows; all steps must see the same moment. Yields after each step and returns what is wrong.
 */
export function* checkPartition(
  rows: VectorRows,
  segments: VectorSegments,
  space: SpaceState,
  partitionNo: number,
): Generator<undefined, VectorProblem[]> {
  const problems: VectorProblem[] = [];
  const report: Report = (kind, message, passageNo) => {
    const where = { kind, spaceNo: space.spaceNo, partitionNo, message };
    problems.push(passageNo === undefined ? where : { ...where, passageNo });
  };
  const seen = new SequenceSet();
  const checkCopy = (passageNo: number, packed: Uint8Array): void => {
    if (!seen.add(passageNo % PARTITION_SPAN)) report("double_copy", "More than one live packed copy.", passageNo);
    const vector = rows.vector(space.spaceNo, passageNo, space.dimensions);
    if (vector !== undefined && isUsable(vector)) {
      if (Buffer.compare(packed, packCopy(vector)) !== 0)
        report("wrong_copy", "The packed copy is not that of the vector.", passageNo);
    } else if (rows.hasVector(space.spaceNo, passageNo)) {
      report("damaged_vector", "The stored vector is not well formed.", passageNo);
    } else report("orphan_copy", "A packed copy has no vector.", passageNo);
  };

  let tailCount = 0;
  for (const [passageNo, packed] of rows.tail(space.spaceNo, rangeOf(partitionNo), -1)) {
    tailCount += 1;
    if (packed.byteLength === packedBytes(space.dimensions)) checkCopy(passageNo, packed);
    else {
      seen.add(passageNo % PARTITION_SPAN);
      report("damaged_index", "A tail row has the wrong size.", passageNo);
    }
  }
  yield;
  for (const segmentNo of segments.numbers(space.spaceNo, partitionNo)) {
    try {
      const segment = segments.read(segmentNo);
      if (segment === undefined || segment.passages.length === 0) continue;
      const block = segments.block(segmentNo, space.dimensions);
      for (const [slot, passageNo] of passageIds(segment).entries()) {
        if (passageNo >= 0) checkCopy(passageNo, unpackSlot(block, slot, space.dimensions));
      }
    } catch (error) {
      if (!isIndexDamage(error)) throw error;
      report("damaged_index", error.message);
    }
    yield;
  }
  const rowCount = yield* checkRows(rows, space, partitionNo, seen, report);
  const counts = rows.partition(space.spaceNo, partitionNo);
  if (counts?.rowCount !== rowCount || counts.tailCount !== tailCount) {
    report("wrong_count", `Counted ${rowCount} vectors, ${tailCount} of them in the tail; the counts say otherwise.`);
  }
  return problems;
}

const ROWS_PER_STEP = 2_000;

/** Every vector must have been met as a copy. Returns how many there are. */
function* checkRows(
  rows: VectorRows,
  space: SpaceState,
  partitionNo: number,
  seen: SequenceSet,
  report: Report,
): Generator<undefined, number> {
  let rowCount = 0;
  for (let { first, last } = rangeOf(partitionNo); ;) {
    const page = rows.passagePage(space.spaceNo, { first, last }, ROWS_PER_STEP);
    for (const passageNo of page) {
      rowCount += 1;
      if (seen.has(passageNo % PARTITION_SPAN)) continue;
      const vector = rows.vector(space.spaceNo, passageNo, space.dimensions);
      if (vector === undefined || !isUsable(vector))
        report("damaged_vector", "The stored vector is not well formed.", passageNo);
      else report("missing_copy", "The vector is in neither the tail nor a segment.", passageNo);
    }
    if (page.length < ROWS_PER_STEP) return rowCount;
    first = (page.at(-1) ?? last) + 1;
    yield;
  }
}

/** Sequence numbers inside a partition, one bit each. */
class SequenceSet {
  #bits = new Uint8Array(1024);

  /** False when it was there before. */
  add(sequence: number): boolean {
    if (this.has(sequence)) return false;
    const byte = sequence >>> 3;
    if (byte >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (sequence & 7));
    return true;
  }

  has(sequence: number): boolean {
    return ((this.#bits[sequence >>> 3] ?? 0) & (1 << (sequence & 7))) !== 0;
  }
}
