import { invalidInput } from "../errors.ts";

/** Dot product, summed in double precision: the same on every machine, and exact to float rounding. */
export function dot(left: Float32Array, right: Float32Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const length = left.length;
  const whole = length - (length % 4);
  let at = 0;
  // The casts save a check per number that `?? 0` would cost in the hottest loop of a small scope.
  for (; at < whole; at += 4) {
    a += (left[at] as number) * (right[at] as number);
    b += (left[at + 1] as number) * (right[at + 1] as number);
    c += (left[at + 2] as number) * (right[at + 2] as number);
    d += (left[at + 3] as number) * (right[at + 3] as number);
  }
  for (; at < length; at += 1) a += (left[at] as number) * (right[at] as number);
  return a + b + (c + d);
}

/**
 * The vector at unit length; the same object when it already is, so that what an embedder gave is stored bit for bit.
 * @throws MemoryError `invalid_input` for another number of dimensions, NaN, infinity, or a vector of zeros.
 */
export function toUnitVector(vector: Float32Array, dimensions: number): Float32Array {
  if (vector.length !== dimensions) {
    throw invalidInput(`A vector of ${dimensions} dimensions was expected, got ${vector.length}.`, {
      expected: dimensions,
      received: vector.length,
    });
  }
  const squared = dot(vector, vector);
  if (!Number.isFinite(squared) || squared === 0) {
    const what = squared === 0 ? "only zeros" : "NaN or infinite numbers";
    throw invalidInput(`A vector must hold finite numbers that are not all zero; this one holds ${what}.`);
  }
  // Float rounding of a unit vector stays well inside this.
  if (Math.abs(squared - 1) < 1e-5) return vector;
  const length = Math.sqrt(squared);
  return Float32Array.from(vector, (value) => value / length);
}
