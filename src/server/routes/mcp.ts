import { z } from "zod";
import { checkProfile } from "../../mcp/profiles.ts";
import type { EventReader, McpSession } from "../../mcp/session.ts";
import { isAcrossUsers } from "../add-through-project.ts";
import { listEvents, requireEvent } from "../control/events.ts";
import { projectMemory } from "../project-memory.ts";
import { route } from "../route.ts";
import type { Call, Method, Reply, Route } from "../route.ts";
import type { Services } from "../services.ts";
import { eventShape } from "../shapes/event-shape.ts";

type HttpHandler = Awaited<ReturnType<typeof import("../../mcp/serve-http.ts").createHttpHandler>>;

/** One for each server: it is made with the first request, since most servers never get one. */
const handlers = new WeakMap<Services, Promise<HttpHandler>>();

const METHODS = ["POST", "GET", "DELETE"] as const;

/** MCP over streamable HTTP, for a key's project. It is not part of the OpenAPI document: its messages are MCP's. */
const ownRoutes = METHODS.map((method: Method) =>
  route({
    method,
    path: "/mcp/",
    operation: `mcp${method === "POST" ? "" : method}`,
    summary: "MCP over streamable HTTP",
    tag: "mcp",
    // Keys that only read are offered the tools that only read.
    role: "reader",
    query: z.looseObject({
      user_id: z.string().optional(),
      profile: z.string().optional(),
      project_id: z.string().optional(),
    }),
    handle: (call): Promise<Reply> =>
      answer(call, method, {
        userId: call.query.user_id ?? call.principal.email ?? undefined,
        profile: checkProfile(call.query.profile ?? "default"),
      }),
  }),
);

/** OpenMemory's address: its clients change the host alone. Of its two transports the one that is not outdated. */
const openMemoryRoutes = METHODS.map((method: Method) =>
  route({
    method,
    path: "/mcp/{client}/http/{user}/",
    operation: `mcpOpenMemory${method === "POST" ? "" : method}`,
    summary: "MCP with OpenMemory's tools, at its address",
    tag: "mcp",
    role: "reader",
    query: z.looseObject({ project_id: z.string().optional() }),
    handle: (call): Promise<Reply> =>
      answer(call, method, { userId: call.params["user"], profile: checkProfile("openmemory") }),
  }),
);

export const mcpRoutes: readonly Route[] = [...ownRoutes, ...openMemoryRoutes];

async function answer(
  call: Call,
  method: Method,
  asked: { readonly userId: string | undefined; readonly profile: string },
): Promise<Reply> {
  const session: McpSession = {
    memory: projectMemory(call),
    ...asked,
    isReadOnly: call.principal.role === "reader",
    acrossUsers: isAcrossUsers(call.principal),
    events: eventsOf(call),
    onFailure: (error) =>
      call.services.log("error", "mcp", {
        request_id: call.requestId,
        error: String((error as Error | null)?.stack ?? error)
          .split("\n")
          .slice(0, 6),
      }),
  };
  const handler = await handlerOf(call.services);
  return { response: await handler(requestOf(call, method), session) };
}

function eventsOf({ services: { control }, project, memory }: Call): EventReader {
  return {
    async list(page, size) {
      const { events, count } = listEvents(control, project().id, { limit: size, offset: (page - 1) * size });
      return { events: await Promise.all(events.map((event) => eventShape(event, memory()))), count };
    },
    get: async (id) => await eventShape(requireEvent(control, project().id, id), memory()),
  };
}

function handlerOf(services: Services): Promise<HttpHandler> {
  const known = handlers.get(services);
  if (known !== undefined) return known;
  const made = import("../../mcp/serve-http.ts").then(({ createHttpHandler }) =>
    createHttpHandler({
      maxBodyBytes: services.settings.maxBodyBytes,
      log: (line) => services.log("warn", "mcp", { error: line }),
    }),
  );
  handlers.set(services, made);
  return made;
}

function requestOf({ url, headers, stream, signal }: Call, method: Method): Request {
  return new Request(url, {
    method,
    headers,
    signal,
    ...(stream === null ? {} : { body: stream, duplex: "half" }),
  });
}
