import type * as types from "./client-types.ts";
import { toSnakeCase } from "./change-case.ts";
import type { ClientRequest } from "./send-request.ts";

type Send = <Result>(request: ClientRequest) => Promise<Result>;

/** The graph as a whole and what is written into it by hand: `client.graph`. */
export class GraphClient {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Entities with what is known of each, and the relations between them. */
  async read(options: types.ClientGraphOptions): Promise<types.ClientGraph> {
    return this.#post("POST", "/v1/graph/", options);
  }

  /** The shortest ways from one entity to another. */
  async paths(options: types.ClientPathsOptions): Promise<{ readonly paths: readonly types.ClientPath[] }> {
    return this.#post("POST", "/v1/graph/paths/", options);
  }

  async createEntities(
    entities: readonly types.ClientNewEntity[],
    options: types.ClientGraphScope,
  ): Promise<types.ClientGraphWritten> {
    return this.#post("POST", "/v1/graph/entities/", withThings(options, { entities }));
  }

  async createRelations(
    relations: readonly types.ClientNewRelation[],
    options: types.ClientGraphScope,
  ): Promise<types.ClientGraphWritten> {
    return this.#post("POST", "/v1/graph/relations/", withThings(options, { relations }));
  }

  async addObservations(
    observations: readonly types.ClientObservations[],
    options: types.ClientGraphScope,
  ): Promise<types.ClientGraphWritten> {
    return this.#post("POST", "/v1/graph/observations/", withThings(options, { observations }));
  }

  async deleteEntities(
    entities: readonly string[],
    options: types.ClientScope & types.CallOptions,
  ): Promise<types.ClientGraphDeleted> {
    return this.#post("DELETE", "/v1/graph/entities/", withThings(options, { entities }));
  }

  async deleteRelations(
    relations: readonly types.ClientNewRelation[],
    options: types.ClientScope & types.CallOptions,
  ): Promise<types.ClientGraphDeleted> {
    return this.#post("DELETE", "/v1/graph/relations/", withThings(options, { relations }));
  }

  async deleteObservations(
    observations: readonly types.ClientObservations[],
    options: types.ClientScope & types.CallOptions,
  ): Promise<types.ClientGraphDeleted> {
    return this.#post("DELETE", "/v1/graph/observations/", withThings(options, { observations }));
  }

  /** Says that two entities are one; `into` gives the name. */
  async mergeEntities(
    pair: { readonly from: string; readonly into: string },
    options: types.ClientGraphScope,
  ): Promise<types.ClientGraphWritten> {
    return this.#post("POST", "/v1/graph/merge/", { ...options, ...pair });
  }

  /** Says that two names are two things; with `memories`, that these facts are of a namesake, who is called `alias`. */
  async splitEntity(
    pair: { readonly entity: string; readonly alias: string; readonly memories?: readonly string[] | undefined },
    options: types.ClientGraphScope,
  ): Promise<types.ClientGraphWritten> {
    return this.#post("POST", "/v1/graph/split/", { ...options, ...pair });
  }

  async #post<Result>(method: "POST" | "DELETE", path: string, options: types.CallOptions): Promise<Result> {
    const { signal, ...body } = options;
    return this.#send<Result>({ method, path, body: toSnakeCase(body), signal });
  }
}

function withThings(options: types.CallOptions, things: object): types.CallOptions {
  return { ...options, ...things };
}
