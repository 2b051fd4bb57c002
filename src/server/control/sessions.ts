import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { principalOfKey } from "./keys.ts";
import type { Principal } from "./keys.ts";
import type { ControlStore } from "./control-store.ts";

/** A browser stays signed in for so long. */
export const SESSION_MS: number = 12 * 60 * 60 * 1000;

export const SESSION_COOKIE: string = "recollect_session";

export interface NewSession {
  /** Goes into the cookie. */
  readonly token: string;
  /** Sent along with every change, so that no other page's form can make one. */
  readonly csrfToken: string;
  readonly expiresAt: number;
}

/** A session of a key: it may do what the key may, and ends with it. */
export function createSession(store: ControlStore, { keyId }: Principal): NewSession {
  const token = randomBytes(32).toString("base64url");
  const now = store.now();
  const expiresAt = now + SESSION_MS;
  store.run("DELETE FROM sessions WHERE expires_at <= ?", now);
  store.run("INSERT INTO sessions(hash, key_id, expires_at) VALUES(?, ?, ?)", hashOf(token), keyId, expiresAt);
  return { token, csrfToken: csrfOf(token), expiresAt };
}

/** Who is signed in with a cookie, or null. */
export function findSession(
  store: ControlStore,
  token: string,
): { principal: Principal; csrfToken: string; expiresAt: number } | null {
  const row = store.get("SELECT key_id, expires_at FROM sessions WHERE hash = ?", hashOf(token));
  if (row === undefined || Number(row["expires_at"]) <= store.now()) return null;
  const principal = principalOfKey(store, String(row["key_id"]));
  return principal === null ? null : { principal, csrfToken: csrfOf(token), expiresAt: Number(row["expires_at"]) };
}

export function endSession(store: ControlStore, token: string): void {
  store.run("DELETE FROM sessions WHERE hash = ?", hashOf(token));
}

export function isSameToken(given: string | null, wanted: string): boolean {
  if (given === null) return false;
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The session's token out of a `Cookie` header. */
export function readCookie(headers: Headers): string | null {
  const match = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([\\w-]+)`, "u").exec(headers.get("cookie") ?? "");
  return match?.[1] ?? null;
}

/** Follows from the token, which a page of another origin cannot read. */
function csrfOf(token: string): string {
  return createHash("sha256").update(`csrf ${token}`).digest("base64url");
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
