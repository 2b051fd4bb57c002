import { createMcpHandler } from "@modelcontextprotocol/server";
import { buildServer } from "./build-server.ts";
import type { McpSession } from "./session.ts";

/**
 * Serves MCP over streamable HTTP, without sessions of its own: each request brings who calls, and clients of 2025's
 * revisions are served request by request.
 */
export function createHttpHandler({
  maxBodyBytes,
  log,
}: {
  readonly maxBodyBytes: number;
  readonly log: (line: string) => void;
}): (request: Request, session: McpSession) => Promise<Response> {
  const handler = createMcpHandler(({ authInfo }) => buildServer(authInfo?.extra?.["session"] as McpSession), {
    maxRequestBodySize: maxBodyBytes,
    onerror: (error) => log(error.message),
  });
  return (request, session) =>
    // The key has been looked at already, and goes no further.
    handler.fetch(request, { authInfo: { token: "", clientId: "", scopes: [], extra: { session } } });
}
