import { MemoryError } from "../../errors.ts";
import type { ControlStore, Row } from "./control-store.ts";

export type EventStatus = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED";

/** What became of one request that changed memories. Ids only: texts are read when somebody asks. */
export interface ServerEvent {
  readonly id: string;
  readonly projectId: string;
  /** ADD, DELETE_ALL, DELETE_ENTITY. */
  readonly type: string;
  readonly status: EventStatus;
  readonly messageIds: readonly string[];
  readonly results: readonly { readonly id: string; readonly event: string }[];
  readonly error: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
}

export interface NewEvent {
  readonly projectId: string;
  readonly type: string;
  readonly status: EventStatus;
  readonly messageIds?: readonly string[];
  readonly results?: ServerEvent["results"];
}

export function createEvent(store: ControlStore, event: NewEvent): ServerEvent {
  const id = store.createId();
  const now = store.now();
  const isOver = event.status === "SUCCEEDED" || event.status === "FAILED";
  store.run(
    "INSERT INTO events VALUES(?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)",
    id,
    event.projectId,
    event.type,
    event.status,
    JSON.stringify(event.messageIds ?? []),
    JSON.stringify(event.results ?? []),
    now,
    event.status === "PENDING" ? null : now,
    isOver ? now : null,
  );
  return requireEvent(store, event.projectId, id);
}

/** @throws MemoryError `not_found`, also for an event of another project. */
export function requireEvent(store: ControlStore, projectId: string, id: string): ServerEvent {
  const row = store.get("SELECT * FROM events WHERE id = ? AND project_id = ?", id, projectId);
  if (row === undefined) throw new MemoryError("not_found", `There is no event ${id}.`);
  return toEvent(row);
}

export function listEvents(
  store: ControlStore,
  projectId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): { readonly events: ServerEvent[]; readonly count: number } {
  const rows = store.all(
    "SELECT * FROM events WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
    projectId,
    limit,
    offset,
  );
  const count = Number(store.get("SELECT count(*) AS n FROM events WHERE project_id = ?", projectId)?.["n"]);
  return { events: rows.map(toEvent), count };
}

/** A memory that an event changed. */
export interface MemoryChange {
  readonly eventId: string;
  readonly memoryId: string;
  /** ADD, UPDATE or DELETE. */
  readonly event: string;
  readonly at: number;
}

/** Events that a look over all of a project's goes back: reading them is one step that must stay short. */
const EVENTS_READ = 5_000;
const NEWEST_EVENTS = `(SELECT * FROM events WHERE project_id = ? ORDER BY created_at DESC, id DESC LIMIT ${EVENTS_READ})`;

/** The changes of a project's memories that its newest events name, newest first. */
export function listChanges(
  store: ControlStore,
  projectId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): { readonly changes: MemoryChange[]; readonly count: number } {
  const from = `FROM ${NEWEST_EVENTS} AS events JOIN json_each(events.results) AS change`;
  const rows = store.all(
    `SELECT events.id AS id, coalesce(completed_at, created_at) AS at, change.value ->> 'id' AS memory_id, change.value ->> 'event' AS event ${from} ORDER BY events.created_at DESC, events.id DESC, change.key DESC LIMIT ? OFFSET ?`,
    projectId,
    limit,
    offset,
  );
  return {
    changes: rows.map((row) => ({
      eventId: String(row["id"]),
      memoryId: String(row["memory_id"]),
      event: String(row["event"]),
      at: Number(row["at"]),
    })),
    count: Number(store.get(`SELECT count(*) AS n ${from}`, projectId)?.["n"]),
  };
}

export function eventTypes(store: ControlStore, projectId: string): string[] {
  return store
    .all(`SELECT DISTINCT type FROM ${NEWEST_EVENTS} ORDER BY type`, projectId)
    .map((row) => String(row["type"]));
}

/** Events that wait for a language model, oldest first, after the one with the id `after` ("" for the first). */
export function openEvents(store: ControlStore, after: string, limit: number): ServerEvent[] {
  return store
    .all("SELECT * FROM events WHERE status IN ('PENDING', 'RUNNING') AND id > ? ORDER BY id LIMIT ?", after, limit)
    .map(toEvent);
}

/** Ends an event once. @returns false when somebody else had ended it. */
export function endEvent(
  store: ControlStore,
  id: string,
  outcome: {
    readonly status: "SUCCEEDED" | "FAILED";
    readonly results?: ServerEvent["results"];
    readonly error?: string;
  },
): boolean {
  const changed = store.run(
    "UPDATE events SET status = ?, results = ?, error = ?, completed_at = ?, started_at = coalesce(started_at, created_at) WHERE id = ? AND status IN ('PENDING', 'RUNNING')",
    outcome.status,
    JSON.stringify(outcome.results ?? []),
    outcome.error ?? null,
    store.now(),
    id,
  );
  return changed > 0;
}

export function markRunning(store: ControlStore, id: string): void {
  store.run(
    "UPDATE events SET status = 'RUNNING', started_at = ? WHERE id = ? AND status = 'PENDING'",
    store.now(),
    id,
  );
}

function toEvent(row: Row): ServerEvent {
  const time = (column: string): number | null => (row[column] === null ? null : Number(row[column]));
  return {
    id: String(row["id"]),
    projectId: String(row["project_id"]),
    type: String(row["type"]),
    status: row["status"] as EventStatus,
    messageIds: JSON.parse(String(row["message_ids"])) as string[],
    results: JSON.parse(String(row["results"])) as ServerEvent["results"],
    error: row["error"] as string | null,
    createdAt: Number(row["created_at"]),
    startedAt: time("started_at"),
    completedAt: time("completed_at"),
  };
}
