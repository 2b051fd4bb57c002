import { z } from "zod";
import { MemoryError } from "../../errors.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool, ToolAnswer } from "../define-tool.ts";
import { DATA_NOTICE, fencedLines, showMemory, withinBudget } from "../show-memories.ts";
import type { McpSession } from "../session.ts";
import { userOf } from "../whose.ts";
import { memoryShape } from "./memory-shape.ts";

/** Most tokens of a page. */
const TOKEN_BUDGET = 2_000;
/** Longest text of one memory asked for by its id, in characters: some 2,000 tokens. */
const WHOLE_CHARACTERS = 8_000;

export const listMemories: Tool = defineTool({
  name: "list_memories",
  title: "List memories",
  description: "What is remembered, newest first, page by page; or one memory in full by its id.",
  input: z.object({
    id: z.string().optional().describe("Only this memory, in full"),
    cursor: z.string().optional().describe("`next` of the page before"),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  output: z.object({
    notice: z.string(),
    memories: z.array(memoryShape),
    next: z.string().nullable(),
    total: z.number().optional(),
  }),
  effect: "read",
  run: (session, { id, cursor, limit }) => (id === undefined ? page(session, limit, cursor) : one(session, id)),
});

async function one(session: McpSession, id: string): Promise<ToolAnswer> {
  const item = await session.memory.get(id, userOf(session));
  if (item === null) throw new MemoryError("not_found", `There is no memory ${id}. Ids stand in brackets in lists.`);
  const memories = [showMemory(item, WHOLE_CHARACTERS)];
  return { text: fencedLines(memories), data: { notice: DATA_NOTICE, memories, next: null } };
}

async function page(session: McpSession, limit: number, cursor: string | undefined): Promise<ToolAnswer> {
  const options = { filters: userOf(session), latestOnly: true, ...(cursor === undefined ? {} : { cursor }) };
  let { results, total, next } = await session.memory.getAll({ ...options, topK: limit });
  let memories = withinBudget(
    results.map((item) => showMemory(item)),
    TOKEN_BUDGET,
  );
  if (memories.length < results.length) {
    // A page that is cut ends where its cursor says.
    ({ results, next } = await session.memory.getAll({ ...options, topK: memories.length, withTotal: false }));
    memories = results.map((item) => showMemory(item));
  }
  const more = next === null ? "" : `\nMore: list_memories with cursor ${next}`;
  const text = memories.length === 0 ? "Nothing is remembered yet." : `${fencedLines(memories)}${more}`;
  return { text, data: { notice: DATA_NOTICE, memories, next, ...(total === undefined ? {} : { total }) } };
}
