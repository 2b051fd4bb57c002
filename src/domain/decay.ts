/** How memories fade in ranking. */
export interface DecaySettings {
  /** The age, in days, at which a memory that was never used again has kept half of what it can lose. */
  readonly halfLifeDays: number;
  /** The largest share of its score that a memory can lose, 0 to 0.5. */
  readonly strength: number;
}

export const DEFAULT_DECAY: DecaySettings = { halfLifeDays: 90, strength: 0.2 };

/** When a memory was used. */
export interface AccessTimes {
  readonly count: number;
  /** Epoch milliseconds of the last uses, the newest first; at most {@link RECENT_USES}. */
  readonly recent: readonly number[];
}

/** Uses whose times are kept one by one; earlier ones are counted. */
export const RECENT_USES = 8;

const DAY = 86_400_000;
/** ACT-R's usual exponent of forgetting. */
const EXPONENT = 0.5;
/** How gently a memory fades around its half-life, in units of activation. */
const NOISE = 0.6;
/** A use is felt as one of an hour ago at the latest: no search outshines all others for a second. */
const LEAST_AGE_DAYS = 1 / 24;

/**
 * What a memory's score is multiplied with, from `1 - strength` to 1. ACT-R's base level: `B = ln(sum of age^-0.5)` over
 * all uses, of which having been said is the first; kept is `1 / (1 + e^(-(B - B of the half-life) / 0.6))`. Of uses
 * that are only counted, the mean between the first and the oldest known one is taken (Petrov 2006).
 */
export function decayPrior(
  { halfLifeDays, strength }: DecaySettings,
  {
    saidAt,
    accesses,
    now,
  }: { readonly saidAt: number; readonly accesses: AccessTimes | undefined; readonly now: number },
): number {
  const age = (time: number): number => Math.max(LEAST_AGE_DAYS, (now - time) / DAY);
  const first = age(saidAt);
  let sum = first ** -EXPONENT;
  for (const time of accesses?.recent ?? []) sum += age(time) ** -EXPONENT;
  const counted = (accesses?.count ?? 0) - (accesses?.recent.length ?? 0);
  if (counted > 0) {
    const oldest = age(accesses?.recent.at(-1) ?? saidAt);
    const span = Math.max(first - oldest, LEAST_AGE_DAYS);
    const power = 1 - EXPONENT;
    sum += (counted * ((oldest + span) ** power - oldest ** power)) / (power * span);
  }
  const activation = Math.log(sum);
  const threshold = -EXPONENT * Math.log(halfLifeDays);
  const kept = 1 / (1 + Math.exp(-(activation - threshold) / NOISE));
  return 1 - strength * (1 - kept);
}
