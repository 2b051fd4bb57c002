import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { McpServer } from "@modelcontextprotocol/server";
import { digestOf, recentSessions } from "./digest.ts";
import type { McpSession } from "./session.ts";
import { errorText } from "./tool-error.ts";

interface Resource {
  readonly name: string;
  readonly address?: string;
  readonly type?: string;
}

/** What a client can attach to a conversation by itself. */
export function registerResources(server: McpServer, session: McpSession): void {
  const register = (
    { name, address = `recollect://${name}`, type = "text/markdown" }: Resource,
    title: string,
    description: string,
    read: (of: McpSession) => Promise<string>,
  ): void => {
    server.registerResource(name, address, { title, description, mimeType: type }, async (uri) => {
      const done = session.onCall?.();
      try {
        return { contents: [{ uri: uri.href, mimeType: type, text: await read(session) }] };
      } catch (error) {
        throw new ProtocolError(ProtocolErrorCode.InternalError, errorText(error, session.onFailure));
      } finally {
        done?.();
      }
    });
  };
  register(
    { name: "digest" },
    "What matters now",
    "Newest facts, preferences and decisions, at most 1,500 tokens",
    digestOf,
  );
  register({ name: "recent" }, "Recent sessions", "The last sessions with what was said first in each", recentSessions);
  if (session.profile === "knowledge-graph")
    register(
      { name: "knowledge-graph", address: "memory://knowledge-graph", type: "application/json" },
      "Knowledge graph",
      "The first page of the whole graph",
      readFirstPage,
    );
}

/** At the original's address. */
async function readFirstPage(session: McpSession): Promise<string> {
  const { wholeGraph } = await import("./knowledge-graph/read-tools.ts");
  return (await wholeGraph(session, 0)).text;
}
