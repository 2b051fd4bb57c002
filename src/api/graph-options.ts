import type { EntityType } from "../domain/entity.ts";
import type { TimeOption } from "./method-options.ts";

/** Whose graph is read. Left out: that of the memories without a user. */
export interface GraphScopeOptions {
  readonly userId?: string | number | undefined;
  /** Narrows to the memories of an agent, an app or a run. */
  readonly agentId?: string | number | undefined;
  readonly appId?: string | number | undefined;
  readonly runId?: string | number | undefined;
}

export interface EntitiesOptions extends GraphScopeOptions {
  /** Part of a name or of another name of the same. */
  readonly search?: string | undefined;
  /** Only entities of these types. */
  readonly type?: EntityType | readonly EntityType[] | undefined;
  /** Only what memories name that were true in the world then. */
  readonly asOf?: TimeOption | undefined;
  /** Only what memories name that the store knew then. */
  readonly knownAt?: TimeOption | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
  readonly cursor?: string | null | undefined;
}

export interface MentionsOptions extends GraphScopeOptions {
  /** As far as the store knew it at this moment. Default: all that it knows. */
  readonly knownAt?: TimeOption | undefined;
  /** Most memories. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

export interface RelationTimeOptions {
  /** What held at this moment. Default: what holds now. */
  readonly asOf?: TimeOption | undefined;
  /** As far as the store knew it at this moment. Default: all that it knows. */
  readonly knownAt?: TimeOption | undefined;
  /** Also what holds no more. Default false. */
  readonly includeEnded?: boolean | undefined;
}

export interface RelationsOptions extends GraphScopeOptions, RelationTimeOptions {
  /** Only relations of this entity, at either end: a name, another name, or an id. */
  readonly entity?: string | undefined;
  readonly subject?: string | undefined;
  readonly object?: string | undefined;
  readonly predicate?: string | readonly string[] | undefined;
  /** Default 100, at most 1,000. */
  readonly limit?: number | undefined;
  /** Of an earlier page; not with `entity`, `subject` or `object`, whose relations come at once. */
  readonly cursor?: string | null | undefined;
}

export interface NeighboursOptions extends GraphScopeOptions, RelationTimeOptions {
  readonly predicate?: string | readonly string[] | undefined;
  /** Most neighbours. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}
