import { mean } from "./metrics.ts";

export interface PairedDifference {
  readonly mean: number;
  /** 95 % percentile interval of the mean. */
  readonly low: number;
  readonly high: number;
  /** Two-sided: how often a resample falls on the other side of zero, doubled. */
  readonly p: number;
}

export interface BootstrapOptions {
  readonly resamples?: number;
  readonly seed?: number;
}

/** Paired bootstrap over questions. The seed is fixed: the same rows give the same interval. */
export function pairedBootstrap(
  differences: readonly number[],
  { resamples = 10_000, seed = 1 }: BootstrapOptions = {},
): PairedDifference {
  return summarize(
    mean(differences),
    resample(differences.length, resamples, seed, (index) => ({
      sum: differences[index] ?? 0,
      count: 1,
    })),
  );
}

/** The same with whole conversations drawn, because questions of one conversation are not independent. */
export function clusteredBootstrap(
  differences: readonly number[],
  clusters: readonly string[],
  { resamples = 10_000, seed = 1 }: BootstrapOptions = {},
): PairedDifference {
  const groups = new Map<string, { sum: number; count: number }>();
  for (const [index, difference] of differences.entries()) {
    const name = clusters[index] ?? "";
    const group = groups.get(name) ?? { sum: 0, count: 0 };
    groups.set(name, { sum: group.sum + difference, count: group.count + 1 });
  }
  const drawn = [...groups.values()];
  return summarize(
    mean(differences),
    resample(drawn.length, resamples, seed, (index) => drawn[index] ?? { sum: 0, count: 0 }),
  );
}

/** Exact two-sided McNemar test: `gained` and `lost` are the discordant pairs. */
export function mcnemar(gained: number, lost: number): number {
  const pairs = gained + lost;
  if (pairs === 0) return 1;
  let tail = 0;
  // Summed in logarithms: 0.5 to the power of a thousand pairs underflows.
  let logCombinations = 0;
  for (let index = 0; index <= Math.min(gained, lost); index += 1) {
    if (index > 0) logCombinations += Math.log(pairs - index + 1) - Math.log(index);
    tail += Math.exp(logCombinations - pairs * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}

/** A verdict by the rule decided beforehand: p < .05 is a win, .05 to .10 a lead, else a tie. */
export function verdict({ mean: difference, p }: PairedDifference): string {
  if (p >= 0.1 || difference === 0) return "tie";
  const side = difference > 0 ? "better" : "worse";
  return p < 0.05 ? side : `${side}?`;
}

function resample(
  size: number,
  resamples: number,
  seed: number,
  draw: (index: number) => { sum: number; count: number },
): Float64Array {
  const random = mulberry32(seed);
  const means = new Float64Array(size === 0 ? 0 : resamples);
  for (let round = 0; round < means.length; round += 1) {
    let sum = 0;
    let count = 0;
    for (let pick = 0; pick < size; pick += 1) {
      const drawn = draw(Math.floor(random() * size));
      sum += drawn.sum;
      count += drawn.count;
    }
    means[round] = count === 0 ? 0 : sum / count;
  }
  return means.toSorted();
}

function summarize(difference: number, means: Float64Array): PairedDifference {
  if (means.length === 0) return { mean: 0, low: 0, high: 0, p: 1 };
  const at = (share: number): number => means[Math.min(means.length - 1, Math.floor(share * means.length))] ?? 0;
  const below = means.filter((value) => value <= 0).length / means.length;
  const above = means.filter((value) => value >= 0).length / means.length;
  return { mean: difference, low: at(0.025), high: at(0.975), p: Math.min(1, 2 * Math.min(below, above)) };
}

/** Small, fast and the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
