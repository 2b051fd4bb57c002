import type { Entity, EntityType, Mention } from "../domain/entity.ts";
import type { EntityName, Relation } from "../domain/relation.ts";
import type { MemoryReference } from "./memory-store.ts";

/** Which memories a read of the graph rests on: one user's, narrowed by the other ids where they are given. */
export interface GraphScope {
  readonly userId: string | null;
  readonly agentId?: string;
  readonly appId?: string;
  readonly runId?: string;
  /** As the store knew it then, epoch milliseconds; left out: now. */
  readonly knownAt?: number;
}

/** Which relations hold. */
export interface RelationTime {
  /** True in the world at this moment, epoch milliseconds; null: now, and not replaced. */
  readonly asOf: number | null;
  readonly now: number;
  /** Those that hold no more, too. */
  readonly includeEnded: boolean;
}

export interface RelationQuery extends RelationTime {
  readonly scope: GraphScope;
  /** Relations with one of these entities, under any of its names, at either end; left out: all. */
  readonly entityIds?: readonly string[];
  /** Which end that entity is. Default: either. */
  readonly end?: "subject" | "object";
  readonly predicates?: readonly string[];
  /** Most relations of one page; of several entities, most of each. */
  readonly limit: number;
  readonly cursor?: string;
}

export interface RelationPage {
  readonly relations: readonly Relation[];
  readonly next: string | null;
}

export interface EntityQuery {
  readonly scope: GraphScope;
  /** Part of a name, of whatever case; left out: all. */
  readonly search?: string;
  readonly types?: readonly EntityType[];
  /** Named by what was true then, and by what the store knew then: epoch milliseconds; left out: now. */
  readonly asOf?: number;
  readonly knownAt?: number;
  readonly now: number;
  readonly limit: number;
  readonly cursor?: string;
}

/** The named things of a store and what relates them. What a scope does not reach is not seen, nor does it lend names. */
export interface GraphStore {
  listEntities(query: EntityQuery): Promise<{ readonly entities: readonly Entity[]; readonly next: string | null }>;
  /** The entity that each name or alias stands for now; null where there is none. */
  resolve(scope: GraphScope, names: readonly string[], now: number): Promise<readonly (EntityName | null)[]>;
  /** The entity that has just this name, whatever stands for it. */
  findByName(scope: GraphScope, names: readonly string[], now: number): Promise<readonly (EntityName | null)[]>;
  /** Active memories that say of just these two that they are, or are not, the same. */
  findJoining(query: {
    readonly scope: GraphScope;
    readonly between: readonly [string, string];
    readonly predicates: readonly string[];
    readonly now: number;
  }): Promise<readonly string[]>;
  /**
   * Memories that name, by another name, what one of the names stands for, with the messages that they rest on,
   * newest first.
   */
  findUnderOtherNames(query: {
    readonly scope: GraphScope;
    readonly names: readonly string[];
    readonly now: number;
    readonly limit: number;
  }): Promise<readonly MemoryReference[]>;
  /** What memories, and the facts that rest on them, name, and which of these things are related. For ranking. */
  readMarks(references: readonly MemoryReference[]): Promise<{
    readonly marks: readonly {
      readonly memory: MemoryReference;
      readonly entity: number;
      readonly type: EntityType;
    }[];
    readonly relations: readonly (readonly [number, number])[];
  }>;
  /** Every name and role that the entity has in the scope, itself first. */
  readNames(query: {
    readonly scope: GraphScope;
    readonly entityId: string;
    readonly now: number;
  }): Promise<readonly string[]>;
  /** What each memory names, as it names it. */
  readMentions(memoryIds: readonly string[]): Promise<readonly (readonly Mention[])[]>;
  listRelations(query: RelationQuery): Promise<RelationPage>;
  /** For each entity the ids of active derived memories that name it by any of its names, newest first. */
  findMemories(query: {
    readonly scope: GraphScope;
    readonly entityIds: readonly string[];
    /** Only those from which no relation follows. */
    readonly isUnrelated: boolean;
    readonly now: number;
    /** Most for each. */
    readonly limit: number;
  }): Promise<readonly (readonly string[])[]>;
  /** What each of the memories names, in the scope. */
  findNamed(query: {
    readonly scope: GraphScope;
    readonly memoryIds: readonly string[];
    readonly now: number;
  }): Promise<readonly (readonly EntityName[])[]>;
}
