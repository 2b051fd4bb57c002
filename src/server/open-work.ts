import { setTimeout as wait } from "node:timers/promises";

/**
 * Work that outlives the call which began it: an answer that is still being streamed and will be stored at its end.
 * The files are closed when it is over.
 */
export class OpenWork {
  readonly #open = new Set<Promise<void>>();

  /** @returns what is to be called when the work is over. */
  begin(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open.add(promise);
    return () => {
      this.#open.delete(promise);
      resolve();
    };
  }

  /** Resolves when nothing is open, or after so long. */
  async settle(limitMs: number): Promise<void> {
    const giveUp = new AbortController();
    await Promise.race([
      Promise.all(this.#open).then(() => giveUp.abort()),
      wait(limitMs, undefined, { signal: giveUp.signal }).catch(() => null),
    ]);
  }
}
