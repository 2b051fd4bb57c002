import { KERNEL_STEP } from "./kernel-binary.ts";

/** Bytes that one int8 vector takes: its dimensions rounded up to the kernel's step, the rest zeros. */
export function paddedDimensions(dimensions: number): number {
  return Math.ceil(dimensions / KERNEL_STEP) * KERNEL_STEP;
}

/**
 * Writes the int8 copy of a vector into the first numbers of `target` (zeros expected behind them) and returns the
 * factor that turns its integers back.
 *
 * The scale is the vector's own (127 / its largest number), not one per model: nothing is ever clipped, copies made
 * years apart agree, and a copy can be checked against its vector bit for bit. It costs four bytes a vector.
 */
export function quantizeInto(vector: Float32Array, target: Int8Array): number {
  const largest = largestMagnitude(vector);
  const scale = 127 / largest;
  for (let at = 0; at < vector.length; at += 1) target[at] = Math.round((vector[at] as number) * scale);
  return Math.fround(largest / 127);
}

/**
 * Writes the query as int16 numbers into `target` (zeros expected behind them) and returns the factor that turns its
 * integers back. As fine as the kernel's int32 sums allow without overflow.
 */
export function quantizeQueryInto(query: Float32Array, target: Int16Array): number {
  const largest = largestMagnitude(query);
  const finest = Math.min(32_767, Math.floor((2 ** 31 - 1) / 127 / query.length));
  const scale = finest / largest;
  for (let at = 0; at < query.length; at += 1) target[at] = Math.round((query[at] as number) * scale);
  return largest / finest;
}

function largestMagnitude(vector: Float32Array): number {
  let largest = 0;
  for (let at = 0; at < vector.length; at += 1) largest = Math.max(largest, Math.abs(vector[at] as number));
  return largest;
}
