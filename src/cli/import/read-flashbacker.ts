import { join } from "node:path";
import { invalidInput } from "../../errors.ts";
import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import { cutMarkdown } from "./markdown-blocks.ts";
import type { Place } from "./place.ts";
import { readTime } from "./read-mem0-row.ts";
import { digestOf, withoutEmpty } from "./read-values.ts";

const FOLDER = [".claude", "flashback", "memory"] as const;
const FILES = ["REMEMBER.md", "WORKING_PLAN.md", "CURRENT_SESSION.md"] as const;
const ARCHIVES = { plans: "working-plan", sessions: "session-summary" } as const;

export const flashbacker: Importer = {
  name: "flashbacker",
  title: "Flashbacker",
  reads: ".claude/flashback/memory of a project: REMEMBER.md, WORKING_PLAN.md, CURRENT_SESSION.md and the archive",
  usual: ({ folder }) => [join(folder, ...FOLDER)],
  detect: (place) => (folderOf(place) === undefined ? null : "the files of Flashbacker"),
  read: (place) => {
    const folder = folderOf(place);
    if (folder === undefined) throw invalidInput(`${place.path} holds no files of Flashbacker (${FILES.join(", ")}).`);
    return readFolder(folder);
  },
};

function folderOf(place: Place): Place | undefined {
  const folder = place.has(...FOLDER) ? place.at(...FOLDER) : place;
  return FILES.some((name) => folder.has(name)) ? folder : undefined;
}

function readFolder(folder: Place): ForeignSource {
  const memories: ForeignMemory[] = [];
  if (folder.has("REMEMBER.md")) memories.push(...readNotes(folder.at("REMEMBER.md")));
  // A plan is one thing: forty bullets of it, each alone, are none.
  if (folder.has("WORKING_PLAN.md"))
    memories.push(
      ...readWhole(folder.at("WORKING_PLAN.md"), "WORKING_PLAN.md", { category: "working-plan", isPinned: true }),
    );
  if (folder.has("CURRENT_SESSION.md"))
    memories.push(...readWhole(folder.at("CURRENT_SESSION.md"), "CURRENT_SESSION.md", { category: "session-summary" }));
  for (const [kind, category] of Object.entries(ARCHIVES)) {
    if (!folder.has("ARCHIVE", kind)) continue;
    const archive = folder.at("ARCHIVE", kind);
    for (const name of archive.names.filter((each) => each.endsWith(".md")))
      memories.push(...readWhole(archive.at(name), `ARCHIVE/${kind}/${name}`, { category, isArchived: true }));
  }
  return {
    what: "Flashbacker's files",
    instance: "local",
    memories,
    skipped: [],
    notes: ["A file of the archive counts as said on the day in its name, the others when they were last written."],
  };
}

function readNotes(file: Place): ForeignMemory[] {
  return cutMarkdown(file.text()).blocks.map(({ text, line, headings }) => ({
    ...EMPTY_MEMORY,
    id: digestOf("REMEMBER.md", headings.at(-1) ?? "", text),
    text: headings.length > 1 ? `${headings.at(-1) ?? ""}: ${text}` : text,
    categories: headings.slice(-1).map((heading) => heading.toLowerCase()),
    metadata: { file: "REMEMBER.md", line, time_estimated: true },
    createdAt: file.modifiedAt,
    updatedAt: file.modifiedAt,
  }));
}

function readWhole(
  file: Place,
  name: string,
  {
    category,
    isArchived = false,
    isPinned = false,
  }: { readonly category: string; readonly isArchived?: boolean; readonly isPinned?: boolean },
): ForeignMemory[] {
  const text = file.text().trim();
  if (text === "") return [];
  const day = readTime(/\d{4}-\d\d-\d\d/u.exec(name)?.[0]);
  return [
    {
      ...EMPTY_MEMORY,
      // The plan of today takes the place of none: each state of it is a memory.
      id: digestOf(name, text),
      text,
      categories: [category],
      ...(isPinned ? { isPinned } : {}),
      metadata: withoutEmpty({
        file: name,
        archived: isArchived ? true : null,
        time_estimated: day === null ? true : null,
      }),
      createdAt: day ?? file.modifiedAt,
      updatedAt: day ?? file.modifiedAt,
    },
  ];
}
