import { z } from "zod";
import { digestOf } from "../digest.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool, ToolAnswer } from "../define-tool.ts";
import { jsonAnswer, listAnswer, mem0Item } from "../mem0/mem0-item.ts";
import type { McpSession } from "../session.ts";
import { DATA_NOTICE } from "../show-memories.ts";
import { userOf } from "../whose.ts";

const TYPES = ["decision", "pattern", "gotcha", "architecture", "progress", "context"] as const;
const ASKED_TOKENS = 1_500;
const RECALLED = 100;

const type = z.enum(TYPES).optional();
const tags = z.array(z.string().min(1).max(80)).max(20).optional();
const output = z.looseObject({});

interface Narrowed {
  readonly type?: (typeof TYPES)[number] | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** The user's memories of a type that carry any one of the tags. */
function filtersOf(session: McpSession, { type: wanted, tags: marks }: Narrowed): object {
  const parts: object[] = [userOf(session)];
  if (wanted !== undefined) parts.push({ type: wanted });
  if (marks !== undefined && marks.length > 0) parts.push({ tags: { in: marks } });
  return { AND: parts };
}

async function listNarrowed(session: McpSession, narrowed: Narrowed): Promise<ToolAnswer> {
  const { results, total } = await session.memory.getAll({ filters: filtersOf(session, narrowed), topK: RECALLED });
  return listAnswer(
    results.map((item) => mem0Item(item)),
    { count: total ?? results.length },
  );
}

const init: Tool = defineTool({
  name: "memory_init",
  title: "Begin a project",
  description: "Keep a project's name and what it is.",
  input: z.object({ name: z.string(), description: z.string() }),
  output,
  effect: "add",
  isIdempotent: true,
  run: async (session, { name, description }) => {
    const text = `${name}: ${description}`;
    const metadata = { type: "context", project: name };
    const { results } = await session.memory.add(text, { ...userOf(session), infer: false, metadata });
    return jsonAnswer({ success: true, project: name, isNew: results.length > 0 });
  },
});

const save: Tool = defineTool({
  name: "memory_save",
  title: "Save",
  description: "Keep a decision, pattern, gotcha, architecture note, progress or context, word for word.",
  input: z.object({
    type: z.enum(TYPES),
    content: z.string(),
    tags,
    supersedes: z.string().optional().describe("Id of the memory that this takes the place of"),
  }),
  output,
  effect: "change",
  run: async (session, { type: kind, content, tags: marks, supersedes }) => {
    const metadata = { type: kind, ...(marks === undefined ? {} : { tags: marks }) };
    const owner = userOf(session);
    // One memory whose history keeps what was there: nothing old is left to be found beside it.
    if (supersedes !== undefined && supersedes.trim() !== "") {
      await session.memory.update(supersedes, { ...owner, text: content, metadata });
      return jsonAnswer({ success: true, id: supersedes, isNew: false });
    }
    const { results, warnings } = await session.memory.add(content, { ...owner, infer: false, metadata });
    return jsonAnswer({ success: true, id: results[0]?.id ?? null, isNew: results.length > 0, warnings });
  },
});

const recall: Tool = defineTool({
  name: "memory_recall",
  title: "Recall",
  description: "All memories, newest first, or those of a type or with any of the tags.",
  input: z.object({ type, tags }),
  output,
  effect: "read",
  run: listNarrowed,
});

const related: Tool = defineTool({
  name: "memory_related",
  title: "Related",
  description: "Memories with any of the tags, newest first.",
  input: z.object({ tags: z.array(z.string().min(1).max(80)).min(1).max(20), type }),
  output,
  effect: "read",
  run: listNarrowed,
});

const search: Tool = defineTool({
  name: "memory_search",
  title: "Search",
  description: "Memories that match a query, best first.",
  input: z.object({ query: z.string(), limit: z.number().int().min(1).max(100).default(20) }),
  output,
  effect: "read",
  run: async (session, { query, limit }) => {
    const { results } = await session.memory.search(query, { filters: userOf(session), topK: limit });
    return listAnswer(results.map((hit) => mem0Item(hit)));
  },
});

const ask: Tool = defineTool({
  name: "memory_ask",
  title: "Ask",
  description: "What is remembered that answers a question. No model writes an answer.",
  input: z.object({ question: z.string() }),
  output,
  effect: "read",
  run: async (session, { question }) => {
    const { text, hits } = await session.memory.context(question, {
      filters: userOf(session),
      tokenBudget: ASKED_TOKENS,
    });
    const found = text === "" ? "Nothing relevant is remembered." : text;
    const note = "Evidence as it was said; answer from it yourself.";
    return { text: `${found}\n${note}`, data: { notice: DATA_NOTICE, note, memory_ids: hits.map(({ id }) => id) } };
  },
});

const remove: Tool = defineTool({
  name: "memory_delete",
  title: "Delete",
  description: "Delete one memory by its id. It can be restored.",
  input: z.object({ id: z.string() }),
  output,
  effect: "change",
  run: async (session, { id }) => {
    await session.memory.delete(id, userOf(session));
    return jsonAnswer({ success: true, id });
  },
});

const consolidate: Tool = defineTool({
  name: "memory_consolidate",
  title: "Consolidate",
  description:
    "How many memories hold. Doubles and outdated values are settled as they arrive: nothing waits for this.",
  input: z.object({}),
  output,
  effect: "read",
  run: async (session) => {
    const count = async (states: readonly ("active" | "merged" | "superseded")[]): Promise<number> =>
      (await session.memory.getAll({ filters: userOf(session), states, topK: 1 })).total ?? 0;
    return jsonAnswer({
      active: await count(["active"]),
      merged: await count(["merged"]),
      superseded: await count(["superseded"]),
    });
  },
});

const consciousness: Tool = defineTool({
  name: "memory_consciousness",
  title: "Everything that matters now",
  description: "Standing instructions and the newest memories that still hold, within a budget.",
  input: z.object({}),
  output,
  effect: "read",
  run: async (session) => ({ text: await digestOf(session), data: { notice: DATA_NOTICE } }),
});

const stats: Tool = defineTool({
  name: "memory_stats",
  title: "Statistics",
  description: "How many memories there are of each type.",
  input: z.object({}),
  output,
  effect: "read",
  run: async (session) => {
    const count = async (narrowed: Narrowed): Promise<number> =>
      (await session.memory.getAll({ filters: filtersOf(session, narrowed), topK: 1 })).total ?? 0;
    const byType: Record<string, number> = {};
    for (const each of TYPES) byType[each] = await count({ type: each });
    return jsonAnswer({ total: await count({}), byType });
  },
});

/** The ten tools of memory-mcp, by its names and parameters. */
export const MEMORY_MCP_TOOLS: readonly Tool[] = [
  init,
  save,
  recall,
  search,
  related,
  ask,
  remove,
  consolidate,
  consciousness,
  stats,
];
