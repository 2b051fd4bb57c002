import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import { invalidInput, MemoryError } from "../errors.ts";
import { authenticate } from "./authenticate.ts";
import { allows } from "./control/keys.ts";
import type { Principal } from "./control/keys.ts";
import { errorReply, httpError } from "./error-reply.ts";
import { RequestLimits } from "./limit-requests.ts";
import { describeRoutes } from "./open-api.ts";
import { readJsonBody } from "./read-body.ts";
import type { Call, Reply, Route } from "./route.ts";
import { mcpRoutes } from "./routes/mcp.ts";
import { ROUTES } from "./routes/routes.ts";
import { findProject } from "./find-project.ts";
import { sendLines } from "./send-lines.ts";
import type { Services } from "./services.ts";
import { traceRequest } from "./trace-request.ts";
import type { TracedRequest } from "./trace-request.ts";

type Handler = (context: Context) => Promise<Response>;

const NOBODY: Principal = { keyId: "", orgId: "", projectId: null, role: "reader", email: null };

/**
 * The HTTP surface: every route of routes/, with what all of them share. Paths are answered with and without the slash at
 * their end, every answer is JSON, and every answer carries the request's id.
 */
export function createApp(services: Services): Hono {
  const app = new Hono({ getPath: pathWithSlash });
  const limits = new RequestLimits(services.settings);
  for (const route of [...ROUTES, ...mcpRoutes]) {
    const pattern = route.path.replaceAll(/\{(\w+)\}/gu, ":$1");
    app.on(route.method, pattern, handlerOf(route, services, limits));
  }
  // Made when first asked for: it is a fifth of what the start would take.
  let document: ReturnType<typeof describeRoutes> | undefined;
  app.get("/openapi.json/", (context) => context.json((document ??= describeRoutes(ROUTES))));
  app.options("*", (context) => preflight(context, services.settings.allowedOrigins));
  app.notFound((context) => {
    const id = requestId(context.req.raw.headers);
    const known = ROUTES.filter(({ path }) => matches(path, pathWithSlash(context.req.raw))).map(
      ({ method }) => method,
    );
    const error =
      known.length > 0
        ? httpError(405, "invalid_input", `${context.req.method} is not allowed here. Allowed: ${known.join(", ")}.`)
        : new MemoryError(
            "not_found",
            `There is nothing at ${context.req.method} ${context.req.path}. See /openapi.json.`,
          );
    return send(context, errorReply(error, id), id, services.settings.allowedOrigins);
  });
  return app;
}

function handlerOf(route: Route, services: Services, limits: RequestLimits): Handler {
  return async (context) => {
    const id = requestId(context.req.raw.headers);
    return traceRequest(route.operation, { method: route.method, path: route.path, id }, (traced) =>
      handleTraced(context, id, traced),
    );
  };

  async function handleTraced(context: Context, id: string, traced: TracedRequest): Promise<Response> {
    const start = performance.now();
    const { headers } = context.req.raw;
    let status = 500;
    let principal = NOBODY;
    const fail = (error: unknown): void =>
      services.log("error", "request failed", {
        request_id: id,
        operation: route.operation,
        error: String((error as Error | null)?.stack ?? error)
          .split("\n")
          .slice(0, 6),
      });
    // Whether the process lives is asked most when it has much to do.
    const leave = route.tag === "server" && route.role === "public" ? () => undefined : limits.enter();
    services.metrics.setInFlight(limits.inFlight);
    try {
      if (leave === null)
        throw new MemoryError("rate_limited", "The server has too much to do. Try again.", {
          retryable: true,
          details: { retryAfterSeconds: 1 },
        });
      if (route.role !== "public") principal = admit(route, services, limits, headers);
      const { call, touched } = await readCall(route, services, context, { principal, requestId: id });
      const reply = await route.handle(call);
      // What was written is on disk before anybody is told so.
      if (route.method !== "GET" && route.role !== "reader") await services.flush(touched());
      const response = await answer(context, reply, { status: route.status ?? 200, id, fail });
      status = response.status;
      return withCors(response, headers, services.settings.allowedOrigins);
    } catch (error) {
      const failure = errorReply(error, id);
      ({ status } = failure);
      if (failure.body.code === "internal") fail(error);
      return withCors(send(context, failure, id, []), headers, services.settings.allowedOrigins);
    } finally {
      leave?.();
      traced.status = status;
      traced.projectId = principal.projectId;
      services.metrics.setInFlight(limits.inFlight);
      const seconds = (performance.now() - start) / 1000;
      services.metrics.observeRequest(route.operation, status, seconds);
      services.requests.note({
        id,
        method: route.method,
        path: route.path,
        operation: route.operation,
        statusCode: status,
        latencyMs: Math.round(seconds * 1_000_000) / 1000,
        keyId: principal.keyId,
        orgId: principal.orgId,
        projectId: principal.projectId,
        createdAt: Date.now(),
      });
      services.log("info", "request", {
        request_id: id,
        operation: route.operation,
        status,
        milliseconds: Math.round(seconds * 1000),
      });
    }
  }
}

function admit(route: Route, { control }: Services, limits: RequestLimits, headers: Headers): Principal {
  const principal = authenticate(control, headers, route.method);
  const wait = limits.secondsUntilFree(principal.keyId);
  if (wait > 0)
    throw new MemoryError("rate_limited", `This key has used its requests of the minute. Try again in ${wait} s.`, {
      retryable: true,
      details: { retryAfterSeconds: wait },
    });
  if (!allows(principal.role, route.role as Principal["role"]))
    throw httpError(403, "unauthorized", `This key is a ${principal.role}; ${route.operation} needs a ${route.role}.`);
  return principal;
}

async function readCall(
  route: Route,
  services: Services,
  context: Context,
  { principal, requestId: id }: { principal: Principal; requestId: string },
): Promise<{ readonly call: Call; readonly touched: () => string | null }> {
  const raw = context.req.raw;
  const url = new URL(raw.url);
  const query = parse(route.query, queryOf(url), "query");
  let body: unknown;
  if (route.body !== undefined) {
    const sent = await readJsonBody(raw, services.settings.maxBodyBytes);
    if (sent === undefined && route.isBodyOptional !== true)
      throw invalidInput("The body is missing. Send application/json.");
    body = sent === undefined ? undefined : parse(route.body, sent, "body");
  }
  const sentProject = { ...(query as object | undefined), ...(body as object | undefined) } as { project_id?: unknown };
  let found: ReturnType<Call["project"]> | undefined;
  const project = (): ReturnType<Call["project"]> =>
    (found ??= findProject(services.control, principal, sentProject.project_id));
  const call: Call = {
    services,
    principal,
    requestId: id,
    params: context.req.param() as Record<string, string>,
    query,
    body,
    // Made when asked for: most calls need neither, and both cost as much as the rest of the reading.
    get stream() {
      return raw.body;
    },
    headers: raw.headers,
    url,
    get signal() {
      return raw.signal;
    },
    project,
    memory: () => services.projects.memoryOf(project().id),
  };
  return { call, touched: () => found?.id ?? null };
}

/** A name that stands twice becomes a list. */
function queryOf(url: URL): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values[0];
  }
  return query;
}

function parse(schema: Route["query"], value: unknown, where: string): unknown {
  if (schema === undefined) return value;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? where : `${where}.${issue.path.join(".")}`;
  throw invalidInput(`${place}: ${issue?.message ?? "is not valid"}.`);
}

async function answer(
  context: Context,
  reply: Reply,
  { status, id, fail }: { readonly status: number; readonly id: string; readonly fail: (error: unknown) => void },
): Promise<Response> {
  if ("response" in reply) {
    reply.response.headers.set("X-Request-ID", id);
    return reply.response;
  }
  context.header("X-Request-ID", id);
  const headers = "headers" in reply ? reply.headers : {};
  for (const [name, value] of Object.entries(headers ?? {})) context.header(name, value);
  if ("json" in reply) {
    return context.json(reply.json as never, (reply.status ?? status) as 200);
  }
  context.header("Content-Type", reply.type);
  if ("text" in reply) return context.body(reply.text, (reply.status ?? status) as 200);
  return sendLines(context, reply.lines, fail);
}

function send(
  context: Context,
  failure: ReturnType<typeof errorReply>,
  id: string,
  origins: readonly string[],
): Response {
  context.header("X-Request-ID", id);
  for (const [name, value] of Object.entries(failure.headers)) context.header(name, value);
  return withCors(context.json(failure.body, failure.status as 400), context.req.raw.headers, origins);
}

function withCors(response: Response, headers: Headers, origins: readonly string[]): Response {
  const origin = headers.get("origin");
  if (origin === null || !(origins.includes(origin) || origins.includes("*"))) return response;
  response.headers.set("Access-Control-Allow-Origin", origin);
  response.headers.set("Access-Control-Expose-Headers", "X-Request-ID, Retry-After");
  response.headers.append("Vary", "Origin");
  return response;
}

function preflight(context: Context, origins: readonly string[]): Response {
  const response = context.body(null, 200);
  response.headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
  response.headers.set("Access-Control-Allow-Headers", context.req.header("access-control-request-headers") ?? "");
  const allowed = withCors(response, context.req.raw.headers, origins);
  if (allowed.headers.has("Access-Control-Allow-Origin")) return allowed;
  const id = requestId(context.req.raw.headers);
  const error = httpError(403, "unauthorized", "This origin may not call: name it in the setting allowedOrigins.");
  return send(context, errorReply(error, id), id, []);
}

/** The caller's own id when it is a sensible one. */
function requestId(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given !== null && /^[\w.:-]{1,100}$/u.test(given) ? given : randomUUID();
}

function pathWithSlash(request: Request): string {
  const { pathname } = new URL(request.url);
  return pathname.endsWith("/") ? pathname : `${pathname}/`;
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith("{") || part === given[index]);
}
