import { createHash, randomBytes } from "node:crypto";
import { MemoryError } from "../../errors.ts";
import type { ControlStore, Row } from "./control-store.ts";

/** What a key may do: `reader` reads, `member` also writes memories, `owner` also administers. */
export type KeyRole = "reader" | "member" | "owner";

export const KEY_ROLES: readonly KeyRole[] = ["reader", "member", "owner"];

/** Who calls, as far as a key says. */
export interface Principal {
  readonly keyId: string;
  readonly orgId: string;
  /** Null: every project of the organisation. */
  readonly projectId: string | null;
  readonly role: KeyRole;
  readonly email: string | null;
}

export interface KeyInfo {
  readonly id: string;
  /** The beginning of the key, to recognise it by. */
  readonly prefix: string;
  readonly label: string;
  readonly projectId: string | null;
  readonly role: KeyRole;
  readonly email: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

export interface NewKey {
  readonly orgId: string;
  readonly projectId: string | null;
  readonly role: KeyRole;
  readonly label: string;
  readonly email?: string | null;
  /** Epoch milliseconds. */
  readonly expiresAt?: number | null;
}

/** Uses of a key are noted once in so long: a note is a write. */
const NOTE_EVERY_MS = 60_000;

/** 256 random bits: a plain SHA-256 of it is as good as a slow hash, since nobody guesses it. */
export function createKey(store: ControlStore, key: NewKey): { readonly secret: string; readonly info: KeyInfo } {
  const secret = `rcl_${randomBytes(32).toString("base64url")}`;
  const id = store.createId();
  store.run(
    "INSERT INTO keys(id, prefix, hash, label, org_id, project_id, role, email, created_at, expires_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    id,
    secret.slice(0, 12),
    hashOf(secret),
    key.label,
    key.orgId,
    key.projectId,
    key.role,
    key.email ?? null,
    store.now(),
    key.expiresAt ?? null,
  );
  return { secret, info: toInfo(store.get("SELECT * FROM keys WHERE id = ?", id) as Row) };
}

/** Whom a key belongs to, or null for one that is unknown, over or revoked. */
export function findPrincipal(store: ControlStore, secret: string): Principal | null {
  return validPrincipal(store, store.get("SELECT * FROM keys WHERE hash = ?", hashOf(secret)));
}

/** The same for a key that somebody signed in with. */
export function principalOfKey(store: ControlStore, id: string): Principal | null {
  return validPrincipal(store, store.get("SELECT * FROM keys WHERE id = ?", id));
}

function validPrincipal(store: ControlStore, row: Row | undefined): Principal | null {
  const now = store.now();
  if (row === undefined || row["revoked_at"] !== null) return null;
  if (row["expires_at"] !== null && Number(row["expires_at"]) <= now) return null;
  noteUse(store, row, now);
  return {
    keyId: String(row["id"]),
    orgId: String(row["org_id"]),
    projectId: row["project_id"] as string | null,
    role: row["role"] as KeyRole,
    email: row["email"] as string | null,
  };
}

function noteUse(store: ControlStore, row: Row, now: number): void {
  // A clock that was set back counts as long ago.
  if (row["last_used_at"] !== null && Math.abs(now - Number(row["last_used_at"])) < NOTE_EVERY_MS) return;
  try {
    store.run("UPDATE keys SET last_used_at = ? WHERE id = ?", now, String(row["id"]));
  } catch (error) {
    // Reading goes on while the disk is full.
    if (!MemoryError.isInstance(error)) throw error;
  }
}

export function listKeys(store: ControlStore, orgId: string, projectId: string | null): KeyInfo[] {
  return store
    .all("SELECT * FROM keys WHERE org_id = ? AND (?2 IS NULL OR project_id = ?2) ORDER BY id", orgId, projectId)
    .map(toInfo);
}

/** A new secret under the same rights; the old one stops at once. @throws MemoryError `not_found`, `conflict` for a revoked one. */
export function rotateKey(
  store: ControlStore,
  orgId: string,
  id: string,
): { readonly secret: string; readonly info: KeyInfo } {
  return store.transaction(() => {
    const row = requireKey(store, orgId, id);
    if (row["revoked_at"] !== null)
      throw new MemoryError("conflict", `The key ${id} was revoked and stays so. Make a new one.`);
    revokeKey(store, orgId, id);
    const { projectId, role, label, email, expiresAt } = toInfo(row);
    return createKey(store, { orgId, projectId, role, label, email, expiresAt });
  });
}

/** @throws MemoryError `not_found`. */
export function revokeKey(store: ControlStore, orgId: string, id: string): void {
  requireKey(store, orgId, id);
  store.run("UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", store.now(), id);
}

function requireKey(store: ControlStore, orgId: string, id: string): Row {
  const row = store.get("SELECT * FROM keys WHERE id = ? AND org_id = ?", id, orgId);
  if (row === undefined) throw new MemoryError("not_found", `There is no key ${id}.`);
  return row;
}

export function allows(role: KeyRole, wanted: KeyRole): boolean {
  return KEY_ROLES.indexOf(role) >= KEY_ROLES.indexOf(wanted);
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function toInfo(row: Row): KeyInfo {
  const time = (column: string): number | null => (row[column] === null ? null : Number(row[column]));
  return {
    id: String(row["id"]),
    prefix: String(row["prefix"]),
    label: String(row["label"]),
    projectId: row["project_id"] as string | null,
    role: row["role"] as KeyRole,
    email: row["email"] as string | null,
    createdAt: Number(row["created_at"]),
    expiresAt: time("expires_at"),
    lastUsedAt: time("last_used_at"),
    revokedAt: time("revoked_at"),
  };
}
