import { z } from "zod";
import { noteAction } from "../control/audit.ts";
import { createKey, listKeys, revokeKey } from "../control/keys.ts";
import type { KeyInfo } from "../control/keys.ts";
import { invalidInput, MemoryError } from "../../errors.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { iso } from "../shapes/iso.ts";

const MAX_REQUESTS = 200;

/** What the dashboard of Mem0's self-hosted server asks: who one is, keys, the last requests. */
export const accessRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/auth/setup-status/",
    operation: "getSetupStatus",
    summary: "Whether an administrator is still missing: never, the first start makes one a key",
    tag: "self-hosted",
    role: "public",
    handle: () => ({ json: { needsSetup: false } }),
  }),
  route({
    method: "GET",
    path: "/auth/me/",
    operation: "getMe",
    summary: "Whose key this is and what it may do",
    tag: "self-hosted",
    role: "reader",
    handle: ({ services, principal }) => {
      const own = listKeys(services.control, principal.orgId, null).find(({ id }) => id === principal.keyId);
      return {
        json: {
          id: principal.keyId,
          name: own?.label ?? "",
          email: principal.email,
          role: principal.role === "owner" ? "admin" : principal.role,
          org_id: principal.orgId,
          project_id: principal.projectId,
          created_at: own === undefined ? null : iso(own.createdAt),
        },
      };
    },
  }),
  route({
    method: "GET",
    path: "/api-keys/",
    operation: "selfHostedListKeys",
    summary: "Keys that are in force and that this one may see, newest first, without their secrets",
    tag: "self-hosted",
    role: "owner",
    handle: ({ services, principal }) => ({
      json: listKeys(services.control, principal.orgId, principal.projectId)
        .filter(({ revokedAt }) => revokedAt === null)
        .toReversed()
        .map((key) => keyShape(key)),
    }),
  }),
  route({
    method: "POST",
    path: "/api-keys/",
    operation: "selfHostedCreateKey",
    summary:
      "A new key that may read and write memories; its secret is in this answer alone. /api/v1/keys/ takes roles",
    tag: "self-hosted",
    role: "owner",
    status: 201,
    body: z.looseObject({ label: z.string().trim().min(1).max(200) }),
    handle: (call) => {
      const { orgId, projectId } = call.principal;
      const { label } = call.body;
      const { secret, info } = createKey(call.services.control, { orgId, projectId, role: "member", label });
      noteAction(call, "key.create", info.id);
      return { json: { ...keyShape(info), key: secret } };
    },
  }),
  route({
    method: "DELETE",
    path: "/api-keys/{key}/",
    operation: "selfHostedRevokeKey",
    summary: "The key stops at once",
    tag: "self-hosted",
    role: "owner",
    handle: (call) => {
      const { orgId, projectId } = call.principal;
      const { control } = call.services;
      const own = listKeys(control, orgId, projectId).find(({ id }) => id === call.params["key"]);
      if (own === undefined) throw new MemoryError("not_found", "API key not found.");
      if (own.revokedAt !== null) throw invalidInput("API key is already revoked.");
      revokeKey(control, orgId, own.id);
      noteAction(call, "key.revoke", own.id);
      return { json: { message: "API key revoked." } };
    },
  }),
  route({
    method: "GET",
    path: "/requests/",
    operation: "listRequests",
    summary: "The last requests since the server started, newest first: what was called and how it ended, no content",
    tag: "self-hosted",
    role: "owner",
    query: z.looseObject({ limit: z.string().optional() }),
    handle: ({ services, principal, query }) => {
      const limit = Number(query.limit ?? 50);
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_REQUESTS)
        throw invalidInput(`limit expects a whole number from 1 to ${MAX_REQUESTS}.`);
      return {
        json: services.requests.list(principal, limit).map((row) => ({
          id: row.id,
          method: row.method,
          path: row.path,
          operation: row.operation,
          status_code: row.statusCode,
          latency_ms: row.latencyMs,
          auth_type: "api_key",
          key_id: row.keyId,
          created_at: iso(row.createdAt),
        })),
      };
    },
  }),
];

function keyShape({ id, label, prefix, createdAt, lastUsedAt }: KeyInfo): Record<string, unknown> {
  return { id, label, key_prefix: prefix, created_at: iso(createdAt), last_used_at: iso(lastUsedAt) };
}
