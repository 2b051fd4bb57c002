import { createEvent } from "./control/events.ts";
import type { Call } from "./route.ts";
import { announce } from "./webhooks/announce.ts";

/** Notes an event that is over, for /v1/events/ and /v1/memories/events/, and has the project's webhooks told. */
export function recordChanges(
  call: Pick<Call, "services" | "project">,
  type: "ADD" | "UPDATE" | "DELETE" | "RESTORE" | "DELETE_ALL",
  results: readonly { readonly id: string; readonly event: string }[],
): void {
  if (results.length === 0) return;
  const projectId = call.project().id;
  createEvent(call.services.control, { projectId, type, status: "SUCCEEDED", results });
  announce(call.services, projectId, results);
}
