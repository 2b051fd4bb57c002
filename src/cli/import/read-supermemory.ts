import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { readJsonRows } from "./read-json-rows.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { idFrom, pickText, pickValue, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

export const supermemory: Importer = {
  name: "supermemory",
  title: "Supermemory",
  reads: "JSON of its API: a list of documents or of memories, pages of them, or one a line",
  usual: () => [],
  detect: ({ head }) => {
    if (!/^\s*[[{]/u.test(head)) return null;
    return /"containerTags?"\s*:/u.test(head) || (head.includes('"isLatest"') && head.includes('"spaceId"'))
      ? "an export of Supermemory"
      : null;
  },
  read: readExport,
};

/** Names that only say how its service works on a document. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "id", "content", "memory", "chunks", "embedding", "summaryEmbedding", "memoryEmbedding", "memoryEmbeddingNew", "createdAt", "updatedAt",
  "containerTag", "containerTags", "metadata", "customId", "isLatest", "isForgotten", "memoryRelations", "orgId", "userId", "parentMemoryId",
  "rootMemoryId", "tokenCount", "wordCount", "chunkCount", "averageChunkSize", "memoryEntries", "history",
]); // prettier-ignore

const LIST_NAMES = ["documents", "memories", "memoryEntries", "results", "data", "items"];

function readExport(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const memories: ForeignMemory[] = [];
  const rows = readJsonRows(place, { lists: LIST_NAMES, skipped });
  for (const [index, row] of rows.entries()) {
    const result = readRow(row);
    if (typeof result === "string") skipped.push({ row: `item ${index + 1}`, reason: result });
    else memories.push(...result);
  }
  const after = findAfter(rows);
  const linked = memories.map((memory) => ({
    ...memory,
    replacedBy: memory.replacedBy ?? after.get(memory.id) ?? null,
  }));
  const hasVersions = linked.some(({ replacedBy }) => replacedBy !== null);
  return {
    what: "Supermemory's export",
    instance: "platform",
    memories: linked,
    skipped,
    notes: hasVersions
      ? []
      : ["It holds the latest versions alone, as its API lists them: earlier ones cannot come along."],
  };
}

/** Memories that a newer one updates, each with that one: the newer names the older as its parent. */
function findAfter(rows: readonly Values[]): Map<string, string> {
  const after = new Map<string, string>();
  for (const row of rows.flatMap((each) => [each, ...entriesOf(each)])) {
    const id = pickText(row, "id");
    if (id === null) continue;
    const relations = isRecord(row["memoryRelations"]) ? Object.entries(row["memoryRelations"]) : null;
    const parents =
      relations === null
        ? readTexts(row["parentMemoryId"])
        : relations.filter(([, type]) => type === "updates").map(([parent]) => parent);
    for (const parent of parents) after.set(parent, id);
  }
  return after;
}

function entriesOf(row: Values): readonly Values[] {
  return Array.isArray(row["memoryEntries"]) ? row["memoryEntries"].filter(isRecord) : [];
}

/** A document or a memory, with the memories and versions that it carries. */
function readRow(row: Values): ForeignMemory[] | string {
  const text = pickText(row, "memory", "content", "raw", "text") ?? pickText(row, "summary", "title");
  const inner = entriesOf(row).flatMap((entry) => {
    const read = readRow({ containerTags: row["containerTags"], ...entry });
    return typeof read === "string" ? [] : read;
  });
  if (text === null) return inner.length === 0 ? "has no text (memory, content, summary)" : inner;
  return [...inner, ...readOlder(row), readOne(row, text)];
}

/** Earlier versions, which name the present one as what took their place. */
function readOlder(row: Values): ForeignMemory[] {
  const history = Array.isArray(row["history"]) ? row["history"].filter(isRecord) : [];
  return history.flatMap((old) => {
    const text = pickText(old, "memory", "content", "text");
    if (text === null) return [];
    return [{ ...readOne({ ...old, containerTags: row["containerTags"] }, text), replacedBy: pickText(row, "id") }];
  });
}

function readOne(row: Values, text: string): ForeignMemory {
  const tags = [...readTexts(row["containerTags"]), ...readTexts(row["containerTag"])];
  const metadata = isRecord(row["metadata"]) ? row["metadata"] : {};
  const appId = idFrom(tags.find(isProject) ?? null);
  const isForgotten = row["isForgotten"] === true;
  const createdAt = readTime(pickValue(row, "createdAt", "created_at", "documentDate"));
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !LEFT_OUT.has(name)));
  const isOld = row["isLatest"] === false;
  return {
    ...EMPTY_MEMORY,
    id: pickText(row, "id", "customId") ?? "",
    text,
    ...(appId === undefined ? {} : { appId }),
    metadata: withoutEmpty({
      ...metadata,
      container_tags: tags,
      custom_id: row["customId"],
      imported: withoutEmpty({ id: row["id"], ...rest }),
    }),
    categories: readTexts(metadata["tags"]),
    createdAt,
    updatedAt: readTime(pickValue(row, "updatedAt", "updated_at")) ?? createdAt,
    ...(isForgotten ? { state: "deleted" as const } : isOld ? { state: "superseded" as const } : {}),
  };
}

/** Tags of a repository or a project, as its plugins write them and wrote them; others are a person's. */
function isProject(tag: string): boolean {
  return /^(?:repo_|claudecode_project_|codex_project_|user_project_)/u.test(tag);
}
