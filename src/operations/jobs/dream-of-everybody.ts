import type { Partition } from "../../ports/memory-store.ts";
import type { Engine } from "../engine.ts";
import { dream } from "../forgetting/dream.ts";
import { rest } from "./job-handler.ts";
import type { JobContext, JobOutcome } from "./job-handler.ts";

/**
 * Dreams for each user of whom something was added or changed since the last time. Memories without a user belong to
 * nobody in particular: they are dreamt of by call.
 */
export async function dreamOfEverybody(engine: Engine, { signal, until }: JobContext): Promise<JobOutcome> {
  for (const partition of await engine.store.listPartitions()) {
    if (signal.aborted) return "stopped";
    if (engine.clock() >= until) return "unfinished";
    if (partition.userId === null || (await wasDreamt(engine, partition))) continue;
    const { userId } = partition;
    await dream(engine, {
      read: {
        userIds: [userId],
        bindings: [{ userId: new Set([userId]) }],
        filter: { type: "condition", field: { kind: "scope", key: "userId" }, operator: "eq", value: userId },
      },
      scope: { userId },
      isDryRun: false,
      usesModel: true,
      signal: null,
    });
    const { version } = await engine.store.readPartition(userId);
    await engine.store.writeNote(noteName(partition), String(version));
    await rest();
  }
  return "done";
}

async function wasDreamt({ store }: Engine, partition: Partition): Promise<boolean> {
  return (await store.readNote(noteName(partition))) === String(partition.version);
}

function noteName({ number }: Partition): string {
  return `dreamt ${number}`;
}
