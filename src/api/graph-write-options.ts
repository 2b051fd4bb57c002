import type { EntityType } from "../domain/entity.ts";
import type { GraphFormat } from "./graph-formats/graph-document.ts";
import type { GraphScopeOptions, RelationTimeOptions } from "./graph-options.ts";
import type { TimeOption } from "./method-options.ts";

export interface NewEntityOptions {
  readonly name: string;
  /** One of ours, or any other word. */
  readonly type?: EntityType | (string & {}) | undefined;
  /** Sentences about it. */
  readonly observations?: readonly string[] | undefined;
}

export interface NewRelationOptions {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  /** When it began and ended to hold. Default: from now on. */
  readonly validFrom?: TimeOption | undefined;
  readonly validTo?: TimeOption | undefined;
}

export interface ObservationsOptions {
  readonly entity: string;
  readonly contents: readonly string[];
}

export interface GraphWriteOptions extends GraphScopeOptions {
  /** Goes to the facts that are made. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

export interface ReadGraphOptions extends GraphScopeOptions, RelationTimeOptions {
  /** Start from these. */
  readonly entities?: readonly string[] | undefined;
  /** Start from what a question names and from what its best answers name. */
  readonly query?: string | undefined;
  /** How many relations away from the start to go, at most 3. Default: 0 with `entities`, 1 with `query`. */
  readonly depth?: number | undefined;
  /** Most entities. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

export interface PathsOptions extends GraphScopeOptions, RelationTimeOptions {
  readonly from: string;
  readonly to: string;
  /** Most relations on a path, at most 6. Default 4. */
  readonly maxLength?: number | undefined;
  /** Most paths. Default 5, at most 100. */
  readonly limit?: number | undefined;
}

export interface ExportGraphOptions extends GraphScopeOptions {
  /** Default "json". */
  readonly format?: GraphFormat | undefined;
}

export interface ImportGraphOptions extends GraphWriteOptions {
  /** Default "json". */
  readonly format?: GraphFormat | undefined;
}
