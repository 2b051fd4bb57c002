import { MemoryError } from "../errors.ts";
import { findPrincipal } from "./control/keys.ts";
import type { Principal } from "./control/keys.ts";
import { findSession, isSameToken, readCookie } from "./control/sessions.ts";
import { httpError } from "./error-reply.ts";
import type { ControlStore } from "./control/control-store.ts";

/** `Authorization: Token` and `Bearer`, and `X-API-Key`: what Mem0's clients and its own server use. */
export function readSecret(headers: Headers): string | null {
  const authorization = headers.get("authorization");
  const match = authorization === null ? null : /^(?:token|bearer)\s+(\S+)\s*$/iu.exec(authorization);
  return match?.[1] ?? headers.get("x-api-key");
}

/**
 * By key, or by the session of a browser. A session's changes need its token as X-CSRF-Token: a cookie alone would go
 * along with another page's form.
 * @throws MemoryError `unauthorized`.
 */
export function authenticate(control: ControlStore, headers: Headers, method: string): Principal {
  const secret = readSecret(headers);
  const cookie = secret === null ? readCookie(headers) : null;
  const session = cookie === null ? null : findSession(control, cookie);
  if (session !== null) {
    if (method === "GET" || isSameToken(headers.get("x-csrf-token"), session.csrfToken)) return session.principal;
    throw httpError(403, "unauthorized", "Send the session's csrf_token as X-CSRF-Token: GET /session/ tells it.");
  }
  if (secret === null || secret === "")
    throw new MemoryError(
      "unauthorized",
      "Send an API key: Authorization: Token <key>, Authorization: Bearer <key>, or X-API-Key: <key>.",
    );
  const principal = findPrincipal(control, secret);
  if (principal === null) throw new MemoryError("unauthorized", "The API key is not known, expired or revoked.");
  return principal;
}
