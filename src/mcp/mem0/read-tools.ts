import { z } from "zod";
import { MemoryError } from "../../errors.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { DATA_NOTICE } from "../show-memories.ts";
import { jsonAnswer, listAnswer, mem0Item } from "./mem0-item.ts";
import { filtersOf, idShape } from "./scope.ts";

/** Longest text of one memory asked for by its id, in characters. */
const WHOLE_CHARACTERS = 12_000;

const filters = z.looseObject({}).optional().describe("Mem0's filters: AND, OR, NOT over ids, metadata, dates");
const output = z.looseObject({});

const searchMemories: Tool = defineTool({
  name: "search_memories",
  title: "Search memories",
  description: "Search memories by meaning, best first.",
  input: z.object({
    query: z.string(),
    filters,
    ...idShape,
    top_k: z.number().int().min(1).max(100).optional(),
    limit: z.number().int().min(1).max(100).optional(),
  }),
  output,
  effect: "read",
  run: async (session, input) => {
    const { results } = await session.memory.search(input.query, {
      filters: filtersOf(session, input),
      topK: input.top_k ?? input.limit ?? 10,
      acrossUsers: session.acrossUsers,
    });
    return listAnswer(results.map((hit) => mem0Item(hit)));
  },
});

const getMemories: Tool = defineTool({
  name: "get_memories",
  title: "List memories",
  description: "List memories, newest first, page by page.",
  input: z.object({
    filters,
    ...idShape,
    page: z.number().int().min(1).default(1),
    page_size: z.number().int().min(1).max(100).default(20),
  }),
  output,
  effect: "read",
  run: async (session, input) => {
    const { results, total } = await session.memory.getAll({
      filters: filtersOf(session, input),
      page: input.page,
      pageSize: input.page_size,
      acrossUsers: session.acrossUsers,
    });
    return listAnswer(
      results.map((item) => mem0Item(item)),
      { count: total ?? results.length, page: input.page },
    );
  },
});

const getMemory: Tool = defineTool({
  name: "get_memory",
  title: "Get a memory",
  description: "One memory in full by its id.",
  input: z.object({ memory_id: z.string() }),
  output,
  effect: "read",
  run: async (session, { memory_id: id }) => {
    const item = await session.memory.get(id);
    if (item === null) throw new MemoryError("not_found", `Memory with ID ${id} not found.`);
    return jsonAnswer({ notice: DATA_NOTICE, ...mem0Item(item, WHOLE_CHARACTERS) });
  },
});

const listEntities: Tool = defineTool({
  name: "list_entities",
  title: "List entities",
  description: "The users, agents, apps and runs that have memories.",
  input: z.object({
    page: z.number().int().min(1).default(1),
    page_size: z.number().int().min(1).max(100).default(50),
  }),
  output,
  effect: "read",
  run: async (session, { page, page_size: size }) => {
    const { results } = await session.memory.users();
    const shown = results.slice((page - 1) * size, page * size);
    return listAnswer(
      shown.map((row) => ({ ...row })),
      { count: results.length, page },
    );
  },
});

export const READ_TOOLS: readonly Tool[] = [searchMemories, getMemories, getMemory, listEntities];
