import { evaluateFilter } from "./filter-evaluate.ts";
import type { Filter } from "./filter.ts";
import type { MemoryRecord } from "./memory.ts";

/**
 * Whether a filter that selects a memory reaches its source of the given run too. A fact is one per user, agent and
 * app, wherever it is said (design decision 3), so it may rest on messages of several runs; who asks for one run
 * sees the lines of that run alone. A source is within reach when the filter would select the memory had it been
 * said in that run.
 */
export function reachesRun(filter: Filter | undefined, record: MemoryRecord, runId: string | null): boolean {
  const { runId: own = null, ...owner } = record.scope;
  if (filter === undefined || runId === own) return true;
  return evaluateFilter(filter, { ...record, scope: runId === null ? owner : { ...owner, runId } });
}
