import type { Batch, BatchKind } from "../domain/batch.ts";
import type { ReadScope } from "../domain/requests.ts";
import type { MemoryChanges, MemoryReference, StoredMemory } from "./memory-store.ts";

/** The batch that a change belongs to: noted with it, so that it can be taken back. */
export interface BatchNote {
  readonly id: string;
  readonly kind: BatchKind;
}

/** What one memory was before a batch, and its history's version after it. */
export interface BatchChange {
  readonly memoryId: string;
  readonly userId: string | null;
  /** True: the batch added it. */
  readonly isNew: boolean;
  /** Version of its history before the batch; 0 for a new one. Its text then stands there. */
  readonly versionBefore: number;
  readonly versionAfter: number;
  /** Fields as they were, but for the text. Empty for a new one. */
  readonly before: Omit<MemoryChanges, "text" | "addSources">;
}

/** Where memories came from, what rests on what, and what was done together. */
export interface Provenance {
  /** Newest first. */
  listBatches(query: {
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly batches: readonly Batch[]; readonly next: string | null }>;
  readBatch(id: string): Promise<Batch | null>;
  /** Changes of a batch that were not taken back, the last first. `after` goes on behind a page's `next`. */
  readChanges(
    batchId: string,
    page: { readonly limit: number; readonly after?: number },
  ): Promise<{ readonly changes: readonly BatchChange[]; readonly next: number | null }>;
  /** Messages that carry an attachment of exactly this URL, id or name. */
  findAttached(scope: ReadScope, attachment: string): Promise<readonly StoredMemory[]>;
  /** Active memories that say something else about a slot than another active one, newest first. */
  listContradicting(scope: ReadScope, limit: number): Promise<readonly StoredMemory[]>;
  /** Patterns by what they rest on: ids of facts and messages, in the order in which they were said. */
  readEvidence(patternIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Ids of patterns that rest on any of these memories. */
  findPatternsOf(memories: readonly MemoryReference[]): Promise<readonly string[]>;
}
