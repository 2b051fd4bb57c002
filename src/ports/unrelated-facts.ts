import type { Mention } from "../domain/entity.ts";
import type { MemoryRecord } from "../domain/memory.ts";
import type { RelationStatement } from "../domain/relation.ts";

/** A fact with a slot, of which no relation is stored. */
export interface UnrelatedFact extends Pick<MemoryRecord, "id" | "kind" | "text" | "attribute"> {
  /** Its number in the store. */
  readonly reference: number;
  readonly mentions: readonly Mention[];
}

/** Facts from before the store kept relations. */
export interface UnrelatedFacts {
  /** One stretch of the store behind `after` (0: from the start); few of it may be unrelated, or none. Null: the end. */
  read(after: number): Promise<{ readonly facts: readonly UnrelatedFact[]; readonly next: number | null }>;
  /** Gives facts their relations in one transaction; what has changed, or has some, is passed over. */
  relate(facts: readonly (UnrelatedFact & { readonly relations: readonly RelationStatement[] })[]): Promise<void>;
}
