import { invalidInput, MemoryError } from "../../errors.ts";
import type { ControlStore } from "./control-store.ts";

export interface Member {
  readonly email: string;
  /** Mem0's words. */
  readonly role: "OWNER" | "MEMBER" | "READER";
}

/** Members of an organisation (`projectId` ""), or of one of its projects. */
export interface MemberPlace {
  readonly orgId: string;
  readonly projectId: string;
}

export function listMembers(store: ControlStore, { orgId, projectId }: MemberPlace): Member[] {
  return store
    .all("SELECT email, role FROM members WHERE org_id = ? AND project_id = ? ORDER BY email", orgId, projectId)
    .map((row) => ({ email: String(row["email"]), role: row["role"] as Member["role"] }));
}

/** @throws MemoryError `conflict` for one who is a member already. */
export function addMember(store: ControlStore, { orgId, projectId }: MemberPlace, email: string, role: unknown): void {
  const added = store.run(
    "INSERT OR IGNORE INTO members VALUES(?, ?, ?, ?, ?)",
    orgId,
    projectId,
    checkEmail(email),
    checkRole(role),
    store.now(),
  );
  if (added === 0) throw new MemoryError("conflict", `${email} is a member already.`);
}

/** @throws MemoryError `not_found`. */
export function updateMember(
  store: ControlStore,
  { orgId, projectId }: MemberPlace,
  email: string,
  role: unknown,
): void {
  const changed = store.run(
    "UPDATE members SET role = ? WHERE org_id = ? AND project_id = ? AND email = ?",
    checkRole(role),
    orgId,
    projectId,
    email,
  );
  if (changed === 0) throw new MemoryError("not_found", `${email} is not a member.`);
}

/** @throws MemoryError `not_found`. */
export function removeMember(store: ControlStore, { orgId, projectId }: MemberPlace, email: string): void {
  if (store.run("DELETE FROM members WHERE org_id = ? AND project_id = ? AND email = ?", orgId, projectId, email) === 0)
    throw new MemoryError("not_found", `${email} is not a member.`);
}

function checkEmail(email: string): string {
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+$/u.test(email))
    throw invalidInput(`email must be an address, got ${JSON.stringify(email.slice(0, 60))}.`);
  return email;
}

function checkRole(role: unknown): Member["role"] {
  const word = typeof role === "string" ? role.toUpperCase() : role;
  if (word === "OWNER" || word === "MEMBER" || word === "READER") return word;
  throw invalidInput("role must be OWNER, MEMBER or READER.");
}
