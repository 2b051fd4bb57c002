import { z } from "zod";
import type { MemoryItem } from "../../domain/search-result.ts";
import { MemoryError } from "../../errors.ts";
import { countTokens } from "../../text/token-count.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { listAnswer } from "../mem0/mem0-item.ts";
import type { McpSession } from "../session.ts";
import { userOf } from "../whose.ts";
import { idBehind, numberFor } from "./numbers.ts";

const DERIVED = ["fact", "pattern", "procedure", "instruction"] as const;
const TITLE_CHARACTERS = 120;
const WHOLE_CHARACTERS = 8_000;
const MOST_AROUND = 50;
const output = z.looseObject({});

const id = z.union([z.number().int(), z.string()]);
const day = z.union([z.string(), z.number()]).optional();
const project = z.string().optional().describe("One project's memories alone");

interface Narrowed {
  readonly project?: string | undefined;
  readonly obs_type?: string | undefined;
  readonly dateStart?: string | number | undefined;
  readonly dateEnd?: string | number | undefined;
}

function filtersOf(session: McpSession, { project: app, obs_type: type, dateStart, dateEnd }: Narrowed): object {
  const parts: object[] = [userOf(session)];
  if (app !== undefined && app.trim() !== "") parts.push({ app_id: app.trim() });
  if (type !== undefined && type.trim() !== "")
    parts.push({ type: { in: type.split(",").map((each) => each.trim()) } });
  if (dateStart !== undefined) parts.push({ created_at: { gte: timeOf(dateStart) } });
  if (dateEnd !== undefined) parts.push({ created_at: { lte: timeOf(dateEnd) } });
  return { AND: parts };
}

/** claude-mem's numbers are milliseconds, filters' are seconds. */
function timeOf(given: string | number): string {
  return typeof given === "number" ? new Date(given).toISOString() : given;
}

/** One line of the index: what it is and what it costs to read in full. */
function indexEntry(item: MemoryItem): Record<string, unknown> {
  const title = item.memory.replaceAll(/\s+/gu, " ");
  return {
    id: numberFor(item.id),
    memory_id: item.id,
    type: typeof item.metadata["type"] === "string" ? item.metadata["type"] : item.kind,
    title: title.length > TITLE_CHARACTERS ? `${title.slice(0, TITLE_CHARACTERS).toWellFormed()}…` : title,
    project: item.app_id ?? null,
    created_at: item.createdAt,
    read_tokens: countTokens(item.memory),
  };
}

const search: Tool = defineTool({
  name: "search",
  title: "Search the index",
  description:
    "Step 1: an index of what matches, with ids and the tokens each costs in full. Then timeline for what lies around one, get_observations for the whole.",
  input: z.object({
    query: z.string().optional(),
    limit: z.number().int().min(1).max(100).default(20),
    project,
    type: z.enum(["observations", "sessions", "prompts"]).optional(),
    obs_type: z.string().optional().describe("bugfix, feature, decision, …"),
    dateStart: day,
    dateEnd: day,
    offset: z.number().int().min(0).max(10_000).default(0),
    orderBy: z.enum(["relevance", "date_desc", "date_asc"]).optional(),
  }),
  output,
  effect: "read",
  run: async (session, input) => {
    const filters = filtersOf(session, input);
    const kinds = input.type === "prompts" || input.type === "sessions" ? (["message"] as const) : DERIVED;
    const wanted = input.offset + input.limit;
    const query = input.query?.trim() ?? "";
    const found: readonly MemoryItem[] =
      query === ""
        ? (await session.memory.getAll({ filters, kinds, topK: wanted, withTotal: false })).results
        : (await session.memory.search(query, { filters, kinds, topK: wanted })).results;
    const ordered = inOrder(found, input.orderBy);
    const items = (input.type === "sessions" ? firstOfEachRun(ordered) : ordered).slice(input.offset, wanted);
    return listAnswer(items.map(indexEntry));
  },
});

function inOrder(items: readonly MemoryItem[], by: "relevance" | "date_desc" | "date_asc" | undefined): MemoryItem[] {
  if (by === undefined || by === "relevance") return [...items];
  const sign = by === "date_asc" ? 1 : -1;
  return items.toSorted((left, right) => sign * (Date.parse(left.createdAt) - Date.parse(right.createdAt)));
}

function firstOfEachRun(items: readonly MemoryItem[]): MemoryItem[] {
  const runs = new Set<string>();
  return items.filter((item) => {
    const run = item.run_id ?? item.id;
    if (runs.has(run)) return false;
    runs.add(run);
    return true;
  });
}

const timeline: Tool = defineTool({
  name: "timeline",
  title: "Around one memory",
  description: "Step 2: what happened just before and after an id, or after the best match of a query.",
  input: z.object({
    anchor: id.optional(),
    query: z.string().optional(),
    depth_before: z.number().int().min(0).max(MOST_AROUND).default(3),
    depth_after: z.number().int().min(0).max(MOST_AROUND).default(3),
    project,
  }),
  output,
  effect: "read",
  run: async (session, input) => {
    const filters = filtersOf(session, { project: input.project });
    const anchor = await anchorOf(session, input, filters);
    const beside = async (order: "ascending" | "descending", depth: number): Promise<MemoryItem[]> => {
      if (depth === 0) return [];
      const window = order === "ascending" ? { from: anchor.createdAt } : { to: anchor.createdAt };
      const entries = await session.memory.timeline(null, {
        filters,
        kinds: DERIVED,
        ...window,
        changesOnly: true,
        order,
        limit: depth + 1,
      });
      const ids = entries.results.map(({ memoryId }) => memoryId).filter((each) => each !== anchor.id);
      const items = await Promise.all(ids.slice(0, depth).map((each) => session.memory.get(each, userOf(session))));
      return items.filter((item) => item !== null);
    };
    const around = [
      ...(await beside("descending", input.depth_before)).toReversed(),
      anchor,
      ...(await beside("ascending", input.depth_after)),
    ];
    return listAnswer(around.map(indexEntry), { anchor: numberFor(anchor.id) });
  },
});

/** By a number that was shown or an id, else by the number of an observation that was imported. */
async function itemOf(session: McpSession, given: number | string): Promise<MemoryItem | null> {
  const owner = userOf(session);
  const shown = await session.memory.get(idBehind(given), owner);
  if (shown !== null || !Number.isInteger(Number(given))) return shown;
  const filters = { AND: [owner, { claude_mem_id: Number(given) }] };
  const { results } = await session.memory.getAll({ filters, kinds: DERIVED, topK: 1, withTotal: false });
  return results[0] ?? null;
}

async function anchorOf(
  session: McpSession,
  { anchor, query }: { readonly anchor?: number | string | undefined; readonly query?: string | undefined },
  filters: object,
): Promise<MemoryItem> {
  if (anchor !== undefined) {
    const item = await itemOf(session, anchor);
    if (item === null) throw new MemoryError("not_found", `There is no memory ${String(anchor)}.`);
    return item;
  }
  const { results } = await session.memory.search(query ?? "", { filters, kinds: DERIVED, topK: 1 });
  const [first] = results;
  if (first === undefined) throw new MemoryError("not_found", "Nothing matches the query: timeline needs an anchor.");
  return first;
}

const getObservations: Tool = defineTool({
  name: "get_observations",
  title: "Read in full",
  description: "Step 3: whole memories by their ids, with the lines that they rest on.",
  input: z.object({
    ids: z.array(id).min(1).max(50),
    orderBy: z.enum(["date_desc", "date_asc"]).optional(),
    limit: z.number().int().min(1).max(50).optional(),
    project,
  }),
  output,
  effect: "read",
  run: async (session, input) => {
    const found: MemoryItem[] = [];
    for (const each of input.ids) {
      const item = await itemOf(session, each);
      const isOfProject = input.project === undefined || item?.app_id === input.project;
      if (item !== null && isOfProject) found.push(item);
    }
    const items = inOrder(found, input.orderBy).slice(0, input.limit ?? input.ids.length);
    return listAnswer(
      items.map((item) => ({
        ...indexEntry(item),
        narrative: item.memory.slice(0, WHOLE_CHARACTERS).toWellFormed(),
        metadata: item.metadata,
        session: item.run_id ?? null,
        sources: item.sources.map(({ text, name, role, saidAt }) => ({ text: text.slice(0, 600), name, role, saidAt })),
      })),
      { not_found: input.ids.length - found.length },
    );
  },
});

/** The three layers of claude-mem's search, by its names and parameters: index, what lies around, the whole. */
export const CLAUDE_MEM_TOOLS: readonly Tool[] = [search, timeline, getObservations];
