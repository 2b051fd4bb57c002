import type { MemoryItem } from "../../domain/search-result.ts";
import type { HistoryItem } from "../../index.ts";
import type { Memory } from "../../memory.ts";
import type { MemoryChange } from "../control/events.ts";
import { iso } from "./iso.ts";

/** Mem0's platform knows three events; ours stands beside them as `action`. */
const EVENTS: Readonly<Record<string, string>> = {
  ADD: "ADD",
  UPDATE: "UPDATE",
  DELETE: "DELETE",
  PURGE: "DELETE",
  RESTORE: "UPDATE",
};

export function historyShape(row: HistoryItem, item: MemoryItem | null): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    memory_id: row.memory_id,
    input: item === null ? [] : item.sources.map(({ role, text }) => ({ role: role ?? "user", content: text })),
    old_memory: row.previous_value,
    new_memory: row.new_value,
    user_id: item?.user_id ?? null,
    agent_id: item?.agent_id ?? null,
    app_id: item?.app_id ?? null,
    session_id: item?.run_id ?? null,
    run_id: item?.run_id ?? null,
    categories: item?.categories ?? [],
    event: EVENTS[row.action] ?? "UPDATE",
    action: row.action,
    metadata: item?.metadata ?? {},
    created_at: row.created_at,
    updated_at: row.updated_at,
    actor: row.actor,
    reason: row.reason,
    version: row.version,
    hash: row.hash,
  };
}

/** The history row of a change that an event names: of the same kind and nearest in time. A purged memory has none. */
export async function changeShape(change: MemoryChange, memory: Memory): Promise<Readonly<Record<string, unknown>>> {
  const { eventId, memoryId, event, at } = change;
  const [item, history] = await Promise.all([memory.get(memoryId), memory.history(memoryId)]);
  const distance = ({ created_at: time }: HistoryItem): number => Math.abs(Date.parse(time) - at);
  const [row] = history
    .filter(({ action }) => EVENTS[action] === event || (event === "ADD" && action === "RESTORE"))
    .toSorted((one, other) => distance(one) - distance(other));
  if (row !== undefined) return { ...historyShape(row, item), event_id: eventId };
  const nothing = { input: [], old_memory: null, new_memory: null, created_at: iso(at), updated_at: iso(at) };
  return { id: eventId, memory_id: memoryId, event, event_id: eventId, ...nothing };
}
