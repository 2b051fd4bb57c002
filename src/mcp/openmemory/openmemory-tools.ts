import { z } from "zod";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { MemoryError } from "../../errors.ts";
import { keepText } from "../keep-text.ts";
import { jsonAnswer, listAnswer, mem0Item } from "../mem0/mem0-item.ts";
import type { McpSession } from "../session.ts";
import { userOf } from "../whose.ts";

const SEARCHED = 10;
const LISTED = 200;
const output = z.looseObject({});

const addMemories: Tool = defineTool({
  name: "add_memories",
  title: "Add memories",
  description: "Remember what the user said about themselves, their preferences or their work.",
  input: z.object({ text: z.string(), infer: z.boolean().optional().describe("false: store word for word") }),
  output,
  effect: "add",
  run: async (session, { text, infer }) => {
    const scope = userOf(session);
    if (infer === false) {
      const { results, warnings } = await session.memory.add(text, { ...scope, infer: false });
      return jsonAnswer({ results: results.map(({ id, memory, event }) => ({ id, memory, event })), warnings });
    }
    const { memories, warnings } = await keepText(session.memory, text, scope);
    return jsonAnswer({ results: memories, warnings });
  },
});

const searchMemory: Tool = defineTool({
  name: "search_memory",
  title: "Search memory",
  description: "What is remembered about something, best first. Call it whenever the user asks anything.",
  input: z.object({ query: z.string() }),
  output,
  effect: "read",
  run: async (session, { query }) => {
    const { results } = await session.memory.search(query, { filters: userOf(session), topK: SEARCHED });
    return listAnswer(results.map((hit) => mem0Item(hit)));
  },
});

const listMemories: Tool = defineTool({
  name: "list_memories",
  title: "List memories",
  description: "Everything that is remembered of the user, newest first.",
  input: z.object({}),
  output,
  effect: "read",
  run: async (session) => {
    const { results, total } = await session.memory.getAll({ filters: userOf(session), topK: LISTED });
    return listAnswer(
      results.map((item) => mem0Item(item)),
      { count: total ?? results.length },
    );
  },
});

const deleteMemories: Tool = defineTool({
  name: "delete_memories",
  title: "Delete memories",
  description:
    "Delete memories by their ids. Those that are not there are named in the answer; the others are deleted.",
  input: z.object({ memory_ids: z.array(z.string()).min(1).max(100) }),
  output,
  effect: "change",
  run: async (session, { memory_ids: ids }) => {
    const owner = userOf(session);
    const missing: string[] = [];
    let count = 0;
    for (const id of new Set(ids)) {
      if (await deleteIfThere(session, id, owner)) count += 1;
      else missing.push(id);
    }
    if (count === 0) throw new MemoryError("not_found", `None of these memories is there: ${missing.join(", ")}.`);
    return jsonAnswer({ message: `Successfully deleted ${count} memories`, count, not_found: missing });
  },
});

/** Deletes a memory; false where there is none. */
async function deleteIfThere({ memory }: McpSession, id: string, owner: ReturnType<typeof userOf>): Promise<boolean> {
  try {
    await memory.delete(id, owner);
    return true;
  } catch (error) {
    if (MemoryError.isInstance(error) && error.code === "not_found") return false;
    throw error;
  }
}

const deleteAllMemories: Tool = defineTool({
  name: "delete_all_memories",
  title: "Delete all memories",
  description: "Delete every memory of the user.",
  input: z.object({}),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session) => {
    const { count } = await session.memory.deleteAll(userOf(session));
    return jsonAnswer({ message: "Successfully deleted all memories", count });
  },
});

/** The five tools of OpenMemory's MCP server, by its names and parameters. */
export const OPENMEMORY_TOOLS: readonly Tool[] = [
  addMemories,
  searchMemory,
  listMemories,
  deleteMemories,
  deleteAllMemories,
];
