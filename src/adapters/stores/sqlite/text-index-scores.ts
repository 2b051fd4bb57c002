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

/** place → sum over the terms so far; zeros between two calls. */
let sums = new Float64Array(0);

/**
 * The places with the best sums over all terms, best first, of equal ones the lower first. Each sum is made as FTS5's
 * `bm25` makes it, step by step in the order of the terms, so that even its roundings are the same.
 */
export function bestPlaces(
  postings: readonly WeightedPosting[],
  { lengths, meanLength }: { readonly lengths: Int32Array; readonly meanLength: number },
  limit: number,
): number[] {
  if (sums.length < lengths.length) sums = new Float64Array(lengths.length);
  const touched: number[] = [];
  for (const { places, frequencies, weight } of postings) {
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number;
      const frequency = frequencies[at] as number;
      const norm = K1 * (1 - B + (B * (lengths[place] as number)) / meanLength);
      const score = weight * ((frequency * (K1 + 1)) / (frequency + norm));
      // A weight is above zero, and so is each score.
      if (sums[place] === 0) touched.push(place);
      sums[place] = (sums[place] as number) + score;
    }
  }
  let least = 0;
  if (touched.length > limit) {
    const sorted = Float64Array.from(touched, (place) => sums[place] as number).toSorted();
    least = sorted[sorted.length - limit] as number;
  }
  const best: (readonly [place: number, sum: number])[] = [];
  for (const place of touched) {
    const sum = sums[place] as number;
    if (sum >= least) best.push([place, sum]);
    sums[place] = 0;
  }
  return best
    .toSorted((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, limit)
    .map(([place]) => place);
}
