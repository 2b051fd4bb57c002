import type { HistoryEvent, HistoryRow } from "../domain/history.ts";
import type { Scope } from "../domain/scope.ts";
import type { Engine } from "./engine.ts";
import { findMemory } from "./get-memory.ts";
import { asKnownAt } from "./known-view.ts";
import type { Moment } from "./known-view.ts";
import { isTrueThen } from "./visibility.ts";

/** One change, in Mem0's row shape with ours beside it. Times are ISO 8601. */
export interface HistoryItem {
  readonly id: string;
  readonly memory_id: string;
  readonly previous_value: string | null;
  readonly new_value: string | null;
  readonly action: HistoryEvent;
  readonly created_at: string;
  readonly updated_at: string;
  /** 1 when this change deleted the memory, else 0. */
  readonly is_deleted: 0 | 1;
  readonly actor: string;
  readonly reason: string;
  /** 1 for the first change, then without gaps. */
  readonly version: number;
  /** Hex SHA-256, chained to the row before. */
  readonly hash: string;
}

/**
 * Every change of a memory, newest first; none for an unknown id. What was purged has rows without text. With `knownAt`
 * those until then; with `asOf` none of what was not true then.
 */
export async function getHistory(engine: Engine, id: string, scope: Scope, moment: Moment): Promise<HistoryItem[]> {
  const stored = await findMemory(engine, id, scope);
  const isScoped = Object.keys(scope).length > 0;
  // A purged memory has a history but no record: it can be asked for by its id alone.
  if (stored === null && isScoped) return [];
  const rows = await engine.store.getHistory(stored?.record.id ?? id);
  const { asOf, knownAt } = moment;
  if (asOf !== null && stored !== null) {
    const [known] = await asKnownAt(engine, [stored], knownAt);
    if (known === undefined || !isTrueThen(known.record, asOf)) return [];
  }
  return rows
    .filter(({ at }) => knownAt === null || at <= knownAt)
    .toSorted((left, right) => right.version - left.version)
    .map(presentRow);
}

function presentRow(row: HistoryRow): HistoryItem {
  const at = new Date(row.at).toISOString();
  return {
    id: row.id,
    memory_id: row.memoryId,
    previous_value: row.previousText,
    new_value: row.newText,
    action: row.event,
    created_at: at,
    updated_at: at,
    is_deleted: row.event === "DELETE" || row.event === "PURGE" ? 1 : 0,
    actor: row.actor,
    reason: row.reason,
    version: row.version,
    hash: row.hash,
  };
}
