import { z } from "zod";
import { MemoryError } from "../../errors.ts";
import { noteAction } from "../control/audit.ts";
import { findPrincipal } from "../control/keys.ts";
import type { Principal } from "../control/keys.ts";
import { createSession, endSession, findSession, readCookie, SESSION_COOKIE, SESSION_MS } from "../control/sessions.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";

/** Signing in from a browser: a cookie in place of a key that a page would have to keep. */
export const sessionRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/session/",
    operation: "signIn",
    summary: "Sign a browser in with a key: a session cookie, and the token that changes have to carry as X-CSRF-Token",
    tag: "session",
    role: "public",
    body: z.looseObject({ key: z.string() }),
    handle: ({ services, body, url, headers }) => {
      const principal = findPrincipal(services.control, body.key);
      if (principal === null) throw new MemoryError("unauthorized", "The API key is not known, expired or revoked.");
      const { token, csrfToken, expiresAt } = createSession(services.control, principal);
      noteAction({ services, principal }, "session.create", "");
      const isSecure = url.protocol === "https:" || headers.get("x-forwarded-proto") === "https";
      return {
        json: sessionShape(principal, csrfToken, expiresAt),
        headers: { "Set-Cookie": cookie(token, SESSION_MS / 1000, isSecure), "Cache-Control": "no-store" },
      };
    },
  }),
  route({
    method: "GET",
    path: "/session/",
    operation: "getSession",
    summary: "Who is signed in",
    tag: "session",
    role: "public",
    handle: ({ services, headers }) => {
      const token = readCookie(headers);
      const session = token === null ? null : findSession(services.control, token);
      if (session === null) throw new MemoryError("unauthorized", "Nobody is signed in. Sign in with POST /session/.");
      return {
        json: sessionShape(session.principal, session.csrfToken, session.expiresAt),
        headers: { "Cache-Control": "no-store" },
      };
    },
  }),
  route({
    method: "DELETE",
    path: "/session/",
    operation: "signOut",
    summary: "Sign out",
    tag: "session",
    role: "public",
    handle: ({ services, headers }) => {
      const token = readCookie(headers);
      if (token !== null) endSession(services.control, token);
      return { json: { message: "Signed out" }, headers: { "Set-Cookie": cookie("", 0, false) } };
    },
  }),
];

function cookie(token: string, seconds: number, isSecure: boolean): string {
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;
}

function sessionShape(
  { orgId, projectId, role, email }: Principal,
  csrfToken: string,
  expiresAt: number,
): Record<string, unknown> {
  return {
    org_id: orgId,
    project_id: projectId,
    role,
    email,
    csrf_token: csrfToken,
    expires_at: new Date(expiresAt).toISOString(),
  };
}
