export interface RerankOptions {
  /** Most entries of the answer. Default: all documents. */
  readonly topN?: number;
  readonly signal?: AbortSignal;
}

/** Scores documents against a query together, better and slower than the first stage of a search. */
export interface Reranker {
  /** Provider and model, e.g. "cohere/rerank-v3.5". */
  readonly name: string;
  /** Most documents per call. */
  readonly maxDocuments: number;
  /**
   * Scores between 0 and 1 by index of the document, in any order; documents without one are left out.
   * @throws MemoryError `provider_failed`, `provider_invalid_output`, `timeout`, `aborted` or `missing_dependency`.
   */
  rerank(
    query: string,
    documents: readonly string[],
    options?: RerankOptions,
  ): Promise<readonly { readonly index: number; readonly score: number }[]>;
}
