import type { NeededCheck } from "./check-mark.ts";
import type { MemoryKind, MemoryState, TimeGranularity } from "./memory.ts";
import type { Recurrence } from "./recurrence.ts";
import type { ReadRequest } from "./requests.ts";
import type { HitSource } from "./search-result.ts";

export const TIMELINE_ORDERS = ["ascending", "descending"] as const;

export type TimelineOrder = (typeof TIMELINE_ORDERS)[number];

export interface TimelineRequest extends ReadRequest {
  /** What the entries are about; null: everything of the scope. */
  readonly topic: string | null;
  /** Half-open window of epoch milliseconds; null: no limit on that side. */
  readonly from: number | null;
  readonly to: number | null;
  /** Only what began or ended inside the window; otherwise all that was true at some moment of it. */
  readonly changesOnly: boolean;
  readonly order: TimelineOrder;
  readonly limit: number;
  readonly cursor: string | null;
  /** Least score of a topic's hit, 0 to 1. */
  readonly threshold: number;
  /** "Now" for words such as "last year" in the topic, or null for the clock. */
  readonly referenceDate: number | null;
}

/** A memory at its place in time. Times are ISO 8601. */
export interface TimelineEntry {
  readonly memoryId: string;
  readonly text: string;
  /** When it began: as stated, else when it was said. */
  readonly from: string;
  /** When it ended, exclusive; null while it is open or nobody said. */
  readonly to: string | null;
  /** `stated`: the words name the time. `said`: they don't, and `from` is when they were said. */
  readonly basis: "stated" | "said";
  readonly granularity?: TimeGranularity;
  /** The words of the source that name the time, where they are still found there. */
  readonly timeWords?: string;
  /** How often it comes, where its words say so. */
  readonly recurrence?: Recurrence;
  readonly kind: MemoryKind;
  readonly state: MemoryState;
  /** Id of the memory that took its place. */
  readonly replacedBy?: string;
  /** Why it should be looked at: what it rests on has changed. */
  readonly needsCheck?: readonly NeededCheck[];
  readonly sources: readonly HitSource[];
}

export interface Timeline {
  readonly results: readonly TimelineEntry[];
  /** The cursor of the next page, or null on the last one. */
  readonly next: string | null;
  readonly warnings: readonly string[];
}
