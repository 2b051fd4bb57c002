import { MemoryError } from "../errors.ts";
import type { ControlStore } from "./control/control-store.ts";
import type { Principal } from "./control/keys.ts";
import { listOrganizations, oldestProject, requireProject } from "./control/projects.ts";
import type { Project } from "./control/projects.ts";
import { httpError } from "./error-reply.ts";
import type { Call } from "./route.ts";

/**
 * The project of a call: the key's own; with a key of an organisation the one that is named, else its oldest. A project
 * that the key may not use is "not found", like one that is not there.
 * @throws MemoryError `not_found`.
 */
export function findProject(control: ControlStore, { orgId, projectId }: Principal, named: unknown): Project {
  if (projectId !== null) {
    if (typeof named === "string" && named !== "" && named !== projectId) throw unknown(named);
    return requireProject(control, projectId, orgId);
  }
  if (typeof named === "string" && named !== "") return requireProject(control, named, orgId);
  const first = oldestProject(control, orgId);
  if (first === null) throw new MemoryError("not_found", "The organization has no project. Create one first.");
  return first;
}

/** What concerns the whole server is for keys of the organisation that was there first. @throws MemoryError 403. */
export function requireServerKey({ principal, services }: Pick<Call, "principal" | "services">): void {
  const [first] = listOrganizations(services.control);
  if (principal.projectId !== null || principal.orgId !== first?.id)
    throw httpError(403, "unauthorized", "Use a key of the whole organization that runs this server.");
}

/** The project of a path, when the key may use it. */
export function projectOfPath(control: ControlStore, principal: Principal, id: string): Project {
  return findProject(control, principal, id);
}

/** @throws MemoryError `not_found` unless it is the key's organisation. */
export function assertOrganization({ orgId }: Principal, id: string): void {
  if (id !== orgId) throw new MemoryError("not_found", `There is no organization ${id}.`);
}

function unknown(id: string): MemoryError {
  return new MemoryError("not_found", `There is no project ${id}.`);
}
