import { invalidInput } from "../../errors.ts";

export interface TomlTable {
  /** Bare keys: ["mcp_servers", "recollect"]. */
  readonly path: readonly string[];
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The table that the line opens: its keys joined by dots; null for any other line. */
  readonly header: string | null;
}

/** The text of a table that is there, from its header to its last value; undefined where it is not. */
export function readTomlTable(text: string, path: readonly string[]): string | undefined {
  const range = findTable(text, path.join("."));
  return range === undefined ? undefined : text.slice(range.start, range.end);
}

/** A table as it is written, without a line feed at its end. */
export function writeTomlTable({ path, values }: TomlTable, eol = "\n"): string {
  const lines = Object.entries(values).map(
    ([key, value]) =>
      `${key} = ${typeof value === "string" ? JSON.stringify(value) : `[${value.map((each) => JSON.stringify(each)).join(", ")}]`}`,
  );
  return [`[${path.join(".")}]`, ...lines].join(eol);
}

/** Puts a table at the end, where nothing that stands before it can change its meaning. The table must not be there. */
export function insertTomlTable(text: string, table: TomlTable): { text: string; inserted: string } {
  const [first = ""] = table.path;
  const lines = readLines(text);
  const firstHeader = lines.findIndex(({ header }) => header !== null);
  const open = firstHeader < 0 ? lines : lines.slice(0, firstHeader);
  if (open.some((line) => new RegExp(`^\\s*["']?${first}["']?\\s*[.=]`, "u").test(line.text)))
    throw invalidInput(
      `"${first}" is written as a value there, and a table cannot be added to it. Write it as tables ([${first}.name]), then try again.`,
    );
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" ? "" : text.endsWith("\n") ? eol : eol + eol;
  const inserted = `${gap}${writeTomlTable(table, eol)}${eol}`;
  return { text: text + inserted, inserted };
}

/** Takes a table and what lies under it away; comments and tables around it stay. */
export function removeTomlTable(text: string, path: readonly string[]): string {
  const name = path.join(".");
  for (let rest = text; ;) {
    const range = findTable(rest, name) ?? findTable(rest, `${name}.`, true);
    if (range === undefined) return rest;
    let { start } = range;
    // The empty line that was put before it.
    const head = rest.slice(0, start);
    const gap = /(?:\r?\n)(\r?\n)$/u.exec(head)?.[1] ?? (/^\r?\n$/u.test(head) ? head : "");
    start -= gap.length;
    rest = rest.slice(0, start) + rest.slice(range.next);
  }
}

/** From the header to the end of the last value; `next` is behind its line feed. */
function findTable(
  text: string,
  name: string,
  isPrefix = false,
): { start: number; end: number; next: number } | undefined {
  const lines = readLines(text);
  const from = lines.findIndex(
    ({ header }) => header !== null && (isPrefix ? header.startsWith(name) : header === name),
  );
  if (from < 0) return undefined;
  let last = from;
  for (let index = from + 1; index < lines.length && lines[index]?.header === null; index += 1) {
    const line = lines[index] as Line;
    if (!/^\s*(?:#|$)/u.test(line.text)) last = index;
  }
  const { end, text: lastLine } = lines[last] as Line;
  return { start: (lines[from] as Line).start, end: end - (lastLine.length - lastLine.trimEnd().length), next: end };
}

/** Lines with their line feeds; those inside a text or list of several lines open no table. */
function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let open: Open = { quote: null, depth: 0 };
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed + 1;
    const line = text.slice(start, end);
    const header = open.quote === null && open.depth === 0 ? headerOf(line) : null;
    if (header === null) open = openAfter(line, open);
    lines.push({ start, end, text: line, header });
    start = end;
  }
  return lines;
}

/** What goes on behind a line: a text of several lines, or lists. */
interface Open {
  readonly quote: string | null;
  readonly depth: number;
}

function headerOf(line: string): string | null {
  const trimmed = line.trim();
  const close = trimmed.indexOf("]");
  if (!trimmed.startsWith("[") || close < 0) return null;
  return trimmed
    .slice(trimmed.startsWith("[[") ? 2 : 1, close)
    .split(".")
    .map((key) => key.trim().replaceAll(/^["']|["']$/gu, ""))
    .join(".");
}

function openAfter(line: string, open: Open): Open {
  let { quote, depth } = open;
  for (let index = 0; index < line.length; index += 1) {
    const three = line.slice(index, index + 3);
    const character = line[index];
    if (quote !== null) {
      if (quote === '"""' && character === "\\") index += 1;
      else if (three === quote) {
        quote = null;
        index += 2;
      }
    } else if (three === '"""' || three === "'''") {
      quote = three;
      index += 2;
    } else if (character === "#") break;
    else if (character === '"' || character === "'") index = endOfText(line, index);
    else if (character === "[") depth += 1;
    else if (character === "]") depth -= 1;
  }
  return { quote, depth: Math.max(0, depth) };
}

/** The place of the quote that ends a text of one line. */
function endOfText(line: string, start: number): number {
  const quote = line[start];
  for (let index = start + 1; index < line.length; index += 1) {
    if (quote === '"' && line[index] === "\\") index += 1;
    else if (line[index] === quote) return index;
  }
  return line.length;
}
