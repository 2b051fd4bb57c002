import type { MemoryRecord } from "../../domain/memory.ts";
import type { QueuedMessage } from "../../ports/memory-store.ts";
import type { Engine } from "../engine.ts";
import { extractWithModel, WINDOW_MESSAGES } from "../extract-with-model.ts";
import type { ExtractionOptions } from "../extract-with-model.ts";
import { rest } from "./job-handler.ts";
import type { JobContext, JobOutcome } from "./job-handler.ts";

/** Has the language model find the facts of a batch's queued messages, window by window. */
export async function extractQueuedFacts(engine: Engine, { job, signal, until }: JobContext): Promise<JobOutcome> {
  const { batch } = job.payload as { batch: string };
  for (;;) {
    if (signal.aborted) return "stopped";
    if (engine.clock() >= until) return "unfinished";
    const queued = sameOptions(await engine.store.readUnextracted(batch, WINDOW_MESSAGES));
    const [head] = queued;
    if (head === undefined) return "done";
    // What came while the model thought has a window of its own ahead of it: a request for each few messages costs more.
    const dueAt = head.queuedAt + engine.settings.extractionDelayMs;
    const isFirstTry = !head.hasRulesFacts;
    if (isFirstTry && queued.length < WINDOW_MESSAGES && dueAt > engine.clock()) return { dueAt };
    const records = await readRecords(engine, queued);
    const [first] = records;
    const options = JSON.parse(head.options) as ExtractionOptions;
    const { failure } = await extractWithModel(engine, {
      // All messages of a batch are of one scope; without any, only their queue entries are left to settle.
      scope: first?.record.scope ?? {},
      messages: records,
      options,
      signal: engine.shutdown,
    });
    if (failure !== null) throw failure;
    await rest();
  }
}

function sameOptions(queued: readonly QueuedMessage[]): readonly QueuedMessage[] {
  const other = queued.findIndex(({ options }) => options !== queued[0]?.options);
  return other < 0 ? queued : queued.slice(0, other);
}

async function readRecords(
  engine: Engine,
  queued: readonly QueuedMessage[],
): Promise<(QueuedMessage & { record: MemoryRecord })[]> {
  const stored = await engine.store.getMemories(queued.map(({ memoryId }) => memoryId));
  const byId = new Map(stored.map(({ record }) => [record.id, record]));
  return queued.flatMap((message) => {
    const record = byId.get(message.memoryId);
    return record === undefined ? [] : [{ ...message, record }];
  });
}
