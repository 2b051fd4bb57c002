import { z } from "zod";
import type { Route } from "./route.ts";

/** The OpenAPI 3.1 document of the routes, from the schemas that check their requests. */
export function describeRoutes(routes: readonly Route[]): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const item = (paths[route.path] ??= {});
    item[route.method.toLowerCase()] = describeRoute(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Recollect",
      version: "1",
      description: "Memory for AI agents. Speaks the API of Mem0's platform, and its own beside it.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      securitySchemes: {
        token: { type: "apiKey", in: "header", name: "Authorization", description: "Token <key>, or Bearer <key>" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
      schemas: { Error: ERROR },
    },
  };
}

const ERROR = {
  type: "object",
  required: ["code", "error", "detail", "message", "request_id"],
  properties: Object.fromEntries(
    ["code", "error", "detail", "message", "request_id"].map((name) => [name, { type: "string" }]),
  ),
};

function describeRoute(route: Route): Record<string, unknown> {
  const failure = {
    description: "What was expected, what came",
    content: json({ $ref: "#/components/schemas/Error" }),
  };
  return {
    operationId: route.operation,
    summary: route.summary,
    tags: [route.tag],
    ...(route.role === "public" ? { security: [] } : { security: [{ token: [] }, { apiKey: [] }] }),
    parameters: [
      ...[...route.path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
        name,
        in: "path",
        required: true,
        schema: { type: "string" },
      })),
      ...parametersOf(route.query),
    ],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: route.isBodyOptional !== true, content: json(schemaOf(route.body)) } }),
    responses: {
      [String(route.status ?? 200)]: {
        description: "Done",
        content: json(route.reply === undefined ? {} : schemaOf(route.reply)),
      },
      "400": failure,
      ...(route.role === "public" ? {} : { "401": failure, "403": failure, "429": failure }),
      "404": failure,
    },
  };
}

function parametersOf(query: z.ZodType | undefined): unknown[] {
  if (query === undefined) return [];
  const schema = schemaOf(query) as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, each]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) ?? false,
    schema: each,
  }));
}

function schemaOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function json(schema: object): Record<string, unknown> {
  return { "application/json": { schema } };
}
