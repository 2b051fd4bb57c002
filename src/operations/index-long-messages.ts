import { MemoryError } from "../errors.ts";
import type { NewPassage } from "../ports/memory-store.ts";
import type { StoredMessage } from "./add-memories.ts";
import { buildPassages, pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";

/** Passages written in one transaction: more would hold the event loop for too long. */
const PASSAGES_PER_COMMIT = 24;

/** Long messages are stored whole at once, with their first passages; the others follow in small transactions. */
export function splitLongMessages(messages: readonly StoredMessage[]): {
  now: StoredMessage[];
  later: StoredMessage[];
} {
  const later = messages.filter(({ passages }) => passages.length > PASSAGES_PER_COMMIT);
  const now = messages.map((message) => ({ ...message, passages: message.passages.slice(0, PASSAGES_PER_COMMIT) }));
  return { now, later };
}

/** Indexes what is left of long messages. The job rows that were stored with them say so after a crash. */
export async function indexLongMessages(
  engine: Engine,
  userId: string | null,
  messages: readonly StoredMessage[],
  jobIds: readonly number[],
): Promise<void> {
  for (const [index, { record, passages }] of messages.entries()) {
    await indexRest(engine, userId, record.id, passages, PASSAGES_PER_COMMIT, jobIds[index] as number);
  }
}

async function indexRest(
  engine: Engine,
  userId: string | null,
  memoryId: string,
  passages: readonly NewPassage[],
  from: number,
  jobId: number,
): Promise<void> {
  for (let start = from; start < passages.length; start += PASSAGES_PER_COMMIT) {
    await pause();
    const isLast = start + PASSAGES_PER_COMMIT >= passages.length;
    await engine.store.apply({
      userId,
      at: engine.clock(),
      addPassages: { memoryId, passages: passages.slice(start, start + PASSAGES_PER_COMMIT) },
      ...(isLast ? { finishJob: jobId } : {}),
    });
  }
}

/** Finishes the indexing of a message after its first process died: what is there stays, the rest is added. */
export async function resumeIndexing(engine: Engine, payload: unknown, jobId: number): Promise<void> {
  const { memoryId, userId } = payload as { memoryId: string; userId: string | null };
  const [stored] = await engine.store.getMemories([memoryId]);
  if (stored === undefined) {
    await engine.store.finishJob(jobId);
    return;
  }
  const { record } = stored;
  const [passages] = await buildPassages(
    [{ text: record.text, date: record.saidAt, language: record.language }],
    engine.embedder,
  );
  const done = await engine.store.countPassages(memoryId);
  if (passages === undefined || done > passages.length) {
    throw new MemoryError(
      "store_failed",
      `Memory ${memoryId} has ${done} index units where ${passages?.length ?? 0} are expected.`,
    );
  }
  if (done === passages.length) await engine.store.finishJob(jobId);
  else await indexRest(engine, userId, memoryId, passages, done, jobId);
}
