import type { SqliteDriver } from "./driver.ts";
import { PASSAGE_OF_VECTOR_SQL, vectorNumberSql, type PassageRange } from "./vector-schema.ts";

const NUMBER = vectorNumberSql("?1", "?2");
const VECTORS_OF = `SELECT wanted.value, v.e FROM json_each(?2) wanted CROSS JOIN vectors v
  ON v.vector_no = ${vectorNumberSql("?1", "wanted.value")}`;

export interface SpaceState {
  readonly spaceNo: number;
  readonly dimensions: number;
  rowCount: number;
  tailCount: number;
  mod: number;
  epoch: number;
}

export interface PartitionState {
  readonly partitionNo: number;
  rowCount: number;
  tailCount: number;
  highest: number;
  mod: number;
}

/** The rows of one file's vector tables, without any rule about them. */
export class VectorRows {
  readonly #driver: SqliteDriver;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  space(spaceNo: number): SpaceState | undefined {
    const row = this.#driver.get("SELECT * FROM vector_spaces WHERE space_no = ?", spaceNo);
    if (row === undefined) return undefined;
    return {
      spaceNo,
      dimensions: Number(row["dimensions"]),
      rowCount: Number(row["row_count"]),
      tailCount: Number(row["tail_count"]),
      mod: Number(row["mod"]),
      epoch: Number(row["epoch"]),
    };
  }

  spaceNumbers(): number[] {
    return this.#driver.all("SELECT space_no FROM vector_spaces ORDER BY 1").map((row) => Number(row["space_no"]));
  }

  saveSpace(space: SpaceState): void {
    this.#driver.run(
      "INSERT OR REPLACE INTO vector_spaces(space_no, dimensions, row_count, tail_count, mod, epoch) VALUES(?,?,?,?,?,?)",
      space.spaceNo,
      space.dimensions,
      space.rowCount,
      space.tailCount,
      space.mod,
      space.epoch,
    );
  }

  partition(spaceNo: number, partitionNo: number): PartitionState | undefined {
    const row = this.#driver.get(
      "SELECT row_count, tail_count, highest, mod FROM vector_partitions WHERE space_no = ? AND partition_no = ?",
      spaceNo,
      partitionNo,
    );
    if (row === undefined) return undefined;
    return {
      partitionNo,
      rowCount: Number(row["row_count"]),
      tailCount: Number(row["tail_count"]),
      highest: Number(row["highest"]),
      mod: Number(row["mod"]),
    };
  }

  partitionNumbers(spaceNo: number): number[] {
    const sql = "SELECT partition_no FROM vector_partitions WHERE space_no = ? ORDER BY 1";
    return this.#driver.all(sql, spaceNo).map((row) => Number(row["partition_no"]));
  }

  /** The only partition of a space, or undefined when it has several. */
  onlyPartition(spaceNo: number): number | undefined {
    // Two look-ups in the index, where min and max in one statement would read it all.
    const row = this.#driver.get(
      `SELECT (SELECT min(partition_no) FROM vector_partitions WHERE space_no = ?1) AS low,
              (SELECT max(partition_no) FROM vector_partitions WHERE space_no = ?1) AS high`,
      spaceNo,
    );
    return row?.["low"] === row?.["high"] && row?.["low"] !== null ? Number(row?.["low"]) : undefined;
  }

  /** What the counts of a space must be. */
  sumOfPartitions(spaceNo: number): Pick<SpaceState, "rowCount" | "tailCount"> {
    const row = this.#driver.get(
      "SELECT total(row_count) AS row_count, total(tail_count) AS tail_count FROM vector_partitions WHERE space_no = ?",
      spaceNo,
    );
    return { rowCount: Number(row?.["row_count"]), tailCount: Number(row?.["tail_count"]) };
  }

  savePartition(spaceNo: number, state: PartitionState): void {
    this.#driver.run(
      `INSERT OR REPLACE INTO vector_partitions(space_no, partition_no, row_count, tail_count, highest, mod)
       VALUES(?,?,?,?,?,?)`,
      spaceNo,
      state.partitionNo,
      state.rowCount,
      state.tailCount,
      state.highest,
      state.mod,
    );
  }

  hasVector(spaceNo: number, passageNo: number): boolean {
    return this.#driver.get(`SELECT 1 FROM vectors WHERE vector_no = ${NUMBER}`, spaceNo, passageNo) !== undefined;
  }

  vector(spaceNo: number, passageNo: number, dimensions: number): Float32Array | undefined {
    const row = this.#driver.get(`SELECT e FROM vectors WHERE vector_no = ${NUMBER}`, spaceNo, passageNo);
    return row === undefined ? undefined : readVector(row["e"], dimensions);
  }

  /** Vectors of the given passages in one statement; those that have none are left out. */
  vectorsOf(spaceNo: number, passageNos: readonly number[], dimensions: number): [number, Float32Array][] {
    if (passageNos.length === 0) return [];
    return this.#driver
      .arrays(VECTORS_OF, spaceNo, JSON.stringify(passageNos))
      .flatMap(([passageNo, value]): [number, Float32Array][] => {
        const vector = readVector(value, dimensions);
        return vector === undefined ? [] : [[Number(passageNo), vector]];
      });
  }

  *vectors(spaceNo: number, range: PassageRange, dimensions: number): Generator<[number, Float32Array]> {
    const sql = `SELECT ${PASSAGE_OF_VECTOR_SQL} AS passage_no, e FROM vectors
                 WHERE vector_no BETWEEN ${NUMBER} AND ${vectorNumberSql("?1", "?3")}`;
    for (const row of this.#driver.iterate(sql, spaceNo, range.first, range.last)) {
      const vector = readVector(row["e"], dimensions);
      if (vector !== undefined) yield [Number(row["passage_no"]), vector];
    }
  }

  /** Passages that have a vector, without reading it. */
  *passageNumbers(spaceNo: number, range: PassageRange): Generator<number> {
    const sql = `SELECT ${PASSAGE_OF_VECTOR_SQL} AS passage_no FROM vectors
                 WHERE vector_no BETWEEN ${NUMBER} AND ${vectorNumberSql("?1", "?3")}`;
    for (const row of this.#driver.iterate(sql, spaceNo, range.first, range.last)) yield Number(row["passage_no"]);
  }

  /** The first passages of a range that have a vector. */
  passagePage(spaceNo: number, range: PassageRange, limit: number): number[] {
    const sql = `SELECT ${PASSAGE_OF_VECTOR_SQL} AS passage_no FROM vectors
                 WHERE vector_no BETWEEN ${NUMBER} AND ${vectorNumberSql("?1", "?3")} ORDER BY vector_no LIMIT ?4`;
    return this.#driver.all(sql, spaceNo, range.first, range.last, limit).map((row) => Number(row["passage_no"]));
  }

  saveVector(spaceNo: number, passageNo: number, vector: Float32Array): void {
    const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
    this.#driver.run(`INSERT OR REPLACE INTO vectors(vector_no, e) VALUES(${NUMBER}, ?3)`, spaceNo, passageNo, bytes);
  }

  deleteVector(spaceNo: number, passageNo: number): boolean {
    return this.#driver.run(`DELETE FROM vectors WHERE vector_no = ${NUMBER}`, spaceNo, passageNo).changes > 0;
  }

  *tail(spaceNo: number, range: PassageRange, afterMod: number): Generator<[number, Uint8Array]> {
    const sql = `SELECT ${PASSAGE_OF_VECTOR_SQL} AS passage_no, q FROM vector_tail
                 WHERE vector_no BETWEEN ${NUMBER} AND ${vectorNumberSql("?1", "?3")} AND mod > ?4`;
    for (const row of this.#driver.iterate(sql, spaceNo, range.first, range.last, afterMod)) {
      yield [Number(row["passage_no"]), asBytes(row["q"])];
    }
  }

  hasTail(spaceNo: number, passageNo: number): boolean {
    return this.#driver.get(`SELECT 1 FROM vector_tail WHERE vector_no = ${NUMBER}`, spaceNo, passageNo) !== undefined;
  }

  countVectors(spaceNo: number, range: PassageRange): number {
    const sql = `SELECT count(*) AS n FROM vectors WHERE vector_no BETWEEN ${NUMBER} AND ${vectorNumberSql("?1", "?3")}`;
    return Number(this.#driver.get(sql, spaceNo, range.first, range.last)?.["n"]);
  }

  saveTail(spaceNo: number, passageNo: number, mod: number, packed: Uint8Array): void {
    const sql = `INSERT OR REPLACE INTO vector_tail(vector_no, mod, q) VALUES(${NUMBER}, ?3, ?4)`;
    this.#driver.run(sql, spaceNo, passageNo, mod, packed);
  }

  deleteTail(spaceNo: number, passageNo: number): boolean {
    return this.#driver.run(`DELETE FROM vector_tail WHERE vector_no = ${NUMBER}`, spaceNo, passageNo).changes > 0;
  }

  deleteTailRange(spaceNo: number, range: PassageRange): void {
    const sql = `DELETE FROM vector_tail WHERE vector_no BETWEEN ${NUMBER} AND ${vectorNumberSql("?1", "?3")}`;
    this.#driver.run(sql, spaceNo, range.first, range.last);
  }
}

/** Undefined when the row is not a vector of the space: `verify` reports it and `rebuild` drops it. */
function readVector(value: unknown, dimensions: number): Float32Array | undefined {
  const bytes = asBytes(value);
  if (bytes.byteLength !== dimensions * Float32Array.BYTES_PER_ELEMENT) return undefined;
  // A float view needs an aligned start; node:sqlite gives one, another driver may not.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(aligned.buffer, aligned.byteOffset, dimensions);
}

export function asBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}
