import type { Memory } from "../../memory.ts";
import type { ServerEvent } from "../control/events.ts";
import { iso } from "./iso.ts";

/** An event in Mem0's shape, with the texts of its memories as they are now; what was purged has none. */
export async function eventShape(event: ServerEvent, memory: Memory): Promise<Readonly<Record<string, unknown>>> {
  const results = [];
  for (const { id, event: kind } of event.results) {
    const item = kind === "DELETE" ? null : await memory.get(id);
    results.push({ id, event: kind, data: { memory: item?.memory ?? null } });
  }
  return {
    id: event.id,
    event_type: event.type,
    status: event.status,
    payload: { message_ids: event.messageIds },
    metadata: {},
    results,
    created_at: iso(event.createdAt),
    updated_at: iso(event.completedAt ?? event.startedAt ?? event.createdAt),
    started_at: iso(event.startedAt),
    completed_at: iso(event.completedAt),
    latency: event.completedAt === null ? null : event.completedAt - event.createdAt,
    graph_status: null,
    error: event.error,
  };
}
