import type { Call } from "../route.ts";
import type { ControlStore } from "./control-store.ts";

export interface AuditRow {
  readonly at: string;
  readonly key_id: string | null;
  readonly project_id: string | null;
  readonly action: string;
  readonly target: string;
}

/** Notes what an administrator did: ids and names of settings, no values. */
export function noteAction(
  { services, principal }: Pick<Call, "services" | "principal">,
  action: string,
  target: string,
  projectId: string | null = principal.projectId,
): void {
  write(services.control, { orgId: principal.orgId, projectId, keyId: principal.keyId, action, target });
}

interface Action {
  readonly orgId: string;
  readonly projectId: string | null;
  readonly action: string;
  readonly target: string;
}

/** What was done on the machine itself, without a key. */
export function noteActionOnMachine(store: ControlStore, action: Action): void {
  write(store, { ...action, keyId: null });
}

function write(
  store: ControlStore,
  { orgId, projectId, keyId, action, target }: Action & { readonly keyId: string | null },
): void {
  store.run(
    "INSERT INTO audit(at, org_id, project_id, key_id, action, target) VALUES(?, ?, ?, ?, ?, ?)",
    store.now(),
    orgId,
    projectId,
    keyId,
    action,
    target,
  );
}

/** Of an organisation, or of one of its projects; newest first. */
export function listActions(store: ControlStore, orgId: string, projectId: string | null, limit: number): AuditRow[] {
  const rows = store.all(
    "SELECT * FROM audit WHERE org_id = ?1 AND (?2 IS NULL OR project_id = ?2) ORDER BY audit_no DESC LIMIT ?3",
    orgId,
    projectId,
    limit,
  );
  return rows.map((row) => ({
    at: new Date(Number(row["at"])).toISOString(),
    key_id: row["key_id"] as string | null,
    project_id: row["project_id"] as string | null,
    action: String(row["action"]),
    target: String(row["target"]),
  }));
}
