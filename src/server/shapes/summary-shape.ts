import type { MemoryItem } from "../../domain/search-result.ts";
import { mostImportant } from "./importance.ts";

export interface SummaryBounds {
  readonly maxMemories: number;
  /** Of the text, in UTF-16 units. */
  readonly maxCharacters: number;
}

interface Line {
  readonly memory_id: string;
  readonly memory: string;
  readonly created_at: string;
}

/**
 * A summary without a language model: the most important memories, word for word, by category (the one that most of
 * them have first), within bounds. Every line names its memory.
 */
export function summaryShape(
  items: readonly MemoryItem[],
  total: number,
  { maxMemories, maxCharacters }: SummaryBounds,
  now: number,
): Readonly<Record<string, unknown>> {
  const sections = new Map<string, Line[]>();
  let characters = 0;
  let count = 0;
  for (const item of mostImportant(items, maxMemories, now)) {
    const category = item.kind === "instruction" ? "instructions" : (item.categories[0] ?? "misc");
    const heading = sections.has(category) ? 0 : category.length + 2;
    // Its line: "- text [id]" and a line feed.
    const length = item.memory.length + item.id.length + 6 + heading;
    if (characters + length > maxCharacters) continue;
    characters += length;
    count += 1;
    const line = { memory_id: item.id, memory: item.memory, created_at: item.createdAt };
    sections.set(category, [...(sections.get(category) ?? []), line]);
  }
  const ordered = [...sections].toSorted(([, one], [, other]) => other.length - one.length);
  const text = ordered
    .map(([category, lines]) =>
      [`${category}:`, ...lines.map(({ memory, memory_id: id }) => `- ${memory} [${id}]`)].join("\n"),
    )
    .join("\n");
  return {
    summary: text,
    categories: Object.fromEntries(ordered),
    memories_used: count,
    memories_in_scope: total,
    is_complete: count === total,
  };
}
