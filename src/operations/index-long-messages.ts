import { INDEX_MESSAGE } from "../domain/job.ts";
import type { MemoryRecord } from "../domain/memory.ts";
import { MemoryError } from "../errors.ts";
import type { Job } from "../ports/job-queue.ts";
import type { NewJob, NewPassage } from "../ports/memory-store.ts";
import type { StoredMessage } from "./add-memories.ts";
import { buildPassages, pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { waitForTurn } from "./wait-for-turn.ts";

/** Passages written in one transaction: more would hold the event loop for too long. */
export const PASSAGES_PER_COMMIT = 24;

/** How long the process that stored a long message has for indexing it before another may take over. */
const LEASE_MS = 60_000;

type LongMessage = Pick<StoredMessage, "passages"> & { readonly record: Pick<StoredMessage["record"], "id"> };

/** Long messages are stored whole at once, with their first passages; the others follow in small transactions. */
export function splitLongMessages<Message extends LongMessage>(
  messages: readonly Message[],
): { now: Message[]; later: Message[] } {
  const later = messages.filter(({ passages }) => passages.length > PASSAGES_PER_COMMIT);
  const now = messages.map((message) => ({ ...message, passages: message.passages.slice(0, PASSAGES_PER_COMMIT) }));
  return { now, later };
}

/** What the transaction that stores a long message notes, so that its indexing is finished whatever happens. */
export function indexingJob(engine: Engine, { id, scope }: MemoryRecord): NewJob {
  return {
    type: INDEX_MESSAGE,
    payload: { memoryId: id, userId: scope.userId ?? null },
    leaseUntil: engine.clock() + LEASE_MS,
  };
}

/**
 * Indexes what is left of long messages. They are stored already, so nothing that happens here fails the call: what
 * it does not get to is left to the job rows stored with them.
 * @returns why some of it was left, for the caller's warnings.
 */
export async function indexLongMessages(
  engine: Engine,
  messages: readonly Pick<StoredMessage, "record" | "passages">[],
  stored: { readonly jobIds: readonly number[]; readonly version: number },
): Promise<string[]> {
  const delays: string[] = [];
  let version = stored.version;
  for (const [index, { record, passages }] of messages.entries()) {
    const id = stored.jobIds[index];
    if (id === undefined)
      throw new MemoryError("store_failed", `The long message ${record.id} was stored without a job.`);
    const job: Job = { id, type: INDEX_MESSAGE, payload: indexingJob(engine, record).payload, attempts: 1 };
    const state = { text: record.text, passages, done: PASSAGES_PER_COMMIT, version };
    try {
      const outcome = await indexRest(engine, job, state, engine.shutdown);
      if (outcome === "stopped") await engine.store.jobs.release(job, engine.clock());
      else version = outcome;
    } catch (error) {
      if (!MemoryError.isInstance(error)) throw error;
      // The lease ends by itself, and then any process goes on.
      delays.push(
        `The message ${record.id} is stored; only its beginning is found until the rest is indexed. ${error.message}`,
      );
    }
  }
  return delays;
}

interface Progress {
  readonly text: string;
  readonly passages: readonly NewPassage[];
  /** How many of the passages are stored. */
  readonly done: number;
  /** The partition's version at which that was so. */
  readonly version: number;
}

/**
 * Writes the passages that are not stored yet, each step only if nobody else changed the user's memories since:
 * then what is stored is looked at again. So it does not matter how often, or by how many, it is done.
 * @returns the partition's version at the end, or "stopped" when the signal came first.
 */
async function indexRest(engine: Engine, job: Job, start: Progress, signal: AbortSignal): Promise<number | "stopped"> {
  const { memoryId, userId } = job.payload as { memoryId: string; userId: string | null };
  let progress: Progress | null = start;
  let overtaken = 0;
  while (progress !== null) {
    const { passages, done, version }: Progress = progress;
    if (signal.aborted) return "stopped";
    await pause();
    const isLast = done + PASSAGES_PER_COMMIT >= passages.length;
    const isOurTurn = overtaken > 0 && (await waitForTurn(engine, userId, `index ${memoryId}`, overtaken));
    const applied = await engine.store.apply({
      userId,
      expectedVersion: version,
      ...(isOurTurn ? { turn: `index ${memoryId}` } : {}),
      at: engine.clock(),
      ...(done < passages.length
        ? { addPassages: { memoryId, passages: passages.slice(done, done + PASSAGES_PER_COMMIT) } }
        : {}),
      ...(isLast ? { finishJob: job.id } : {}),
    });
    overtaken = applied.status === "conflict" ? overtaken + 1 : 0;
    if (applied.status === "conflict") progress = await readProgress(engine, job, progress);
    else if (isLast) return applied.version;
    else progress = { ...progress, done: done + PASSAGES_PER_COMMIT, version: applied.version };
  }
  // It was purged meanwhile.
  await engine.store.jobs.finish(job.id);
  return (await engine.store.readPartition(userId)).version;
}

/** What is stored of a message's passages now; null when the message is gone. */
async function readProgress(engine: Engine, job: Job, known: Progress | null): Promise<Progress | null> {
  const { memoryId, userId } = job.payload as { memoryId: string; userId: string | null };
  // Read first: what changes afterwards makes the next step a conflict.
  const { version } = await engine.store.readPartition(userId);
  const [stored] = await engine.store.getMemories([memoryId]);
  if (stored === undefined) return null;
  const { text, saidAt, language } = stored.record;
  const done = await engine.store.countPassages(memoryId);
  if (known !== null && known.text === text) return { ...known, done, version };
  const [passages = []] = await buildPassages([{ text, date: saidAt, language }], engine.embedder, {
    signal: engine.shutdown,
  });
  if (done > passages.length) {
    throw new MemoryError(
      "store_failed",
      `Memory ${memoryId} has ${done} index units where ${passages.length} are expected.`,
    );
  }
  return { text, passages, done, version };
}

/** Finishes the indexing of a message after its first process died: what is there stays, the rest is added. */
export async function resumeIndexing(engine: Engine, job: Job, signal: AbortSignal): Promise<"done" | "stopped"> {
  const progress = await readProgress(engine, job, null);
  if (progress === null) {
    await engine.store.jobs.finish(job.id);
    return "done";
  }
  const outcome = await indexRest(engine, job, progress, signal);
  return outcome === "stopped" ? "stopped" : "done";
}
