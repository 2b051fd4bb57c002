const SIZE = 4096;

/**
 * Random bytes, fetched for a few hundred takers at once: each fetch costs ten times what its bytes do, and an add
 * needs half a dozen. What was handed out is wiped here, so that a salt is nowhere but where it is kept.
 * @param fill Fills the bytes with cryptographically strong random ones.
 * @returns Gives the next bytes; at most 4096 at a time.
 */
export function createRandomPool(fill: (bytes: Uint8Array) => unknown): (count: number) => Uint8Array {
  const pool = new Uint8Array(SIZE);
  let taken = SIZE;
  return (count) => {
    if (taken + count > SIZE) {
      fill(pool);
      taken = 0;
    }
    const bytes = pool.slice(taken, taken + count);
    pool.fill(0, taken, taken + count);
    taken += count;
    return bytes;
  };
}
