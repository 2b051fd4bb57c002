import { MemoryError } from "../errors.ts";
import type { Embedder, EmbedOptions } from "../ports/embedder.ts";
import { assertNotResting, noteAnswer, noteTimeout } from "./embedder-rest.ts";

/** An embedder that has not answered by then counts as failed. */
export const EMBED_TIMEOUT_MS = 10_000;

export interface EmbedSafelyOptions {
  readonly purpose: EmbedOptions["purpose"];
  /** Milliseconds for one call. Default {@link EMBED_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One call of an embedder that may fail, hang or answer garbage: what comes back can be stored and compared.
 * @throws MemoryError `provider_failed`, `provider_invalid_output`, `timeout` or `aborted`; the message holds no text
 * that was embedded.
 */
export async function embedSafely(
  embedder: Embedder,
  texts: readonly string[],
  { purpose, timeoutMs = EMBED_TIMEOUT_MS, signal }: EmbedSafelyOptions,
): Promise<readonly (Float32Array | null)[]> {
  const name = embedder.space.key;
  assertNotResting(embedder);
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  // An embedder need not heed the signal: waiting ends all the same.
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (error: MemoryError): void => {
      abort.abort(error);
      reject(error);
    };
    onAbort = () => {
      end(new MemoryError("aborted", `The embedder ${name} was given up.`, { retryable: true }));
    };
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener("abort", onAbort);
    timer = setTimeout(() => {
      noteTimeout(embedder);
      const message = `The embedder ${name} gave no answer within ${timeoutMs} ms.`;
      end(new MemoryError("timeout", message, { retryable: true }));
    }, timeoutMs);
  });
  try {
    const answer = embedder.embed(texts, { purpose, signal: abort.signal });
    const vectors = await Promise.race([answer, ended]);
    noteAnswer(embedder);
    return checkVectors(vectors, texts.length, embedder);
  } catch (error) {
    // What failed in time was not late.
    if (!abort.signal.aborted) noteAnswer(embedder);
    if (MemoryError.isInstance(error)) throw error;
    throw new MemoryError("provider_failed", `The embedder ${name} failed: ${describe(error)}`, {
      cause: error,
      retryable: true,
    });
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
    // Nobody waits for it any more.
    ended.catch(() => undefined);
  }
}

/** A provider's message may quote what it was sent, so only the kind of error is told. */
function describe(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  const name = error instanceof Error ? error.name : typeof error;
  return typeof code === "string" && /^\w{1,40}$/u.test(code) ? `${name} (${code})` : name;
}

function checkVectors(answer: unknown, count: number, { space }: Embedder): readonly (Float32Array | null)[] {
  const invalid = (what: string): MemoryError =>
    new MemoryError("provider_invalid_output", `The embedder ${space.key} answered ${what}; nothing of it is stored.`, {
      retryable: true,
    });
  if (!Array.isArray(answer)) throw invalid("no list of vectors");
  if (answer.length !== count) throw invalid(`${answer.length} vectors for ${count} texts`);
  for (const vector of answer as unknown[]) {
    if (vector === null) continue;
    if (!(vector instanceof Float32Array)) throw invalid("something else than Float32Array or null");
    if (vector.length !== space.dimensions) {
      throw invalid(`a vector of ${vector.length} dimensions where ${space.dimensions} are expected`);
    }
    let squares = 0;
    for (const value of vector) squares += value * value;
    if (!Number.isFinite(squares)) throw invalid("a vector with NaN or infinite numbers");
    if (squares === 0) throw invalid("a vector of zeros");
  }
  return answer as (Float32Array | null)[];
}
