import type { Tool } from "../define-tool.ts";
import type { McpSession } from "../session.ts";
import { EVENT_TOOLS } from "./event-tools.ts";
import { READ_TOOLS } from "./read-tools.ts";
import { WRITE_TOOLS } from "./write-tools.ts";

/** The tools of Mem0's hosted MCP server, by its names and parameters; those of events where events are kept. */
export function mem0Tools({ events }: McpSession): readonly Tool[] {
  return [...WRITE_TOOLS, ...READ_TOOLS, ...(events === undefined ? [] : EVENT_TOOLS)];
}
