import type * as graph from "./api/graph-options.ts";
import type * as option from "./api/method-options.ts";
import { parseAdd } from "./api/parse-add.ts";
import {
  parseBackupPath,
  parseBatchDelete,
  parseBatchUpdate,
  parseFeedback,
  parseId,
  parseMessageIds,
  parseOwner,
  parseReadById,
  parseUpdate,
} from "./api/parse-by-id.ts";
import { parseDeleteAll, parsePurge } from "./api/parse-delete.ts";
import { parseDigest } from "./api/parse-digest.ts";
import {
  parseDream,
  parseBatches,
  parseBatchId,
  parseReview,
  parseReviewed,
  parseRevoke,
} from "./api/parse-forgetting.ts";
import { parseExport, parseImport } from "./api/parse-export.ts";
import { parseEntities, parseMentions, parseNeighbours, parseRelations } from "./api/parse-graph.ts";
import type { ExportOptions } from "./api/parse-export.ts";
import { readConfig } from "./api/parse-mem0-config.ts";
import type { Mem0Config } from "./api/parse-mem0-config.ts";
import { parseMove } from "./api/parse-move.ts";
import { parseReembed } from "./api/parse-reembed.ts";
import { parseLedger } from "./api/parse-ledger.ts";
import { parseTimeline } from "./api/parse-timeline.ts";
import { parseVerify } from "./api/parse-verify.ts";
import { parseFillSchema, parseInstructions, parseProfile, parseSummary } from "./api/parse-views.ts";
import { parseContext, parseList, parseSearch } from "./api/parse-read.ts";
import type { MemoryConfig } from "./config.ts";
import { createEngine } from "./create-memory.ts";
import type { Batch, UndoResult } from "./domain/batch.ts";
import type { DreamReport } from "./domain/dream.ts";
import type { ModelCallRow } from "./domain/model-usage.ts";
import type { Entity } from "./domain/entity.ts";
import type { Relation } from "./domain/relation.ts";
import type { SessionDigest } from "./domain/digest.ts";
import type { ContextBlock, MemoryItem, SearchResult } from "./domain/search-result.ts";
import type { Timeline } from "./domain/timeline.ts";
import { MemoryGraph } from "./memory-graph.ts";
import { addMemories } from "./operations/add-memories.ts";
import type { AddResult } from "./operations/add-result.ts";
import { buildDigest } from "./operations/build-digest.ts";
import { confirmMemory } from "./operations/confirm-memory.ts";
import { buildContext } from "./operations/build-context.ts";
import { batchDelete, deleteAll, deleteMemory } from "./operations/delete-memories.ts";
import type { DeleteAllResult } from "./operations/delete-memories.ts";
import type { Engine } from "./operations/engine.ts";
import { exportMemories } from "./operations/export-memories.ts";
import { revokeSource } from "./operations/forgetting/revoke-source.ts";
import type { RevokeResult } from "./operations/forgetting/revoke-source.ts";
import { approveMemories, rejectMemories, reviewMemories } from "./operations/forgetting/review-memories.ts";
import type { ReviewAnswer, ReviewResult } from "./operations/forgetting/review-memories.ts";
import { undoBatch } from "./operations/forgetting/undo-batch.ts";
import { fillFromMemories } from "./operations/fill-from-memories.ts";
import type { SchemaResult } from "./operations/fill-from-memories.ts";
import { getHistory } from "./operations/get-history.ts";
import type { HistoryItem } from "./operations/get-history.ts";
import { getMemory } from "./operations/get-memory.ts";
import { importMemories } from "./operations/import-memories.ts";
import type { ImportResult } from "./operations/import-memories.ts";
import { listInstructions } from "./operations/list-instructions.ts";
import type { Instructions } from "./operations/list-instructions.ts";
import { listMemories } from "./operations/list-memories.ts";
import type { ListResult } from "./operations/list-memories.ts";
import { makeProfile } from "./operations/make-profile.ts";
import type { Profile } from "./operations/make-profile.ts";
import { makeSummary } from "./operations/make-summary.ts";
import type { Summary } from "./operations/make-summary.ts";
import { moveMemories } from "./operations/move-memories.ts";
import type { MoveResult } from "./operations/move-memories.ts";
import { purgeMemories } from "./operations/purge-memories.ts";
import type { PurgeResult } from "./operations/purge-memories.ts";
import { findNeighbours, listEntities, listRelations } from "./operations/read-graph.ts";
import type { NeighboursResult } from "./operations/read-graph.ts";
import { listMentions } from "./operations/list-mentions.ts";
import type { MentionsResult } from "./domain/graph-requests.ts";
import { readProgress } from "./operations/read-progress.ts";
import type { Progress } from "./operations/read-progress.ts";
import { readStats } from "./operations/read-stats.ts";
import type { MemoryStatistics } from "./operations/read-stats.ts";
import { readTimeline } from "./operations/read-timeline.ts";
import { reembedMemories } from "./operations/reembed.ts";
import type { ReembedProgress } from "./operations/reembed.ts";
import { recordFeedback } from "./operations/record-feedback.ts";
import { restoreMemory } from "./operations/restore-memory.ts";
import { searchMemories } from "./operations/search-memories.ts";
import { updateMemory } from "./operations/update-memory.ts";
import { verifyStore } from "./operations/verify-store.ts";
import type { VerifyResult } from "./operations/verify-store.ts";
import { forgetViews } from "./operations/views/view-cache.ts";
import type { OwnerRow } from "./ports/memory-store.ts";

interface Message {
  readonly message: string;
}

/**
 * The memory of an application, in one SQLite file. Nothing is opened before the first call. Every method rejects with
 * a `MemoryError` whose `code` is stable; docs/library.md describes each with its options and errors.
 */
export class Memory {
  readonly #engine: Engine;
  /** The graph of entities and relations, read as a whole and written by hand. */
  readonly graph: MemoryGraph;

  /** Takes Mem0's configuration as well, as far as this version has what it names. */
  constructor(config: MemoryConfig | Mem0Config = {}) {
    const read = readConfig(config);
    const own: MemoryConfig = read.config;
    // Checked there: what is no setting of ours is refused.
    this.#engine = createEngine(own);
    this.graph = new MemoryGraph(this.#engine);
    for (const warning of read.warnings) own.onWarning?.(warning);
  }

  /** Mem0's name of the constructor. */
  static fromConfig(config: MemoryConfig | Mem0Config): Memory {
    return new Memory(config);
  }

  /** Keeps messages word for word and draws facts from them; both are on disk when it resolves. */
  async add(
    messages: string | option.MessageInput | readonly option.MessageInput[],
    options: option.AddOptions,
  ): Promise<AddResult> {
    return addMemories(this.#engine, parseAdd(messages, options, this.#engine.settings));
  }

  /** The memories that answer a query, best first, each with the messages it rests on. */
  async search(query: string, options: option.SearchOptions): Promise<SearchResult> {
    return searchMemories(this.#engine, parseSearch(query, options));
  }

  /** A block for a prompt: all of the scope when it fits the budget, else what answers the query. */
  async context(query: string, options: option.ContextOptions): Promise<ContextBlock> {
    return buildContext(this.#engine, parseContext(query, options));
  }

  /** What was asked, done, decided, left open and learned in a run, since a date or in the last session, each line cited. */
  async digest(options: option.DigestOptions): Promise<SessionDigest> {
    return buildDigest(this.#engine, parseDigest(options));
  }

  /** One memory, or null. With `asOf` and `knownAt` as it was true and known then. */
  async get(id: string, options?: option.ReadByIdOptions): Promise<MemoryItem | null> {
    const { scope, ...moment } = parseReadById(options, "get");
    return getMemory(this.#engine, parseId(id, "get"), scope, moment);
  }

  /** Facts, patterns, procedures and instructions of a scope, newest said first, page by page. */
  async getAll(options: option.GetAllOptions): Promise<ListResult> {
    return listMemories(this.#engine, parseList(options));
  }

  /** Who a user or an agent is, as the memories say now: cited lines by section, or an object after a JSON schema. */
  async profile(options: option.ProfileOptions): Promise<Profile> {
    return makeProfile(this.#engine, parseProfile(options));
  }

  /** What matters most of the memories that filters name, by category, each line with its memories. */
  async summary(options: option.SummaryOptions): Promise<Summary> {
    return makeSummary(this.#engine, parseSummary(options));
  }

  /** The standing rules of a user or an agent ("always answer in French"), word for word. */
  async instructions(options: option.InstructionsOptions): Promise<Instructions> {
    return listInstructions(this.#engine, parseInstructions(options));
  }

  /** An object after a JSON schema, out of the memories of a scope or of the given ids, each value with its memories. */
  async fillSchema(options: option.FillSchemaOptions): Promise<SchemaResult> {
    return fillFromMemories(this.#engine, parseFillSchema(options));
  }

  /** What happened to a topic (null: in the whole scope), in the order of the events, page by page. */
  async timeline(topic: string | null, options: option.TimelineOptions): Promise<Timeline> {
    return readTimeline(this.#engine, parseTimeline(topic, options));
  }

  /** Changes text, metadata (merged) or expiry. The history keeps what was there. */
  async update(id: string, change: string | option.UpdateOptions): Promise<Message> {
    await updateMemory(this.#engine, parseUpdate(id, change));
    return { message: "Memory updated successfully!" };
  }

  /** Updates of up to 1,000 memories, in order. It stops at the first that fails; those before it stay done. */
  async batchUpdate(updates: readonly option.BatchUpdate[]): Promise<Message> {
    const requests = parseBatchUpdate(updates);
    for (const request of requests) await updateMemory(this.#engine, request);
    return { message: `Successfully updated ${requests.length} memories` };
  }

  /** Says that a memory holds although what it rests on has changed: clears its `needsCheck`. */
  async confirm(id: string, owner?: option.ScopeOptions): Promise<Message> {
    await confirmMemory(this.#engine, parseId(id, "confirm"), parseOwner(owner, "confirm"));
    return { message: "Memory confirmed" };
  }

  /** Deletes one memory; `restore` brings it back within `retentionDays`. */
  async delete(id: string, owner?: option.ScopeOptions): Promise<Message> {
    await deleteMemory(this.#engine, parseId(id, "delete"), parseOwner(owner, "delete"));
    return { message: "Memory deleted successfully!" };
  }

  /** Deletes up to 1,000 memories, in order. It stops at the first that fails; those before it stay done. */
  async batchDelete(memories: readonly (string | { readonly memoryId: string })[]): Promise<Message> {
    const ids = parseBatchDelete(memories);
    await batchDelete(this.#engine, ids);
    return { message: `Successfully deleted ${ids.length} memories` };
  }

  /** Deletes everything of a scope; the ids are ANDed. */
  async deleteAll(options: option.DeleteAllOptions): Promise<DeleteAllResult> {
    return deleteAll(this.#engine, parseDeleteAll(options));
  }

  /** Brings back a deleted, superseded or merged memory. */
  async restore(id: string, owner?: option.ScopeOptions): Promise<MemoryItem> {
    return restoreMemory(this.#engine, parseId(id, "restore"), parseOwner(owner, "restore"));
  }

  /** Files memories under another agent, app or run of the same user, with what they replaced and their history. */
  async move(ids: string | readonly string[], to: option.MoveOptions): Promise<MoveResult> {
    return moveMemories(this.#engine, parseMove(ids, to));
  }

  /** Removes memories for good: by id, by ids, or everything of a scope. No byte of their text stays in the file. */
  async purge(
    target: string | readonly string[] | option.PurgeScopeOptions,
    options?: option.PurgeOptions,
  ): Promise<PurgeResult> {
    return purgeMemories(this.#engine, parsePurge(target, options));
  }

  /** Removes all that came from one source: a message, an import, an attachment, a run, an app. One batch, or for good. */
  async revoke(source: option.RevokeOptions): Promise<RevokeResult> {
    return revokeSource(this.#engine, parseRevoke(source));
  }

  /** Writes down what comes again: habits and counts by rules, and what a language model finds. One batch; twice changes nothing. */
  async dream(options: option.DreamOptions): Promise<DreamReport> {
    const request = parseDream(options);
    const { dream } = await import("./operations/forgetting/dream.ts");
    return dream(this.#engine, request);
  }

  /** What waits for somebody's word and is served by no read, each with why; and what contradicts what. */
  async review(options: option.ReviewOptions): Promise<ReviewResult> {
    return reviewMemories(this.#engine, parseReview(options));
  }

  /** Lets what waits be served; of a contradiction, replaces the others by it. */
  async approve(ids: string | readonly string[]): Promise<ReviewAnswer> {
    return approveMemories(this.#engine, parseReviewed(ids, "approve"));
  }

  /** Deletes what waits, or what contradicts another. */
  async reject(ids: string | readonly string[]): Promise<ReviewAnswer> {
    return rejectMemories(this.#engine, parseReviewed(ids, "reject"));
  }

  /** What was done together and can be taken back together, newest first: imports, revoked sources, reviews, dreams. */
  async batches(options: option.BatchesOptions = {}): Promise<{ batches: readonly Batch[]; next: string | null }> {
    return this.#engine.store.provenance.listBatches(parseBatches(options));
  }

  /** Takes a batch back; what was changed since stays as it is, and is named. */
  async undo(batchId: string): Promise<UndoResult> {
    return undoBatch(this.#engine, parseBatchId(batchId));
  }

  /** Every change of a memory, newest first. */
  async history(id: string, options?: option.ReadByIdOptions): Promise<HistoryItem[]> {
    const { scope, ...moment } = parseReadById(options, "history");
    return getHistory(this.#engine, parseId(id, "history"), scope, moment);
  }

  /** Keeps what a user thinks of a memory. */
  async feedback(id: string, feedback: option.FeedbackOptions): Promise<Message> {
    await recordFeedback(this.#engine, parseFeedback(id, feedback));
    return { message: "Feedback recorded" };
  }

  /** The users, agents, apps and runs that have memories. */
  async users(): Promise<{ results: readonly OwnerRow[] }> {
    return { results: await this.#engine.store.listOwners() };
  }

  /** The named things in a user's memories. */
  async entities(options: graph.EntitiesOptions = {}): Promise<{ results: readonly Entity[]; next: string | null }> {
    return listEntities(this.#engine, parseEntities(options));
  }

  /** What a user's memories say about two named things, dated, newest memory first. See docs/graph.md. */
  async relations(
    options: graph.RelationsOptions = {},
  ): Promise<{ results: readonly Relation[]; next: string | null }> {
    return listRelations(this.#engine, parseRelations(options));
  }

  /** Where memories, and the messages that they rest on, name an entity: newest memory first. */
  async mentions(entity: string, options: graph.MentionsOptions = {}): Promise<MentionsResult> {
    return listMentions(this.#engine, parseMentions(entity, options));
  }

  /** What an entity is related to directly, with the relations. */
  async neighbours(entity: string, options: graph.NeighboursOptions = {}): Promise<NeighboursResult> {
    return findNeighbours(this.#engine, parseNeighbours(entity, options));
  }

  /** Lines of JSON, each with its line feed: the whole store, or a scope. See docs/export-format.md. */
  async *export(options: ExportOptions = {}): AsyncGenerator<string, void, undefined> {
    yield* exportMemories(this.#engine, parseExport(options));
  }

  /** Stores the lines of an export, from a text, an iterable or a stream; what is known is skipped. */
  async import(source: string | Iterable<unknown> | AsyncIterable<unknown>): Promise<ImportResult> {
    return importMemories(this.#engine, parseImport(source));
  }

  /** How far an `add` has come, told by the ids of its messages: how many a language model has still to see, and what rests on them. */
  async progress(messageIds: readonly string[]): Promise<Progress> {
    return readProgress(this.#engine, parseMessageIds(messageIds));
  }

  /** What the file holds, what is pending or failed, and what models used. */
  async stats(): Promise<MemoryStatistics> {
    return readStats(this.#engine);
  }

  /** The requests made to language models, newest first: tokens, price, purpose, scope, outcome. */
  async ledger(options: option.LedgerOptions = {}): Promise<{ calls: readonly ModelCallRow[]; next: string | null }> {
    return this.#engine.store.ledger.list(parseLedger(options));
  }

  /** Makes the vectors that the configured embedder's space lacks: after another embedder was set, or a failing one came back. */
  async reembed(options: option.ReembedOptions = {}): Promise<ReembedProgress> {
    return reembedMemories(this.#engine, parseReembed(options));
  }

  /** Checks records, histories and indexes against one another; `repair` makes anew what is derived. */
  async verify(options: option.VerifyOptions = {}): Promise<VerifyResult> {
    return verifyStore(this.#engine, parseVerify(options));
  }

  /** A copy of the file as it is now, made while others write. The target must not exist. */
  async backup(path: string): Promise<{ bytes: number }> {
    return this.#engine.store.backup(parseBackupPath(path));
  }

  /** Empties the whole store, histories included. */
  async reset(): Promise<void> {
    await this.#engine.store.reset();
    forgetViews(this.#engine.store);
  }

  /** Lets what is running come to an end and closes the file. Later calls are refused. */
  async close(): Promise<void> {
    await this.#engine.close();
  }
}
