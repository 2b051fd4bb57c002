import type { Mention } from "./entity.ts";
import type { RelationStatement } from "./relation.ts";
import type { AttributeValue, MemoryKind, Role, Source, TimeGranularity } from "./memory.ts";

/** A stored message as an extractor sees it. */
export interface ExtractionMessage {
  readonly id: string;
  readonly role: Role;
  readonly name?: string;
  readonly text: string;
  /** Epoch milliseconds: relative dates are resolved against it, in UTC. */
  readonly saidAt: number;
  readonly language?: string;
}

/**
 * How the speaker marks a change. `change`: "now", "moved to", "no longer"; the old value was true until then.
 * `correction`: "actually it was"; the old value was never true. `end`: the value stopped and nothing replaces it.
 */
export type ChangeCue = "none" | "change" | "correction" | "end";

/** What an extractor proposes. Reconcile decides what becomes of it. */
export interface ExtractedFact {
  /** One self-contained sentence in the speaker's language, the speaker named, dates absolute. */
  readonly text: string;
  readonly kind: Exclude<MemoryKind, "message" | "pattern">;
  readonly attribute?: AttributeValue;
  readonly cue: ChangeCue;
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly granularity?: TimeGranularity;
  readonly categories: readonly string[];
  readonly mentions: readonly Mention[];
  /** What a language model says that it says of two named things. Slots speak for themselves. */
  readonly relations?: readonly RelationStatement[];
  readonly sources: readonly Source[];
  /** 0 to 1. */
  readonly confidence: number;
  /** Role of the speaker it was attributed to, and the name when there is one. */
  readonly attributedTo: Role;
  readonly name?: string;
  readonly language?: string;
}
