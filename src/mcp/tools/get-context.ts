import { z } from "zod";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { userOf } from "../whose.ts";

export const getContext: Tool = defineTool({
  name: "get_context",
  title: "Context for a task",
  description:
    "What is remembered that matters for a task or question, packed into one block with dates. Call it when a task begins.",
  input: z.object({
    query: z.string().describe("The task or question"),
    token_budget: z.number().int().min(50).max(8_000).default(1_500),
  }),
  output: z.object({
    context: z.string(),
    tokens: z.number(),
    isComplete: z.boolean(),
    warnings: z.array(z.string()),
  }),
  effect: "read",
  run: async (session, { query, token_budget: tokenBudget }) => {
    const { text, tokens, isComplete, warnings } = await session.memory.context(query, {
      filters: userOf(session),
      tokenBudget,
    });
    return {
      text: text === "" ? "Nothing relevant is remembered." : text,
      data: { context: text, tokens, isComplete, warnings },
    };
  },
});
