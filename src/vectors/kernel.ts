import { KERNEL_BASE64 } from "./kernel-binary.ts";

/**
 * Scores `count` packed int8 vectors and writes the pairs (row: i32, score: f32) that reach `threshold` to `found`.
 * All positions are byte offsets in the memory; returns the number of pairs.
 */
export type ScanInt8 = (
  query: number,
  vectors: number,
  factors: number,
  count: number,
  dimensions: number,
  threshold: number,
  found: number,
) => number;

let compiled: WebAssembly.Module | undefined;

/** The kernel over one memory. Compiling takes under a millisecond and happens once per process, when first needed. */
export function instantiateKernel(memory: WebAssembly.Memory): ScanInt8 {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0)));
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  // The exports of a module are untyped by nature; the signature is that of kernel/dot.ts.
  return instance.exports["scanInt8"] as ScanInt8;
}
