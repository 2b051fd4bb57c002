/**
 * One way in which people tell an agent a fact and later that it changed. `{v}` is the value, `{old}` the one
 * before. Written as people write, without sight of the extractor's patterns.
 */
export interface PhrasingSet {
  readonly family: string;
  /** "open": may be read while working on the extractor. "blind": written by someone else, only ever counted. */
  readonly origin: "open" | "blind";
  /** None may occur inside another. */
  readonly values: readonly string[];
  readonly first: readonly string[];
  readonly update: readonly string[];
  readonly question: readonly string[];
}
