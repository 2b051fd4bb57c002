import type { Clock } from "../domain/clock.ts";
import type { CreateDigest } from "../domain/history-chain.ts";
import type { LimitFunction } from "p-limit";
import type { ExtractionGuidance } from "../domain/extraction-guidance.ts";
import type { ModelBudget, TokenPrice, TokenUsage } from "../domain/model-usage.ts";
import type { DecaySettings } from "../domain/decay.ts";
import type { Scope } from "../domain/scope.ts";
import type { Concepts } from "../ports/concepts.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { FactExtractor } from "../ports/fact-extractor.ts";
import type { LanguageModel } from "../ports/language-model.ts";
import type { MemoryStore } from "../ports/memory-store.ts";
import type { Reranker } from "../ports/reranker.ts";
import type { Recipe } from "../retrieval/recipes.ts";
import type { LocalTime } from "../text/local-time.ts";
import type { RecallGuard } from "../text/recall-guard.ts";
import type { AccessRecorder } from "./forgetting/access-recorder.ts";
import type { AttachmentReader } from "./read-attachments.ts";
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
  /** Most time of one call of a language model, retries included. */
  readonly modelTimeoutMs: number;
  /** Most time that a search waits for the reranker. */
  readonly rerankTimeoutMs: number;
  readonly modelBudget: ModelBudget;
  /** In place of what is known of the model. */
  readonly modelPrice: TokenPrice | undefined;
  /** How long messages added with `wait: false` are gathered before they go to the model. */
  readonly extractionDelayMs: number;
  /** What nobody said (documents, tools, web pages) and is less sure than this waits for review. */
  readonly reviewBelow: number;
  /** How memories fade in ranking; null: not at all. */
  readonly decay: DecaySettings | null;
  /** Hours between two dreams of everybody; null: by call only. */
  readonly dreamEveryHours: number | null;
  /** For every add; an add's own comes on top. */
  readonly guidance: ExtractionGuidance;
}

/** What every operation works with: resolved ports and settings, joined in create-memory.ts. */
export interface Engine {
  readonly store: MemoryStore;
  /** The configured one, as soon as its space is known. */
  readonly embedder: Embedder | undefined;
  /** Made the file's older vectors, and answers with them while the new space lacks most. */
  readonly previousEmbedder: Embedder | undefined;
  /** Finds what is not known of the embedder, waiting at most so many milliseconds. Never fails. */
  readonly prepareEmbedder: (patience: number) => Promise<void>;
  /** The rules: always there. */
  readonly extractor: FactExtractor;
  readonly languageModel: LanguageModel | undefined;
  /** Asks the language model; undefined without one. Never called while a lock is held. */
  readonly modelExtractor: ((scope: Scope) => FactExtractor) | undefined;
  /** Runs so many requests to the language model at a time. */
  readonly modelSlots: LimitFunction;
  /** What images and documents in messages are read with: loaded with the first. Never used while a user's lock is held. */
  readonly attachmentReader: (scope: Scope, onUsage: (usage: TokenUsage) => void) => Promise<AttachmentReader>;
  /** Notes what was used; undefined where nothing fades. */
  readonly accesses: AccessRecorder | undefined;
  /** Orders the best hits of a search anew. */
  readonly reranker: Reranker | undefined;
  /** What belongs to a class of things that a question asks for. */
  readonly concepts: Concepts;
  readonly clock: Clock;
  /** What the calendar of the configured time zone shows: for words such as "yesterday". */
  readonly localTime: LocalTime;
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
