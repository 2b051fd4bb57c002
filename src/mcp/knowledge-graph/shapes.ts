import { z } from "zod";
import type { Graph, GraphEntity } from "../../domain/graph-requests.ts";
import type { Relation } from "../../domain/relation.ts";
import { countTokens } from "../../text/token-count.ts";
import type { ToolAnswer } from "../define-tool.ts";
import type { McpSession } from "../session.ts";
import { DATA_NOTICE } from "../show-memories.ts";
import { userOf } from "../whose.ts";

/** Most tokens of one answer. The original answers everything, which is more than a model reads. */
export const TOKEN_BUDGET = 6_000;

const name = z.string().trim().min(1).max(500);

export interface GraphNode {
  readonly name: string;
  readonly entityType: string;
  readonly observations: readonly string[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly relationType: string;
}

export const entityShape: z.ZodType<GraphNode> = z.object({
  name,
  entityType: z.string().max(200),
  observations: z.array(z.string()),
});
export const relationShape: z.ZodType<GraphEdge> = z.object({
  from: name,
  to: name,
  relationType: z.string().trim().min(1).max(200),
});
export const graphOutput: z.ZodType = z.looseObject({
  entities: z.array(z.looseObject({})),
  relations: z.array(relationShape),
});

/** The session's user, as the graph's methods take it. */
export function graphOwner(session: McpSession): { readonly userId: string } {
  return { userId: userOf(session).user_id };
}

export function nodeOf({ name: called, label, observations }: GraphEntity): GraphNode {
  // Oldest first, in the order in which they were added.
  return { name: called, entityType: label, observations: observations.map(({ text }) => text).toReversed() };
}

export function edgeOf({ subject, predicate, object }: Relation): GraphEdge {
  return { from: subject.name, to: object.name, relationType: predicate };
}

/** As many entities as the budget takes, the relations at either end of them, and how to go on. */
export function graphAnswer(
  { entities, relations }: Pick<Graph, "entities" | "relations">,
  first: number = 0,
): ToolAnswer {
  let tokens = 0;
  const nodes: GraphNode[] = [];
  const shown = new Set<string>();
  for (const entity of entities.slice(first)) {
    const node = nodeOf(entity);
    const own = relations.filter(({ subject }) => subject.id === entity.id).map(edgeOf);
    tokens += countTokens(JSON.stringify([node, own])) + 2;
    if (tokens > TOKEN_BUDGET && nodes.length > 0) break;
    nodes.push(node);
    shown.add(entity.id);
  }
  const edges = relations.filter(({ subject, object }) => shown.has(subject.id) || shown.has(object.id)).map(edgeOf);
  const next = first + nodes.length;
  const isCut = next < entities.length;
  const data = {
    entities: nodes,
    relations: unique(edges),
    notice: DATA_NOTICE,
    ...(isCut ? { cursor: String(next), left_out: entities.length - next } : {}),
  };
  return { text: JSON.stringify(data), data };
}

/** One relation may be stated by several memories. */
export function unique(edges: readonly GraphEdge[]): GraphEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}
