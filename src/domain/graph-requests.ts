import type { EntityType } from "./entity.ts";
import type { EntityName, Relation } from "./relation.ts";
import type { Scope } from "./scope.ts";

/** Which relations hold: at `asOf` (epoch milliseconds), or now; with `includeEnded` those that ended, too. */
export interface GraphTimeRequest {
  readonly asOf: number | null;
  readonly includeEnded: boolean;
}

export interface EntitiesRequest {
  readonly scope: Scope;
  readonly search: string | null;
  readonly types: readonly EntityType[] | null;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface RelationsRequest extends GraphTimeRequest {
  readonly scope: Scope;
  readonly entity: string | null;
  readonly subject: string | null;
  readonly object: string | null;
  readonly predicates: readonly string[] | null;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface NeighboursRequest extends GraphTimeRequest {
  readonly scope: Scope;
  readonly entity: string;
  readonly predicates: readonly string[] | null;
  readonly limit: number;
}

/** A thing that relations lead to. */
export interface Neighbour {
  readonly entity: EntityName;
  /** All relations between the two, in either direction. */
  readonly relations: readonly Relation[];
}
