import type { GraphScopeOptions } from "./api/graph-options.ts";
import type * as option from "./api/graph-write-options.ts";
import { readGraph as readGraphText } from "./api/graph-formats/read-graph.ts";
import { writeGraph } from "./api/graph-formats/write-graph.ts";
import * as parse from "./api/parse-graph-write.ts";
import type { Graph, GraphPath } from "./domain/graph-requests.ts";
import * as erase from "./operations/delete-graph.ts";
import type { GraphDeleteResult } from "./operations/delete-graph.ts";
import type { Engine } from "./operations/engine.ts";
import { exportGraph, importGraph } from "./operations/exchange-graph.ts";
import type { GraphImportResult } from "./operations/exchange-graph.ts";
import { findPaths, readGraph } from "./operations/walk-graph.ts";
import * as write from "./operations/write-graph.ts";
import type { GraphWriteResult } from "./operations/write-graph.ts";

/** The graph of entities and relations, read as a whole and written by hand: `memory.graph`. See docs/graph.md. */
export class MemoryGraph {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Entities with what is known of each, and the relations between them: around entities, around a question, or all. */
  async read(options: option.ReadGraphOptions = {}): Promise<Graph> {
    return readGraph(this.#engine, parse.parseReadGraph(options));
  }

  /** The shortest ways from one entity to another. */
  async paths(options: option.PathsOptions): Promise<{ readonly paths: readonly GraphPath[] }> {
    return { paths: await findPaths(this.#engine, parse.parsePaths(options)) };
  }

  /** Keeps entities with their types and sentences about them. */
  async createEntities(
    entities: option.NewEntityOptions | readonly option.NewEntityOptions[],
    options: option.GraphWriteOptions,
  ): Promise<GraphWriteResult> {
    const request = parse.parseWrite(options, "createEntities");
    return write.createEntities(this.#engine, parse.parseNewEntities(entities), request);
  }

  /** Keeps relations; names that are new become entities. */
  async createRelations(
    relations: option.NewRelationOptions | readonly option.NewRelationOptions[],
    options: option.GraphWriteOptions,
  ): Promise<GraphWriteResult> {
    const request = parse.parseWrite(options, "createRelations");
    return write.createRelations(this.#engine, parse.parseNewRelations(relations, "createRelations"), request);
  }

  /** Keeps sentences about entities that are there. */
  async addObservations(
    observations: option.ObservationsOptions | readonly option.ObservationsOptions[],
    options: option.GraphWriteOptions,
  ): Promise<GraphWriteResult> {
    const request = parse.parseWrite(options, "addObservations");
    return write.addObservations(this.#engine, parse.parseObservations(observations, "addObservations"), request);
  }

  /** Deletes all facts that name an entity. */
  async deleteEntities(names: string | readonly string[], options: GraphScopeOptions): Promise<GraphDeleteResult> {
    const scope = parse.parseDeleteScope(options, "deleteEntities");
    return erase.deleteEntities(this.#engine, parse.parseNames(names, "deleteEntities"), scope);
  }

  /** Deletes sentences about entities, by their words. */
  async deleteObservations(
    observations: option.ObservationsOptions | readonly option.ObservationsOptions[],
    options: GraphScopeOptions,
  ): Promise<GraphDeleteResult> {
    const scope = parse.parseDeleteScope(options, "deleteObservations");
    return erase.deleteObservations(this.#engine, parse.parseObservations(observations, "deleteObservations"), scope);
  }

  /** Deletes the facts that state a relation. */
  async deleteRelations(
    relations: option.NewRelationOptions | readonly option.NewRelationOptions[],
    options: GraphScopeOptions,
  ): Promise<GraphDeleteResult> {
    const scope = parse.parseDeleteScope(options, "deleteRelations");
    return erase.deleteRelations(this.#engine, parse.parseNewRelations(relations, "deleteRelations"), scope);
  }

  /** Says that two entities are one. */
  async mergeEntities(
    pair: { readonly from: string; readonly into: string },
    options: option.GraphWriteOptions,
  ): Promise<GraphWriteResult> {
    const request = parse.parseWrite(options, "mergeEntities");
    return write.mergeEntities(this.#engine, parse.parseMerge(pair), request);
  }

  /**
   * Says that two names are two things. With `memories` (ids of facts): of two people with one name, those facts are of
   * the other one, who is called `alias` from now on.
   */
  async splitEntity(
    pair: {
      readonly entity: string;
      readonly alias: string;
      readonly memories?: string | readonly string[] | undefined;
    },
    options: option.GraphWriteOptions,
  ): Promise<GraphWriteResult> {
    const request = parse.parseWrite(options, "splitEntity");
    return write.splitEntity(this.#engine, parse.parseSplit(pair), request);
  }

  /** A scope's graph as one text: JSON, GraphML or openCypher. */
  async export(options: option.ExportGraphOptions = {}): Promise<string> {
    const { scope, format } = parse.parseExportGraph(options);
    return writeGraph(await exportGraph(this.#engine, scope), format);
  }

  /** Writes the graph that a text holds into a scope. */
  async import(text: string, options: option.ImportGraphOptions): Promise<GraphImportResult> {
    const { format, request } = parse.parseImportGraph(options);
    return importGraph(this.#engine, readGraphText(text, format), request);
  }
}
