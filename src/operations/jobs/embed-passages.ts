import { MemoryError } from "../../errors.ts";
import type { Embedder } from "../../ports/embedder.ts";
import type { PassageReference } from "../../ports/memory-store.ts";
import { embedSafely } from "../embed-documents.ts";
import type { Engine } from "../engine.ts";
import type { JobContext, JobOutcome } from "./job-handler.ts";
import { rest } from "./job-handler.ts";

/** Texts of one call: what an embedder that computes in this thread does without holding the event loop for long. */
const TEXTS_PER_CALL = 64;

/** So many texts fail one by one, and none succeeds: then it is the embedder, not the texts. */
const FAILURES_BEFORE_GIVING_UP = 3;

interface Waiting {
  readonly passage: PassageReference;
  readonly text: string;
}

/**
 * Makes the vectors that are missing in the embedder's space: after it failed, after an import, after a repair, or
 * because it is a new one. A text that the embedder refuses holds up no other; the job is tried again for it later.
 */
export async function embedPassages(engine: Engine, { signal, until }: JobContext): Promise<JobOutcome> {
  const { embedder, store } = engine;
  if (embedder === undefined) throw new Error("a job that needs an embedder was claimed without one");
  const size = Math.min(embedder.maxBatchSize, TEXTS_PER_CALL);
  const tally: Tally = { succeeded: 0, refused: [] };
  let after: PassageReference | null = 0;
  while (after !== null) {
    if (signal.aborted) return "stopped";
    if (engine.clock() >= until) return "unfinished";
    const page: Awaited<ReturnType<typeof store.readUnembedded>> = await store.readUnembedded(
      embedder.space.key,
      size,
      after,
    );
    await embedPage(engine, embedder, page.passages, tally);
    after = page.next;
    await rest();
  }
  const [refusal] = tally.refused;
  if (refusal !== undefined) throw refusal;
  return "done";
}

interface Tally {
  succeeded: number;
  readonly refused: MemoryError[];
}

async function embedPage(engine: Engine, embedder: Embedder, waiting: readonly Waiting[], tally: Tally): Promise<void> {
  if (waiting.length === 0) return;
  let vectors: readonly (Float32Array | null)[];
  try {
    vectors = await embedSafely(
      embedder,
      waiting.map(({ text }) => text),
      { purpose: "document", signal: engine.shutdown },
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (waiting.length === 1) {
      tally.refused.push(error);
      if (tally.succeeded === 0 && tally.refused.length >= FAILURES_BEFORE_GIVING_UP) throw error;
      return;
    }
    // One text may spoil the batch for the others.
    const middle = Math.ceil(waiting.length / 2);
    await embedPage(engine, embedder, waiting.slice(0, middle), tally);
    await embedPage(engine, embedder, waiting.slice(middle), tally);
    return;
  }
  tally.succeeded += waiting.length;
  await engine.store.putVectors(
    embedder.space.key,
    waiting.map(({ passage }, index) => ({ passage, vector: vectors[index] ?? null })),
  );
}

/** The embedder answered, but not with what it should: that may be the text's fault. */
function isRefusal(error: unknown): error is MemoryError {
  return (
    MemoryError.isInstance(error) && (error.code === "provider_failed" || error.code === "provider_invalid_output")
  );
}
