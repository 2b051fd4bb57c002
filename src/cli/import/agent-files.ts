import { readdirSync } from "node:fs";
import type { Dirent } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { invalidInput } from "../../errors.ts";
import { isLink } from "./place.ts";

/** Files in which people tell agents what to know and what to do. Their lines are rules, or notes. */
export interface AgentFile {
  readonly path: string;
  /** From the folder that is imported, with slashes. */
  readonly name: string;
  /** The agent that reads it. */
  readonly agent: string;
  readonly holdsRules: boolean;
}

interface Pattern {
  readonly pattern: RegExp;
  readonly agent: string;
  readonly holdsRules: boolean;
}

const rule = (pattern: RegExp, agent: string): Pattern => ({ pattern, agent, holdsRules: true });
const note = (pattern: RegExp, agent: string): Pattern => ({ pattern, agent, holdsRules: false });

/** By the path from the folder, slashes in front of each part. */
const PATTERNS: readonly Pattern[] = [
  rule(/\/CLAUDE(?:\.local)?\.md$/iu, "claude-code"),
  rule(/\/\.claude\/rules\/[^\n]{1,300}\.md$/iu, "claude-code"),
  note(/\/MEMORY\.md$/iu, "claude-code"),
  note(/\/\.claude\/projects\/[^/]{1,300}\/memory\/[^/]{1,200}\.md$/iu, "claude-code"),
  rule(/\/AGENTS?(?:\.override)?\.md$/iu, "agents"),
  rule(/\/GEMINI\.md$/iu, "gemini"),
  rule(/\/QWEN\.md$/iu, "qwen"),
  rule(/\/CRUSH\.md$/iu, "crush"),
  rule(/\/WARP\.md$/iu, "warp"),
  rule(/\/\.cursorrules$/iu, "cursor"),
  rule(/\/\.cursor\/rules\/[^\n]{1,300}\.mdc?$/iu, "cursor"),
  rule(/\/\.windsurfrules$/iu, "windsurf"),
  rule(/\/\.windsurf\/rules\/[^\n]{1,300}\.md$/iu, "windsurf"),
  rule(/\/\.github\/copilot-instructions\.md$/iu, "copilot"),
  rule(/\/\.github\/instructions\/[^\n]{1,300}\.instructions\.md$/iu, "copilot"),
  rule(/\/\.clinerules(?:\/[^\n]{1,300}\.md)?$/iu, "cline"),
  note(/\/memory-bank\/[^\n]{1,300}\.md$/iu, "cline"),
  rule(/\/\.continue\/rules\/[^\n]{1,300}\.md$/iu, "continue"),
  rule(/\/\.continuerules$/iu, "continue"),
  rule(/\/\.roo\/rules[^/\n]{0,100}\/[^\n]{1,300}\.md$/iu, "roo"),
  rule(/\/\.roorules$/iu, "roo"),
  rule(/\/\.kiro\/steering\/[^\n]{1,300}\.md$/iu, "kiro"),
  rule(/\/\.junie\/guidelines\.md$/iu, "junie"),
  rule(/\/\.amazonq\/rules\/[^\n]{1,300}\.md$/iu, "amazon-q"),
  rule(/\/\.trae\/rules\/[^\n]{1,300}\.md$/iu, "trae"),
  rule(/\/\.augment\/rules\/[^\n]{1,300}\.md$/iu, "augment"),
  rule(/\/\.augment-guidelines$/iu, "augment"),
  rule(/\/\.goosehints$/iu, "goose"),
  rule(/\/CONVENTIONS\.md$/iu, "aider"),
  note(/\/learnings?\.md$/iu, "notes"),
];

/** Folders that hold what others wrote, or nothing to read. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  "dist",
  "build",
  "vendor",
  "target",
  ".venv",
  "venv",
]);
const MAX_DEPTH = 6;
const MAX_SEEN = 50_000;
const MAX_FILES = 2_000;

export function agentFileAt(path: string, folder: string): AgentFile | null {
  const name = relative(folder, path).split(sep).join("/");
  const found = PATTERNS.find(({ pattern }) => pattern.test(`/${name}`));
  return found === undefined ? null : { path, name, agent: found.agent, holdsRules: found.holdsRules };
}

/** Any Markdown, where the caller says that it is one. */
export function anyMarkdownFile(path: string, folder: string): AgentFile {
  const known = agentFileAt(path, folder) ?? agentFileAt(path, join(path, ".."));
  return (
    known ?? {
      path,
      name: relative(folder, path).split(sep).join("/") || basename(path),
      agent: "notes",
      holdsRules: false,
    }
  );
}

export interface FoundFiles {
  readonly files: readonly AgentFile[];
  /** The walk ended before it had seen everything. */
  readonly isCut: boolean;
}

/** The files of every agent in a folder and below it, links not followed. With `all`, every Markdown file. */
export function findAgentFiles(folder: string, all: boolean = false): FoundFiles {
  const files: AgentFile[] = [];
  let seen = 0;
  const queue: { path: string; depth: number }[] = [{ path: folder, depth: 0 }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const entry of entriesOf(next.path, next.depth)) {
      seen += 1;
      if (seen > MAX_SEEN || files.length >= MAX_FILES) return { files, isCut: true };
      const path = join(next.path, entry.name);
      if (entry.isDirectory()) {
        if (!LEFT_OUT.has(entry.name) && next.depth < MAX_DEPTH) queue.push({ path, depth: next.depth + 1 });
      } else if (entry.isFile() && !isLink(path)) {
        const file =
          agentFileAt(path, folder) ??
          (all && /\.(?:md|mdc|markdown)$/iu.test(path) ? anyMarkdownFile(path, folder) : null);
        if (file !== null) files.push(file);
      }
    }
  }
  return { files, isCut: false };
}

/** By name. A folder below that may not be read holds nothing for us. */
function entriesOf(path: string, depth: number): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    if (depth > 0) return [];
    throw invalidInput(`${path} cannot be read: ${(error as Error).message}.`);
  }
}
