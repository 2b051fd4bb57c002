import { join } from "node:path";
import { invalidInput } from "../../errors.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { idFrom, pickText, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

const TYPES: ReadonlySet<string> = new Set(["decision", "pattern", "gotcha", "architecture", "progress", "context"]);

export const memoryMcp: Importer = {
  name: "memory-mcp",
  title: "memory-mcp (claude-code-memory)",
  reads: ".memory/state.json, or the project that holds it",
  usual: ({ folder }) => [join(folder, ".memory", "state.json")],
  detect: (place) => {
    if (place.isFolder) {
      const found = inFolder(place);
      return found === undefined || !isState(found) ? null : "the memory of memory-mcp (.memory/state.json)";
    }
    return isState(place) ? "memory-mcp's state.json" : null;
  },
  read: (place) => readState((place.isFolder ? inFolder(place) : undefined) ?? place),
};

function inFolder(place: Place): Place | undefined {
  if (place.has(".memory", "state.json")) return place.at(".memory", "state.json");
  return place.name === ".memory" && place.has("state.json") ? place.at("state.json") : undefined;
}

function isState({ head, name }: Place): boolean {
  return (
    /^\s*\{/u.test(head) && head.includes('"memories"') && (head.includes('"extractionCount"') || name === "state.json")
  );
}

function readState(place: Place): ForeignSource {
  const state = place.json();
  const list = isRecord(state) ? state["memories"] : undefined;
  if (!isRecord(state) || !Array.isArray(list))
    throw invalidInput(`${place.path} is no state of memory-mcp: it has no list "memories".`);
  const project = pickText(state, "project");
  const skipped: SkippedRow[] = [];
  const rows = list.filter((row, index): row is Values => {
    if (isRecord(row)) return true;
    skipped.push({ row: `memory ${index + 1}`, reason: "is no object" });
    return false;
  });
  const after = findAfter(rows);
  const memories = rows.map((row) => readMemory(row, { project, after: after.get(pickText(row, "id") ?? "") }));
  const doubtful = rows.filter((row) => isTagged(row, "superseded") && isWithoutLatin(pickText(row, "content") ?? ""));
  return {
    what: "memory-mcp's state",
    instance: "local",
    memories,
    skipped,
    notes:
      doubtful.length === 0
        ? []
        : [
            `${doubtful.length} notes in scripts other than Latin were marked as superseded, which memory-mcp did to different notes of one type by mistake: ${list10(doubtful)}. recollect restore <id> brings one back; metadata.memory_mcp_id has these names.`,
          ],
  };
}

/** Ids of memories, each with the one that names it as superseded or merged. */
function findAfter(rows: readonly Values[]): Map<string, { readonly id: string; readonly isMerge: boolean }> {
  const after = new Map<string, { id: string; isMerge: boolean }>();
  for (const row of rows) {
    const id = pickText(row, "id");
    if (id === null) continue;
    for (const old of readTexts(row["supersedes"])) after.set(old, { id, isMerge: false });
    for (const old of readTexts(row["mergedFrom"])) after.set(old, { id, isMerge: true });
  }
  return after;
}

function readMemory(
  row: Values,
  { project, after }: { readonly project: string | null; readonly after: { id: string; isMerge: boolean } | undefined },
): ForeignMemory {
  const type = pickText(row, "type");
  const tags = readTexts(row["tags"]);
  const isSuperseded = tags.includes("superseded");
  const confidence = typeof row["confidence"] === "number" ? row["confidence"] : null;
  const appId = idFrom(project);
  return {
    ...EMPTY_MEMORY,
    id: pickText(row, "id") ?? "",
    text: pickText(row, "content") ?? "",
    ...(appId === undefined ? {} : { appId }),
    categories: [
      ...(type === null || !TYPES.has(type) ? [] : [type]),
      ...tags.filter((tag) => tag !== "superseded" && tag !== "archived"),
    ],
    metadata: withoutEmpty({
      type,
      // As memory_save of the MCP profile keeps them, for memory_recall and memory_related.
      tags: tags.filter((tag) => tag !== "superseded" && tag !== "archived"),
      memory_mcp_id: row["id"],
      archived: tags.includes("archived") ? true : null,
      imported: withoutEmpty({ confidence, access_count: row["accessCount"] }),
    }),
    createdAt: readTime(row["created"]),
    updatedAt: readTime(row["updated"]) ?? readTime(row["created"]),
    replacedBy: after?.id ?? null,
    ...(after?.isMerge === true ? { state: "merged" as const } : {}),
    ...(isSuperseded && after === undefined ? { state: "superseded" as const } : {}),
  };
}

function isTagged(row: Values, tag: string): boolean {
  return readTexts(row["tags"]).includes(tag);
}

/** Its comparison kept a to z and 0 to 9 alone: of such a text nothing was left. */
function isWithoutLatin(text: string): boolean {
  return text.trim() !== "" && !/[a-z0-9]/iu.test(text);
}

function list10(rows: readonly Values[]): string {
  const ids = rows.map((row) => pickText(row, "id") ?? "");
  return `${ids.slice(0, 10).join(", ")}${ids.length > 10 ? ", …" : ""}`;
}
