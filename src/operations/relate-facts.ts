import { relationsOf } from "../extraction/relations/relations-of.ts";
import type { Problem } from "../ports/memory-store.ts";
import { pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import type { JobContext, JobOutcome } from "./jobs/job-handler.ts";

/** Facts of one transaction. */
const PER_COMMIT = 100;
const MAX_NAMED = 20;

interface Missing {
  readonly count: number;
  /** Some of the facts. */
  readonly memoryIds: readonly string[];
}

/** The job that a file of before relations leaves: its facts get those that follow from their slots. */
export async function relateOlderFacts(engine: Engine, { signal, until }: JobContext): Promise<JobOutcome> {
  const outcome = await walkFacts(engine, {
    repair: true,
    isOver: () => signal.aborted || engine.clock() >= until,
  });
  if (outcome.isComplete) return "done";
  return signal.aborted ? "stopped" : "unfinished";
}

/** Relations that follow from the slots of facts and are not there, for `verify`; `repair` adds them. */
export async function verifyRelations(engine: Engine, { repair }: { readonly repair: boolean }): Promise<Problem[]> {
  const { count, memoryIds } = await walkFacts(engine, { repair, isOver: () => false });
  if (count === 0) return [];
  return [
    {
      where: "relations",
      what: "facts lack the relation that follows from their slot",
      count,
      isRepairable: true,
      memoryIds,
      isRepaired: repair,
    },
  ];
}

async function walkFacts(
  engine: Engine,
  { repair, isOver }: { readonly repair: boolean; readonly isOver: () => boolean },
): Promise<Missing & { readonly isComplete: boolean }> {
  const memoryIds: string[] = [];
  let count = 0;
  let after: number | null = 0;
  while (after !== null) {
    if (isOver()) return { count, memoryIds, isComplete: false };
    const { facts, next }: Awaited<ReturnType<typeof engine.store.unrelated.read>> =
      await engine.store.unrelated.read(after);
    const missing = facts
      .map((fact) => ({ ...fact, relations: relationsOf(fact, fact.mentions) }))
      .filter(({ relations }) => relations.length > 0);
    count += missing.length;
    for (const { id } of missing) if (memoryIds.length < MAX_NAMED) memoryIds.push(id);
    const toWrite = repair ? missing : [];
    for (let start = 0; start < toWrite.length; start += PER_COMMIT) {
      await engine.store.unrelated.relate(toWrite.slice(start, start + PER_COMMIT));
      await pause();
    }
    after = next;
    await pause();
  }
  return { count, memoryIds, isComplete: true };
}
