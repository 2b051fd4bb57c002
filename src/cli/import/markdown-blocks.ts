export interface MarkdownBlock {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** The headings above it, outermost first. */
  readonly headings: readonly string[];
  readonly isBullet: boolean;
}

export interface MarkdownParts {
  readonly blocks: readonly MarkdownBlock[];
  /** Keys of the block between `---` at the top; texts as they stand. */
  readonly frontMatter: Readonly<Record<string, string>>;
  /** Blocks that a tool keeps by itself: where they begin. */
  readonly managed: readonly { readonly line: number; readonly name: string }[];
}

const MANAGED_START =
  /^\s*(?:<!--\s{0,4}(?<ours>recollect): [^\n]{0,100}managed by[^\n]{0,200}-->|<!--\s{0,4}(?<comment>[\w-]{1,40}(?:[ :.][\w-]{1,40}){0,3})[ :]{1,2}(?:START|BEGIN)\b[^\n]{0,200}-->|<(?<tag>claude-mem-context|recalled-memories)\b[^>\n]{0,200}>)/iu;
const MANAGED_END =
  /<!-- recollect: end of rules -->|<!--\s{0,4}[\w:. -]{1,120}[ :](?:END|STOP)\b[^\n]{0,200}-->|<\/(?:claude-mem-context|recalled-memories)\s*>/iu;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/u;
const BULLET = /^(\s*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$/u;
const FENCE = /^\s{0,3}(`{3,}|~{3,})/u;
const SEPARATOR = /^\s{0,3}(?:-[ \t]*){3,}$|^\s{0,3}(?:[*_][ \t]*){3,}$/u;

/**
 * A file cut into what a reader takes for one thing each: a bullet with what is nested in it, a paragraph, a table,
 * with code belonging to what stands before it. Comments, and blocks that tools keep by themselves, are left out.
 */
export function cutMarkdown(text: string): MarkdownParts {
  const lines = text.split(/\r?\n/u);
  const { frontMatter, next } = readFrontMatter(lines);
  const cutter = new Cutter();
  for (let index = next; index < lines.length; index += 1) cutter.take(lines[index] ?? "", index + 1);
  return { blocks: cutter.end(), frontMatter, managed: cutter.managed };
}

class Cutter {
  readonly #blocks: MarkdownBlock[] = [];
  readonly managed: { line: number; name: string }[] = [];
  readonly #headings: string[] = [];
  #open: { lines: string[]; line: number; indent: number; isBullet: boolean } | undefined;
  #fence: string | undefined;
  #isManaged = false;
  #isComment = false;
  #isAfterBlank = false;

  take(line: string, number: number): void {
    if (this.#fence !== undefined) {
      this.#open?.lines.push(line);
      if (line.trim().startsWith(this.#fence)) this.#fence = undefined;
      return;
    }
    if (this.#leavesOut(line, number)) return;
    const fence = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      this.#open ??= { lines: [], line: number, indent: 0, isBullet: false };
      this.#open.lines.push(line);
      this.#fence = fence;
      return;
    }
    if (line.trim() === "") {
      this.#isAfterBlank = true;
      // A bullet goes on behind an empty line when what follows is indented.
      if (this.#open?.isBullet === false) this.#close();
      return;
    }
    this.#takeText(line, number);
    this.#isAfterBlank = false;
  }

  end(): readonly MarkdownBlock[] {
    this.#close();
    return this.#blocks;
  }

  #leavesOut(line: string, number: number): boolean {
    if (this.#isManaged) {
      if (MANAGED_END.test(line)) this.#isManaged = false;
      return true;
    }
    const managed = MANAGED_START.exec(line)?.groups;
    if (managed !== undefined) {
      this.#close();
      this.managed.push({ line: number, name: managed["ours"] ?? managed["comment"] ?? managed["tag"] ?? "" });
      this.#isManaged = !MANAGED_END.test(line.replace(MANAGED_START, ""));
      return true;
    }
    if (this.#isComment || /^\s*<!--/u.test(line)) {
      this.#isComment = !line.includes("-->");
      return true;
    }
    return false;
  }

  #takeText(line: string, number: number): void {
    const heading = HEADING.exec(line);
    if (heading !== null) {
      this.#close();
      this.#headings.length = Math.min(this.#headings.length, (heading[1] as string).length - 1);
      while (this.#headings.length < (heading[1] as string).length - 1) this.#headings.push("");
      this.#headings.push(plainText(heading[2] as string));
      return;
    }
    if (SEPARATOR.test(line)) return this.#close();
    const bullet = BULLET.exec(line);
    const indent = bullet === null ? (/^\s*/u.exec(line)?.[0].length ?? 0) : (bullet[1] as string).length;
    const open = this.#open;
    const goesOn =
      open !== undefined &&
      (open.isBullet ? indent > open.indent || (bullet === null && !this.#isAfterBlank) : bullet === null);
    if (open !== undefined && goesOn) {
      open.lines.push(line);
      return;
    }
    this.#close();
    this.#open = {
      lines: [bullet === null ? line : (bullet[2] as string)],
      line: number,
      indent,
      isBullet: bullet !== null,
    };
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    const lines = open?.isBullet === true ? withoutIndent(open.lines) : open?.lines;
    const text = lines?.join("\n").trim() ?? "";
    if (open === undefined || text === "") return;
    const headings = this.#headings.filter((each) => each !== "");
    this.#blocks.push({ text, line: open.line, headings, isBullet: open.isBullet });
  }
}

/** What goes on under a bullet is indented; how far says nothing. */
function withoutIndent([first = "", ...rest]: readonly string[]): string[] {
  const indents = rest.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const least = indents.reduce((one, other) => Math.min(one, other), Infinity);
  return [first, ...rest.map((line) => line.slice(Math.min(least, line.length)))];
}

/** Keys and texts of a simple front matter; lists stay as they are written. */
function readFrontMatter(lines: readonly string[]): { frontMatter: Record<string, string>; next: number } {
  const frontMatter: Record<string, string> = {};
  if (lines[0]?.trim() !== "---") return { frontMatter, next: 0 };
  const end = lines.findIndex((line, index) => index > 0 && index < 200 && line.trim() === "---");
  if (end === -1) return { frontMatter, next: 0 };
  let last = "";
  for (const line of lines.slice(1, end)) {
    const pair = /^([\w.-]{1,60})\s*:\s*(.*)$/u.exec(line);
    const item = /^\s+-\s+(.*)$/u.exec(line);
    if (pair !== null) {
      last = pair[1] as string;
      frontMatter[last] = (pair[2] as string).trim().replaceAll(/^["']|["']$/gu, "");
    } else if (item !== null && last !== "")
      frontMatter[last] = [frontMatter[last], (item[1] as string).trim()].filter((each) => each !== "").join(", ");
  }
  return { frontMatter, next: end + 1 };
}

/** Without marks, and without the signs that may close a heading. */
function plainText(heading: string): string {
  const text = heading.slice(0, 500).replaceAll(/[*_`]/gu, "").trim();
  let end = text.length;
  while (end > 0 && text[end - 1] === "#") end -= 1;
  return text.slice(0, end).trim() || text;
}
