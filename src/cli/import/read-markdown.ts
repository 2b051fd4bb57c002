import { dirname, join } from "node:path";
import { invalidInput } from "../../errors.ts";
import { agentFileAt, anyMarkdownFile, findAgentFiles } from "./agent-files.ts";
import type { AgentFile } from "./agent-files.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import { cutMarkdown } from "./markdown-blocks.ts";
import type { MarkdownBlock } from "./markdown-blocks.ts";
import { Place, readWholeFile } from "./place.ts";
import { readTime } from "./read-mem0-row.ts";
import { digestOf, withoutEmpty } from "./read-values.ts";

const MAX_FILE_BYTES = 10_000_000;
const MOST_KEPT = 8_000;

export const markdown: Importer = {
  name: "markdown",
  title: "agents' Markdown files",
  reads:
    "CLAUDE.md, AGENTS.md, GEMINI.md, MEMORY.md, .cursor/rules, .cursorrules, .windsurfrules, copilot-instructions.md, Cline's memory-bank, …: a file, or a project's folder; any Markdown with --from markdown",
  usual: ({ home, folder }) => [folder, join(home, ".claude", "CLAUDE.md"), join(home, ".codex", "AGENTS.md")],
  detect: (place) => {
    if (!place.isFolder)
      return agentFileAt(place.path, fileRoot(place)) === null ? null : `Markdown of an agent (${place.name})`;
    const { files, isCut } = findAgentFiles(place.path);
    if (files.length === 0) return null;
    const names = files.slice(0, 3).map(({ name }) => name);
    return `${files.length}${isCut ? " or more" : ""} Markdown files of agents (${names.join(", ")}${files.length > 3 ? ", …" : ""})`;
  },
  read: readMarkdown,
};

/** A file keeps the folders by which its agent knows it, as in `.cursor/rules/style.mdc`. */
function fileRoot({ path }: Place): string {
  const parts = dirname(path).split(/[/\\]/u);
  const at = parts.findIndex((part) =>
    /^\.(?:cursor|windsurf|github|clinerules|continue|roo|kiro|junie|amazonq|trae|augment|claude)$/iu.test(part),
  );
  const bank = parts.findIndex((part) => part.toLowerCase() === "memory-bank");
  const cut = at === -1 ? bank : at;
  return cut === -1 ? dirname(path) : parts.slice(0, cut).join("/") || "/";
}

function readMarkdown(place: Place, { asInstructions }: { readonly asInstructions: boolean }): ForeignSource {
  const found = place.isFolder
    ? findFiles(place.path)
    : { files: [anyMarkdownFile(place.path, fileRoot(place))], isCut: false };
  if (found.files.length === 0) throw invalidInput(`${place.path} holds no Markdown files.`);
  const skipped: SkippedRow[] = [];
  const read = function* (): Generator<ForeignMemory, void, undefined> {
    skipped.length = 0;
    for (const file of found.files) yield* readFile(file, asInstructions, skipped);
  };
  return {
    what:
      found.files.length === 1
        ? `Markdown file (${found.files[0]?.name ?? ""})`
        : `${found.files.length} Markdown files`,
    instance: "local",
    memories: { [Symbol.iterator]: read },
    skipped,
    notes: [
      "Files have no times of their own: their lines count as said when the file was last written (metadata.time_estimated).",
      ...(found.isCut
        ? ["There are more files or folders than are looked at: import what is missing by its own path."]
        : []),
      ...(found.files.some(({ holdsRules }) => holdsRules) && !asInstructions
        ? ["Rules are kept as facts of the category rule; with --instructions they are standing instructions."]
        : []),
    ],
  };
}

/** The files that agents read; where there are none, all Markdown. */
function findFiles(folder: string): ReturnType<typeof findAgentFiles> {
  const known = findAgentFiles(folder);
  return known.files.length > 0 ? known : findAgentFiles(folder, true);
}

function* readFile(
  file: AgentFile,
  asInstructions: boolean,
  skipped: SkippedRow[],
): Generator<ForeignMemory, void, undefined> {
  const modifiedAt = new Place(file.path).modifiedAt;
  const { blocks, frontMatter, managed } = cutMarkdown(readWholeFile(file.path, MAX_FILE_BYTES));
  for (const { line, name } of managed)
    skipped.push({ row: `${file.name}:${line}`, reason: `is a block that a tool keeps by itself (${name})` });
  const createdAt = readTime(frontMatter["created_at"] ?? frontMatter["date"]);
  for (const block of blocks) {
    if (/^@[\w./~-]{1,300}$/u.test(block.text)) {
      skipped.push({
        row: `${file.name}:${block.line}`,
        reason: "names another file: import that one by its own path",
      });
      continue;
    }
    const heading = block.headings.at(-1);
    const isRule = file.holdsRules;
    yield {
      ...EMPTY_MEMORY,
      // Not the line: a block that moves stays the same.
      id: digestOf(file.name, heading ?? "", block.text),
      text: withHeading(block),
      kind: isRule && asInstructions ? "instruction" : "fact",
      categories: [...(isRule ? ["rule"] : []), ...block.headings.slice(-2).map((each) => each.toLowerCase())],
      metadata: withoutEmpty({
        file: file.name,
        line: block.line,
        agent: file.agent,
        heading: block.headings.join(" > "),
        // What it was in the file, for the way back; metadata has a bound of its own.
        markdown: block.text.length > MOST_KEPT ? null : block.isBullet ? `- ${block.text}` : block.text,
        front_matter: Object.keys(frontMatter).length === 0 ? null : frontMatter,
        ...(createdAt === null ? { time_estimated: true } : {}),
      }),
      createdAt: createdAt ?? modifiedAt,
      updatedAt: createdAt ?? modifiedAt,
    };
  }
}

/** A bullet alone often does not say of what it speaks; the title of the whole file says nothing of it. */
function withHeading({ headings, text }: MarkdownBlock): string {
  const heading = headings.length > 1 ? headings.at(-1) : undefined;
  return heading === undefined || text.toLowerCase().includes(heading.toLowerCase()) ? text : `${heading}: ${text}`;
}
