import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { readTime } from "./read-mem0-row.ts";
import { digestOf, withoutEmpty } from "./read-values.ts";

/** The export of Mem0's plugin for editors: for each memory a front matter, then its text. */
export const mem0Plugin: Importer = {
  name: "mem0-plugin",
  title: "Mem0's editor plugin",
  reads: "mem0-export-<project>-<date>.md",
  usual: () => [],
  detect: ({ head, name }) =>
    /^mem0-export-[^\n]{1,200}\.md$/iu.test(name) && /^---\r?\nid:/u.test(head)
      ? "an export of Mem0's editor plugin"
      : null,
  read: readExport,
};

function readExport(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const project = /^mem0-export-(.{1,200}?)-\d{4}-\d\d-\d\d\.md$/iu.exec(place.name)?.[1];
  const appId = project?.replaceAll(/\s+/gu, "-");
  const memories = [...blocksOf(place.text())].flatMap(({ line, fields, text }): ForeignMemory[] => {
    if (text === "") {
      skipped.push({ row: `line ${line}`, reason: "has no text" });
      return [];
    }
    const createdAt = readTime(fields["created_at"]);
    const list = (name: string): string[] => (fields[name] ?? "").split(",").map((each) => each.trim()).filter((each) => each !== ""); // prettier-ignore
    return [
      {
        ...EMPTY_MEMORY,
        id: fields["id"] || digestOf(text),
        text,
        ...(appId === undefined ? {} : { appId }),
        categories: list("categories"),
        metadata: withoutEmpty({
          type: fields["type"],
          branch: fields["branch"],
          files: list("files"),
          imported: withoutEmpty({ confidence: fields["confidence"] }),
        }),
        createdAt: createdAt ?? place.modifiedAt,
        updatedAt: createdAt ?? place.modifiedAt,
      },
    ];
  });
  return { what: "export of Mem0's editor plugin", instance: "platform", memories, skipped, notes: [] };
}

interface Block {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A block begins at a line of hyphens with an id under it: hyphens inside a text are the text's. */
function* blocksOf(text: string): Generator<Block, void, undefined> {
  const lines = text.split(/\r?\n/u);
  const starts = lines.flatMap((line, index) =>
    line === "---" && lines[index + 1]?.startsWith("id:") === true ? [index] : [],
  );
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? lines.length;
    const close = lines.indexOf("---", start + 1);
    const head = lines.slice(start + 1, close === -1 || close > end ? end : close);
    const fields = Object.fromEntries(
      head.flatMap((line) => {
        const at = line.indexOf(":");
        return at === -1
          ? []
          : [
              [
                line.slice(0, at).trim(),
                line
                  .slice(at + 1)
                  .trim()
                  .replaceAll(/^["']|["']$/gu, ""),
              ],
            ];
      }),
    );
    yield {
      line: start + 1,
      fields,
      text: lines
        .slice(start + head.length + 2, end)
        .join("\n")
        .trim(),
    };
  }
}
