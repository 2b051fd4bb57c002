import type { Tool } from "../define-tool.ts";
import { openNodes, readGraph, searchNodes } from "./read-tools.ts";
import {
  addObservations,
  createEntities,
  createRelations,
  deleteEntities,
  deleteObservations,
  deleteRelations,
} from "./write-tools.ts";

/** The nine tools of the reference memory server, by its names, parameters and shapes, over our graph. */
export const KNOWLEDGE_GRAPH_TOOLS: readonly Tool[] = [
  createEntities,
  createRelations,
  addObservations,
  deleteEntities,
  deleteObservations,
  deleteRelations,
  readGraph,
  searchNodes,
  openNodes,
];
