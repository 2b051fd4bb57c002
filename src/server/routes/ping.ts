import { listOrganizations } from "../control/projects.ts";
import { httpError } from "../error-reply.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";

export const pingRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/v1/ping/",
    operation: "ping",
    summary: "Whose key this is",
    tag: "server",
    role: "reader",
    handle: ({ principal, project }) => ({
      json: {
        status: "ok",
        org_id: principal.orgId,
        project_id: project().id,
        user_email: principal.email ?? `${principal.keyId}@recollect.local`,
      },
    }),
  }),
  route({
    method: "GET",
    path: "/health/",
    operation: "health",
    summary: "The process answers",
    tag: "server",
    role: "public",
    handle: () => ({ json: { status: "ok" } }),
  }),
  route({
    method: "GET",
    path: "/ready/",
    operation: "ready",
    summary: "The server can read and write its files",
    tag: "server",
    role: "public",
    handle: ({ services }) => {
      services.control.get("SELECT 1 AS one FROM organizations LIMIT 1");
      return { json: { status: "ok" } };
    },
  }),
  route({
    method: "GET",
    path: "/metrics/",
    operation: "metrics",
    summary: "Figures for Prometheus",
    tag: "server",
    role: "owner",
    handle: async ({ services, principal }) => {
      // They are of all projects together: no business of a tenant.
      const [first] = listOrganizations(services.control);
      if (principal.projectId !== null || principal.orgId !== first?.id)
        throw httpError(
          403,
          "unauthorized",
          "Use an owner's key of the server's first organization, of no one project.",
        );
      return { text: await services.metrics.text(), type: "text/plain; version=0.0.4" };
    },
  }),
];
