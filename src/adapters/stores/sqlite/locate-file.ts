import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { invalidInput } from "../../../errors.ts";

export interface LocateOptions {
  readonly dbPath: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
}

const FOLDER = ".recollect";
const FILE = "memory.db";

/** Where the store file is: `dbPath`, else `RECOLLECT_HOME`, else the nearest `.recollect/` upwards, else `./.recollect/`. */
export function locateFile({ dbPath, environment, workingDirectory }: LocateOptions): string {
  if (dbPath !== undefined) {
    if (dbPath === ":memory:") return dbPath;
    if (dbPath.includes("\u0000")) throw invalidInput("dbPath contains a NUL character.");
    const path = resolve(workingDirectory, dbPath);
    return existsSync(path) && statSync(path).isDirectory() ? join(path, FILE) : path;
  }
  const home = environment["RECOLLECT_HOME"];
  if (home !== undefined && home.trim() !== "") return join(resolve(workingDirectory, home), FILE);
  for (let folder = resolve(workingDirectory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, FOLDER, FILE))) return join(folder, FOLDER, FILE);
    if (dirname(folder) === folder) return join(resolve(workingDirectory), FOLDER, FILE);
  }
}
