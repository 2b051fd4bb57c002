/** The store's "now" in epoch milliseconds; tests pass their own. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export const DAY_MILLISECONDS = 86_400_000;

/** 00:00 UTC of a moment's day, in epoch milliseconds. */
export function startOfDay(at: number): number {
  return Math.floor(at / DAY_MILLISECONDS) * DAY_MILLISECONDS;
}

/** 00:00 UTC of the first day of a moment's month. */
export function startOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}
