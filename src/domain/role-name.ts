/** "user's sister": somebody named by what they are to somebody. */
export interface RoleName {
  /** Key of the other: "user". */
  readonly owner: string;
  /** The predicate that leads from there: "sister". */
  readonly predicate: string;
}

/** Reads a normalised entity name as a role; undefined for a plain name. */
export function parseRoleName(key: string): RoleName | undefined {
  const at = key.lastIndexOf("'s ");
  if (at < 1) return undefined;
  const noun = key.slice(at + 3);
  if (!/^\p{L}[\p{L} -]*$/u.test(noun)) return undefined;
  return { owner: key.slice(0, at), predicate: noun.replaceAll(/[ -]/gu, "_") };
}

/** Relations whose two ends are names of one and the same: what joins entities. */
export const NAMING_PREDICATES: readonly string[] = ["name", "same_as"];

/** Says that two names that would be joined are two things. */
export const DIFFERENT = "different_from";
