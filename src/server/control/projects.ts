import { MemoryError } from "../../errors.ts";
import type { ControlStore, Row } from "./control-store.ts";

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Project {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly description: string | null;
  /** What Mem0's clients set: custom_instructions, custom_categories, …, in their own words. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export function createOrganization(store: ControlStore, name: string): Organization {
  const id = `org_${store.createId()}`;
  const now = store.now();
  store.run("INSERT INTO organizations VALUES(?, ?, ?, ?)", id, name, now, now);
  return { id, name, createdAt: now, updatedAt: now };
}

export function listOrganizations(store: ControlStore): Organization[] {
  return store.all("SELECT * FROM organizations ORDER BY id").map(toOrganization);
}

/** @throws MemoryError `not_found`. */
export function requireOrganization(store: ControlStore, id: string): Organization {
  const row = store.get("SELECT * FROM organizations WHERE id = ?", id);
  if (row === undefined) throw new MemoryError("not_found", `There is no organization ${id}.`);
  return toOrganization(row);
}

export function deleteOrganization(store: ControlStore, id: string): void {
  requireOrganization(store, id);
  store.run("DELETE FROM organizations WHERE id = ?", id);
}

export function createProject(
  store: ControlStore,
  orgId: string,
  name: string,
  description: string | null = null,
): Project {
  requireOrganization(store, orgId);
  const id = `proj_${store.createId()}`;
  const now = store.now();
  store.run("INSERT INTO projects VALUES(?, ?, ?, ?, '{}', ?, ?)", id, orgId, name, description, now, now);
  return requireProject(store, id);
}

export function listProjects(store: ControlStore, orgId: string): Project[] {
  return store.all("SELECT * FROM projects WHERE org_id = ? ORDER BY id", orgId).map(toProject);
}

export function isProjectOf(store: ControlStore, id: string, orgId: string): boolean {
  return store.get("SELECT 1 AS one FROM projects WHERE id = ? AND org_id = ?", id, orgId) !== undefined;
}

/** The project that calls of an organisation's key mean when they name none. */
export function oldestProject(store: ControlStore, orgId: string): Project | null {
  const row = store.get("SELECT * FROM projects WHERE org_id = ? ORDER BY id LIMIT 1", orgId);
  return row === undefined ? null : toProject(row);
}

/** @throws MemoryError `not_found`, also for a project of another organisation. */
export function requireProject(store: ControlStore, id: string, orgId?: string): Project {
  const row = store.get("SELECT * FROM projects WHERE id = ? AND (?2 IS NULL OR org_id = ?2)", id, orgId ?? null);
  if (row === undefined) throw new MemoryError("not_found", `There is no project ${id}.`);
  return toProject(row);
}

/** Sets what is given: name, description, and settings, of which null takes one away. */
export function updateProject(store: ControlStore, id: string, changes: Readonly<Record<string, unknown>>): Project {
  return store.transaction(() => {
    const project = requireProject(store, id);
    const { name = project.name, description = project.description, ...rest } = changes;
    const settings = Object.fromEntries(
      Object.entries({ ...project.settings, ...rest }).filter(([, value]) => value !== null && value !== undefined),
    );
    store.run(
      "UPDATE projects SET name = ?, description = ?, settings = ?, updated_at = ? WHERE id = ?",
      String(name),
      description === null ? null : String(description),
      JSON.stringify(settings),
      store.now(),
      id,
    );
    return requireProject(store, id);
  });
}

export function deleteProject(store: ControlStore, id: string): void {
  requireProject(store, id);
  store.run("DELETE FROM projects WHERE id = ?", id);
}

function toOrganization(row: Row): Organization {
  return {
    id: String(row["id"]),
    name: String(row["name"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
  };
}

function toProject(row: Row): Project {
  return {
    id: String(row["id"]),
    orgId: String(row["org_id"]),
    name: String(row["name"]),
    description: row["description"] as string | null,
    settings: JSON.parse(String(row["settings"])) as Record<string, unknown>,
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
  };
}
