import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { noteAction } from "../control/audit.ts";
import {
  createWebhook,
  deleteWebhook,
  EVENT_TYPES,
  listDeliveries,
  listWebhooks,
  replayDelivery,
  requireWebhook,
  updateWebhook,
} from "../control/webhooks.ts";
import type { Webhook, WebhookEventType } from "../control/webhooks.ts";
import { isProjectOf } from "../control/projects.ts";
import { projectOfPath } from "../find-project.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";

const types = z.array(z.string());

export const webhookRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/api/v1/webhooks/projects/{project}/",
    operation: "listWebhooks",
    summary: "Webhooks of a project",
    tag: "webhooks",
    role: "reader",
    handle: (call) => ({
      json: listWebhooks(call.services.control, projectIdOf(call)).map((webhook) => webhookShape(webhook)),
    }),
  }),
  route({
    method: "POST",
    path: "/api/v1/webhooks/projects/{project}/",
    operation: "createWebhook",
    summary: "A new webhook; its signing secret is in this answer alone",
    tag: "webhooks",
    role: "owner",
    status: 201,
    body: z.looseObject({
      name: z.string().min(1),
      url: z.string(),
      event_types: types,
      is_active: z.boolean().optional(),
    }),
    handle: (call) => {
      const { name, url, event_types: eventTypes, is_active: isActive = true } = call.body;
      const webhook = createWebhook(call.services.control, {
        projectId: projectIdOf(call),
        name,
        url: checkUrl(url),
        eventTypes: checkTypes(eventTypes),
        isActive,
      });
      noteAction(call, "webhook.create", webhook.id);
      return { json: { ...webhookShape(webhook), secret: webhook.secret } };
    },
  }),
  route({
    method: "PUT",
    path: "/api/v1/webhooks/{webhook}/",
    operation: "updateWebhook",
    summary: "Another name, address or other events",
    tag: "webhooks",
    role: "owner",
    body: z.looseObject({
      name: z.string().optional(),
      url: z.string().optional(),
      event_types: types.optional(),
      is_active: z.boolean().optional(),
    }),
    handle: (call) => {
      const { id } = ownWebhook(call);
      const { name, url, event_types: eventTypes, is_active: isActive } = call.body;
      updateWebhook(call.services.control, id, {
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { url: checkUrl(url) }),
        ...(eventTypes === undefined ? {} : { eventTypes: checkTypes(eventTypes) }),
        ...(isActive === undefined ? {} : { isActive }),
      });
      noteAction(call, "webhook.update", id);
      return { json: { message: "Webhook updated successfully" } };
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v1/webhooks/{webhook}/",
    operation: "deleteWebhook",
    summary: "Delete a webhook with its log",
    tag: "webhooks",
    role: "owner",
    handle: (call) => {
      const { id } = ownWebhook(call);
      deleteWebhook(call.services.control, id);
      noteAction(call, "webhook.delete", id);
      return { json: { message: "Webhook deleted successfully" } };
    },
  }),
  route({
    method: "GET",
    path: "/api/v1/webhooks/{webhook}/deliveries/",
    operation: "listDeliveries",
    summary: "What was sent, and what became of it; newest first",
    tag: "webhooks",
    role: "reader",
    handle: (call) => ({
      json: listDeliveries(call.services.control, ownWebhook(call).id, 100).map((delivery) => ({
        delivery_id: delivery.number,
        event_type: delivery.eventType,
        memory_id: delivery.memoryId,
        state: delivery.state,
        attempts: delivery.attempts,
        status: delivery.status,
        error: delivery.error,
        created_at: new Date(delivery.createdAt).toISOString(),
        sent_at: delivery.sentAt === null ? null : new Date(delivery.sentAt).toISOString(),
      })),
    }),
  }),
  route({
    method: "POST",
    path: "/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay/",
    operation: "replayDelivery",
    summary: "Send it once more",
    tag: "webhooks",
    role: "owner",
    handle: (call) => {
      replayDelivery(call.services.control, ownWebhook(call).id, Number(call.params["delivery"]));
      call.services.webhooks.wake();
      return { json: { message: "Delivery queued" } };
    },
  }),
];

function projectIdOf(call: Call): string {
  return projectOfPath(call.services.control, call.principal, call.params["project"] ?? "").id;
}

/** A webhook of another project is "not found". */
function ownWebhook(call: Call): Webhook {
  const { control } = call.services;
  const { orgId, projectId } = call.principal;
  const id = call.params["webhook"] ?? "";
  if (projectId !== null) return requireWebhook(control, id, projectId);
  const webhook = requireWebhook(control, id);
  // In the words of one that is not there: nothing is said of another organization's project.
  return isProjectOf(control, webhook.projectId, orgId) ? webhook : requireWebhook(control, id, "");
}

function checkUrl(text: string): string {
  if (!URL.canParse(text)) throw invalidInput(`url must be an address, got ${JSON.stringify(text.slice(0, 80))}.`);
  const { protocol, username } = new URL(text);
  if ((protocol !== "https:" && protocol !== "http:") || username !== "")
    throw invalidInput("url must be an http or https address without a user name.");
  return text;
}

function checkTypes(given: readonly string[]): readonly WebhookEventType[] {
  const names = given.map((name) => name.toLowerCase().replace(":", "_"));
  const unknown = names.find((name) => !(EVENT_TYPES as readonly string[]).includes(name));
  if (unknown !== undefined || names.length === 0)
    throw invalidInput(
      `event_types expects some of ${EVENT_TYPES.join(", ")}${unknown === undefined ? "" : `, got "${unknown}"`}.`,
    );
  return names as WebhookEventType[];
}

function webhookShape(webhook: Webhook): Record<string, unknown> {
  return {
    webhook_id: webhook.id,
    name: webhook.name,
    url: webhook.url,
    event_types: webhook.eventTypes,
    owner: null,
    is_active: webhook.isActive,
    project: webhook.projectId,
    created_at: new Date(webhook.createdAt).toISOString(),
    updated_at: new Date(webhook.updatedAt).toISOString(),
  };
}
