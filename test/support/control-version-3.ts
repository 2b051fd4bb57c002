import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** The tables of control.db as version 3 had them. */
const CONTROL_VERSION_3 = `
CREATE TABLE IF NOT EXISTS organizations(id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS projects(
  id TEXT PRIMARY KEY, org_id TEXT NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  name TEXT NOT NULL, description TEXT, settings TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS projects_org ON projects(org_id);

-- role: what a key may do in its project, or, without a project, in every project of its organisation.
CREATE TABLE IF NOT EXISTS keys(
  id TEXT PRIMARY KEY, prefix TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES organizations(id) ON DELETE CASCADE,
  project_id TEXT REFERENCES projects(id) ON DELETE CASCADE,
  role TEXT NOT NULL, email TEXT, created_at INTEGER NOT NULL, expires_at INTEGER, last_used_at INTEGER, revoked_at INTEGER);
CREATE INDEX IF NOT EXISTS keys_org ON keys(org_id);

-- project_id '' : a member of the organisation.
CREATE TABLE IF NOT EXISTS members(
  org_id TEXT NOT NULL REFERENCES organizations(id) ON DELETE CASCADE, project_id TEXT NOT NULL, email TEXT NOT NULL,
  role TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY(org_id, project_id, email)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS webhooks(
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, name TEXT NOT NULL, url TEXT NOT NULL,
  event_types TEXT NOT NULL, secret TEXT NOT NULL, is_active INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS webhooks_project ON webhooks(project_id);

-- Payloads are made when they are sent, from the memories as they are then: only ids are kept.
CREATE TABLE IF NOT EXISTS deliveries(
  delivery_no INTEGER PRIMARY KEY, number INTEGER NOT NULL, webhook_id TEXT NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE, project_id TEXT NOT NULL,
  event_type TEXT NOT NULL, memory_id TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, run_at INTEGER NOT NULL,
  status INTEGER, error TEXT, created_at INTEGER NOT NULL, sent_at INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries(state, run_at);
-- What others see is counted in each webhook: a number of the whole file would tell how much others do.
CREATE UNIQUE INDEX IF NOT EXISTS deliveries_webhook ON deliveries(webhook_id, number);

-- What an add, or another change of many, came to. Ids of messages and memories, never their text.
CREATE TABLE IF NOT EXISTS events(
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, type TEXT NOT NULL, status TEXT NOT NULL,
  message_ids TEXT NOT NULL, results TEXT NOT NULL, error TEXT, created_at INTEGER NOT NULL, started_at INTEGER, completed_at INTEGER);
CREATE INDEX IF NOT EXISTS events_project ON events(project_id, created_at);
CREATE INDEX IF NOT EXISTS events_open ON events(status) WHERE status IN ('PENDING', 'RUNNING');

CREATE TABLE IF NOT EXISTS audit(
  audit_no INTEGER PRIMARY KEY, at INTEGER NOT NULL, org_id TEXT, project_id TEXT, key_id TEXT, action TEXT NOT NULL, target TEXT NOT NULL);

-- Mem0's older clients delete entities by number; counted in each project.
CREATE TABLE IF NOT EXISTS entity_numbers(
  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, entity_no INTEGER NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY(project_id, entity_no), UNIQUE(project_id, type, name)) WITHOUT ROWID;

-- Browsers that are signed in with a key; the token itself is in the cookie alone.
CREATE TABLE IF NOT EXISTS sessions(
  hash TEXT PRIMARY KEY, key_id TEXT NOT NULL REFERENCES keys(id) ON DELETE CASCADE, expires_at INTEGER NOT NULL) WITHOUT ROWID;

-- Exports are made when they are fetched, out of the memories named here.
CREATE TABLE IF NOT EXISTS exports(
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, schema TEXT NOT NULL,
  filters TEXT NOT NULL, memory_ids TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS exports_project ON exports(project_id, filters, created_at);

-- Profiles are made when they are read; a job notes for whom one was asked for, and what came of it.
CREATE TABLE IF NOT EXISTS profile_jobs(
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, operation TEXT NOT NULL,
  entity_ids TEXT NOT NULL, succeeded TEXT NOT NULL, idempotency_key TEXT, request TEXT NOT NULL, created_at INTEGER NOT NULL,
  UNIQUE(project_id, idempotency_key));

CREATE TABLE IF NOT EXISTS counters(
  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY(project_id, name)) WITHOUT ROWID;
`;

/** Writes a control.db of version 3 with an organization, a project, an owner's key and an export. */
export function writeControlVersion3(path: string, secret: string): { readonly projectId: string } {
  const database = new DatabaseSync(path);
  try {
    const projectId = "proj_old";
    database.exec(`PRAGMA journal_mode=WAL; ${CONTROL_VERSION_3} PRAGMA user_version=3;`);
    database.prepare("INSERT INTO organizations VALUES('org_old', 'old', 1, 1)").run();
    database.prepare("INSERT INTO projects VALUES(?, 'org_old', 'old', NULL, '{}', 1, 1)").run(projectId);
    database
      .prepare(
        "INSERT INTO keys(id, prefix, hash, label, org_id, project_id, role, email, created_at) VALUES('key_old', ?, ?, 'old', 'org_old', NULL, 'owner', NULL, 1)",
      )
      .run(secret.slice(0, 8), createHash("sha256").update(secret).digest("hex"));
    database
      .prepare("INSERT INTO exports VALUES('00000000-0000-7000-8000-000000000001', ?, ?, 'none', '[]', 1)")
      .run(projectId, JSON.stringify({ properties: { city: { type: "string" } } }));
    return { projectId };
  } finally {
    database.close();
  }
}
