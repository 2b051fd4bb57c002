import { z } from "zod";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { jsonAnswer, listAnswer, mem0Item } from "../mem0/mem0-item.ts";
import type { McpSession } from "../session.ts";
import { DATA_NOTICE } from "../show-memories.ts";
import { userOf } from "../whose.ts";

const QUERY_TOKENS = 1_000;
const MOST_DIALOGUES = 200;
const output = z.looseObject({});

const dialogue = z.object({
  speaker: z.string().describe("Who said it"),
  content: z.string(),
  timestamp: z.string().optional().describe("ISO 8601"),
});
type Dialogue = z.infer<typeof dialogue>;

const add: Tool = defineTool({
  name: "memory_add",
  title: "Add a dialogue line",
  description: "Keep one line of a conversation, with its speaker and time.",
  input: dialogue,
  output,
  effect: "add",
  run: async (session, line) => jsonAnswer(await addLines(session, [line])),
});

const addBatch: Tool = defineTool({
  name: "memory_add_batch",
  title: "Add dialogue lines",
  description: "Keep several lines of a conversation, in their order.",
  input: z.object({ dialogues: z.array(dialogue).min(1).max(MOST_DIALOGUES) }),
  output,
  effect: "add",
  run: async (session, { dialogues }) => jsonAnswer(await addLines(session, dialogues)),
});

async function addLines(session: McpSession, lines: readonly Dialogue[]): Promise<Record<string, unknown>> {
  const messages = lines.map(({ speaker, content, timestamp }) => ({
    role: "user" as const,
    name: speaker,
    content,
    ...(timestamp === undefined ? {} : { timestamp }),
  }));
  const { results, warnings } = await session.memory.add(messages, { ...userOf(session), wait: false });
  const entries = results.map(({ id, memory, event }) => ({ id, memory, event }));
  return { success: true, dialogues_added: lines.length, entries, warnings };
}

const query: Tool = defineTool({
  name: "memory_query",
  title: "Query memory",
  description: "What was said that answers a question: the lines themselves. No model writes an answer.",
  input: z.object({ question: z.string(), enable_reflection: z.boolean().optional().describe("Has no effect here") }),
  output,
  effect: "read",
  run: async (session, { question }) => {
    const { text, hits } = await session.memory.context(question, {
      filters: userOf(session),
      tokenBudget: QUERY_TOKENS,
    });
    const note = "Evidence as it was said; answer from it yourself.";
    const answer = text === "" ? "Nothing relevant is remembered." : text;
    return jsonAnswer({ notice: DATA_NOTICE, question, answer, note, memory_ids: hits.map(({ id }) => id) });
  },
});

const retrieve: Tool = defineTool({
  name: "memory_retrieve",
  title: "Retrieve memories",
  description: "Single memories that match a query, best first.",
  input: z.object({ query: z.string(), top_k: z.number().int().min(1).max(100).default(10) }),
  output,
  effect: "read",
  run: async (session, input) => {
    const { results } = await session.memory.search(input.query, { filters: userOf(session), topK: input.top_k });
    return listAnswer(results.map((hit) => ({ ...mem0Item(hit), lossless_restatement: hit.memory.slice(0, 600) })));
  },
});

const stats: Tool = defineTool({
  name: "memory_stats",
  title: "Memory statistics",
  description: "How much is remembered.",
  input: z.object({}),
  output,
  effect: "read",
  run: async (session) => {
    const count = async (kinds?: readonly "message"[]): Promise<number> =>
      (await session.memory.getAll({ filters: userOf(session), topK: 1, ...(kinds === undefined ? {} : { kinds }) }))
        .total ?? 0;
    return jsonAnswer({ entries: await count(), dialogues: await count(["message"]) });
  },
});

const clear: Tool = defineTool({
  name: "memory_clear",
  title: "Clear memory",
  description: "Delete everything that is remembered of the user. Each memory can be restored.",
  input: z.object({}),
  output,
  effect: "change",
  isIdempotent: true,
  run: async (session) => {
    const { count } = await session.memory.deleteAll(userOf(session));
    return jsonAnswer({ success: true, count });
  },
});

/** The six tools of SimpleMem's MCP server, by its names and parameters. */
export const SIMPLEMEM_TOOLS: readonly Tool[] = [add, addBatch, query, retrieve, stats, clear];
