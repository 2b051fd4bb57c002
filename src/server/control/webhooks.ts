import { randomBytes } from "node:crypto";
import { MemoryError } from "../../errors.ts";
import type { ControlStore, Row } from "./control-store.ts";

export const EVENT_TYPES = ["memory_add", "memory_update", "memory_delete", "memory_categorize"] as const;
export type WebhookEventType = (typeof EVENT_TYPES)[number];

/** Between two attempts of one delivery. */
export const LONGEST_PAUSE_MS: number = 4 * 60 * 60 * 1000;

export interface Webhook {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly url: string;
  readonly eventTypes: readonly WebhookEventType[];
  /** Signs what is sent; shown once, when the webhook is made. */
  readonly secret: string;
  readonly isActive: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Delivery {
  readonly row: number;
  /** From 1 in each webhook. */
  readonly number: number;
  readonly webhookId: string;
  readonly projectId: string;
  readonly eventType: WebhookEventType;
  readonly memoryId: string;
  readonly state: "waiting" | "delivered" | "given_up";
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly createdAt: number;
  readonly sentAt: number | null;
}

export function createWebhook(
  store: ControlStore,
  webhook: Pick<Webhook, "projectId" | "name" | "url" | "eventTypes" | "isActive">,
): Webhook {
  const id = `wh_${store.createId()}`;
  const now = store.now();
  store.run(
    "INSERT INTO webhooks VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    id,
    webhook.projectId,
    webhook.name,
    webhook.url,
    JSON.stringify(webhook.eventTypes),
    `whsec_${randomBytes(24).toString("base64url")}`,
    webhook.isActive ? 1 : 0,
    now,
    now,
  );
  return requireWebhook(store, id);
}

/** @throws MemoryError `not_found`, also for one of another project. */
export function requireWebhook(store: ControlStore, id: string, projectId?: string): Webhook {
  const row = store.get(
    "SELECT * FROM webhooks WHERE id = ? AND (?2 IS NULL OR project_id = ?2)",
    id,
    projectId ?? null,
  );
  if (row === undefined) throw new MemoryError("not_found", `There is no webhook ${id}.`);
  return toWebhook(row);
}

export function listWebhooks(store: ControlStore, projectId: string): Webhook[] {
  return store.all("SELECT * FROM webhooks WHERE project_id = ? ORDER BY id", projectId).map(toWebhook);
}

export function updateWebhook(
  store: ControlStore,
  id: string,
  changes: Partial<Pick<Webhook, "name" | "url" | "eventTypes" | "isActive">>,
): Webhook {
  const { name, url, eventTypes, isActive } = { ...requireWebhook(store, id), ...changes };
  store.run(
    "UPDATE webhooks SET name = ?, url = ?, event_types = ?, is_active = ?, updated_at = ? WHERE id = ?",
    name,
    url,
    JSON.stringify(eventTypes),
    isActive ? 1 : 0,
    store.now(),
    id,
  );
  return requireWebhook(store, id);
}

export function deleteWebhook(store: ControlStore, id: string): void {
  store.run("DELETE FROM webhooks WHERE id = ?", id);
}

/** One waiting row for every webhook of the project that wants to know. @returns how many. */
export function queueDeliveries(
  store: ControlStore,
  projectId: string,
  eventType: WebhookEventType,
  memoryId: string,
): number {
  const wanted = listWebhooks(store, projectId).filter(
    ({ isActive, eventTypes }) => isActive && eventTypes.includes(eventType),
  );
  for (const { id } of wanted) {
    store.run(
      "INSERT INTO deliveries(number, webhook_id, project_id, event_type, memory_id, state, attempts, run_at, created_at) VALUES((SELECT coalesce(max(number), 0) + 1 FROM deliveries WHERE webhook_id = ?1), ?1, ?2, ?3, ?4, 'waiting', 0, ?5, ?6)",
      id,
      projectId,
      eventType,
      memoryId,
      store.now(),
      store.now(),
    );
  }
  return wanted.length;
}

/** What is to be sent now, also what was put off by a clock that has been set back since. */
export function dueDeliveries(store: ControlStore, limit: number): Delivery[] {
  return store
    .all(
      "SELECT * FROM deliveries WHERE state = 'waiting' AND (run_at <= ?1 OR run_at > ?1 + ?2 OR created_at > ?1) ORDER BY run_at, delivery_no LIMIT ?3",
      store.now(),
      LONGEST_PAUSE_MS,
      limit,
    )
    .map(toDelivery);
}

/** What became of one attempt; `retryAt` null ends it. */
export function noteAttempt(
  store: ControlStore,
  { row }: Pick<Delivery, "row">,
  attempt: { readonly status: number | null; readonly error: string | null; readonly retryAt: number | null },
): void {
  const state = attempt.error === null ? "delivered" : attempt.retryAt === null ? "given_up" : "waiting";
  store.run(
    "UPDATE deliveries SET state = ?, attempts = attempts + 1, status = ?, error = ?, run_at = coalesce(?, run_at), sent_at = ? WHERE delivery_no = ?",
    state,
    attempt.status,
    attempt.error,
    attempt.retryAt,
    store.now(),
    row,
  );
}

/** Sends it again from the beginning. @throws MemoryError `not_found`. */
export function replayDelivery(store: ControlStore, webhookId: string, number: number): void {
  const changed = store.run(
    "UPDATE deliveries SET state = 'waiting', attempts = 0, run_at = ?, error = NULL WHERE number = ? AND webhook_id = ?",
    store.now(),
    number,
    webhookId,
  );
  if (changed === 0) throw new MemoryError("not_found", `There is no delivery ${number} of this webhook.`);
}

export function listDeliveries(store: ControlStore, webhookId: string, limit: number): Delivery[] {
  return store
    .all("SELECT * FROM deliveries WHERE webhook_id = ? ORDER BY number DESC LIMIT ?", webhookId, limit)
    .map(toDelivery);
}

function toWebhook(row: Row): Webhook {
  return {
    id: String(row["id"]),
    projectId: String(row["project_id"]),
    name: String(row["name"]),
    url: String(row["url"]),
    eventTypes: JSON.parse(String(row["event_types"])) as WebhookEventType[],
    secret: String(row["secret"]),
    isActive: row["is_active"] === 1,
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
  };
}

function toDelivery(row: Row): Delivery {
  return {
    row: Number(row["delivery_no"]),
    number: Number(row["number"]),
    webhookId: String(row["webhook_id"]),
    projectId: String(row["project_id"]),
    eventType: row["event_type"] as WebhookEventType,
    memoryId: String(row["memory_id"]),
    state: row["state"] as Delivery["state"],
    attempts: Number(row["attempts"]),
    status: row["status"] === null ? null : Number(row["status"]),
    error: row["error"] as string | null,
    createdAt: Number(row["created_at"]),
    sentAt: row["sent_at"] === null ? null : Number(row["sent_at"]),
  };
}
