import type { NeededCheck } from "./check-mark.ts";
import type { Recurrence } from "./recurrence.ts";
import type { MemoryKind, MemoryState, Metadata, Role, Span, TimeGranularity } from "./memory.ts";

/** A message that a hit rests on. `saidAt` is ISO 8601. */
export interface HitSource {
  readonly id: string;
  readonly text: string;
  readonly name?: string;
  readonly role?: Role;
  readonly saidAt: string;
  readonly runId?: string;
  readonly metadata: Metadata;
  readonly spans: readonly Span[];
}

/** Where a hit's score comes from. */
export interface HitBreakdown {
  /** Share of what the query's words could reach, 0 to 1, words lent by neighbouring turns included. */
  readonly lexical: number;
  /** Similarity of meaning in standard deviations above what unrelated texts reach. */
  readonly dense: number;
  /** 1 when it fills the slot that is asked for ("where do I live": residence), else 0. */
  readonly slot: number;
  /** Product of the priors: speaker, role, question, time, entity, validity. */
  readonly prior: number;
  /** The reranker's score, 0 to 1, where one is configured and looked at it. */
  readonly rerank?: number;
  readonly raw: number;
  readonly recipe: string;
}

/** A memory as callers see it, in Mem0's shape with ours beside it. Times are ISO 8601. */
export interface MemoryItem {
  readonly id: string;
  readonly memory: string;
  /** Hex digest of the normalised text. */
  readonly hash: string;
  /** When it was said (Mem0's createdAt), and when it last changed. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When the store learnt of it. */
  readonly recordedAt: string;
  readonly metadata: Metadata;
  readonly categories: readonly string[];
  readonly user_id?: string;
  readonly agent_id?: string;
  readonly app_id?: string;
  readonly run_id?: string;
  readonly kind: MemoryKind;
  readonly state: MemoryState;
  readonly role?: Role;
  readonly name?: string;
  readonly attributedTo?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly granularity?: TimeGranularity;
  /** How often it comes, where its words say so: "every Tuesday". */
  readonly recurrence?: Recurrence;
  readonly expirationDate?: string;
  readonly attribute?: { readonly subject: string; readonly attribute: string; readonly value: string };
  /** Id of the memory that took its place. */
  readonly replacedBy?: string;
  readonly conflictsWith?: readonly string[];
  /** Why it should be looked at: what it rests on has changed. Cleared by `confirm` and by a new text. */
  readonly needsCheck?: readonly NeededCheck[];
  readonly isVerified: boolean;
  readonly isImmutable: boolean;
  readonly isPinned?: boolean;
  readonly confidence: number;
  readonly feedback?: string;
  readonly language?: string;
  /** Of a pattern, and of what was declared derived: ids of what it rests on, in the order in which they were said. */
  readonly restsOn?: readonly string[];
  readonly sources: readonly HitSource[];
}

export interface SearchHit extends MemoryItem {
  /** 0 to 1; means the same in every search. */
  readonly score: number;
  readonly scoreBreakdown?: HitBreakdown;
}

export interface SearchResult {
  readonly results: readonly SearchHit[];
  readonly warnings: readonly string[];
}

export interface ContextBlock {
  /** Ready for a prompt, fenced as recalled data. Empty when nothing is relevant. */
  readonly text: string;
  readonly hits: readonly SearchHit[];
  /** Estimated tokens of `text`; never above the budget. */
  readonly tokens: number;
  /** True when the whole scope fits and is in the block, in order. */
  readonly isComplete: boolean;
  readonly warnings: readonly string[];
}
