import { MemoryError } from "../../errors.ts";
import type { ControlStore, Row } from "./control-store.ts";

/** One request for profiles: for which users, and for which of them there were memories. */
export interface ProfileJob {
  readonly id: string;
  readonly operation: "trigger" | "sample";
  readonly entityIds: readonly string[];
  readonly succeeded: readonly string[];
  readonly createdAt: number;
}

/** Jobs that a project keeps, and for which a key can be used again; older ones go. */
const MAX_JOBS = 10_000;

export interface NewProfileJob extends Pick<ProfileJob, "operation" | "entityIds" | "succeeded"> {
  readonly projectId: string;
  readonly idempotencyKey: string | null;
  /** What was asked for, to tell a repeated request from another one under the same key. */
  readonly request: string;
}

export function createProfileJob(store: ControlStore, job: NewProfileJob): ProfileJob {
  const id = store.createId();
  store.transaction(() => {
    store.run(
      "INSERT INTO profile_jobs VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
      id,
      job.projectId,
      job.operation,
      JSON.stringify(job.entityIds),
      JSON.stringify(job.succeeded),
      job.idempotencyKey,
      job.request,
      store.now(),
    );
    store.run(
      "DELETE FROM profile_jobs WHERE project_id = ?1 AND id IN (SELECT id FROM profile_jobs WHERE project_id = ?1 ORDER BY id DESC LIMIT -1 OFFSET ?2)",
      job.projectId,
      MAX_JOBS,
    );
    for (const userId of job.succeeded)
      store.run(
        "INSERT INTO counters VALUES(?, ?, 1) ON CONFLICT(project_id, name) DO UPDATE SET value = value + 1",
        job.projectId,
        counterOf(userId),
      );
  });
  return requireProfileJob(store, job.projectId, id);
}

/** The job that was made under this key, or null. @throws MemoryError `conflict` when it was made for something else. */
export function findReplay(
  store: ControlStore,
  { projectId, idempotencyKey, request }: Pick<NewProfileJob, "projectId" | "idempotencyKey" | "request">,
): ProfileJob | null {
  if (idempotencyKey === null) return null;
  const row = store.get(
    "SELECT * FROM profile_jobs WHERE project_id = ? AND idempotency_key = ?",
    projectId,
    idempotencyKey,
  );
  if (row === undefined) return null;
  if (row["request"] !== request)
    throw new MemoryError("conflict", "This Idempotency-Key was used for another request. Send a new one.");
  return toJob(row);
}

/** @throws MemoryError `not_found`, also for one of another project. */
export function requireProfileJob(store: ControlStore, projectId: string, id: string): ProfileJob {
  const row = store.get("SELECT * FROM profile_jobs WHERE id = ? AND project_id = ?", id, projectId);
  if (row === undefined) throw new MemoryError("not_found", `There is no profile job ${id.slice(0, 100)}.`);
  return toJob(row);
}

/** How many jobs came to a profile of this user. */
export function countGenerations(store: ControlStore, projectId: string, userId: string): number {
  const row = store.get("SELECT value FROM counters WHERE project_id = ? AND name = ?", projectId, counterOf(userId));
  return Number(row?.["value"] ?? 0);
}

function counterOf(userId: string): string {
  return `profile:${userId}`;
}

function toJob(row: Row): ProfileJob {
  return {
    id: String(row["id"]),
    operation: row["operation"] as ProfileJob["operation"],
    entityIds: JSON.parse(String(row["entity_ids"])) as string[],
    succeeded: JSON.parse(String(row["succeeded"])) as string[],
    createdAt: Number(row["created_at"]),
  };
}
