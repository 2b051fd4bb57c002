import { queueDeliveries } from "../control/webhooks.ts";
import type { WebhookEventType } from "../control/webhooks.ts";
import type { Services } from "../services.ts";

const TYPES: Readonly<Record<string, WebhookEventType>> = {
  ADD: "memory_add",
  UPDATE: "memory_update",
  DELETE: "memory_delete",
};

/** Has the project's webhooks told of changed memories: a row each, sent in the background. */
export function announce(
  { control, webhooks }: Pick<Services, "control" | "webhooks">,
  projectId: string,
  changes: readonly { readonly id: string; readonly event: string }[],
): void {
  if (changes.length === 0) return;
  const queued = control.transaction(() => {
    let count = 0;
    for (const { id, event } of changes) {
      const type = TYPES[event];
      if (type !== undefined) count += queueDeliveries(control, projectId, type, id);
    }
    return count;
  });
  if (queued > 0) webhooks.wake();
}
