/** An embedding space: vectors are compared only inside one. */
export interface EmbeddingSpace {
  /** Stable key, e.g. "builtin/glove-20k/100". */
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly dimensions: number;
  /**
   * Cosine of unrelated texts in this space: its mean and standard deviation. Scores are normalised against
   * them, so that a score means the same whatever else was found.
   */
  readonly background: { readonly mean: number; readonly deviation: number };
  /** The largest share that the dense score may have against the lexical one (1 = equal). */
  readonly weight: number;
}

export interface EmbedOptions {
  readonly purpose: "document" | "query";
  readonly signal?: AbortSignal;
}

export interface Embedder {
  readonly space: EmbeddingSpace;
  /** Most texts per call; the caller batches. */
  readonly maxBatchSize: number;
  /**
   * Unit-length vectors in the order of the texts. A text of which nothing is known gives `null`, never a
   * zero vector.
   * @throws MemoryError `provider_failed`, `timeout` or `aborted`.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<readonly (Float32Array | null)[]>;
  /**
   * Finds what is not known before a first request: `space.dimensions` (and so `space.key`), which may throw until then,
   * and the background. One request at most, and none where `known` says what was found before; does nothing the
   * second time. Left out: everything is known.
   */
  prepare?(signal?: AbortSignal, known?: Pick<EmbeddingSpace, "dimensions" | "background">): Promise<void>;
}
