import { MemoryError } from "../../errors.ts";

/** Work between two looks at the event loop, in milliseconds: well under the 50 ms that nothing may hold it. */
const SLICE = 15;

/** Lets others have the event loop between the steps of a long piece of work. */
export class Turn {
  private end = performance.now() + SLICE;
  private readonly signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  /** @throws MemoryError `aborted`. */
  async rest(): Promise<void> {
    if (performance.now() < this.end) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    if (this.signal?.aborted === true)
      throw new MemoryError("aborted", "The extraction was aborted.", { cause: this.signal.reason });
    this.end = performance.now() + SLICE;
  }
}
