import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import type { EventReader, McpSession } from "../session.ts";
import { DATA_NOTICE } from "../show-memories.ts";
import { jsonAnswer, listAnswer } from "./mem0-item.ts";

const output = z.looseObject({});

const listEvents: Tool = defineTool({
  name: "list_events",
  title: "List events",
  description: "What adds, updates and deletions came to, newest first.",
  input: z.object({
    page: z.number().int().min(1).default(1),
    page_size: z.number().int().min(1).max(100).default(20),
  }),
  output,
  effect: "read",
  run: async (session, { page, page_size: size }) => {
    const { events, count } = await eventsOf(session).list(page, size);
    return listAnswer(events, { count, page });
  },
});

const getEventStatus: Tool = defineTool({
  name: "get_event_status",
  title: "Status of an event",
  description: "What one add or deletion came to.",
  input: z.object({ event_id: z.string() }),
  output,
  effect: "read",
  run: async (session, { event_id: id }) => jsonAnswer({ notice: DATA_NOTICE, ...(await eventsOf(session).get(id)) }),
});

/** These tools are not offered without; this is for who calls them by heart. */
function eventsOf({ events }: McpSession): EventReader {
  if (events === undefined)
    throw invalidInput("Events are kept by the server alone. A file is written before a call is answered.");
  return events;
}

export const EVENT_TOOLS: readonly Tool[] = [listEvents, getEventStatus];
