import type { ServerSettings } from "./services.ts";

const MINUTE_MS = 60_000;

/** Keeps requests from piling up: so many at a time in all, and so many of one key in a minute (fixed windows). */
export class RequestLimits {
  readonly #maxInFlight: number;
  readonly #perMinute: number;
  readonly #now: () => number;
  #counts = new Map<string, number>();
  #windowEnd = 0;
  inFlight = 0;

  constructor(
    { maxInFlight, requestsPerMinute }: Pick<ServerSettings, "maxInFlight" | "requestsPerMinute">,
    // A clock that nobody can set: a window must not last a day because the wall clock went back.
    now: () => number = () => performance.now(),
  ) {
    this.#maxInFlight = maxInFlight;
    this.#perMinute = requestsPerMinute;
    this.#now = now;
  }

  /** A function to call when the request is over, or null when there is no room for it. */
  enter(): (() => void) | null {
    if (this.inFlight >= this.#maxInFlight) return null;
    this.inFlight += 1;
    return () => {
      this.inFlight -= 1;
    };
  }

  /** 0 when the key may go on, else after how many seconds. Counts the request. */
  secondsUntilFree(keyId: string): number {
    const now = this.#now();
    if (now >= this.#windowEnd) {
      this.#counts = new Map();
      this.#windowEnd = now + MINUTE_MS;
    }
    const count = (this.#counts.get(keyId) ?? 0) + 1;
    this.#counts.set(keyId, count);
    return count <= this.#perMinute ? 0 : Math.max(1, Math.ceil((this.#windowEnd - now) / 1000));
  }
}
