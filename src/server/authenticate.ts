import { MemoryError } from "../errors.ts";
import { findPrincipal } from "./control/keys.ts";
import type { Principal } from "./control/keys.ts";
import type { ControlStore } from "./control/control-store.ts";

/** `Authorization: Token` and `Bearer`, and `X-API-Key`: what Mem0's clients and its own server use. */
export function readSecret(headers: Headers): string | null {
  const authorization = headers.get("authorization");
  const match = authorization === null ? null : /^(?:token|bearer)\s+(\S+)\s*$/iu.exec(authorization);
  return match?.[1] ?? headers.get("x-api-key");
}

/** @throws MemoryError `unauthorized`. */
export function authenticate(control: ControlStore, headers: Headers): Principal {
  const secret = readSecret(headers);
  if (secret === null || secret === "")
    throw new MemoryError(
      "unauthorized",
      "Send an API key: Authorization: Token <key>, Authorization: Bearer <key>, or X-API-Key: <key>.",
    );
  const principal = findPrincipal(control, secret);
  if (principal === null) throw new MemoryError("unauthorized", "The API key is not known, expired or revoked.");
  return principal;
}
