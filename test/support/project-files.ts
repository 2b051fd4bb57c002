import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const root: string = join(import.meta.dirname, "../..");

/** Sources as the build sees them: `src/**` without tests, paths from the root. */
export function sourceFiles(): string[] {
  return globSync("src/**/*.ts", { cwd: root }).filter((path) => !path.endsWith(".test.ts"));
}

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Every file under version control or about to be; without git (an unpacked archive) all outside build folders. */
export function projectFiles(): string[] {
  try {
    const options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
    const listing = execFileSync("git", options, { cwd: root, stdio: "pipe", encoding: "utf8" });
    return listing.split("\0").filter(isFile);
  } catch {
    return globSync(["**/*", ".*", ".ci/*"], { cwd: root, exclude: isBuilt }).filter(isFile);
  }
}

function isFile(path: string): boolean {
  return path !== "" && statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
}

function isBuilt(path: string): boolean {
  return /(?:^|\/)(?:node_modules|dist|coverage|\.git|\.recollect|out|\.cache)$/u.test(path);
}
