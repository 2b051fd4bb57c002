import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { keepText } from "../keep-text.ts";
import { jsonAnswer } from "./mem0-item.ts";
import { idShape, requireIds, scopeOf } from "./scope.ts";

const metadata = z.looseObject({}).optional();
const output = z.looseObject({});

const addMemory: Tool = defineTool({
  name: "add_memory",
  title: "Add a memory",
  description: "Store a preference, fact or conversation. Give text, or messages.",
  input: z.object({
    text: z.string().optional(),
    messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).optional(),
    ...idShape,
    metadata,
    infer: z.boolean().optional().describe("false: store word for word"),
  }),
  output,
  effect: "add",
  run: async (session, input) => {
    const { text, messages, infer } = input;
    const scope = scopeOf(session, input);
    const options = input.metadata === undefined ? {} : { metadata: input.metadata };
    if (text !== undefined && messages === undefined && infer !== false) {
      const { memories, isPending, warnings } = await keepText(session.memory, text, scope, options);
      return jsonAnswer({ results: memories, status: isPending ? "PENDING" : "SUCCEEDED", warnings });
    }
    const given = messages ?? text;
    if (given === undefined) throw invalidInput("add_memory expects text or messages, got neither.");
    const { results, pendingMessages, warnings } = await session.memory.add(given as never, {
      ...scope,
      ...options,
      wait: false,
      ...(infer === undefined ? {} : { infer }),
    });
    const shown = results.map(({ id, memory, event }) => ({ id, memory, event }));
    return jsonAnswer({ results: shown, status: pendingMessages > 0 ? "PENDING" : "SUCCEEDED", warnings });
  },
});

const updateMemory: Tool = defineTool({
  name: "update_memory",
  title: "Update a memory",
  description: "Change a memory's text or metadata. Its history keeps what was there.",
  input: z.object({ memory_id: z.string(), text: z.string().optional(), metadata }),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session, { memory_id: id, text, metadata: changed }) => {
    await session.memory.update(id, { text, metadata: changed });
    return jsonAnswer({ id, message: "Memory updated successfully!" });
  },
});

const deleteMemory: Tool = defineTool({
  name: "delete_memory",
  title: "Delete a memory",
  description: "Delete one memory by its id.",
  input: z.object({ memory_id: z.string() }),
  output,
  effect: "change",
  run: async (session, { memory_id: id }) => {
    await session.memory.delete(id);
    return jsonAnswer({ id, message: "Memory deleted successfully!" });
  },
});

const deleteAllMemories: Tool = defineTool({
  name: "delete_all_memories",
  title: "Delete all memories of a scope",
  description: "Delete every memory of the named user, agent, app or run. At least one id.",
  input: z.object(idShape),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session, input) => {
    const { count } = await session.memory.deleteAll({ ...requireIds(input), acrossUsers: session.acrossUsers });
    return jsonAnswer({ message: "Memories deleted successfully!", count });
  },
});

const deleteEntities: Tool = defineTool({
  name: "delete_entities",
  title: "Delete an entity",
  description: "Delete a user, agent, app or run with all its memories. Exactly one id.",
  input: z.object(idShape),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session, input) => {
    const ids = requireIds(input);
    if (Object.keys(ids).length > 1)
      throw invalidInput(`delete_entities expects one id, got ${Object.keys(ids).join(", ")}. Nothing was deleted.`);
    const { count } = await session.memory.deleteAll({ ...ids, acrossUsers: session.acrossUsers });
    return jsonAnswer({ message: "Entity deleted successfully!", count });
  },
});

export const WRITE_TOOLS: readonly Tool[] = [addMemory, updateMemory, deleteMemory, deleteAllMemories, deleteEntities];
