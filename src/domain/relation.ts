import type { EntityType } from "./entity.ts";
import type { MemoryState } from "./memory.ts";

/** One end of a relation as a memory names it. */
export interface RelationEnd {
  /** As written; the end of a relation of the speaker without a name is "User". */
  readonly name: string;
  readonly type: EntityType;
}

/** What one memory says about two named things. When it holds is the memory's to say. */
export interface RelationStatement {
  readonly subject: RelationEnd;
  /** Lower case, words joined by "_": "lives_in", "sister". Read as "the subject's … is the object". */
  readonly predicate: string;
  readonly object: RelationEnd;
  /** `slot`: follows from the memory's slot. `model`: a language model's. `hand`: the caller's. */
  readonly origin: RelationOrigin;
}

export const RELATION_ORIGINS = ["slot", "model", "hand"] as const;

export type RelationOrigin = (typeof RELATION_ORIGINS)[number];

/** An entity as a relation names it. */
export interface EntityName {
  readonly id: string;
  readonly name: string;
  readonly type: EntityType;
}

/** A typed, dated edge between two entities. Times are epoch milliseconds. */
export interface Relation {
  /** Id of the memory and the relation's place in it: "0190…:0". */
  readonly id: string;
  readonly subject: EntityName;
  readonly predicate: string;
  readonly object: EntityName;
  /** From when it holds: when it began, else when it was said. */
  readonly validFrom: number;
  /** From when it holds no more, or null: set by its memory, or by a newer relation of a predicate with one object. */
  readonly validTo: number | null;
  readonly confidence: number;
  readonly origin: RelationOrigin;
  /** The memory that says so; its fate is the relation's. */
  readonly memoryId: string;
  readonly state: MemoryState;
}

/** Predicates that have one object at a time: a newer relation closes the older one. */
export const FUNCTIONAL_PREDICATES: readonly string[] = [
  "lives_in",
  "comes_from",
  "born_in",
  "works_at",
  "has_role",
  "studies_at",
  "manager",
  "partner",
  "mother",
  "father",
  "led_by",
  "owned_by",
  "located_in",
  "birthday",
];

/** "Lives in" and "lives-in" are "lives_in". */
export function normalizePredicate(predicate: string): string {
  return predicate
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_|_$/gu, "");
}
