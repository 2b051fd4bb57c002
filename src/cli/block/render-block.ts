import { createHash } from "node:crypto";
import type { Row } from "../store/store.ts";

export const BLOCK_MARKERS: { readonly start: string; readonly end: string } = {
  start: "<!-- RECOLLECT:START",
  end: "<!-- RECOLLECT:END -->",
};

/** Behind the start marker: what the lines below come to, so that an edit is told from another version. */
export function noteOf(lines: readonly string[]): string {
  return ` ${fingerprintOf(lines)} Kept by Recollect (recollect block). Edits are read back: a changed line changes a memory, a removed one deletes it, a new one adds it. -->`;
}

export function fingerprintOf(lines: readonly string[]): string {
  return hashOf(lines.join("\n"));
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

export const MOST_LINES = 150;
const LONGEST_LINE = 400;

export type SectionName = "instruction" | "decision" | "pattern" | "gotcha" | "preference" | "fact" | "user";

interface Section {
  readonly name: SectionName;
  readonly title: string;
  /** Lines that it has at least, when it needs them. */
  readonly budget: number;
  readonly has: (memory: BlockMemory) => boolean;
}

/** A memory as the block shows it. */
export interface BlockMemory {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly appId: string | null;
  readonly words: readonly string[];
  readonly saidAt: string;
}

export const SECTIONS: readonly Section[] = [
  {
    name: "instruction",
    title: "Instructions",
    budget: 25,
    has: ({ kind, words }) => kind === "instruction" || words.includes("instruction"),
  },
  { name: "decision", title: "Decisions", budget: 25, has: hasWord(/^decisions?$/u) },
  {
    name: "pattern",
    title: "Patterns and conventions",
    budget: 25,
    has: (memory) =>
      ["pattern", "procedure"].includes(memory.kind) || hasWord(/^(?:pattern|convention|procedure)s?$/u)(memory),
  },
  { name: "gotcha", title: "Pitfalls", budget: 20, has: hasWord(/^(?:gotcha|pitfall)s?$/u) },
  { name: "preference", title: "Preferences", budget: 15, has: hasWord(/^(?:user_)?preferences?$/u) },
  { name: "fact", title: "Facts of the project", budget: 20, has: ({ appId }) => appId !== null },
  { name: "user", title: "About the user", budget: 10, has: () => true },
];

function hasWord(pattern: RegExp): (memory: BlockMemory) => boolean {
  return ({ words }) => words.some((word) => pattern.test(word));
}

export function blockMemory(row: Row): BlockMemory {
  const metadata = (row["metadata"] ?? {}) as Row;
  const categories = Array.isArray(row["categories"]) ? (row["categories"] as unknown[]) : [];
  return {
    id: String(row["id"]),
    text: String(row["memory"]),
    kind: String(row["kind"]),
    appId: typeof row["app_id"] === "string" ? row["app_id"] : null,
    words: [...categories, metadata["type"], metadata["category"]].map((each) => String(each).toLowerCase()),
    saidAt: String(row["created_at"]),
  };
}

export interface BlockLine {
  readonly id: string;
  readonly line: string;
}

export interface Rendered {
  readonly lines: readonly string[];
  /** The lines that stand for memories, in order. */
  readonly items: readonly BlockLine[];
  /** Memories for which there was no room. */
  readonly left: number;
}

/** The same memories give the same lines. Newer ones come before older ones for room, and stand behind them. */
export function renderBlock(memories: readonly BlockMemory[], most: number = MOST_LINES): Rendered {
  const filled = SECTIONS.map((section) => ({ section, all: [] as BlockMemory[], room: 0 }));
  for (const memory of memories) filled.find(({ section }) => section.has(memory))?.all.push(memory);
  const shown = filled.filter(({ all }) => all.length > 0);
  // The markers, and a heading with an empty line before it for each section.
  let room = most - 2 - shown.length * 2;
  for (const each of shown) {
    each.room = Math.max(0, Math.min(each.all.length, each.section.budget, room));
    room -= each.room;
  }
  for (const each of shown) {
    const more = Math.max(0, Math.min(each.all.length - each.room, room));
    each.room += more;
    room -= more;
  }
  const lines: string[] = [];
  const items: BlockLine[] = [];
  let left = 0;
  for (const { section, all, room: own } of shown) {
    left += all.length - own;
    if (own === 0) continue;
    const chosen = all.toSorted(byTime).slice(-own);
    lines.push(...(lines.length === 0 ? [] : [""]), `## ${section.title}`);
    for (const memory of chosen) {
      const line = lineOf(memory.text);
      lines.push(line);
      items.push({ id: memory.id, line });
    }
  }
  return { lines, items, left };
}

function byTime(one: BlockMemory, other: BlockMemory): number {
  const [first, second] = [`${one.saidAt} ${one.id}`, `${other.saidAt} ${other.id}`];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** A memory as a line: on one line, cut when it is long, and without what would end the block. */
export function lineOf(text: string): string {
  const flat = text.replaceAll(/\s+/gu, " ").trim().replaceAll("<!--", "&lt;!--").replaceAll("-->", "--&gt;");
  return `- ${isLong(flat) ? `${flat.slice(0, LONGEST_LINE).trimEnd()}…` : flat}`;
}

/** What a line of the file says. */
export function textOfLine(line: string): string {
  return line
    .trim()
    .replace(/^[-*] /u, "")
    .trim()
    .replaceAll("&lt;!--", "<!--")
    .replaceAll("--&gt;", "-->");
}

function isLong(text: string): boolean {
  return text.length > LONGEST_LINE;
}

/** True when the line does not say all of the memory: a change of it cannot be one of the memory's text. */
export function isCut(text: string): boolean {
  return isLong(text.replaceAll(/\s+/gu, " ").trim());
}
