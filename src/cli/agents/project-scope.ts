import { personOf } from "./person.ts";
import { findProject } from "./project-identity.ts";
import type { Project } from "./project-identity.ts";

/** Whose and what a coding agent's memories are: `appId` the project, `userId` the person, `runId` the session. */
export interface ProjectScope {
  readonly project: Project;
  readonly owner: { readonly userId: string; readonly appId: string };
  /** What goes into the metadata of what is stored: the branch is a tag, never part of the project. */
  readonly tags: { readonly project: string; readonly branch?: string };
}

export interface ProjectScopeOptions {
  /** The folder the agent works in. Default: this process's. */
  readonly from?: string;
  /** `--user`. */
  readonly user?: string | undefined;
  /** `--project`: a name, a git address, or a folder. */
  readonly project?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The scope of a folder. `--project`, RECOLLECT_PROJECT and the setting `appId` name a project of one's own choice,
 * `--user`, RECOLLECT_USER and the setting `userId` a person.
 * @throws MemoryError `invalid_input` for a name with white space.
 */
export function projectScope({
  from = process.cwd(),
  user,
  project,
  settings = {},
  environment = process.env,
}: ProjectScopeOptions = {}): ProjectScope {
  const named = [project, environment["RECOLLECT_PROJECT"], settings["appId"]].find(
    (each): each is string => typeof each === "string" && each.trim() !== "",
  );
  const found = findProject(from, named);
  return {
    project: found,
    owner: { userId: personOf({ named: user, setting: settings["userId"], environment }), appId: found.id },
    tags: { project: found.name, ...(found.branch === undefined ? {} : { branch: found.branch }) },
  };
}

/** A filter for what is served in a project: its own memories of this person, and those that belong to no project. */
export function filterOf({ userId, appId }: ProjectScope["owner"]): Readonly<Record<string, unknown>> {
  return { AND: [{ user_id: userId }, { OR: [{ app_id: appId }, { app_id: null }] }] };
}
