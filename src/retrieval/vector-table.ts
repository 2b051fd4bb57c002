import type { PassageReference } from "../ports/memory-store.ts";
import type { TurnIndex } from "./turn-index.ts";

/** The vectors of a partition's passages in one flat array by document place, for a scope that is ranked whole. */
export class VectorTable {
  readonly dimensions: number;
  #values: Float32Array;
  #isThere: Uint8Array;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#values = new Float32Array(0);
    this.#isThere = new Uint8Array(0);
  }

  /** Takes over vectors of passages that the index holds; one of another length is left out. */
  set(index: TurnIndex, rows: readonly { readonly passage: PassageReference; readonly vector: Float32Array }[]): void {
    this.#reserve(index.documents.length);
    for (const { passage, vector } of rows) {
      const place = index.placeOf(passage);
      if (place === undefined || vector.length !== this.dimensions) continue;
      this.#values.set(vector, place * this.dimensions);
      this.#isThere[place] = 1;
    }
  }

  /** Cosine of a unit vector with each of the first `size` documents; NaN where there is no vector. */
  similarities(query: Float32Array, size: number): Float64Array {
    const { dimensions } = this;
    const values = this.#values;
    const scale = 1 / Math.sqrt(squaredLength(query));
    const found = new Float64Array(size).fill(Number.NaN);
    const known = Math.min(size, this.#isThere.length);
    if (query.length !== dimensions || !Number.isFinite(scale)) return found;
    for (let place = 0; place < known; place += 1) {
      if (this.#isThere[place] === 0) continue;
      let even = 0;
      let odd = 0;
      let at = place * dimensions;
      // Two sums, since each addition waits for the one before it.
      for (let dimension = 0; dimension + 1 < dimensions; dimension += 2, at += 2) {
        even += (query[dimension] as number) * (values[at] as number);
        odd += (query[dimension + 1] as number) * (values[at + 1] as number);
      }
      if (dimensions % 2 === 1) even += (query[dimensions - 1] as number) * (values[at] as number);
      found[place] = (even + odd) * scale;
    }
    return found;
  }

  #reserve(rows: number): void {
    if (rows <= this.#isThere.length) return;
    // Exact at first and with an eighth to spare later: most partitions are read once, and many are held.
    const size = this.#isThere.length === 0 ? rows : Math.ceil(rows * 1.125);
    const values = new Float32Array(size * this.dimensions);
    values.set(this.#values);
    const isThere = new Uint8Array(size);
    isThere.set(this.#isThere);
    this.#values = values;
    this.#isThere = isThere;
  }
}

function squaredLength(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}
