import { MemoryError } from "../errors.ts";
import type { Embedder } from "../ports/embedder.ts";

/** Time limits in a row after which an embedder is left alone for a while: every call would wait for the next one. */
const LIMITS_IN_A_ROW = 2;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 10 * 60_000;

interface Health {
  late: number;
  rests: number;
  restsUntil: number;
}

const healths = new WeakMap<Embedder, Health>();

/** @throws MemoryError `timeout` at once, where it was late again and again; `details.retryAt` says until when. */
export function assertNotResting(embedder: Embedder): void {
  const health = healths.get(embedder);
  if (health === undefined || performance.now() >= health.restsUntil) return;
  const seconds = Math.ceil((health.restsUntil - performance.now()) / 1000);
  throw new MemoryError(
    "timeout",
    `The embedder ${embedder.space.key} was too late ${LIMITS_IN_A_ROW} times in a row and is asked again in ${seconds} s.`,
    { retryable: true, details: { retryAt: Date.now() + seconds * 1000 } },
  );
}

/** It answered, or failed in time: the next call may ask it. */
export function noteAnswer(embedder: Embedder): void {
  healths.delete(embedder);
}

/** It was late: after some in a row it rests, each time for twice as long, up to ten minutes. */
export function noteTimeout(embedder: Embedder): void {
  const health = healths.get(embedder) ?? { late: 0, rests: 0, restsUntil: 0 };
  healths.set(embedder, health);
  // Calls that were under way when the rest began say nothing new.
  if (performance.now() < health.restsUntil) return;
  health.late += 1;
  if (health.late < LIMITS_IN_A_ROW) return;
  health.restsUntil = performance.now() + Math.min(FIRST_REST_MS * 2 ** health.rests, LONGEST_REST_MS);
  health.rests += 1;
  // One call tells whether it is back.
  health.late = LIMITS_IN_A_ROW - 1;
}
