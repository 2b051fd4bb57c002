/** CPU milliseconds of this process, all its threads, user and system. */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export interface Sample {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** What one call costs. CPU time is what other work on the machine disturbs least. */
export async function sample(work: () => unknown): Promise<Sample> {
  const wall = performance.now();
  const cpu = cpuNow();
  await work();
  return { cpuMs: cpuNow() - cpu, wallMs: performance.now() - wall };
}

/** Garbage of what came before is not charged to what comes next. Needs `--expose-gc`. */
export function collectGarbage(): void {
  globalThis.gc?.();
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that the given share does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error("no values");
  const sorted = values.toSorted((left, right) => left - right);
  const place = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  if (share === 0.5 && sorted.length % 2 === 0) return ((sorted[place] as number) + (sorted[place + 1] as number)) / 2;
  return sorted[place] as number;
}

/**
 * The longest time that the event loop had to wait while `work` ran, by a timer that asks for every millisecond.
 * Steps that follow one another without a turn of the loop count as one.
 */
export async function longestBlock<Result>(work: () => Promise<Result>): Promise<{ result: Result; blockMs: number }> {
  let last = performance.now();
  let blockMs = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    blockMs = Math.max(blockMs, now - last);
    last = now;
  }, 1);
  try {
    const result = await work();
    // A step at the very end has not been seen by the timer yet.
    blockMs = Math.max(blockMs, performance.now() - last);
    return { result, blockMs };
  } finally {
    clearInterval(timer);
  }
}
