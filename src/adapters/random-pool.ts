import { randomFillSync } from "node:crypto";

const SIZE = 4096;

const pool = new Uint8Array(SIZE);
let taken = SIZE;

/**
 * Random bytes of the operating system, fetched for a few hundred takers at once: each fetch costs ten times what its
 * bytes do, and an add needs half a dozen. What was handed out is wiped, so that a salt is nowhere but where it is kept.
 * @param count At most 4096.
 */
export function takeRandom(count: number): Uint8Array {
  if (taken + count > SIZE) {
    randomFillSync(pool);
    taken = 0;
  }
  const bytes = pool.slice(taken, taken + count);
  pool.fill(0, taken, taken + count);
  taken += count;
  return bytes;
}
