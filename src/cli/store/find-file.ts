import { existsSync, statSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";

export interface FoundFile {
  readonly path: string;
  /** Where the file and its config.json lie. */
  readonly folder: string;
  /** What named it: `--db`, RECOLLECT_HOME, a folder found upwards, or the user's own folder. */
  readonly origin: "option" | "environment" | "project" | "user";
}

const FOLDER = ".recollect";
const FILE = "memory.db";

/** The user's own folder. */
export function userFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const home = environment["RECOLLECT_HOME"]?.trim() ?? "";
  return home === "" ? join(homedir(), FOLDER) : resolve(home);
}

/** The file of this call: `--db`, RECOLLECT_HOME, the nearest `.recollect/` upwards, else the user's own. */
export function findFile(
  db: string | undefined,
  { environment = process.env, from = process.cwd() }: { environment?: NodeJS.ProcessEnv; from?: string } = {},
): FoundFile {
  if (db !== undefined) {
    const path = resolve(from, db);
    const isFolder = existsSync(path) && statSync(path).isDirectory();
    return { path: isFolder ? join(path, FILE) : path, folder: isFolder ? path : dirname(path), origin: "option" };
  }
  const own = userFolder(environment);
  if ((environment["RECOLLECT_HOME"]?.trim() ?? "") !== "")
    return { path: join(own, FILE), folder: own, origin: "environment" };
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, FOLDER);
    if (candidate !== own && isOwnFolder(candidate))
      return { path: join(candidate, FILE), folder: candidate, origin: "project" };
    if (candidate === own || dirname(folder) === folder) return { path: join(own, FILE), folder: own, origin: "user" };
  }
}

/** A folder that another user left above ours, in /tmp say, would get to read what is stored. */
function isOwnFolder(path: string): boolean {
  if (!existsSync(path)) return false;
  const stats = statSync(path);
  const { uid } = userInfo();
  return stats.isDirectory() && (uid <= 0 || stats.uid === uid);
}
