/**
 * The longest time for which the event loop got no turn while the work ran, in milliseconds of this thread's own
 * processor time: other programs on the machine do not count.
 */
export async function longestStep(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = processorTime();
  let isRunning = true;
  const look = (): void => {
    const now = processorTime();
    longest = Math.max(longest, now - last);
    last = now;
    if (isRunning) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work();
    // The last step ends with the turn after it.
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  } finally {
    isRunning = false;
  }
  return longest;
}

const MOST_TRIES = 3;

/** The shortest of up to three tries, the first below the limit ends them: a slow hour of the machine only ever adds. */
export async function longestStepOfTries(
  work: (attempt: number) => Promise<unknown>,
  limitMs: number,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < MOST_TRIES && least >= limitMs; attempt += 1)
    least = Math.min(least, await longestStep(() => work(attempt)));
  return least;
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
