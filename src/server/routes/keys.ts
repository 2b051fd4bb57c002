import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { listActions, noteAction } from "../control/audit.ts";
import { createKey, KEY_ROLES, listKeys, revokeKey, rotateKey } from "../control/keys.ts";
import type { KeyInfo } from "../control/keys.ts";
import { projectOfPath } from "../find-project.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { iso } from "../shapes/iso.ts";

/** API keys: Mem0's platform has them in its dashboard alone. */
export const keyRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/api/v1/keys/",
    operation: "listKeys",
    summary: "Keys that this one may see, without their secrets",
    tag: "keys",
    role: "owner",
    handle: ({ services, principal }) => ({
      json: listKeys(services.control, principal.orgId, principal.projectId).map((key) => keyShape(key)),
    }),
  }),
  route({
    method: "POST",
    path: "/api/v1/keys/",
    operation: "createKey",
    summary: "A new key; its secret is in this answer alone",
    tag: "keys",
    role: "owner",
    status: 201,
    body: z.looseObject({
      label: z.string().min(1).max(200),
      role: z.enum(["reader", "member", "owner"]).optional(),
      project_id: z.string().nullish(),
      expires_at: z.string().nullish(),
      email: z.string().nullish(),
    }),
    handle: (call) => {
      const { label, role = "member", project_id: projectId, expires_at: expiresAt, email } = call.body;
      const { services, principal } = call;
      // A key of one project makes keys of that project alone.
      const project =
        projectId === undefined || projectId === null
          ? principal.projectId
          : projectOfPath(services.control, principal, projectId).id;
      const { secret, info } = createKey(services.control, {
        orgId: principal.orgId,
        projectId: project,
        role,
        label,
        email: email ?? null,
        expiresAt: expiresAt === undefined || expiresAt === null ? null : readExpiry(expiresAt),
      });
      noteAction(call, "key.create", info.id);
      return { json: { ...keyShape(info), key: secret } };
    },
  }),
  route({
    method: "POST",
    path: "/api/v1/keys/{key}/rotate/",
    operation: "rotateKey",
    summary: "A new secret with the same rights; the old one stops at once",
    tag: "keys",
    role: "owner",
    handle: (call) => {
      const id = visibleKey(call.services.control, call.principal, call.params["key"] ?? "");
      const { secret, info } = rotateKey(call.services.control, call.principal.orgId, id);
      noteAction(call, "key.rotate", id);
      return { json: { ...keyShape(info), key: secret } };
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v1/keys/{key}/",
    operation: "revokeKey",
    summary: "The key stops at once",
    tag: "keys",
    role: "owner",
    handle: (call) => {
      const id = visibleKey(call.services.control, call.principal, call.params["key"] ?? "");
      revokeKey(call.services.control, call.principal.orgId, id);
      noteAction(call, "key.revoke", id);
      return { json: { message: "Key revoked" } };
    },
  }),
  route({
    method: "GET",
    path: "/api/v1/audit/",
    operation: "listAudit",
    summary: "What administrators did, newest first",
    tag: "keys",
    role: "owner",
    handle: ({ services, principal }) => ({
      json: listActions(services.control, principal.orgId, principal.projectId, 200),
    }),
  }),
];

type Principal = Parameters<typeof projectOfPath>[1];

function visibleKey(control: Parameters<typeof listKeys>[0], { orgId, projectId }: Principal, id: string): string {
  const own = listKeys(control, orgId, projectId).find((key) => key.id === id);
  // Revoking what cannot be seen says the same as for what is not there.
  return own?.id ?? "";
}

function readExpiry(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalidInput("expires_at must be an ISO 8601 time.");
  return time;
}

function keyShape(key: KeyInfo): Record<string, unknown> {
  return {
    id: key.id,
    prefix: key.prefix,
    label: key.label,
    role: KEY_ROLES.includes(key.role) ? key.role : "reader",
    project_id: key.projectId,
    email: key.email,
    created_at: iso(key.createdAt),
    expires_at: iso(key.expiresAt),
    last_used_at: iso(key.lastUsedAt),
    revoked_at: iso(key.revokedAt),
  };
}
