import { DREAM, embeddingJobType, EXTRACT_FACTS, INDEX_MESSAGE, RELATE_FACTS } from "../domain/job.ts";
import { MemoryError } from "../errors.ts";
import type { Job } from "../ports/job-queue.ts";
import type { Engine } from "./engine.ts";
import { resumeIndexing } from "./index-long-messages.ts";
import { extractQueuedFacts } from "./jobs/extract-facts.ts";
import { embedPassages } from "./jobs/embed-passages.ts";
import type { JobHandler, JobOutcome } from "./jobs/job-handler.ts";

/** First look for jobs after the file was opened: a command that is over by then never pays for it. */
export const FIRST_LOOK_MS = 1_000;
/** Between two looks. One look is one indexed read. */
export const LOOK_EVERY_MS = 5_000;
/** A process that has not finished by then counts as dead, and another takes the job. */
export const LEASE_MS = 60_000;
/** A long job hands itself back by then, so that its lease never ends under its hands. */
export const TURN_MS = 20_000;

/** Tries of a job before it is set aside as failed: with the pauses between them about five hours. */
export const MAX_ATTEMPTS = 12;
const HOUR_MS = 60 * 60 * 1_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60 * 60 * 1_000;

/** Its code loads with the first dream: most processes never have one. */
const dreamLater: JobHandler = async (engine, context) => {
  const { dreamOfEverybody } = await import("./jobs/dream-of-everybody.ts");
  return dreamOfEverybody(engine, context);
};

/** Exponential: 5 s, 10 s, 20 s, … up to an hour. */
export function pauseBeforeRetry(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
}

export interface JobRunnerOptions {
  /** Told when looking for jobs failed; it is tried again at the next look. */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/**
 * Claims the store's jobs one after the other, on a timer that keeps no process alive. Any number of processes may
 * do so on one file: a lease keeps two from doing the same, and ends when its holder dies.
 */
export class JobRunner {
  readonly #engine: Engine;
  readonly #handlers: Map<string, JobHandler>;
  readonly #onWarning: (warning: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | undefined;
  #current: Job | undefined;
  #hasAskedForVectors = false;
  readonly #stopping = new AbortController();

  constructor(engine: Engine, { onWarning = () => undefined }: JobRunnerOptions = {}) {
    this.#engine = engine;
    this.#onWarning = onWarning;
    const handlers = new Map<string, JobHandler>([
      [INDEX_MESSAGE, (of, { job, signal }) => resumeIndexing(of, job, signal)],
      [RELATE_FACTS, async (of, context) => (await import("./relate-facts.ts")).relateOlderFacts(of, context)],
    ]);
    if (engine.settings.dreamEveryHours !== null) handlers.set(DREAM, dreamLater);
    if (engine.modelExtractor !== undefined) handlers.set(EXTRACT_FACTS, extractQueuedFacts);
    this.#handlers = handlers;
  }

  /** Call when the file is open. */
  start(): void {
    if (this.#timer === undefined) this.#schedule(FIRST_LOOK_MS);
  }

  /** Does what is due now and returns how many jobs that were; failures are noted in the jobs themselves. */
  async runDue(): Promise<number> {
    const { store, clock } = this.#engine;
    await this.#engine.prepareEmbedder(0);
    const { embedder } = this.#engine;
    if (embedder !== undefined) this.#handlers.set(embeddingJobType(embedder.space.key), embedPassages);
    if (!this.#hasAskedForVectors && embedder !== undefined) {
      await store.requestEmbedding(embedder.space.key, clock());
      this.#hasAskedForVectors = true;
    }
    const { dreamEveryHours } = this.#engine.settings;
    // The first one after the file was opened, and the next when one is done.
    if (dreamEveryHours !== null) await store.jobs.schedule(DREAM, clock() + dreamEveryHours * HOUR_MS, clock());
    let count = 0;
    while (!this.#stopping.signal.aborted) {
      const now = clock();
      const job = await store.jobs.claim([...this.#handlers.keys()], now + LEASE_MS, now);
      if (job === null) break;
      this.#current = job;
      try {
        await this.#run(job);
      } finally {
        this.#current = undefined;
      }
      count += 1;
    }
    return count;
  }

  /** Claims nothing more; resolves when the job in hand has ended or handed itself back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#looking;
  }

  /** Gives the job in hand to whoever wants it, without waiting for its end. */
  async handBack(): Promise<void> {
    if (this.#current !== undefined) await this.#engine.store.jobs.release(this.#current, this.#engine.clock());
  }

  #schedule(milliseconds: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look();
    }, milliseconds);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      await this.runDue();
    } catch (error) {
      // After `stop` the store may be closed under a job that did not end in time: it has been handed back.
      if (!this.#stopping.signal.aborted)
        this.#onWarning(`Jobs could not be run, they are tried again: ${describe(error)}`);
    } finally {
      this.#schedule(LOOK_EVERY_MS);
    }
  }

  async #run(job: Job): Promise<void> {
    const { store, clock } = this.#engine;
    let outcome: JobOutcome;
    try {
      // It may have taken its processes with it before they could say that it failed.
      if (job.attempts > MAX_ATTEMPTS) throw new MemoryError("timeout", "its processes ended before it was done");
      outcome = await this.#handle(job);
    } catch (error) {
      if (this.#stopping.signal.aborted) await store.jobs.release(job, clock());
      else await putOff(this.#engine, job, error);
      return;
    }
    if (outcome === "done") await store.jobs.finish(job.id);
    else await store.jobs.release(job, typeof outcome === "object" ? outcome.dueAt : clock());
  }

  async #handle(job: Job): Promise<JobOutcome> {
    const handler = this.#handlers.get(job.type);
    if (handler === undefined) throw new Error(`no handler for jobs of type ${job.type}`);
    const context = { job, signal: this.#stopping.signal, until: this.#engine.clock() + TURN_MS };
    return handler(this.#engine, context);
  }
}

/** Puts a failed job off to its next try, or aside after the last; one that has to wait for a known moment loses no try. */
export async function putOff(
  { store, clock }: Pick<Engine, "store" | "clock">,
  job: Job,
  error: unknown,
): Promise<void> {
  const retryAt = MemoryError.isInstance(error) ? error.details["retryAt"] : undefined;
  if (typeof retryAt === "number") {
    await store.jobs.release(job, retryAt);
    return;
  }
  const isOver = job.attempts >= MAX_ATTEMPTS;
  await store.jobs.fail(job, describe(error), isOver ? null : clock() + pauseBeforeRetry(job.attempts));
}

/** What is kept of an error: never its own words, which may quote what a user said. */
function describe(error: unknown): string {
  if (!MemoryError.isInstance(error)) return error instanceof Error ? error.name : "unknown error";
  const { sqlite } = error.details;
  return typeof sqlite === "number" ? `${error.code} (SQLite ${sqlite})` : error.code;
}
