import { setImmediate } from "node:timers/promises";

/** Characters that a step works on: a few milliseconds. */
export const STEP_CHARACTERS = 64_000;

/** Runs steps to their end; between two the event loop gets its turn, and the caller may end the work. */
export async function inTurns<Result>(
  steps: Generator<undefined, Result, undefined>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}
