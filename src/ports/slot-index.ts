import type { Partition, PassageReference } from "./memory-store.ts";

/** Finds facts by the slot that they fill, in whatever words. */
export interface SlotIndex {
  /**
   * Passages of the newest verified facts that fill one of the slots ("favorite" stands for "favorite:color" too), at
   * most `limit` of each slot, in no order.
   */
  findFilling(partition: Partition, attributes: readonly string[], limit: number): Promise<readonly PassageReference[]>;
}
