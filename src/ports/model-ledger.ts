import type { ModelCallRow, ModelPurpose, TokenUsage } from "../domain/model-usage.ts";

/** What one model used for one purpose on one UTC day. */
export interface ModelUsageRow extends TokenUsage {
  /** Epoch milliseconds of 00:00 UTC. */
  readonly day: number;
  readonly provider: string;
  readonly model: string;
  readonly purpose: ModelPurpose;
  readonly calls: number;
  /** Of them, those without an answer. */
  readonly failedCalls: number;
  /** US dollars of the calls of known price. */
  readonly cost: number;
}

export interface ModelCallQuery {
  /** Epoch milliseconds; `to` is exclusive. Left out: no limit. */
  readonly from?: number;
  readonly to?: number;
  readonly userId?: string;
  /** Most rows, newest first. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/** What calls of models cost: one row per request, and sums by day. Holds no text of any memory. */
export interface ModelLedger {
  record(row: ModelCallRow): Promise<void>;
  /** Sums of every day from `from` (epoch milliseconds of a 00:00 UTC) on, oldest first. */
  usageSince(from: number): Promise<readonly ModelUsageRow[]>;
  list(query: ModelCallQuery): Promise<{ readonly calls: readonly ModelCallRow[]; readonly next: string | null }>;
}
