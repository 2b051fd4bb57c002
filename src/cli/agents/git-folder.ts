import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A checkout as its files tell it. Git itself is never started: a hook has no time for a second process. */
export interface GitFolder {
  /** The folder that is checked out: a worktree's own, a submodule's own. For a bare repository the repository. */
  readonly root: string;
  /** The folder that all worktrees of one clone share: what stands for the clone. */
  readonly shared: string;
  /** Undefined with a detached HEAD. */
  readonly branch?: string;
  /** Address by name of the remote, as git's config has it. */
  readonly remotes: ReadonlyMap<string, string>;
}

/** A config of git's that is longer than this is none that anybody wrote. */
const MOST_CHARACTERS = 1_000_000;

/** The checkout around a folder; undefined where there is none. */
export function findGitFolder(from: string): GitFolder | undefined {
  for (let folder = realFolder(from); ; folder = dirname(folder)) {
    const found = gitDirectoryOf(folder);
    if (found !== undefined) return describe(folder, found);
    if (dirname(folder) === folder) return undefined;
  }
}

/** With links resolved, where the folder exists. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A folder that is gone, of an old transcript for instance, still has its name.
    return resolve(path);
  }
}

/** `.git` is a folder, or in worktrees, submodules and bare set-ups a file that names one; or the folder is bare itself. */
function gitDirectoryOf(folder: string): string | undefined {
  const entry = join(folder, ".git");
  if (existsSync(entry)) {
    if (lstatSync(entry).isFile()) {
      const named = /^gitdir:[ \t]*(\S[^\r\n]*)/u.exec(read(entry))?.[1]?.trimEnd();
      if (named !== undefined && existsSync(resolve(folder, named))) return resolve(folder, named);
    } else if (isRepository(entry)) return entry;
  }
  return isRepository(folder) ? folder : undefined;
}

function isRepository(folder: string): boolean {
  return existsSync(join(folder, "HEAD")) && existsSync(join(folder, "objects")) && existsSync(join(folder, "refs"));
}

function describe(folder: string, directory: string): GitFolder {
  const common = read(join(directory, "commondir")).trim();
  const repository = realFolder(common === "" ? directory : resolve(directory, common));
  const branch = /^ref:[ \t]*refs\/heads\/(\S+)/u.exec(read(join(directory, "HEAD")))?.[1];
  return {
    root: folder,
    // The clone's own checkout, where its repository is named .git; else the repository.
    shared:
      repository.endsWith(".git") && join(dirname(repository), ".git") === repository
        ? dirname(repository)
        : repository,
    ...(branch === undefined || branch === ".invalid" ? {} : { branch }),
    remotes: readRemotes(read(join(repository, "config"))),
  };
}

/** Of git's config no more than `[remote "name"] url = …`; the first address of a remote is the one that is fetched from. */
function readRemotes(config: string): ReadonlyMap<string, string> {
  const remotes = new Map<string, string>();
  let name: string | undefined;
  for (const line of config.split("\n").map((each) => each.trim())) {
    if (line.startsWith("[")) name = /^\[remote[ \t]+"([^"]*)"\]/u.exec(line)?.[1];
    else if (name !== undefined && !remotes.has(name)) {
      const [key = "", ...rest] = line.split("=");
      const address = rest.join("=").trim();
      if (key.trim().toLowerCase() === "url" && address !== "") remotes.set(name, unquote(address));
    }
  }
  return remotes;
}

function unquote(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

/** Empty where it cannot be read: a checkout that is damaged is still a folder with a name. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(0, MOST_CHARACTERS);
  } catch {
    // Most of these files are there in some set-ups only.
    return "";
  }
}
