import type { MemoryItem } from "../../domain/search-result.ts";
import { mostImportant } from "./importance.ts";
import { oneLine, underHeadings } from "./view-line.ts";
import type { ViewLine } from "./view-line.ts";

export interface SummaryBounds {
  readonly maxMemories: number;
  /** Of the text, in UTF-16 units. */
  readonly maxCharacters: number;
}

/** The lines of a summary by rules: the most important memories, word for word, under the category each has first. */
export function summaryLines(items: readonly MemoryItem[], maxMemories: number, now: number): readonly ViewLine[] {
  return mostImportant(items, maxMemories, now).map(({ id, kind, categories, memory, createdAt }) => ({
    heading: kind === "instruction" ? "instructions" : (categories[0] ?? "misc"),
    text: memory,
    memoryIds: [id],
    createdAt,
  }));
}

/** Lines that fit the bounds, the heading with most lines first, and their text. */
export function packSummary(
  lines: readonly ViewLine[],
  { maxMemories, maxCharacters }: SummaryBounds,
): { readonly text: string; readonly lines: readonly ViewLine[] } {
  const headings = new Set<string>();
  const used = new Set<string>();
  const kept: ViewLine[] = [];
  let characters = 0;
  for (const line of lines) {
    const heading = headings.has(line.heading) ? 0 : line.heading.length + 2;
    // Its line: "- text [id, id]" and a line feed.
    const length = line.text.length + line.memoryIds.join(", ").length + 6 + heading;
    const memories = new Set([...used, ...line.memoryIds]).size;
    if (characters + length > maxCharacters || memories > maxMemories) continue;
    characters += length;
    headings.add(line.heading);
    for (const id of line.memoryIds) used.add(id);
    kept.push(line);
  }
  const ordered = [...underHeadings(kept)].toSorted(([, one], [, other]) => other.length - one.length);
  const text = ordered
    .map(([heading, members]) =>
      [`${heading}:`, ...members.map((line) => `- ${oneLine(line.text)} [${line.memoryIds.join(", ")}]`)].join("\n"),
    )
    .join("\n");
  return { text, lines: ordered.flatMap(([, members]) => members) };
}
