import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import type { GraphEntity } from "../../domain/graph-requests.ts";
import type { Relation } from "../../domain/relation.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool, ToolAnswer } from "../define-tool.ts";
import type { McpSession } from "../session.ts";
import { graphAnswer, graphOutput, graphOwner } from "./shapes.ts";

/** Most entities of one read. */
const MOST = 1_000;
/** Most entities whose relations to others are looked up. */
const MOST_OPENED = 50;

/** Relations that have ended are part of the graph here: the original knows no end. */
const ALL = { includeEnded: true, limit: MOST } as const;

export const readGraph: Tool = defineTool({
  name: "read_graph",
  title: "Read the graph",
  description: "The whole knowledge graph, page by page: pass cursor to go on.",
  input: z.object({ cursor: z.string().optional() }),
  output: graphOutput,
  effect: "read",
  run: async (session, { cursor }) => {
    const first = cursor === undefined || cursor === "" ? 0 : Number(cursor);
    if (!Number.isInteger(first) || first < 0) throw invalidInput('cursor expects the "cursor" of the answer before.');
    return wholeGraph(session, first);
  },
});

/** A page of the whole graph, from its entity of that number on. */
export async function wholeGraph(session: McpSession, first: number): Promise<ToolAnswer> {
  return graphAnswer(await session.memory.graph.read({ ...graphOwner(session), ...ALL }), first);
}

export const searchNodes: Tool = defineTool({
  name: "search_nodes",
  title: "Search nodes",
  description: "Entities whose name, type or observations fit a query, with their relations.",
  input: z.object({ query: z.string() }),
  output: graphOutput,
  effect: "read",
  run: async (session, { query }) => {
    const owner = graphOwner(session);
    const wanted = query.trim().toLowerCase();
    const whole = await session.memory.graph.read({ ...owner, ...ALL });
    if (wanted === "") return graphAnswer(whole);
    // What holds the words, as the original finds it; then what is near to them.
    const holding = whole.entities.filter((entity) => textOf(entity).includes(wanted));
    const near = await session.memory.graph.read({ ...owner, query, depth: 0, includeEnded: true });
    const entities = [...new Map([...holding, ...near.entities].map((entity) => [entity.id, entity])).values()];
    return graphAnswer({ entities, relations: await relationsOf(session, entities) });
  },
});

export const openNodes: Tool = defineTool({
  name: "open_nodes",
  title: "Open nodes",
  description: "Entities by their names, with their relations.",
  input: z.object({ names: z.array(z.string()).max(MOST) }),
  output: graphOutput,
  effect: "read",
  run: async (session, { names }) => {
    if (names.length === 0) return graphAnswer({ entities: [], relations: [] });
    const { entities } = await session.memory.graph.read({ ...graphOwner(session), ...ALL, entities: names });
    return graphAnswer({ entities, relations: await relationsOf(session, entities) });
  },
});

function textOf({ name, label, observations }: GraphEntity): string {
  return [name, label, ...observations.map(({ text }) => text)].join("\n").toLowerCase();
}

/** All relations with at least one end among the entities. */
async function relationsOf(session: McpSession, entities: readonly GraphEntity[]): Promise<Relation[]> {
  const found = new Map<string, Relation>();
  for (const { id } of entities.slice(0, MOST_OPENED)) {
    const { results } = await session.memory.relations({ ...graphOwner(session), entity: id, ...ALL });
    for (const relation of results) found.set(relation.id, relation);
  }
  return [...found.values()];
}
