import type { AccessTimes } from "../domain/decay.ts";
import type { MemoryReference } from "./memory-store.ts";

/** When memories were used, and which never fade. Writing here is no change of a memory: no version, no history. */
export interface AccessLog {
  /** Adds uses, each with its times in epoch milliseconds. What is not stored any more is passed over. */
  record(uses: ReadonlyMap<MemoryReference, readonly number[]>): Promise<void>;
  read(memories: readonly MemoryReference[]): Promise<{
    readonly accesses: ReadonlyMap<MemoryReference, AccessTimes>;
    readonly pinned: ReadonlySet<MemoryReference>;
  }>;
}
