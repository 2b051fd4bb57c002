export { Memory } from "./memory.ts";
export type { MemoryGraph } from "./memory-graph.ts";
export { MemoryError } from "./errors.ts";
export type { MemoryErrorCode } from "./errors.ts";
export type { MemoryConfig } from "./config.ts";
export type {
  AddOptions,
  BatchesOptions,
  BatchUpdate,
  ContextOptions,
  DeleteAllOptions,
  DigestOptions,
  DreamOptions,
  FeedbackOptions,
  FillSchemaOptions,
  FilterOption,
  GetAllOptions,
  InstructionsOptions,
  LedgerOptions,
  MessageInput,
  MoveOptions,
  ProfileOptions,
  PurgeOptions,
  ReembedOptions,
  ReviewOptions,
  RevokeOptions,
  ReadByIdOptions,
  ReadOptions,
  ScopeOptions,
  SearchOptions,
  SummaryOptions,
  TimelineOptions,
  TimeOption,
  UpdateOptions,
  VerifyOptions,
} from "./api/method-options.ts";
export type {
  EntitiesOptions,
  GraphScopeOptions,
  MentionsOptions,
  NeighboursOptions,
  RelationsOptions,
  RelationTimeOptions,
} from "./api/graph-options.ts";
export type {
  ExportGraphOptions,
  GraphWriteOptions,
  ImportGraphOptions,
  NewEntityOptions,
  NewRelationOptions,
  ObservationsOptions,
  PathsOptions,
  ReadGraphOptions,
} from "./api/graph-write-options.ts";
export type { Mem0Config } from "./api/parse-mem0-config.ts";
export type { ExportOptions } from "./api/parse-export.ts";
export type { Batch, BatchKind, NotUndone, UndoResult } from "./domain/batch.ts";
export type { ModelBudget, ModelCallRow, TokenPrice, TokenUsage } from "./domain/model-usage.ts";
export type { NeededCheck } from "./domain/check-mark.ts";
export type { Recurrence } from "./domain/recurrence.ts";
export type { Entity, EntityType } from "./domain/entity.ts";
export type { Graph, GraphEntity, GraphPath, Neighbour } from "./domain/graph-requests.ts";
export type { EntityName, Relation, RelationOrigin } from "./domain/relation.ts";
export type { MemoryKind, MemoryState } from "./domain/memory.ts";
export type { DigestLine, DigestSection, DigestSession, SessionDigest } from "./domain/digest.ts";
export type {
  ContextBlock,
  HitBreakdown,
  HitSource,
  MemoryItem,
  SearchHit,
  SearchResult,
} from "./domain/search-result.ts";
export type { Timeline, TimelineEntry } from "./domain/timeline.ts";
export type { AddResult } from "./operations/add-result.ts";
export type { MoveResult } from "./operations/move-memories.ts";
export type { DeleteAllResult } from "./operations/delete-memories.ts";
export type { Contradiction } from "./domain/contradiction.ts";
export type { DreamedPattern, DreamEvent, DreamReport } from "./domain/dream.ts";
export type { ReviewAnswer, ReviewItem, ReviewReason, ReviewResult } from "./operations/forgetting/review-memories.ts";
export type { RevokeResult } from "./operations/forgetting/revoke-source.ts";
export type { SchemaResult } from "./operations/fill-from-memories.ts";
export type { HistoryItem } from "./operations/get-history.ts";
export type { ImportResult } from "./operations/import-memories.ts";
export type { Instructions } from "./operations/list-instructions.ts";
export type { ListResult } from "./operations/list-memories.ts";
export type { Profile, ProfileLine } from "./operations/make-profile.ts";
export type { Summary, SummaryLine } from "./operations/make-summary.ts";
export type { PurgeResult } from "./operations/purge-memories.ts";
export type { ReembedProgress } from "./operations/reembed.ts";
export type { GraphDeleteResult } from "./operations/delete-graph.ts";
export type { GraphImportResult } from "./operations/exchange-graph.ts";
export type { GraphWriteResult } from "./operations/write-graph.ts";
export type { EntityMention, MentionsResult, NamedSpan } from "./domain/graph-requests.ts";
export type { NeighboursResult } from "./operations/read-graph.ts";
export type { Progress } from "./operations/read-progress.ts";
export type { MemoryStatistics } from "./operations/read-stats.ts";
export type { VerifyResult } from "./operations/verify-store.ts";
export type { Embedder, EmbeddingSpace, EmbedOptions } from "./ports/embedder.ts";
export type { LanguageModel, LanguageModelAnswer, LanguageModelCall, ModelImage } from "./ports/language-model.ts";
export type { OwnerRow } from "./ports/memory-store.ts";
export type { Reranker } from "./ports/reranker.ts";
