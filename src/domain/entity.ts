export const ENTITY_TYPES = [
  "person",
  "place",
  "organization",
  "product",
  "project",
  "concept",
  "date",
  "identifier",
  "quote",
  "other",
] as const;

export type EntityType = (typeof ENTITY_TYPES)[number];

/** A named thing as a memory names it. */
export interface Mention {
  /** As written. */
  readonly name: string;
  readonly type: EntityType;
}

export interface Entity {
  readonly id: string;
  /** The spelling seen first. */
  readonly name: string;
  readonly type: EntityType;
  /** Other names of it, and what it is to somebody: "User's sister". */
  readonly aliases: readonly string[];
  /** Active memories that name it, by any of its names. */
  readonly mentions: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Entities are the same when these are equal: NFKC, lower case, single spaces, no possessive. */
export function normalizeEntityName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/['’]s$/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
}
