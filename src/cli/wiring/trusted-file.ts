import { realpathSync } from "node:fs";
import { basename, dirname, extname, join, sep } from "node:path";
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

/**
 * For a file of a checkout: links come with it too, and are followed only to a file of the same sort in the same
 * checkout ("AGENTS.md" to "CLAUDE.md").
 * @throws MemoryError `invalid_input`.
 */
export function requireOwnFile(path: string, project: string): void {
  const target = realFile(path);
  const isHidden = target.startsWith(join(realFolder(project), ".git") + sep);
  if (!liesOutside(path, project) && !isHidden && extname(target) === extname(path)) return;
  throw invalidInput(
    `${path} leads to ${target} by a link, which may have come with the checkout: it is not followed. Take the link away, or use --scope user.`,
  );
}

/** Of what is not there yet, the folder that it would be made in counts. */
function realFile(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // The root is always there.
    return join(realFile(dirname(path)), basename(path));
  }
}
