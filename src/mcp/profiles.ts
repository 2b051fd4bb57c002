import { invalidInput } from "../errors.ts";
import type { Tool } from "./define-tool.ts";
import type { McpSession } from "./session.ts";

/** Each profile's tools load with the first session that asks for them. */
const PROFILES: Readonly<Record<string, (session: McpSession) => Promise<readonly Tool[]>>> = {
  default: async () => (await import("./tools/default-tools.ts")).DEFAULT_TOOLS,
  mem0: async (session) => (await import("./mem0/mem0-tools.ts")).mem0Tools(session),
  openmemory: async () => (await import("./openmemory/openmemory-tools.ts")).OPENMEMORY_TOOLS,
  "knowledge-graph": async () => (await import("./knowledge-graph/knowledge-graph-tools.ts")).KNOWLEDGE_GRAPH_TOOLS,
  "claude-mem": async () => (await import("./claude-mem/claude-mem-tools.ts")).CLAUDE_MEM_TOOLS,
  "memory-mcp": async () => (await import("./memory-mcp/memory-mcp-tools.ts")).MEMORY_MCP_TOOLS,
  simplemem: async () => (await import("./simplemem/simplemem-tools.ts")).SIMPLEMEM_TOOLS,
  supermemory: async () => (await import("./supermemory/supermemory-tools.ts")).SUPERMEMORY_TOOLS,
};

/** @throws MemoryError `invalid_input` that lists the profiles there are. */
export function checkProfile(name: string): string {
  if (!Object.hasOwn(PROFILES, name))
    throw invalidInput(`There is no profile "${name.slice(0, 40)}". Profiles: ${Object.keys(PROFILES).join(", ")}.`);
  return name;
}

/** The tools of the session's profile that the session may have. @throws MemoryError `invalid_input`. */
export async function toolsOf(session: McpSession): Promise<readonly Tool[]> {
  const tools = (await PROFILES[checkProfile(session.profile)]?.(session)) ?? [];
  return session.isReadOnly ? tools.filter(({ effect }) => effect === "read") : tools;
}
