import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { McpServer } from "@modelcontextprotocol/server";
import { digestOf, recentSessions } from "./digest.ts";
import type { McpSession } from "./session.ts";
import { errorText } from "./tool-error.ts";

/** What a client can attach to a conversation by itself. */
export function registerResources(server: McpServer, session: McpSession): void {
  const register = (
    name: string,
    title: string,
    description: string,
    read: (of: McpSession) => Promise<string>,
  ): void => {
    server.registerResource(
      name,
      `recollect://${name}`,
      { title, description, mimeType: "text/markdown" },
      async (uri) => {
        const done = session.onCall?.();
        try {
          return { contents: [{ uri: uri.href, mimeType: "text/markdown", text: await read(session) }] };
        } catch (error) {
          throw new ProtocolError(ProtocolErrorCode.InternalError, errorText(error, session.onFailure));
        } finally {
          done?.();
        }
      },
    );
  };
  register("digest", "What matters now", "Newest facts, preferences and decisions, at most 1,500 tokens", digestOf);
  register("recent", "Recent sessions", "The last sessions with what was said first in each", recentSessions);
}
