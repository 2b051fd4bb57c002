import type { NewEntity, NewRelation } from "../../domain/graph-requests.ts";

/** A graph as it is written to a file and read from one, in whatever format. */
export interface GraphDocument {
  readonly entities: readonly (NewEntity & { readonly aliases: readonly string[] })[];
  readonly relations: readonly NewRelation[];
}

export const GRAPH_FORMATS = ["json", "graphml", "cypher"] as const;

export type GraphFormat = (typeof GRAPH_FORMATS)[number];
