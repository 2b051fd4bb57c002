import { z } from "zod";
import { MemoryError } from "../../errors.ts";
import { digestOf } from "../digest.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool, ToolAnswer } from "../define-tool.ts";
import { keepText } from "../keep-text.ts";
import type { McpSession } from "../session.ts";
import { DATA_NOTICE, fencedLines, showMemory, withinBudget } from "../show-memories.ts";
import { userOf } from "../whose.ts";

const TOKEN_BUDGET = 2_000;
const CONTEXT_TOKENS = 1_500;
const RECALLED = 10;
/** A memory that is to be forgotten must be at least so near to what was named. */
const SAME_ENOUGH = 0.5;
const output = z.looseObject({});

/** Where in the user's memories: an app of its own. Later versions of the original call it namespace. */
const place = {
  containerTag: z.string().max(128).optional().describe("A project's memories alone"),
  namespace: z.string().max(128).optional().describe("The same"),
};
type Place = { readonly containerTag?: string | undefined; readonly namespace?: string | undefined };

function scopeOf(session: McpSession, { containerTag, namespace }: Place): Record<string, string> {
  const tag = (namespace ?? containerTag ?? "").trim();
  return tag === "" ? userOf(session) : { ...userOf(session), app_id: tag };
}

const saveInput = z.object({
  content: z.string().describe("What to save, or what to forget"),
  action: z.enum(["save", "forget"]).default("save"),
  ...place,
});
const recallInput = z.object({
  query: z.string(),
  includeProfile: z.boolean().default(true).describe("Add what is known of the user"),
  ...place,
});

async function save(session: McpSession, input: z.infer<typeof saveInput>): Promise<ToolAnswer> {
  const scope = scopeOf(session, input);
  if (input.action === "save") {
    const { memories, isPending, warnings } = await keepText(session.memory, input.content, scope);
    const said = memories.map(({ id, memory }) => `${memory} [${id}]`).join("\n");
    const text = said === "" ? (isPending ? "Saved." : "Already known; nothing new was saved.") : `Saved:\n${said}`;
    return { text, data: { memories, warnings } };
  }
  const { results } = await session.memory.search(input.content, { filters: scope, topK: 1 });
  const [nearest] = results;
  if (nearest === undefined || nearest.score < SAME_ENOUGH)
    throw new MemoryError("not_found", "Nothing that is remembered says this. Nothing was forgotten.");
  await session.memory.delete(nearest.id, userOf(session));
  return { text: `Forgotten: ${nearest.memory} [${nearest.id}]`, data: { forgotten: nearest.id } };
}

async function recall(session: McpSession, input: z.infer<typeof recallInput>): Promise<ToolAnswer> {
  const { results } = await session.memory.search(input.query, { filters: scopeOf(session, input), topK: RECALLED });
  const memories = withinBudget(
    results.map((hit) => showMemory(hit)),
    TOKEN_BUDGET,
  );
  const found = memories.length === 0 ? "Nothing relevant is remembered." : fencedLines(memories);
  const profile = input.includeProfile ? `\n\nWhat is known of the user:\n${await digestOf(session)}` : "";
  return { text: `${found}${profile}`, data: { notice: DATA_NOTICE, memories } };
}

const SAVE = "Save something about the user, or forget it. One clear sentence.";
const RECALL = "Search what is remembered, best first, with what is known of the user.";

const saveTool = (name: string): Tool =>
  defineTool({
    name,
    title: "Save or forget",
    description: SAVE,
    input: saveInput,
    output,
    effect: "change",
    run: save,
  });
const recallTool = (name: string): Tool =>
  defineTool({ name, title: "Recall", description: RECALL, input: recallInput, output, effect: "read", run: recall });

const context: Tool = defineTool({
  name: "context",
  title: "Context",
  description: "A block about a topic for the conversation; without a topic what matters of the user.",
  input: z.object({ query: z.string().optional(), ...place }),
  output,
  effect: "read",
  run: async (session, input) => {
    if (input.query === undefined || input.query.trim() === "")
      return { text: await digestOf(session), data: { notice: DATA_NOTICE } };
    const filters = scopeOf(session, input);
    const { text, tokens } = await session.memory.context(input.query, { filters, tokenBudget: CONTEXT_TOKENS });
    return { text: text === "" ? "Nothing relevant is remembered." : text, data: { notice: DATA_NOTICE, tokens } };
  },
});

const whoAmI: Tool = defineTool({
  name: "whoAmI",
  title: "Who am I",
  description: "Whose memories these are.",
  input: z.object({}),
  output,
  effect: "read",
  run: async (session) => {
    const { user_id: userId } = userOf(session);
    return { text: `The memories of ${userId}.`, data: { userId } };
  },
});

/** The tools of Supermemory's MCP server 4.0 and, under its newer names, of the one after it. */
export const SUPERMEMORY_TOOLS: readonly Tool[] = [
  saveTool("memory"),
  recallTool("recall"),
  context,
  whoAmI,
  saveTool("add_memory"),
  recallTool("search_memory"),
];
