import { z } from "zod";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { keepText } from "../keep-text.ts";
import { userOf } from "../whose.ts";

export const addMemory: Tool = defineTool({
  name: "add_memory",
  title: "Remember",
  description:
    "Remember something for later sessions: a preference, decision, fact or lesson. One clear sentence that stands by itself.",
  input: z.object({ text: z.string().describe("What to remember") }),
  output: z.object({
    memories: z.array(
      z.object({ id: z.string(), memory: z.string(), event: z.string(), superseded: z.array(z.string()).optional() }),
    ),
    isPending: z.boolean(),
    warnings: z.array(z.string()),
  }),
  effect: "add",
  run: async (session, { text }) => {
    const { memories, isPending, warnings } = await keepText(session.memory, text, userOf(session));
    const lines = memories.map(({ id, memory, event, superseded }) => {
      const replaced = superseded === undefined ? "" : `, replaces ${superseded.join(", ")}`;
      return `${event} ${memory} [${id}${replaced}]`;
    });
    const nothing = isPending ? "Stored. Its facts follow." : "Already known; nothing new was stored.";
    const said = lines.length === 0 ? nothing : `Stored:\n${lines.join("\n")}`;
    return {
      text: [said, ...warnings.map((warning) => `Note: ${warning}`)].join("\n"),
      data: { memories, isPending, warnings },
    };
  },
});
