import { createHash } from "node:crypto";
import { basename, isAbsolute, resolve } from "node:path";
import { invalidInput } from "../../errors.ts";
import { findGitFolder, realFolder } from "./git-folder.ts";
import type { GitFolder } from "./git-folder.ts";

/** What a coding agent's memories belong to. */
export interface Project {
  /** The `appId` of its memories. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** What it rests on: a name somebody gave, the address of a remote, a checkout without one, a folder. */
  readonly basis: "named" | "remote" | "checkout" | "folder";
  /** The normalised address or path that the id is made of. It never holds credentials. */
  readonly identity: string;
  /** The checkout, or the folder itself. */
  readonly root: string;
  readonly branch?: string;
}

const MOST_NAME_CHARACTERS = 72;
const HASH_CHARACTERS = 16;

/**
 * The project of a folder: the remote `origin` (or the only one there is), else the clone, else the folder. A clone
 * that is renamed, moved, or made anew keeps its project, and so do all worktrees of one clone; folders inside a
 * checkout belong to the checkout. Two folders of the same name are two projects.
 */
export function findProject(from: string, named?: string): Project {
  const git = findGitFolder(from);
  const root = git?.root ?? realFolder(from);
  const place = { root, ...(git?.branch === undefined ? {} : { branch: git.branch }) };
  if (named !== undefined && named.trim() !== "") return { ...place, ...namedProject(named.trim()) };
  const remote = git === undefined ? undefined : remoteOf(git);
  if (remote !== undefined) return { ...place, basis: "remote", ...identified(remote) };
  return git === undefined
    ? { ...place, basis: "folder", ...identified(`path:${root}`) }
    : { ...place, basis: "checkout", ...identified(`path:${git.shared}`) };
}

/**
 * One spelling for the many of one address: scheme, credentials, query, `.git` and capitals go, and `git@host:path` is
 * `host/path`. Undefined for what is no address.
 */
export function normaliseRemote(address: string): string | undefined {
  const text = address.trim();
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//iu.exec(text)?.[0];
  // One letter before the colon is a drive, not a host.
  const short = scheme === undefined ? /^(?:[^@/\s]+@)?([^:/\s]{2,}):(?!\/\/)(.*)$/su.exec(text) : null;
  const rest = scheme === undefined ? (short === null ? text : `${short[1]}/${short[2]}`) : text.slice(scheme.length);
  const [path = ""] = rest.split(/[?#]/u);
  const slash = path.indexOf("/");
  const host = slash === -1 ? path : path.slice(0, slash);
  const clean = `${host.slice(host.lastIndexOf("@") + 1)}${slash === -1 ? "" : path.slice(slash)}`
    .replaceAll("\\", "/")
    .replaceAll(/\/{2,}/gu, "/")
    .toLowerCase();
  const ended = withoutEnd(withoutEnd(clean, "/"), ".git");
  return ended === "" || ended === "/" ? undefined : withoutEnd(ended, "/");
}

/** A name as it is; an address or a folder stands for the project that it names. */
function namedProject(named: string): Pick<Project, "id" | "name" | "basis" | "identity"> {
  if (named === "." || named === ".." || isAbsolute(named) || /^\.{1,2}[/\\]/u.test(named)) {
    const { id, name, identity } = findProject(resolve(named));
    return { id, name, basis: "named", identity };
  }
  if (/[/:]/u.test(named)) {
    const remote = normaliseRemote(named);
    if (remote !== undefined) return { basis: "named", ...identified(remote) };
  }
  if (/\s/u.test(named))
    throw invalidInput(`--project expects a name without white space, a git address or a folder, got "${named}".`);
  return { id: named, name: named, basis: "named", identity: named };
}

function remoteOf({ remotes, root }: GitFolder): string | undefined {
  const address = remotes.get("origin") ?? (remotes.size === 1 ? [...remotes.values()][0] : undefined);
  if (address === undefined) return undefined;
  // Another folder of this machine: its address is where it lies, from here.
  const isLocal = isAbsolute(address) || /^\.{1,2}(?:[/\\]|$)/u.test(address);
  return normaliseRemote(isLocal ? resolve(root, address) : address);
}

function identified(identity: string): Pick<Project, "id" | "name" | "identity"> {
  const name = basename(identity.replaceAll("\\", "/")) || "root";
  const clean = name
    .replaceAll(/[^a-zA-Z0-9_-]+/gu, "_")
    .slice(0, MOST_NAME_CHARACTERS)
    .toLowerCase();
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, HASH_CHARACTERS);
  return { id: `repo_${clean}__${hash}`, name, identity };
}

function withoutEnd(text: string, end: string): string {
  return text.length > end.length && text.endsWith(end) ? text.slice(0, -end.length) : text;
}
