import { PARTITION_SPAN } from "./partition-span.ts";

/**
 * Tables of the vector store. `vectors` is the truth (float, unit length); the rest is derived from it and can be
 * rebuilt.
 *
 * A vector's number is `space_no << 53 | passage_no`, an integer primary key: one user's vectors of a space lie
 * together, and pages hold as many as fit. (Measured with 8 KiB pages and 512 dimensions: 2.8 KB a vector, against
 * 9.4 KB in a table WITHOUT ROWID keyed by the two columns, whose rows spill to overflow pages.) The shift and the
 * mask happen in SQL, because such numbers do not fit into a JS number.
 */
export const VECTOR_SCHEMA = `
CREATE TABLE IF NOT EXISTS vectors(vector_no INTEGER PRIMARY KEY, e BLOB NOT NULL);

-- mod is the number of the space's last change, epoch that of its last rebuild: together they validate every cache.
CREATE TABLE IF NOT EXISTS vector_spaces(
  space_no INTEGER PRIMARY KEY, dimensions INTEGER NOT NULL, row_count INTEGER NOT NULL, tail_count INTEGER NOT NULL,
  mod INTEGER NOT NULL, epoch INTEGER NOT NULL);

-- highest is the largest passage sequence number ever put: anything above it is new without a look.
CREATE TABLE IF NOT EXISTS vector_partitions(
  space_no INTEGER NOT NULL, partition_no INTEGER NOT NULL, row_count INTEGER NOT NULL, tail_count INTEGER NOT NULL,
  highest INTEGER NOT NULL, mod INTEGER NOT NULL, PRIMARY KEY(space_no, partition_no)) WITHOUT ROWID;

-- Packed copies that are not sealed yet, fewer than 256 in a partition.
CREATE TABLE IF NOT EXISTS vector_tail(vector_no INTEGER PRIMARY KEY, mod INTEGER NOT NULL, q BLOB NOT NULL);

-- 256 packed copies each. passages holds uint32 sequence numbers (highest bit: dead); an emptied segment keeps its row
-- with row_count 0, so that other processes hear of it, and is used again.
CREATE TABLE IF NOT EXISTS vector_segments(
  segment_no INTEGER PRIMARY KEY, space_no INTEGER NOT NULL, partition_no INTEGER NOT NULL, mod INTEGER NOT NULL,
  lowest INTEGER NOT NULL, highest INTEGER NOT NULL, row_count INTEGER NOT NULL, passages BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS vector_segments_by_partition
  ON vector_segments(space_no, partition_no, mod, lowest, highest, row_count);

-- Apart from vector_segments: marking a copy dead must not write 100 KB.
CREATE TABLE IF NOT EXISTS vector_blocks(segment_no INTEGER PRIMARY KEY, q BLOB NOT NULL);
`;

/**
 * Set on the sequence number of a slot whose copy is dead. The number stays, because a purge must still find the bytes
 * of what a passage said before.
 */
export const DEAD_FLAG = 0x8000_0000;

/** A slot whose bytes are blank. */
export const BLANK = 0xffff_ffff;

/** Spaces that a file can hold: what is left of 64 bits above a passage number, without the sign. */
export const MAXIMUM_SPACE_NO = 1023;

/** SQL for the number of a vector, from the parameters or columns that hold its space and its passage. */
export function vectorNumberSql(space: string, passage: string): string {
  return `((${space} << 53) | ${passage})`;
}

/** SQL for the passage number in a vector number. */
export const PASSAGE_OF_VECTOR_SQL = "(vector_no & 9007199254740991)";

export function partitionOf(passageNo: number): number {
  return Math.floor(passageNo / PARTITION_SPAN);
}

/** A contiguous range of passages, both ends included. */
export interface PassageRange {
  readonly first: number;
  readonly last: number;
}

export function rangeOf(partitionNo: number | "all"): PassageRange {
  if (partitionNo === "all") return { first: 0, last: Number.MAX_SAFE_INTEGER };
  return { first: partitionNo * PARTITION_SPAN, last: (partitionNo + 1) * PARTITION_SPAN - 1 };
}
