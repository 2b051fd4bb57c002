import { z } from "zod";
import { MemoryError } from "../../errors.ts";
import { createKey } from "../control/keys.ts";
import { httpError } from "../error-reply.ts";
import { addMember, listMembers, removeMember, updateMember } from "../control/members.ts";
import type { MemberPlace } from "../control/members.ts";
import {
  createOrganization,
  createProject,
  deleteOrganization,
  deleteProject,
  listProjects,
  requireOrganization,
  requireProject,
  updateProject,
} from "../control/projects.ts";
import type { Project } from "../control/projects.ts";
import { noteAction } from "../control/audit.ts";
import { assertOrganization, projectOfPath, requireServerKey } from "../find-project.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";

const ORG = "/api/v1/orgs/organizations/";
const NAMED = z.looseObject({ name: z.string().trim().min(1).max(200), description: z.string().nullish() });
const MEMBER = z.looseObject({ email: z.string(), role: z.string().optional() });

export const organizationRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: ORG,
    operation: "listOrganizations",
    summary: "The organization of this key",
    tag: "organizations",
    role: "reader",
    handle: (call) => ({ json: [organizationShape(call)] }),
  }),
  route({
    method: "GET",
    path: `${ORG}{org}/`,
    operation: "getOrganization",
    summary: "One organization",
    tag: "organizations",
    role: "reader",
    handle: (call) => {
      assertOrganization(call.principal, call.params["org"] ?? "");
      return { json: organizationShape(call) };
    },
  }),
  route({
    method: "POST",
    path: ORG,
    operation: "createOrganization",
    summary:
      "A new organization with a project and its first key, which is in this answer alone; needs a key of the organization that runs the server",
    tag: "organizations",
    role: "owner",
    status: 201,
    body: NAMED,
    handle: (call) => {
      requireServerKey(call);
      const { control } = call.services;
      const made = control.transaction(() => {
        const { id } = createOrganization(control, call.body.name);
        const project = createProject(control, id, "default");
        const { secret } = createKey(control, { orgId: id, projectId: null, role: "owner", label: "first key" });
        return { org_id: id, project_id: project.id, api_key: secret };
      });
      noteAction(call, "organization.create", made.org_id);
      return { json: { message: "Organization created", ...made } };
    },
  }),
  route({
    method: "DELETE",
    path: `${ORG}{org}/`,
    operation: "deleteOrganization",
    summary: "Delete an organization with its projects and their files for good; not the one that runs the server",
    tag: "organizations",
    role: "owner",
    handle: async (call) => {
      requireServerKey(call);
      const id = call.params["org"] ?? "";
      const { control, projects } = call.services;
      if (id === call.principal.orgId)
        throw new MemoryError("conflict", "This organization runs the server and cannot be deleted.");
      const own = listProjects(control, requireOrganization(control, id).id);
      deleteOrganization(control, id);
      for (const project of own) await projects.remove(project.id);
      noteAction(call, "organization.delete", id);
      return { json: { message: "Organization deleted" } };
    },
  }),
  route({
    method: "GET",
    path: `${ORG}{org}/projects/`,
    operation: "listProjects",
    summary: "Projects of an organization that this key may use",
    tag: "projects",
    role: "reader",
    handle: (call) => {
      assertOrganization(call.principal, call.params["org"] ?? "");
      const { orgId, projectId } = call.principal;
      const own = listProjects(call.services.control, orgId).filter(({ id }) => projectId === null || id === projectId);
      return { json: own.map((project) => projectShape(call, project)) };
    },
  }),
  route({
    method: "POST",
    path: `${ORG}{org}/projects/`,
    operation: "createProject",
    summary: "A new project with a file of its own; needs a key of the whole organization",
    tag: "projects",
    role: "owner",
    body: NAMED,
    handle: (call) => {
      assertOrganization(call.principal, call.params["org"] ?? "");
      requireOrganizationKey(call);
      const project = createProject(
        call.services.control,
        call.principal.orgId,
        call.body.name,
        call.body.description ?? null,
      );
      noteAction(call, "project.create", project.id);
      return { json: { message: "Project created", project_id: project.id } };
    },
  }),
  route({
    method: "GET",
    path: `${ORG}{org}/projects/{project}/`,
    operation: "getProject",
    summary: "One project; only the named fields",
    tag: "projects",
    role: "reader",
    query: z.looseObject({ fields: z.union([z.string(), z.array(z.string())]).optional() }),
    handle: (call) => {
      const shape = projectShape(call, projectOf(call));
      const { fields } = call.query;
      const wanted = fields === undefined ? [] : [fields].flat();
      return {
        json: wanted.length === 0 ? shape : Object.fromEntries(wanted.map((name) => [name, shape[name] ?? null])),
      };
    },
  }),
  route({
    method: "PATCH",
    path: `${ORG}{org}/projects/{project}/`,
    operation: "updateProject",
    summary: "Change name, description, instructions, categories and other settings; null takes one away",
    tag: "projects",
    role: "owner",
    body: z.looseObject({}),
    handle: (call) => {
      const project = projectOf(call);
      const { org_id: _org, project_id: _project, ...changes } = call.body as Record<string, unknown>;
      updateProject(call.services.control, project.id, changes);
      noteAction(call, "project.update", Object.keys(changes).join(","));
      return { json: { message: "Project updated" } };
    },
  }),
  route({
    method: "DELETE",
    path: `${ORG}{org}/projects/{project}/`,
    operation: "deleteProject",
    summary: "Delete a project and its file for good; needs a key of the whole organization",
    tag: "projects",
    role: "owner",
    handle: async (call) => {
      const project = projectOf(call);
      requireOrganizationKey(call);
      deleteProject(call.services.control, project.id);
      await call.services.projects.remove(project.id);
      noteAction(call, "project.delete", project.id);
      return { json: { message: "Project deleted" } };
    },
  }),
  ...memberRoutes(
    `${ORG}{org}/members/`,
    "Organization",
    (call) => {
      assertOrganization(call.principal, call.params["org"] ?? "");
      return { orgId: call.principal.orgId, projectId: "" };
    },
    requireOrganizationKey,
  ),
  ...memberRoutes(`${ORG}{org}/projects/{project}/members/`, "Project", (call) => ({
    orgId: call.principal.orgId,
    projectId: projectOf(call).id,
  })),
];

function memberRoutes(
  path: string,
  of: string,
  placeOf: (call: Call) => MemberPlace,
  assertMayChange: (call: Call) => void = () => undefined,
): Route[] {
  return [
    route({
      method: "GET",
      path,
      operation: `list${of}Members`,
      summary: "Members and their roles",
      tag: "members",
      role: "reader",
      handle: (call) => ({
        json: {
          members: listMembers(call.services.control, placeOf(call)).map(({ email, role }) => ({
            user_id: email,
            username: email,
            email,
            role,
          })),
        },
      }),
    }),
    route({
      method: "POST",
      path,
      operation: `add${of}Member`,
      summary: "A new member",
      tag: "members",
      role: "owner",
      status: 201,
      body: MEMBER,
      handle: (call) => {
        const place = placeOf(call);
        assertMayChange(call);
        addMember(call.services.control, place, call.body.email, call.body.role ?? "READER");
        noteAction(call, "member.add", call.body.email);
        return { json: { message: "Member added" } };
      },
    }),
    route({
      method: "PUT",
      path,
      operation: `update${of}Member`,
      summary: "Another role",
      tag: "members",
      role: "owner",
      body: MEMBER,
      handle: (call) => {
        const place = placeOf(call);
        assertMayChange(call);
        updateMember(call.services.control, place, call.body.email, call.body.role);
        noteAction(call, "member.update", call.body.email);
        return { json: { message: "Member updated" } };
      },
    }),
    route({
      method: "DELETE",
      path,
      operation: `remove${of}Member`,
      summary: "No longer a member; the address comes in the body or as ?email=",
      tag: "members",
      role: "owner",
      query: z.looseObject({ email: z.string().optional() }),
      body: z.looseObject({ email: z.string().optional() }),
      isBodyOptional: true,
      handle: (call) => {
        const email = call.query.email ?? call.body?.email ?? "";
        const place = placeOf(call);
        assertMayChange(call);
        removeMember(call.services.control, place, email);
        noteAction(call, "member.remove", email);
        return { json: { message: "Member removed" } };
      },
    }),
  ];
}

function projectOf(call: Call): Project {
  assertOrganization(call.principal, call.params["org"] ?? "");
  const { control } = call.services;
  return requireProject(
    control,
    projectOfPath(control, call.principal, call.params["project"] ?? "").id,
    call.principal.orgId,
  );
}

function requireOrganizationKey({ principal }: Call): void {
  if (principal.projectId !== null)
    throw httpError(403, "unauthorized", "This key belongs to one project; use a key of the organization.");
}

function organizationShape({ services, principal }: Call): Record<string, unknown> {
  const { id, name, createdAt, updatedAt } = requireOrganization(services.control, principal.orgId);
  return {
    org_id: id,
    name,
    members: listMembers(services.control, { orgId: id, projectId: "" }).map(({ email, role }) => ({
      username: email,
      email,
      role,
    })),
    is_default: true,
    is_owner: principal.role === "owner",
    user_role: principal.role.toUpperCase(),
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}

/** Settings that Mem0's clients expect to be there, unset. */
const UNSET = {
  custom_instructions: null,
  agent_custom_instructions: null,
  custom_categories: null,
  inclusion_prompt: null,
  exclusion_prompt: null,
  enable_graph: false,
  multilingual: true,
  decay: false,
  version: "v2",
};

function projectShape({ services, principal }: Call, project: Project): Record<string, unknown> {
  return {
    ...UNSET,
    ...project.settings,
    project_id: project.id,
    name: project.name,
    description: project.description,
    members: listMembers(services.control, { orgId: project.orgId, projectId: project.id }).map(({ email, role }) => ({
      username: email,
      role,
    })),
    user_role: principal.role.toUpperCase(),
    created_at: new Date(project.createdAt).toISOString(),
    updated_at: new Date(project.updatedAt).toISOString(),
  };
}
