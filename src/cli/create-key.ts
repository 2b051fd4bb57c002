import { existsSync } from "node:fs";
import { join } from "node:path";
import { invalidInput, MemoryError } from "../errors.ts";
import { ControlStore } from "../server/control/control-store.ts";
import { noteActionOnMachine } from "../server/control/audit.ts";
import { createKey, KEY_ROLES } from "../server/control/keys.ts";
import type { KeyRole } from "../server/control/keys.ts";
import { listOrganizations, requireProject } from "../server/control/projects.ts";

/**
 * A new key for who can read the data folder; the server may run. Without a project it is one of the (first)
 * organisation.
 * @throws MemoryError `not_found` when there is no server's folder or no such project, `invalid_input`.
 */
export function createKeyOnMachine(
  dataFolder: string,
  {
    role = "owner",
    project,
    label = "made on the machine",
  }: { readonly role?: string | undefined; readonly project?: string | undefined; readonly label?: string | undefined },
): { readonly secret: string; readonly role: KeyRole; readonly place: string } {
  if (!isRole(role)) throw invalidInput(`--role expects one of ${KEY_ROLES.join(", ")}, got "${role}".`);
  const path = join(dataFolder, "control.db");
  if (!existsSync(path))
    throw new MemoryError("not_found", `There is no ${path}. Name the server's folder with --data.`);
  const control = new ControlStore(path);
  try {
    const found = project === undefined ? null : requireProject(control, project);
    const orgId = found?.orgId ?? listOrganizations(control)[0]?.id;
    if (orgId === undefined)
      throw new MemoryError("not_found", `${path} holds no organization. Start the server once.`);
    const { secret, info } = createKey(control, { orgId, projectId: found?.id ?? null, role, label });
    // By nobody's key: whoever can read the data folder.
    noteActionOnMachine(control, { orgId, projectId: found?.id ?? null, action: "key.create", target: info.id });
    return { secret, role, place: found === null ? `the organization ${orgId}` : `the project ${found.id}` };
  } finally {
    control.close();
  }
}

function isRole(text: string): text is KeyRole {
  return (KEY_ROLES as readonly string[]).includes(text);
}
