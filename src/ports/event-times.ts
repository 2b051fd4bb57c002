import type { TimelineOrder } from "../domain/timeline.ts";
import type { MemoryListQuery, MemoryReference, StoredMemory } from "./memory-store.ts";

/** A place in the order of events: when it began (epoch milliseconds), then the memory's number. */
export interface EventPlace {
  readonly from: number;
  readonly reference: MemoryReference;
}

export interface EventQuery extends Pick<
  MemoryListQuery,
  "userIds" | "filter" | "kinds" | "states" | "isVerified" | "today"
> {
  /** Half-open window of epoch milliseconds; left out: no limit on that side. */
  readonly from?: number;
  readonly to?: number;
  /** Only what began or ended inside the window; otherwise all that was true at some moment of it. */
  readonly changesOnly: boolean;
  readonly order: TimelineOrder;
  /** Most rows; fewer do not mean that there are no more. */
  readonly limit: number;
  /** Only what comes behind this place. */
  readonly after?: EventPlace;
}

/** Memories in the order of what they tell: by the beginning of their validity, or where none is known when they were said. */
export interface EventTimes {
  list(query: EventQuery): Promise<readonly StoredMemory[]>;
}
