import { MemoryError } from "../errors.ts";
import type { Embedder, EmbeddingSpace } from "../ports/embedder.ts";
import type { MemoryStore } from "../ports/memory-store.ts";

/** How long an embedder may take to say what its space is like: it may have to load a model first. */
const PREPARE_TIMEOUT_MS = 60_000;

/** After a failure it is asked again only so much later, doubling up to the longest. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * The configured embedder and how far it can be used. Its dimensions may be unknown until its first vector, and its
 * background until it was measured: what was found once is kept in the file, so that no other process asks again. Until
 * then `current` is undefined, words answer alone, and vectors are caught up.
 */
export class EmbedderSlot {
  readonly #embedder: Embedder | undefined;
  readonly #store: MemoryStore;
  readonly #shutdown: AbortSignal;
  readonly #onWarning: (warning: string) => void;
  #isUsable: boolean;
  #isPrepared: boolean;
  #preparing: Promise<void> | undefined;
  #failures = 0;
  #askedAgainAt = 0;

  constructor(
    embedder: Embedder | undefined,
    {
      store,
      shutdown,
      onWarning = () => undefined,
    }: { store: MemoryStore; shutdown: AbortSignal; onWarning?: ((warning: string) => void) | undefined },
  ) {
    this.#embedder = embedder;
    this.#store = store;
    this.#shutdown = shutdown;
    this.#onWarning = onWarning;
    this.#isUsable = embedder !== undefined && knownSpace(embedder) !== null;
    this.#isPrepared = embedder?.prepare === undefined;
  }

  /** The embedder, when its space is known. */
  get current(): Embedder | undefined {
    return this.#isUsable ? this.#embedder : undefined;
  }

  /** Finds what is not known yet, for at most `patience` milliseconds; goes on in the background after that. Never fails. */
  async prepare(patience: number): Promise<void> {
    if (this.#isPrepared || this.#embedder === undefined) return;
    if (this.#preparing === undefined && performance.now() < this.#askedAgainAt) return;
    this.#preparing ??= this.#prepare(this.#embedder).finally(() => {
      this.#preparing = undefined;
    });
    // A known space can be used before its background is measured.
    if (patience <= 0 || this.#isUsable) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([this.#preparing, late]);
    clearTimeout(timer);
  }

  async #prepare(embedder: Embedder): Promise<void> {
    const { provider, model } = embedder.space;
    // One model may be asked for vectors of several lengths, or with several prefixes.
    const note = `space ${knownSpace(embedder)?.key ?? `${provider}/${model}`}`;
    try {
      const known = readKnown(await this.#store.readNote(note));
      await embedder.prepare?.(AbortSignal.any([AbortSignal.timeout(PREPARE_TIMEOUT_MS), this.#shutdown]), known);
      const { key, dimensions, background } = embedder.space;
      await this.#store.useSpace({ key, dimensions });
      if (known === undefined) await this.#store.writeNote(note, JSON.stringify({ dimensions, background }));
      this.#isUsable = true;
      this.#isPrepared = true;
      this.#failures = 0;
    } catch (error) {
      // The store closes under it.
      if (this.#shutdown.aborted) return;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
      this.#failures += 1;
      this.#askedAgainAt = performance.now() + pause;
      const reason = MemoryError.isInstance(error) ? error.message : "It failed.";
      this.#onWarning(`The embedder ${provider}/${model} is not ready, words answer alone. ${reason}`);
    }
  }
}

type Known = Pick<EmbeddingSpace, "dimensions" | "background">;

function readKnown(note: string | null): Known | undefined {
  if (note === null) return undefined;
  const { dimensions, background } = JSON.parse(note) as Known;
  return { dimensions, background };
}

/** The space of an embedder that knows it, or null. */
export function knownSpace({ space }: Embedder): { readonly key: string; readonly dimensions: number } | null {
  try {
    return { key: space.key, dimensions: space.dimensions };
  } catch (error) {
    if (MemoryError.isInstance(error)) return null;
    throw error;
  }
}
