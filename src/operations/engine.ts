import type { Clock } from "../domain/clock.ts";
import type { CreateDigest } from "../domain/history-chain.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { FactExtractor } from "../ports/fact-extractor.ts";
import type { MemoryStore } from "../ports/memory-store.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import type { RecallGuard } from "../text/recall-guard.ts";
import type { KeyedLock } from "./keyed-lock.ts";
import type { PartitionIndexes } from "./partition-indexes.ts";

export interface EngineSettings {
  /** Longest content of one message, in UTF-16 units. */
  readonly maxMessageCharacters: number;
  /** Most messages in one call. */
  readonly maxMessages: number;
  /** Longest query, in UTF-16 units; what is beyond is not looked at. */
  readonly maxQueryCharacters: number;
  /** How long a deleted memory can be restored. */
  readonly retentionDays: number;
  readonly maskSecrets: boolean;
}

/** What every operation works with: resolved ports and settings, joined in create-memory.ts. */
export interface Engine {
  readonly store: MemoryStore;
  readonly embedder: Embedder | undefined;
  readonly extractor: FactExtractor;
  readonly clock: Clock;
  /** A new UUIDv7 for the given moment. */
  readonly createId: (at: number) => string;
  /** SHA-256, for histories and exports. */
  readonly createDigest: CreateDigest;
  readonly guard: RecallGuard;
  readonly locks: KeyedLock;
  readonly indexes: PartitionIndexes;
  readonly recipe: Recipe;
  readonly settings: EngineSettings;
  /** Aborted when the process wants to close: waiting for models ends, long work is handed back as jobs. */
  readonly shutdown: AbortSignal;
  /** Lets what is running come to an end, for 2 s, and closes the store. */
  readonly close: () => Promise<void>;
}
