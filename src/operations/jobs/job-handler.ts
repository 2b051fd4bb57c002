import type { Job } from "../../ports/job-queue.ts";
import type { Engine } from "../engine.ts";

/**
 * `done`: nothing is left of it. `unfinished`: its time is over, it goes on at its next turn. `stopped`: the process
 * closes, somebody else may go on. A moment, epoch milliseconds: what is left is not due before.
 */
export type JobOutcome = "done" | "unfinished" | "stopped" | { readonly dueAt: number };

export interface JobContext {
  readonly job: Job;
  /**
   * Aborted when the process begins to close: return "stopped" after the step in hand. A step that waits for a model
   * goes on until the engine's own `shutdown`, so that what was paid for is not thrown away.
   */
  readonly signal: AbortSignal;
  /** Epoch milliseconds at which to return "unfinished", well before the lease is over. */
  readonly until: number;
}

/** Does one job. May run more than once, and in two processes at a time: only the result counts. */
export type JobHandler = (engine: Engine, context: JobContext) => Promise<JobOutcome>;

/** Gives the event loop its turn, and lets the process end when nothing else keeps it. */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0).unref();
  });
}
