import type { MemoryItem } from "../domain/search-result.ts";
import { quoteJson, quoteText } from "./quote-message.ts";

/** Characters of one memory that a model is shown, and of all together. */
const MAX_CHARACTERS = 1_000;
const MAX_TOTAL = 120_000;
const MAX_METADATA = 300;

/** Memories as numbered lines of JSON, as many of the first as fit. */
export function quoteMemories(items: readonly MemoryItem[], { withMetadata }: { withMetadata: boolean }): string[] {
  const lines: string[] = [];
  let total = 0;
  for (const [index, item] of items.entries()) {
    const line = `[${index + 1}] ${quoteMemory(item, withMetadata)}`;
    total += line.length;
    if (total > MAX_TOTAL) break;
    lines.push(line);
  }
  return lines;
}

function quoteMemory({ createdAt, kind, memory, metadata, categories }: MemoryItem, withMetadata: boolean): string {
  const text = memory.length > MAX_CHARACTERS ? `${memory.slice(0, MAX_CHARACTERS).toWellFormed()} […]` : memory;
  const parts = [`"said":"${createdAt.slice(0, 10)}"`, `"kind":"${kind}"`];
  if (categories.length > 0) parts.push(`"categories":${quoteJson(categories.slice(0, 5))}`);
  parts.push(`"text":${quoteText(text)}`);
  const more = withMetadata && Object.keys(metadata).length > 0 ? quoteJson(metadata) : "";
  if (more !== "" && more.length <= MAX_METADATA) parts.push(`"metadata":${more}`);
  return `{${parts.join(",")}}`;
}

/** What the application wants of a view, quoted; nothing without it. */
export function quoteGuidance(instructions: string | null): string[] {
  return instructions === null ? [] : ["Guidance:", quoteText(instructions)];
}
