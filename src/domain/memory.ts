import type { Scope } from "./scope.ts";

export type MemoryKind = "message" | "fact" | "pattern" | "procedure" | "instruction";

export const MEMORY_KINDS: readonly MemoryKind[] = ["message", "fact", "pattern", "procedure", "instruction"];

/** Everything but verbatim turns: what lists and exports by scope show. */
export const DERIVED_KINDS: readonly MemoryKind[] = ["fact", "pattern", "procedure", "instruction"];

export type MemoryState = "active" | "superseded" | "merged" | "deleted";

export const MEMORY_STATES: readonly MemoryState[] = ["active", "superseded", "merged", "deleted"];

export type Role = "user" | "assistant" | "system" | "tool";

export const TIME_GRANULARITIES = ["instant", "day", "week", "month", "season", "year", "open"] as const;

/** How exact an event time is. */
export type TimeGranularity = (typeof TIME_GRANULARITIES)[number];

/** A half-open range of UTF-16 offsets in a message's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The message that a derived memory rests on, with the parts of its text that say so. */
export interface Source {
  readonly messageId: string;
  readonly spans: readonly Span[];
}

/** The slot that a fact fills; a newer value of a single-valued slot supersedes the older one. */
export interface AttributeValue {
  /** Normalised subject: "user" for the speaker without a name, else the lower-cased name. */
  readonly subject: string;
  /** Attribute family, optionally with a qualifier after a colon: "residence", "price:rent", "owns". */
  readonly attribute: string;
  /** Normalised value, lower case. */
  readonly value: string;
  readonly cardinality: "single" | "multiple";
}

export type Metadata = Readonly<Record<string, unknown>>;

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One record of the store. Times are epoch milliseconds. */
export interface MemoryRecord {
  /** UUIDv7, or an imported UUID. */
  readonly id: string;
  readonly kind: MemoryKind;
  readonly text: string;
  readonly scope: Scope;
  readonly role?: Role;
  /** Who spoke (messages) or whom the fact was attributed to. */
  readonly name?: string;
  readonly metadata: Metadata;
  readonly categories: readonly string[];
  readonly state: MemoryState;
  /** False when its words are not in its cited spans; such memories are not served by default. */
  readonly isVerified: boolean;
  readonly isImmutable: boolean;
  /** True: it does not fade (decay). */
  readonly isPinned?: boolean;
  /** When it was said. */
  readonly saidAt: number;
  /** When it was or is true in the world, where known. `validTo` is exclusive. */
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly granularity?: TimeGranularity;
  /**
   * When the store learnt of it, last changed it, and (corrected, merged, deleted) stopped believing it. A value that
   * was replaced by a newer one was true in its time: its `validTo` is set, not this.
   */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly retractedAt?: number;
  /** Last UTC day (YYYY-MM-DD) on which the memory is served. */
  readonly expirationDate?: string;
  readonly attribute?: AttributeValue;
  /** Id of the memory that took this one's place (`superseded`) or into which it was folded (`merged`). */
  readonly replacedBy?: string;
  /** Ids of memories that say something else about the same slot, undecided. */
  readonly conflictsWith: readonly string[];
  readonly sources: readonly Source[];
  /** The speaker's language as an ISO 639-1 code, where detected. */
  readonly language?: string;
  /** 0 to 1. 1 for messages and direct imports. */
  readonly confidence: number;
  readonly feedback?: Feedback;
  readonly feedbackReason?: string;
}

export type Feedback = "POSITIVE" | "NEGATIVE" | "VERY_NEGATIVE";

/** The text under which duplicates are recognised: Unicode NFKC, lower case, no outer punctuation, single spaces. */
export function normalizeForIdentity(text: string): string {
  const folded = text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ");
  // Trimmed by hand: an anchored expression takes quadratic time on a long run of punctuation inside a text.
  let start = 0;
  let end = folded.length;
  while (start < end && isOuter(folded, start)) start += 1;
  while (end > start && isOuter(folded, end - 1)) end -= 1;
  return folded.slice(start, end);
}

const OUTER = /[\s\p{P}]/u;

function isOuter(text: string, index: number): boolean {
  return OUTER.test(text[index] as string);
}
