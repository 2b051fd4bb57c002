import { packedBytes } from "../../../vectors/scan.ts";
import type { SpaceState, VectorRows } from "./vector-rows.ts";
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

/** Compares one partition's vectors with their packed copies, bit for bit. Runs inside one read transaction. */
export function checkPartition(
  rows: VectorRows,
  segments: VectorSegments,
  space: SpaceState,
  partitionNo: number,
): VectorProblem[] {
  const problems: VectorProblem[] = [];
  const report = (kind: VectorProblem["kind"], message: string, passageNo?: number): void => {
    const where = { kind, spaceNo: space.spaceNo, partitionNo, message };
    problems.push(passageNo === undefined ? where : { ...where, passageNo });
  };
  const { copies, tailCount } = collectCopies(rows, segments, space, partitionNo, report);
  let rowCount = 0;
  for (const passageNo of rows.passageNumbers(space.spaceNo, rangeOf(partitionNo))) {
    rowCount += 1;
    const packed = copies.get(passageNo);
    copies.delete(passageNo);
    const vector = rows.vector(space.spaceNo, passageNo, space.dimensions);
    if (vector === undefined || !isUsable(vector)) {
      report("damaged_vector", "The stored vector is not well formed.", passageNo);
    } else if (packed === undefined) {
      report("missing_copy", "The vector is in neither the tail nor a segment.", passageNo);
    } else if (Buffer.compare(packed, packCopy(vector)) !== 0) {
      report("wrong_copy", "The packed copy is not that of the vector.", passageNo);
    }
  }
  for (const passageNo of copies.keys()) report("orphan_copy", "A packed copy has no vector.", passageNo);
  const counts = rows.partition(space.spaceNo, partitionNo);
  if (counts?.rowCount !== rowCount || counts.tailCount !== tailCount) {
    report("wrong_count", `Counted ${rowCount} vectors, ${tailCount} of them in the tail; the counts say otherwise.`);
  }
  return problems;
}

function collectCopies(
  rows: VectorRows,
  segments: VectorSegments,
  space: SpaceState,
  partitionNo: number,
  report: (kind: VectorProblem["kind"], message: string, passageNo?: number) => void,
): { copies: Map<number, Uint8Array>; tailCount: number } {
  const copies = new Map<number, Uint8Array>();
  const keep = (passageNo: number, packed: Uint8Array): void => {
    if (copies.has(passageNo)) report("double_copy", "More than one live packed copy.", passageNo);
    copies.set(passageNo, packed);
  };
  let tailCount = 0;
  for (const [passageNo, packed] of rows.tail(space.spaceNo, rangeOf(partitionNo), -1)) {
    tailCount += 1;
    if (packed.byteLength === packedBytes(space.dimensions)) keep(passageNo, packed);
    else report("damaged_index", "A tail row has the wrong size.", passageNo);
  }
  for (const segmentNo of segments.numbers(space.spaceNo, partitionNo)) {
    try {
      const segment = segments.read(segmentNo);
      if (segment === undefined || segment.passages.length === 0) continue;
      const block = segments.block(segmentNo, space.dimensions);
      for (const [slot, passageNo] of passageIds(segment).entries()) {
        if (passageNo >= 0) keep(passageNo, unpackSlot(block, slot, space.dimensions));
      }
    } catch (error) {
      if (!isIndexDamage(error)) throw error;
      report("damaged_index", error.message);
    }
  }
  return { copies, tailCount };
}
