export const BATCH_KINDS = ["import", "revoke", "review", "dream"] as const;

/** What made the changes of a batch: an import, a revoked source, answers to a review, a dream. */
export type BatchKind = (typeof BATCH_KINDS)[number];

/** Changes that were made together and can be taken back together. */
export interface Batch {
  readonly id: string;
  readonly kind: BatchKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How many memories it added or changed; what was purged since does not count. */
  readonly memories: number;
  /** How many of these were taken back. */
  readonly undone: number;
}

/** Why `undo` left a memory as it is: it was changed after the batch, or it stands where nothing can be done. */
export interface NotUndone {
  readonly id: string;
  readonly why: string;
}

export interface UndoResult {
  readonly batchId: string;
  /** Ids of the memories that are as they were before the batch. */
  readonly undone: readonly string[];
  readonly kept: readonly NotUndone[];
}

/** The source of which everything is revoked; exactly one of `messageIds`, `batchId`, `attachment`, or a scope alone. */
export interface RevokeRequest {
  readonly scope: import("./requests.ts").ReadScope | null;
  readonly messageIds: readonly string[] | null;
  readonly batchId: string | null;
  /** A URL, a file id or a name, as the message's part gives it. */
  readonly attachment: string | null;
  readonly isDryRun: boolean;
  readonly isPurge: boolean;
}
