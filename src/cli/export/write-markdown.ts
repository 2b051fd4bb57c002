import type { ExportedMemory } from "../../domain/export-format.ts";
import type { ForeignFormat } from "./foreign-format.ts";

/** One Markdown file: a heading for each category, a bullet for each memory, oldest first. */
export const markdownFormat: ForeignFormat = {
  name: "markdown",
  writes: "one Markdown file: a heading for each category, a bullet for each memory",
  write: async function* ({ memories }) {
    const sections = new Map<string, string[]>();
    for await (const memory of memories) {
      const heading = headingOf(memory);
      const list = sections.get(heading);
      if (list === undefined) sections.set(heading, [bulletOf(memory)]);
      else list.push(bulletOf(memory));
    }
    yield "# Memories\n";
    for (const [heading, bullets] of sections) yield `\n## ${heading}\n\n${bullets.join("\n")}\n`;
  },
};

function headingOf({ record }: ExportedMemory): string {
  const { heading } = record.metadata;
  if (typeof heading === "string" && heading !== "") return heading.split(" > ").at(-1) ?? heading;
  const [category] = record.categories.filter((each) => each !== "rule");
  const word = category ?? KIND_HEADINGS[record.kind] ?? "Facts";
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/[\r\n]+/gu, " ");
}

const KIND_HEADINGS: Readonly<Record<string, string>> = {
  fact: "Facts",
  instruction: "Instructions",
  procedure: "Procedures",
  pattern: "Patterns",
};

function bulletOf({ record }: ExportedMemory): string {
  const { markdown } = record.metadata;
  // What came from a Markdown file goes back as it stood there; a text of several lines stays one bullet.
  const text = typeof markdown === "string" ? markdown.replace(/^- /u, "") : record.text;
  return `- ${text.replaceAll("\r", "").split("\n").join("\n  ")}`;
}
