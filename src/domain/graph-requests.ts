import type { EntityType } from "./entity.ts";
import type { EntityName, Relation } from "./relation.ts";
import type { MemoryKind, Metadata, Span } from "./memory.ts";
import type { Scope } from "./scope.ts";

/**
 * Which relations hold: at `asOf` (epoch milliseconds), or now; with `includeEnded` those that ended, too. `knownAt`: as
 * far as the store knew them then; null: now.
 */
export interface GraphTimeRequest {
  readonly asOf: number | null;
  readonly knownAt: number | null;
  readonly includeEnded: boolean;
}

export interface EntitiesRequest {
  readonly scope: Scope;
  readonly search: string | null;
  readonly types: readonly EntityType[] | null;
  /** Named by what was true then, and by what the store knew then: epoch milliseconds; null: now. */
  readonly asOf: number | null;
  readonly knownAt: number | null;
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

export interface NewEntity {
  readonly name: string;
  /** As given; null: not said. */
  readonly type: string | null;
  readonly observations: readonly string[];
}

export interface NewRelation {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly validFrom: number | null;
  readonly validTo: number | null;
}

export interface ObservedEntity {
  readonly entity: string;
  readonly contents: readonly string[];
}

export interface MergeRequest {
  readonly from: string;
  readonly into: string;
}

export interface SplitRequest {
  readonly entity: string;
  readonly alias: string;
  /** Ids of the facts that name the other of two namesakes, who is called `alias` from now on; null: two names are split. */
  readonly memoryIds: readonly string[] | null;
}

export interface MentionsRequest {
  readonly scope: Scope;
  readonly entity: string;
  /** Epoch milliseconds; null: now. */
  readonly knownAt: number | null;
  readonly limit: number;
}

/** Words that name an entity, with their place in a text. */
export interface NamedSpan extends Span {
  readonly text: string;
}

/** A memory that names an entity. */
export interface EntityMention {
  readonly memoryId: string;
  readonly memory: string;
  readonly kind: MemoryKind;
  /** ISO 8601. */
  readonly saidAt: string;
  /** In the memory's text; none where it names the entity in other words. */
  readonly spans: readonly NamedSpan[];
  /** The same in the messages that it rests on, within the parts that say so. */
  readonly sources: readonly { readonly messageId: string; readonly spans: readonly NamedSpan[] }[];
}

export interface MentionsResult {
  /** What the name stands for, or null when nothing in the scope has it. */
  readonly entity: EntityName | null;
  /** Newest memory first. */
  readonly results: readonly EntityMention[];
}

/** Whose graph is written, and what goes to the facts that are made. */
export interface WriteRequest {
  readonly scope: Scope;
  readonly metadata: Metadata;
}

export interface ReadGraphRequest extends GraphTimeRequest {
  readonly scope: Scope;
  readonly entities: readonly string[] | null;
  readonly query: string | null;
  readonly depth: number;
  readonly limit: number;
}

export interface PathsRequest extends GraphTimeRequest {
  readonly scope: Scope;
  readonly from: string;
  readonly to: string;
  readonly maxLength: number;
  readonly limit: number;
}

/** An entity with what is known of it alone. */
export interface GraphEntity extends EntityName {
  /** The type that a caller gave it, where that is none of ours; else `type`. */
  readonly label: string;
  /** Facts that name it and are no relation, newest first. */
  readonly observations: readonly { readonly memoryId: string; readonly text: string }[];
}

export interface Graph {
  readonly entities: readonly GraphEntity[];
  /** All relations between these entities. */
  readonly relations: readonly Relation[];
}

/** Relations one after the other, each with an end in common with the one before. */
export interface GraphPath {
  readonly entities: readonly EntityName[];
  readonly relations: readonly Relation[];
}
