import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { realFolder } from "../agents/git-folder.ts";
import { invalidInput } from "../../errors.ts";

/** Only there can a memory's words do nothing but be read. @throws MemoryError `invalid_input`, for what a link leads to as well. */
export function requireRuleFile(path: string): void {
  const target = realFile(path);
  for (const name of [basename(path), basename(target)])
    if (!/\.(?:md|mdc|mdx|txt)$|^\.[a-z]+rules$/u.test(name))
      throw invalidInput(
        `${path} ${target === path ? "is" : `leads to ${target}, which is`} no Markdown or rule file: a block is a comment with lines of Markdown.`,
      );
}

/** Whether a file lies outside of a folder, links followed. */
export function liesOutside(path: string, folder: string): boolean {
  return !realFile(path).startsWith(realFolder(folder) + sep);
}

function realFile(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It is made by the first block.
    return join(realFolder(dirname(path)), basename(path));
  }
}
