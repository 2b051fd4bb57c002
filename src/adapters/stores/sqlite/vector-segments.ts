import { MemoryError } from "../../../errors.ts";
import { BLOCK_ROWS, NO_PASSAGE, packedBytes } from "../../../vectors/scan.ts";
import { sqliteErrorCode, SQLITE_CORRUPT, type Row, type SqliteDriver } from "./driver.ts";
import { asBytes } from "./vector-rows.ts";
import { PARTITION_SPAN } from "./partition-span.ts";
import { DEAD_FLAG } from "./vector-schema.ts";

/** A sealed segment as stored. `passages` are sequence numbers inside the partition, flagged where the copy is dead. */
export interface Segment {
  readonly segmentNo: number;
  readonly partitionNo: number;
  readonly passages: Uint32Array;
}

/** One packed copy on its way into the tail or a segment. */
export interface PackedCopy {
  readonly passageNo: number;
  readonly packed: Uint8Array;
}

const COLUMNS = "s.segment_no, s.partition_no, s.row_count, s.passages";

/** The rows of sealed segments and their blocks. */
export class VectorSegments {
  readonly #driver: SqliteDriver;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  /**
   * Segments of a partition or of the whole space changed after `afterMod`, with their blocks; emptied ones have none.
   * @throws MemoryError `store_failed` at the first that is not well formed.
   */
  *changed(
    spaceNo: number,
    partitionNo: number | "all",
    dimensions: number,
    afterMod: number,
  ): Generator<{ segment: Segment; block: Uint8Array | undefined }> {
    const where = partitionNo === "all" ? "s.space_no = ?1" : "s.space_no = ?1 AND s.partition_no = ?3";
    const sql = `SELECT ${COLUMNS}, b.q FROM vector_segments s LEFT JOIN vector_blocks b USING(segment_no)
                 WHERE ${where} AND s.mod > ?2`;
    const parameters = partitionNo === "all" ? [spaceNo, afterMod] : [spaceNo, afterMod, partitionNo];
    for (const row of this.#driver.iterate(sql, ...parameters)) {
      const segment = readSegment(row);
      yield { segment, block: segment.passages.length === 0 ? undefined : readBlock(row, dimensions) };
    }
  }

  /** The segments whose range covers a passage. `opened` keeps what was read and changed in one transaction. */
  *covering(spaceNo: number, passageNo: number, opened: Map<number, Segment>): Generator<Segment> {
    const partitionNo = Math.floor(passageNo / PARTITION_SPAN);
    const sequence = passageNo % PARTITION_SPAN;
    // Answered by the index alone: ranges rarely overlap, so about one segment is read.
    const sql = `SELECT segment_no FROM vector_segments
                 WHERE space_no = ? AND partition_no = ? AND lowest <= ? AND highest >= ? AND row_count > 0`;
    for (const row of this.#driver.all(sql, spaceNo, partitionNo, sequence, sequence)) {
      const segmentNo = Number(row["segment_no"]);
      const segment = opened.get(segmentNo) ?? this.read(segmentNo);
      if (segment === undefined) continue;
      opened.set(segmentNo, segment);
      yield segment;
    }
  }

  numbers(spaceNo: number, partitionNo: number | "all"): number[] {
    const sql = "SELECT segment_no FROM vector_segments WHERE space_no = ?";
    const rows =
      partitionNo === "all"
        ? this.#driver.all(sql, spaceNo)
        : this.#driver.all(`${sql} AND partition_no = ?`, spaceNo, partitionNo);
    return rows.map((row) => Number(row["segment_no"]));
  }

  read(segmentNo: number): Segment | undefined {
    const row = this.#driver.get(`SELECT ${COLUMNS} FROM vector_segments s WHERE segment_no = ?`, segmentNo);
    return row === undefined ? undefined : readSegment(row);
  }

  block(segmentNo: number, dimensions: number): Uint8Array {
    const row = this.#driver.get("SELECT segment_no, q FROM vector_blocks WHERE segment_no = ?", segmentNo);
    return readBlock(row ?? { segment_no: segmentNo, q: null }, dimensions);
  }

  saveBlock(segmentNo: number, block: Uint8Array): void {
    this.#driver.run("INSERT OR REPLACE INTO vector_blocks(segment_no, q) VALUES(?, ?)", segmentNo, block);
  }

  savePassages(segment: Segment, mod: number): void {
    const live = liveCount(segment);
    const sql = "UPDATE vector_segments SET mod = ?, row_count = ?, passages = ? WHERE segment_no = ?";
    this.#driver.run(sql, mod, live, new Uint8Array(segment.passages.buffer), segment.segmentNo);
  }

  /** Writes 256 copies, sorted by passage, as a new segment or in the place of an emptied one. */
  seal(spaceNo: number, partitionNo: number, mod: number, dimensions: number, copies: readonly PackedCopy[]): void {
    const passages = Uint32Array.from(copies, ({ passageNo }) => passageNo % PARTITION_SPAN);
    const emptied = this.#driver.get(
      "SELECT segment_no FROM vector_segments WHERE space_no = ? AND partition_no = ? AND row_count = 0 LIMIT 1",
      spaceNo,
      partitionNo,
    );
    const { lastInsertRowid } = this.#driver.run(
      `INSERT OR REPLACE INTO vector_segments(
         segment_no, space_no, partition_no, mod, lowest, highest, row_count, passages) VALUES(?,?,?,?,?,?,?,?)`,
      emptied === undefined ? null : Number(emptied["segment_no"]),
      spaceNo,
      partitionNo,
      mod,
      passages[0] ?? 0,
      passages.at(-1) ?? 0,
      copies.length,
      new Uint8Array(passages.buffer),
    );
    this.saveBlock(lastInsertRowid, packBlock(copies, dimensions));
  }

  /** Leaves the row of a segment behind without passages and block. */
  empty(segmentNo: number, mod: number): void {
    this.#driver.run(
      "UPDATE vector_segments SET mod = ?, lowest = 0, highest = 0, row_count = 0, passages = ? WHERE segment_no = ?",
      mod,
      new Uint8Array(0),
      segmentNo,
    );
    this.#driver.run("DELETE FROM vector_blocks WHERE segment_no = ?", segmentNo);
  }

  deleteAll(spaceNo: number, partitionNo: number): void {
    const chosen = "SELECT segment_no FROM vector_segments WHERE space_no = ? AND partition_no = ?";
    this.#driver.run(`DELETE FROM vector_blocks WHERE segment_no IN (${chosen})`, spaceNo, partitionNo);
    this.#driver.run("DELETE FROM vector_segments WHERE space_no = ? AND partition_no = ?", spaceNo, partitionNo);
  }
}

export function liveCount(segment: Segment): number {
  let live = 0;
  for (const sequence of segment.passages) if (sequence < DEAD_FLAG) live += 1;
  return live;
}

/** Passage numbers by slot. */
export function passageIds(segment: Segment): Float64Array {
  const first = segment.partitionNo * PARTITION_SPAN;
  const ids = new Float64Array(segment.passages.length);
  // A loop, because `Float64Array.from` with a function takes ten times as long and a cold load runs this a lot.
  for (const [slot, sequence] of segment.passages.entries())
    ids[slot] = sequence < DEAD_FLAG ? first + sequence : NO_PASSAGE;
  return ids;
}

/** The bytes of one slot in a block, as the tail stores them. */
export function unpackSlot(block: Uint8Array, slot: number, dimensions: number): Uint8Array {
  const size = packedBytes(dimensions);
  const stride = size - 4;
  const packed = new Uint8Array(size);
  packed.set(block.subarray(slot * stride, (slot + 1) * stride));
  packed.set(block.subarray(BLOCK_ROWS * stride + slot * 4, BLOCK_ROWS * stride + (slot + 1) * 4), stride);
  return packed;
}

/** Overwrites one slot of a block with zeros. */
export function blankSlot(block: Uint8Array, slot: number, dimensions: number): void {
  const stride = packedBytes(dimensions) - 4;
  block.fill(0, slot * stride, (slot + 1) * stride);
  block.fill(0, BLOCK_ROWS * stride + slot * 4, BLOCK_ROWS * stride + (slot + 1) * 4);
}

function packBlock(copies: readonly PackedCopy[], dimensions: number): Uint8Array {
  const size = packedBytes(dimensions);
  const stride = size - 4;
  const block = new Uint8Array(BLOCK_ROWS * size);
  for (const [slot, { packed }] of copies.entries()) {
    block.set(packed.subarray(0, stride), slot * stride);
    block.set(packed.subarray(stride), BLOCK_ROWS * stride + slot * 4);
  }
  return block;
}

function readSegment(row: Row): Segment {
  const bytes = asBytes(row["passages"]);
  const segmentNo = Number(row["segment_no"]);
  const rowCount = Number(row["row_count"]);
  const isEmptied = rowCount === 0 && bytes.byteLength === 0;
  if (!isEmptied && bytes.byteLength !== BLOCK_ROWS * 4) throw malformed(segmentNo, "its list of passages");
  const segment: Segment = {
    segmentNo,
    partitionNo: Number(row["partition_no"]),
    passages: new Uint32Array(bytes.slice().buffer),
  };
  if (liveCount(segment) !== rowCount) throw malformed(segmentNo, "its row count");
  return segment;
}

function readBlock(row: Row, dimensions: number): Uint8Array {
  const block = asBytes(row["q"]);
  if (block.byteLength !== BLOCK_ROWS * packedBytes(dimensions)) {
    throw malformed(Number(row["segment_no"]), "its block of vectors");
  }
  return block;
}

/** @throws MemoryError `store_failed` when a tail row is not a packed vector of the space. */
export function assertPacked(passageNo: number, packed: Uint8Array, dimensions: number): void {
  if (packed.byteLength === packedBytes(dimensions)) return;
  const message = `The packed vector of passage ${passageNo} is damaged; rebuild the vector index.`;
  throw new MemoryError("store_failed", message, { details: { passageNo } });
}

/** Whether an error says that tail or segments are unusable, by our own checks or SQLite's. Both are cured by a rebuild. */
export function isIndexDamage(error: unknown): error is Error {
  if (MemoryError.isInstance(error)) return error.code === "store_failed";
  return sqliteErrorCode(error) === SQLITE_CORRUPT;
}

function malformed(segmentNo: number, part: string): MemoryError {
  return new MemoryError(
    "store_failed",
    `Vector segment ${segmentNo} is damaged (${part}); rebuild the vector index.`,
    {
      details: { segmentNo },
    },
  );
}
