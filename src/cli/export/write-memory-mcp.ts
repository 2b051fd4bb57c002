import type { ExportedMemory } from "../../domain/export-format.ts";
import { isoTime } from "./foreign-format.ts";
import type { ForeignFormat } from "./foreign-format.ts";

const TYPES = ["decision", "pattern", "gotcha", "architecture", "progress", "context"];
const BY_KIND: Readonly<Record<string, string>> = { pattern: "pattern", procedure: "pattern", instruction: "decision" };

/** memory-mcp's `.memory/state.json`. */
export const memoryMcpFormat: ForeignFormat = {
  name: "memory-mcp",
  writes: "memory-mcp's .memory/state.json",
  write: async function* ({ memories, now }) {
    let isFirst = true;
    const head = { version: 1, project: "recollect", description: "", lastUpdated: isoTime(now), extractionCount: 0 };
    yield `${JSON.stringify(head).slice(0, -1)},"memories":[`;
    for await (const memory of memories) {
      yield `${isFirst ? "" : ","}\n${JSON.stringify(toNote(memory))}`;
      isFirst = false;
    }
    yield "\n]}\n";
  },
};

function toNote({ record }: ExportedMemory): object {
  const { type, tags, archived, memory_mcp_id: id } = record.metadata;
  const word = [type, ...record.categories].find((each) => typeof each === "string" && TYPES.includes(each));
  const marks = Array.isArray(tags)
    ? (tags as unknown[]).map(String)
    : record.categories.filter((each) => each !== word);
  return {
    id: typeof id === "string" ? id : `mem_${record.id}`,
    type: word ?? BY_KIND[record.kind] ?? "context",
    content: record.text,
    tags: [...marks, ...(archived === true ? ["archived"] : [])],
    created: isoTime(record.saidAt),
    updated: isoTime(record.updatedAt),
    confidence: record.confidence,
    accessCount: 0,
  };
}
