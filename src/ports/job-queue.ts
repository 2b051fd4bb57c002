export interface Job {
  readonly id: number;
  readonly type: string;
  readonly payload: unknown;
  /** How often it was claimed, this time included; tells a claim from a later one of the same job. */
  readonly attempts: number;
}

/** Work that is owed, as lease rows that any process with the store open may claim. */
export interface JobQueue {
  /** The oldest job that is due, or whose holder's lease is over. Only reads when there is none. */
  claim(types: readonly string[], leaseUntil: number, now: number): Promise<Job | null>;
  /** Adds a job that is due at `runAt`, unless one of its type is there. */
  schedule(type: string, runAt: number, now: number): Promise<void>;
  finish(id: number): Promise<void>;
  /** Puts a job back for a later try, or aside as failed when `retryAt` is null. Nothing happens when the claim is no longer ours. */
  fail(job: Job, error: string, retryAt: number | null): Promise<void>;
  /** Hands a job back untried, due at `runAt`. Nothing happens when the claim is no longer ours. */
  release(job: Job, runAt: number): Promise<void>;
}
