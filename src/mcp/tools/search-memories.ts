import { z } from "zod";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { DATA_NOTICE, fencedLines, showMemory, withinBudget } from "../show-memories.ts";
import { userOf } from "../whose.ts";
import { memoryShape } from "./memory-shape.ts";

/** Most tokens of an answer. */
const TOKEN_BUDGET = 2_000;

export const searchMemories: Tool = defineTool({
  name: "search_memories",
  title: "Search memories",
  description: "Find what is remembered about something, best first. Returns single memories with their ids.",
  input: z.object({
    query: z.string().describe("A question or a few words"),
    limit: z.number().int().min(1).max(50).default(10),
  }),
  output: z.object({
    notice: z.string(),
    memories: z.array(memoryShape),
    isComplete: z.boolean(),
    warnings: z.array(z.string()),
  }),
  effect: "read",
  run: async (session, { query, limit }) => {
    const { results, warnings } = await session.memory.search(query, { filters: userOf(session), topK: limit });
    const memories = withinBudget(
      results.map((hit) => showMemory(hit)),
      TOKEN_BUDGET,
    );
    const isComplete = memories.length === results.length;
    const text = memories.length === 0 ? "Nothing relevant is remembered." : fencedLines(memories);
    return { text, data: { notice: DATA_NOTICE, memories, isComplete, warnings } };
  },
});
