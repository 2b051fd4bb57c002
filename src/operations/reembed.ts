import { embeddingJobType } from "../domain/job.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import type { Engine } from "./engine.ts";
import { embedPassages } from "./jobs/embed-passages.ts";
import { LEASE_MS, putOff, TURN_MS } from "./run-jobs.ts";

export interface ReembedRequest {
  /** True: resolve when every passage has its vector. */
  readonly wait: boolean;
  readonly onProgress: ((progress: ReembedProgress) => void) | null;
  readonly signal: AbortSignal | null;
}

/** How far the vectors of the configured embedder's space have come. */
export interface ReembedProgress {
  readonly space: string;
  /** Passages that have a vector, or are known to have none. */
  readonly done: number;
  readonly total: number;
  readonly isComplete: boolean;
}

const LOOK_EVERY_MS = 200;
const PREPARE_MS = 60_000;

/**
 * Makes the vectors that are missing in the configured embedder's space, as a job that survives this process and that
 * any process goes on with. Vectors of other spaces stay and go on answering until it is complete.
 * @throws MemoryError `invalid_input` without an embedder, `provider_failed` when it cannot be reached, `aborted`.
 */
export async function reembedMemories(engine: Engine, request: ReembedRequest): Promise<ReembedProgress> {
  await engine.prepareEmbedder(PREPARE_MS);
  const { embedder, store, clock } = engine;
  if (embedder === undefined)
    throw invalidInput(
      "There is no embedder to make vectors with: set embedder in the configuration, or see why it failed in onWarning.",
    );
  const space = embedder.space.key;
  for (;;) {
    // Again and again: another process may have set the job aside.
    await store.requestEmbedding(space, clock());
    const progress = await readReembedProgress(engine, space);
    request.onProgress?.(progress);
    if (progress.isComplete || !request.wait) return progress;
    if (request.signal?.aborted === true || engine.shutdown.aborted)
      throw new MemoryError("aborted", "Waiting was ended; the vectors are made in the background.");
    if (!(await embedOnce(engine, space, request.signal)))
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_EVERY_MS);
      });
  }
}

/** Takes the job, if nobody has it, and works on it for a turn. */
async function embedOnce(engine: Engine, space: string, signal: AbortSignal | null): Promise<boolean> {
  const { store, clock } = engine;
  const job = await store.jobs.claim([embeddingJobType(space)], clock() + LEASE_MS, clock());
  if (job === null) return false;
  try {
    const outcome = await embedPassages(engine, {
      job,
      signal: signal === null ? engine.shutdown : AbortSignal.any([signal, engine.shutdown]),
      until: clock() + Math.min(TURN_MS, 1_000),
    });
    if (outcome === "done") await store.jobs.finish(job.id);
    else await store.jobs.release(job, clock());
    return true;
  } catch (error) {
    await putOff(engine, job, error);
    throw error;
  }
}

async function readReembedProgress({ store }: Engine, space: string): Promise<ReembedProgress> {
  const coverage = await store.readCoverage(space);
  const total = coverage === null ? 0 : coverage.passages;
  const missing = coverage === null ? 0 : coverage.missing;
  return { space, done: total - missing, total, isComplete: missing === 0 };
}
