import type { Engine } from "./engine.ts";
import type { JobRunner } from "./run-jobs.ts";

/** How long running work may go on before it is asked to stop. */
export const CLOSE_PATIENCE_MS = 2_000;

/** How long calls that are still running may take to heed that; what is not committed then is not stored. */
const LAST_PATIENCE_MS = 5_000;

/**
 * Ends background work and closes the store. Calls and the job in hand may finish for 2 s; then models are no longer
 * waited for, and long work is handed back as jobs that any process takes up.
 */
export async function closeEngine(engine: Engine, jobs: JobRunner, shutdown: AbortController): Promise<void> {
  const ended = Promise.all([engine.locks.idle(), jobs.stop()]);
  if (!(await endsWithin(ended, CLOSE_PATIENCE_MS))) {
    shutdown.abort();
    await jobs.handBack();
    await endsWithin(engine.locks.idle(), LAST_PATIENCE_MS);
  }
  shutdown.abort();
  await engine.accesses?.close();
  await engine.store.close();
}

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
