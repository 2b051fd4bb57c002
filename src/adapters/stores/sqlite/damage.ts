/** What a check found that a repair can make anew, by number. */
export interface Damage {
  /** Memories whose index units are wrong. */
  readonly memories: Set<number>;
  /** Passages that the text index lacks. */
  readonly unindexed: Set<number>;
  /** The text index holds what it should not, so that it can only be made anew as a whole. */
  isTextIndexWrong: boolean;
  /** Packed vectors, as `[space, partition]`. */
  readonly vectors: [number, number][];
  /** Passages, vectors and links that belong to nothing. */
  readonly orphanPassages: Set<number>;
  readonly orphanVectors: Set<number>;
  hasDanglingLinks: boolean;
  /** Partitions with wrong counters, and what they should be at that version. */
  readonly counters: Map<number, { readonly passages: number; readonly terms: number; readonly version: number }>;
  lacksEmbeddingJob: boolean;
}

export function noDamage(): Damage {
  return {
    memories: new Set(),
    unindexed: new Set(),
    isTextIndexWrong: false,
    vectors: [],
    orphanPassages: new Set(),
    orphanVectors: new Set(),
    hasDanglingLinks: false,
    counters: new Map(),
    lacksEmbeddingJob: false,
  };
}
