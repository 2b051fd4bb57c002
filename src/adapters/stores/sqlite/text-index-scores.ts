/** What FTS5's `bm25` has, and nobody can set. */
const K1 = 1.2;
const B = 0.75;

/** Where one term occurs, and what it weighs. */
export interface WeightedPosting {
  /** Ascending. */
  readonly places: Int32Array;
  readonly frequencies: Uint16Array;
  readonly weight: number;
}

/**
 * The places with the best sums over all terms, best first, of equal ones the lower first. Each sum is made as FTS5's
 * `bm25` makes it, step by step in the order of the terms, so that even its roundings are the same.
 */
export function bestPlaces(
  postings: readonly WeightedPosting[],
  { lengths, meanLength }: { readonly lengths: Int32Array; readonly meanLength: number },
  limit: number,
): number[] {
  const sums = new Map<number, number>();
  for (const { places, frequencies, weight } of postings) {
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number;
      const frequency = frequencies[at] as number;
      const norm = K1 * (1 - B + (B * (lengths[place] as number)) / meanLength);
      const score = weight * ((frequency * (K1 + 1)) / (frequency + norm));
      const known = sums.get(place);
      sums.set(place, known === undefined ? score : known + score);
    }
  }
  let least = 0;
  if (sums.size > limit) {
    const sorted = Float64Array.from(sums.values()).toSorted();
    least = sorted[sorted.length - limit] as number;
  }
  const best: (readonly [place: number, sum: number])[] = [];
  for (const entry of sums) if (entry[1] >= least) best.push(entry);
  return best
    .toSorted((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, limit)
    .map(([place]) => place);
}
