import type { MemoryReference, MemoryStore } from "../../ports/memory-store.ts";

/** Uses are gathered for so long before they are written. */
const GATHER_MS = 2_000;
/** Uses that wait at most; more are not noted. */
const MOST_WAITING = 10_000;
/** Of one search no more count as used: whoever asks for a thousand has not read them. */
const MOST_USED = 10;

/**
 * Notes which memories were used, without holding up who uses them: in memory, and in one transaction every two
 * seconds, on a timer that keeps no process alive. What a process that is killed has gathered is lost; no memory is.
 */
export class AccessRecorder {
  readonly #store: Pick<MemoryStore, "accesses">;
  readonly #onWarning: (warning: string) => void;
  #waiting = new Map<MemoryReference, number[]>();
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(store: Pick<MemoryStore, "accesses">, onWarning: ((warning: string) => void) | undefined) {
    this.#store = store;
    this.#onWarning = onWarning ?? (() => undefined);
  }

  /** The hits of one search, best first. */
  note(memories: readonly MemoryReference[], at: number): void {
    if (this.#isClosed) return;
    for (const memory of memories.slice(0, MOST_USED)) {
      if (this.#count >= MOST_WAITING) break;
      const times = this.#waiting.get(memory);
      if (times === undefined) this.#waiting.set(memory, [at]);
      else times.push(at);
      this.#count += 1;
    }
    if (this.#timer !== undefined || this.#count === 0) return;
    this.#timer = setTimeout(() => void this.flush(), GATHER_MS);
    this.#timer.unref();
  }

  /** Writes what waits. Never fails: a use that cannot be noted is worth no error. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#count === 0) return;
    const uses = this.#waiting;
    this.#waiting = new Map();
    this.#count = 0;
    try {
      await this.#store.accesses.record(uses);
    } catch (error) {
      this.#onWarning(`Uses of ${uses.size} memories were not noted: ${(error as Error).message}`);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush();
  }
}
