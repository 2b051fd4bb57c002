import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The root of the checkout that a folder is in, else the folder. A worktree's `.git` is a file. */
export function projectRoot(from: string = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return resolve(from);
  }
}
