import type { ExportedMemory } from "../../domain/export-format.ts";
import { isoTime } from "./foreign-format.ts";
import type { ForeignFormat } from "./foreign-format.ts";

/** A JSON array of memories as Mem0's API lists them, each with its history. */
export const mem0Format: ForeignFormat = {
  name: "mem0",
  writes: "a JSON array of memories as Mem0's API lists them, each with its history",
  write: async function* ({ memories }) {
    let isFirst = true;
    yield "[";
    for await (const memory of memories) {
      yield `${isFirst ? "" : ","}\n${JSON.stringify(toItem(memory))}`;
      isFirst = false;
    }
    yield "\n]\n";
  },
};

function toItem({ record, history }: ExportedMemory): object {
  const { scope } = record;
  return {
    id: record.id,
    memory: record.text,
    user_id: scope.userId ?? null,
    agent_id: scope.agentId ?? null,
    app_id: scope.appId ?? null,
    run_id: scope.runId ?? null,
    metadata: record.metadata,
    categories: record.categories,
    created_at: isoTime(record.saidAt),
    updated_at: isoTime(record.updatedAt),
    ...(record.expirationDate === undefined ? {} : { expiration_date: record.expirationDate }),
    ...(record.kind === "procedure" ? { memory_type: "procedural_memory" } : {}),
    history: history
      .filter(({ newText, event }) => newText !== null && event !== "FEEDBACK")
      .map(({ event, previousText, newText, at }) => ({
        memory_id: record.id,
        event: event === "ADD" ? "ADD" : "UPDATE",
        old_memory: previousText,
        new_memory: newText,
        created_at: isoTime(at),
        updated_at: isoTime(at),
      })),
  };
}
