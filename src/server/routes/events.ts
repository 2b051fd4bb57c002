import { z } from "zod";
import { listChanges, listEvents, requireEvent } from "../control/events.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { eventShape } from "../shapes/event-shape.ts";
import { changeShape } from "../shapes/history-shape.ts";
import { paginated, readPage } from "../shapes/page.ts";

export const eventRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/v1/events/",
    operation: "listEvents",
    summary: "What adds and deletions came to, newest first",
    tag: "events",
    role: "reader",
    query: z.looseObject({ page: z.string().optional(), page_size: z.string().optional() }),
    handle: async (call) => {
      const page = readPage(call.query.page, call.query.page_size, 50, 200);
      const { events, count } = listEvents(call.services.control, call.project().id, {
        limit: page.size,
        offset: (page.page - 1) * page.size,
      });
      const memory = call.memory();
      return {
        json: paginated(call.url, page, count, await Promise.all(events.map((event) => eventShape(event, memory)))),
      };
    },
  }),
  route({
    method: "GET",
    path: "/v1/event/{id}/",
    operation: "getEvent",
    summary: "What one add or deletion came to",
    tag: "events",
    role: "reader",
    handle: async (call) => {
      const event = requireEvent(call.services.control, call.project().id, call.params["id"] ?? "");
      return { json: await eventShape(event, call.memory()) };
    },
  }),
  route({
    method: "GET",
    path: "/v1/memories/events/",
    operation: "listMemoryChanges",
    summary:
      "Changes of memories that the newest 5,000 events name, newest first, with the texts that their history still has",
    tag: "events",
    role: "reader",
    query: z.looseObject({
      page: z.string().optional(),
      page_size: z.string().optional(),
      limit: z.string().optional(),
    }),
    handle: async (call) => {
      const page = readPage(call.query.page, call.query.page_size ?? call.query.limit, 50, 200);
      const { changes, count } = listChanges(call.services.control, call.project().id, {
        limit: page.size,
        offset: (page.page - 1) * page.size,
      });
      const memory = call.memory();
      return {
        json: paginated(call.url, page, count, await Promise.all(changes.map((change) => changeShape(change, memory)))),
      };
    },
  }),
];
