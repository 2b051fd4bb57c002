import type { CheckMark } from "../domain/check-mark.ts";
import type { Mention } from "../domain/entity.ts";
import type { ExportEntry, ExternalId } from "../domain/export-format.ts";
import type { ExtractionMessage } from "../domain/extracted-fact.ts";
import type { Filter } from "../domain/filter.ts";
import type { HistoryEvent, HistoryRow } from "../domain/history.ts";
import type {
  AttributeValue,
  Feedback,
  MemoryKind,
  MemoryRecord,
  MemoryState,
  Role,
  Source,
  Span,
} from "../domain/memory.ts";
import type { Scope } from "../domain/scope.ts";
import type { RelationStatement } from "../domain/relation.ts";
import type { GraphStore } from "./graph-store.ts";
import type { EventTimes } from "./event-times.ts";
import type { AccessLog } from "./access-log.ts";
import type { JobQueue } from "./job-queue.ts";
import type { ModelLedger } from "./model-ledger.ts";
import type { SlotIndex } from "./slot-index.ts";
import type { BatchNote, Provenance } from "./provenance.ts";

export type { BatchNote } from "./provenance.ts";
export type { ExternalId } from "../domain/export-format.ts";

/** A memory's number inside its store: opaque, stable while the memory exists, never shown to callers. */
export type MemoryReference = number;
/** A passage's number inside its store. */
export type PassageReference = number;

/** All memories of one user; memories without a user share one (`userId` null). Version 0 means that it is empty. */
export interface Partition {
  readonly number: number;
  readonly userId: string | null;
  /** Grows by one with every change in it. Validates caches and guards concurrent writers. */
  readonly version: number;
  /** Version of the last change that touched an existing row (state, validity, …). */
  readonly patchVersion: number;
  /** Version of the last change that re-wrote or removed indexed text. */
  readonly textVersion: number;
  readonly passages: number;
}

/** An index unit: a short memory whole, or a window of a long one. */
export interface NewPassage {
  /** UTF-16 offsets in the memory's text. */
  readonly start: number;
  readonly end: number;
  /** Normalised terms joined by single spaces. */
  readonly terms: string;
  readonly termCount: number;
  /** Date words, joined by single spaces; empty for none. */
  readonly dateTerms: string;
  readonly isQuestion: boolean;
  readonly hasTimeExpression: boolean;
  /** Unit vectors by space key; a space without an entry is caught up later. `null`: nothing to embed. */
  readonly vectors: ReadonlyMap<string, Float32Array | null>;
}

export interface NewMemory {
  readonly record: MemoryRecord;
  /** Equal for what counts as the same statement; for messages the text itself. */
  readonly identity: string;
  /** True when it takes part in neighbour scoring: messages and direct imports. */
  readonly isTurn: boolean;
  /** Non-text content parts as given, JSON. */
  readonly attachments?: string;
  readonly passages: readonly NewPassage[];
  readonly mentions: readonly Mention[];
  /** What it says about two named things. Default: nothing. */
  readonly relations?: readonly RelationStatement[] | undefined;
  readonly event: HistoryEvent;
  readonly actor: string;
  readonly reason: string;
  /** Of a pattern: the facts and messages that it tells of. */
  readonly restsOn?: readonly string[];
  /** Where the record came from when it is imported. */
  readonly externalId?: ExternalId;
}

/** Fields of an existing memory to set. `undefined` leaves a field alone, `null` clears it. */
export interface MemoryChanges {
  /** Files it under these ids of the same user, and no others. */
  readonly scope?: Omit<Scope, "userId">;
  /** True: somebody says that it holds, so that its marks of changed ground go. */
  readonly isConfirmed?: true;
  readonly text?: string;
  /** What its slot holds; null: it fills none. */
  readonly attribute?: AttributeValue | null;
  readonly state?: MemoryState;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly categories?: readonly string[];
  readonly saidAt?: number;
  readonly validFrom?: number | null;
  readonly validTo?: number | null;
  readonly retractedAt?: number | null;
  readonly expirationDate?: string | null;
  readonly replacedBy?: string | null;
  readonly conflictsWith?: readonly string[];
  readonly confidence?: number;
  readonly isVerified?: boolean;
  readonly isPinned?: boolean;
  /** Of a pattern: what it rests on from now on, ids of facts and messages. */
  readonly restsOn?: readonly string[];
  readonly feedback?: MemoryRecord["feedback"] | null;
  readonly feedbackReason?: string | null;
  /** Added to the sources that are there. */
  readonly addSources?: readonly Source[];
}

export interface MemoryPatch {
  readonly id: string;
  readonly changes: MemoryChanges;
  /** New identity and index units when the text changes. */
  readonly identity?: string;
  readonly passages?: readonly NewPassage[];
  readonly mentions?: readonly Mention[];
  /** With `mentions`: in place of those that there are. Default: none. */
  readonly relations?: readonly RelationStatement[];
  /** `null`: the change leaves no history row (evidence appended, nothing else). */
  readonly event: HistoryEvent | null;
  readonly actor: string;
  readonly reason: string;
}

export interface NewJob {
  readonly type: string;
  readonly payload: unknown;
  /** The writer works on it itself until then; afterwards, or without it, any process may claim it. */
  readonly leaseUntil?: number;
}

/** A message of this change whose facts a language model has still to find. */
export interface UnextractedMessage {
  readonly memoryId: string;
  /** Messages of one batch go to the model together. */
  readonly batch: string;
  /** How to extract, as JSON; messages of one batch and equal options share a request. */
  readonly options: string;
  /** Parts that repeat what was recalled. */
  readonly recalled: readonly Span[];
  /** Parts that nobody said: what attachments say. */
  readonly untrusted: readonly Span[];
}

export interface QueuedMessage {
  readonly memoryId: string;
  /** Epoch milliseconds. */
  readonly queuedAt: number;
  readonly options: string;
  readonly recalled: readonly Span[];
  readonly untrusted: readonly Span[];
  /** True when the model failed before and the rules' facts are stored. */
  readonly hasRulesFacts: boolean;
}

/** Asks for the extraction of a batch by whichever process has a model. */
export interface ExtractionRequest {
  readonly type: string;
  readonly batch: string;
  readonly userId: string | null;
  /** Epoch milliseconds at which its window closes; at once when `fullAt` messages wait. */
  readonly runAt: number;
  readonly fullAt: number;
}

/** Everything that one transaction changes. */
export interface ChangeSet {
  readonly userId: string | null;
  /** The partition's version when the change was worked out; another version is a conflict. Leave out to apply anyway. */
  readonly expectedVersion?: number;
  /** The writer that {@link MemoryStore.takeTurn} gave the partition's turn to; it ends with this change. */
  readonly turn?: string;
  readonly at: number;
  readonly add?: readonly NewMemory[];
  readonly patch?: readonly MemoryPatch[];
  /** More index units of a memory that is already stored. */
  readonly addPassages?: { readonly memoryId: string; readonly passages: readonly NewPassage[] };
  /** All of it is noted under this batch. */
  readonly batch?: BatchNote;
  /** What this change takes back of a batch. */
  readonly undone?: { readonly batchId: string; readonly memoryIds: readonly string[] };
  readonly jobs?: readonly NewJob[];
  readonly finishJob?: number;
  readonly unextracted?: readonly UnextractedMessage[];
  readonly requestExtraction?: ExtractionRequest;
  /** Queued messages whose facts this change holds: the model's (`extracted`), or the rules' until it answers. */
  readonly settled?: { readonly messageIds: readonly string[]; readonly outcome: "extracted" | "rules-only" };
  readonly idempotency?: {
    readonly key: string;
    readonly fingerprint: string;
    readonly answer: string;
    /** Takes the place of the answer that this writer kept before. Default false: a key that is there is an error. */
    readonly isReplacement?: boolean;
  };
}

export type ApplyResult =
  | { readonly status: "applied"; readonly version: number; readonly jobIds: readonly number[] }
  | { readonly status: "conflict"; readonly version: number };

/** One passage as ranking sees it. */
export interface TurnRow {
  readonly passage: PassageReference;
  readonly memory: MemoryReference;
  /** Which session it belongs to: rows of one session follow one another in (said time, arrival) order. */
  readonly session: string;
  readonly saidAt: number;
  readonly isTurn: boolean;
  readonly kind: MemoryKind;
  readonly role: Role | null;
  readonly name: string | null;
  readonly terms: string;
  readonly dateTerms: string;
  readonly termCount: number;
  readonly isQuestion: boolean;
  readonly hasTimeExpression: boolean;
  /** The slot that a fact fills ("residence", "owns:car"), or null. */
  readonly attribute: string | null;
  /** Whose slot it is: "user", a name, "user's sister". */
  readonly subject?: string | null;
  /** Length of the passage in UTF-16 units. */
  readonly characters: number;
  /** For what was derived: the messages it rests on. */
  readonly messages: readonly MemoryReference[];
}

export interface SearchSelection {
  readonly partition: Partition;
  /** Rows that may be returned; left out: all of the partition. */
  readonly filter?: Filter;
  /** "YYYY-MM-DD" before which expired memories are left out; left out: expired ones are returned too. */
  readonly today?: string;
}

export interface StoredSource {
  readonly messageId: string;
  readonly reference: MemoryReference;
  readonly text: string;
  readonly role: Role | null;
  readonly name: string | null;
  readonly saidAt: number;
  /** When the store learnt of it. */
  readonly createdAt: number;
  readonly runId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spans: Source["spans"];
  readonly state: MemoryState;
}

/** One of the memories that replaced one another. */
export interface ChainMember extends Pick<
  MemoryRecord,
  "kind" | "state" | "isVerified" | "saidAt" | "createdAt" | "validFrom" | "validTo" | "attribute"
> {
  readonly reference: MemoryReference;
}

/** A memory with its numbers and the messages it rests on. */
export interface StoredMemory {
  readonly reference: MemoryReference;
  readonly record: MemoryRecord;
  readonly isTurn: boolean;
  readonly evidence: readonly StoredSource[];
  /** Changes of what it rests on that nobody has looked at, oldest first. */
  readonly checks: readonly CheckMark[];
}

/** A derived memory that stands for part of a message. */
export interface Stand {
  readonly message: MemoryReference;
  /** Null for what is purged: its place stays hidden, as that of a deleted memory. */
  readonly memory: MemoryReference | null;
  readonly state: MemoryState;
  readonly isVerified: boolean;
  readonly spans: Source["spans"];
}

export type MemoryOrder = "said-descending" | "said-ascending";

export interface MemoryListQuery {
  /** Users whose partitions are read; `"all"` is for the project's admin. */
  readonly userIds: readonly (string | null)[] | "all";
  readonly filter?: Filter;
  readonly kinds?: readonly MemoryKind[];
  readonly states?: readonly MemoryState[];
  /** True: only memories whose ground has changed. */
  readonly needsCheck?: true;
  readonly isVerified?: boolean;
  readonly today?: string;
  readonly order: MemoryOrder;
  readonly limit: number;
  readonly cursor?: string;
  /** Count all matching rows too. Default false. */
  readonly withTotal?: boolean;
}

export interface MemoryList {
  readonly memories: readonly StoredMemory[];
  readonly next: string | null;
  readonly total?: number;
}

export interface ReconcileLookup {
  readonly userId: string | null;
  readonly agentId?: string;
  readonly appId?: string;
  /** Only when it is the sole id: then the run is the identity. */
  readonly runId?: string;
  readonly identities: readonly string[];
  readonly attributes: readonly { readonly subject: string; readonly attribute: string }[];
  /** For near duplicates: per incoming fact, its terms. */
  readonly terms: readonly (readonly string[])[];
}

/** A memory that new facts are compared with. */
export interface ReconcileCandidate {
  readonly record: MemoryRecord;
  /** When each of its sources was said; empty when it has none. */
  readonly statedAt: readonly number[];
}

export interface ReplayMessage {
  readonly role: Role;
  readonly name: string | null;
  /** What was said, without what its attachments say. */
  readonly text: string;
  /** Non-text content parts as given, JSON. */
  readonly attachments: string | null;
  /** What the text counts as when it was imported as a fact. */
  readonly identity: string;
  /** Null when the caller gave no time. */
  readonly saidAt: number | null;
}

export interface StoreStatistics {
  readonly memories: Readonly<Record<MemoryKind, Readonly<Record<MemoryState, number>>>>;
  readonly users: number;
  readonly passages: number;
  readonly history: number;
  readonly entities: number;
  readonly vectors: Readonly<Record<string, number>>;
  readonly pendingVectors: number;
  /** Messages whose facts a language model has still to find. */
  readonly pendingExtraction: number;
  readonly jobs: { readonly pending: number; readonly running: number; readonly failed: number };
  readonly bytes: number;
}

export interface Problem {
  readonly where: string;
  readonly what: string;
  readonly count: number;
  readonly isRepairable: boolean;
  /** Some of the memories concerned. */
  readonly memoryIds: readonly string[];
  readonly isRepaired: boolean;
}

export interface PurgeReceipt {
  readonly memories: number;
  readonly at: number;
  /** History heads that remain as proof, by memory id. */
  readonly heads: Readonly<Record<string, string>>;
  /** `pending` while a reader keeps the write-ahead log from being truncated. */
  readonly wal: "truncated" | "pending";
}

export interface OwnerRow {
  readonly type: "user" | "agent" | "app" | "run";
  readonly id: string;
  /** Active facts and what else was derived; 0 for an owner of whom only messages are kept. */
  readonly memories: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Which memories are exported; the messages that they rest on always come with them. */
export interface ExportSelection {
  readonly userIds: readonly (string | null)[] | "all";
  readonly filter?: Filter;
  readonly kinds?: readonly MemoryKind[];
  readonly states?: readonly MemoryState[];
}

/** An entry of an export with what an import derives from it. The caller has checked its history. */
export type ImportEntry =
  | Exclude<ExportEntry, { type: "memory" }>
  | (Extract<ExportEntry, { type: "memory" }> & {
      readonly identity: string;
      readonly passages: readonly NewPassage[];
      readonly relations?: readonly RelationStatement[] | undefined;
      /** Stored with the memory: more index units follow. */
      readonly job?: NewJob;
    });
import type { UnrelatedFacts } from "./unrelated-facts.ts";

export interface ImportCounts {
  readonly imported: number;
  /** Known ids, left as they are. */
  readonly skipped: number;
  /** Of the skipped ones: with another history than the one to be imported. */
  readonly different: number;
  /** Ids that were purged here and stay so. */
  readonly purged: number;
  /** Of the memories that were imported with a job. */
  readonly jobIds: ReadonlyMap<string, number>;
}

export interface VerifyOptions {
  /** Makes anew what is derived and wrong. Default false. */
  readonly repair?: boolean;
  /** Terms that a passage has today; left out: terms are not compared. */
  readonly analyze?: (text: string, language: string | undefined) => readonly string[];
  /** Index units made anew, for repairs of memories whose own are wrong. */
  readonly buildPassages?: (memories: readonly StoredMemory[]) => Promise<readonly (readonly NewPassage[])[]>;
}

/**
 * The system of record. Every method is asynchronous, waits for a busy file without blocking, and changes
 * nothing unless it succeeds. Scope isolation is enforced here: no read crosses the partitions it names.
 */
export interface MemoryStore {
  readonly capabilities: { readonly fullText: boolean; readonly vectors: boolean; readonly backup: boolean };
  readonly ledger: ModelLedger;
  readonly accesses: AccessLog;
  readonly slots: SlotIndex;
  readonly provenance: Provenance;
  readonly jobs: JobQueue;
  readonly graph: GraphStore;
  readonly unrelated: UnrelatedFacts;
  readonly events: EventTimes;

  open(): Promise<void>;
  close(): Promise<void>;

  readPartition(userId: string | null): Promise<Partition>;
  listPartitions(): Promise<readonly Partition[]>;
  /** @throws MemoryError `store_failed` (disk full, read-only, newer file), never half-applied. */
  apply(change: ChangeSet): Promise<ApplyResult>;
  /**
   * Asks for the next change of a partition, for a writer that others overtook again and again: until it is made, or
   * for 2 s, a change of anybody else that expects a version is a conflict.
   * @returns false while another writer has it.
   */
  takeTurn(userId: string | null, holder: string): Promise<boolean>;

  getMemories(ids: readonly string[]): Promise<readonly StoredMemory[]>;
  listMemories(query: MemoryListQuery): Promise<MemoryList>;
  getHistory(memoryId: string): Promise<readonly HistoryRow[]>;
  listOwners(): Promise<readonly OwnerRow[]>;
  findReconcileCandidates(lookup: ReconcileLookup): Promise<readonly ReconcileCandidate[]>;
  /** Messages of the same session just before `saidAt`, oldest first; what is deleted is left out, what is hidden blank. */
  readSessionTail(scope: Scope, before: number, limit: number): Promise<readonly ExtractionMessage[]>;
  /**
   * For each given message, in order, the id of the stored message that it repeats, or null. Repeats: same session,
   * speaker, text, attachments and explicit time; or two or more messages that equal a contiguous stored stretch. In a
   * stored message what its attachments say may follow its text, after an empty line.
   */
  findReplay(scope: Scope, messages: readonly ReplayMessage[]): Promise<readonly (string | null)[]>;
  readIdempotent(key: string): Promise<{ readonly fingerprint: string; readonly answer: string } | null>;
  resolveExternalIds(ids: readonly ExternalId[]): Promise<ReadonlyMap<string, string>>;

  /** Ranking rows of a whole partition after a passage, in arrival order. For partitions that fit in memory. */
  readTurns(partition: Partition, after: PassageReference): Promise<readonly TurnRow[]>;
  /** References of memories that are not `active`, and of those that are unverified. */
  readInactive(partition: Partition): Promise<ReadonlyMap<MemoryReference, MemoryState | "unverified">>;
  /** What users think of a partition's memories. */
  readFeedback(partition: Partition): Promise<ReadonlyMap<MemoryReference, Feedback>>;
  /** Both for some memories of a partition only. */
  readStates(
    partition: Partition,
    references: Iterable<MemoryReference>,
  ): Promise<{
    readonly inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
    readonly feedback: ReadonlyMap<MemoryReference, Feedback>;
  }>;
  /** References that match a filter. */
  readAllowed(selection: SearchSelection): Promise<ReadonlySet<MemoryReference>>;
  /** Best passages by the store's own text index, any of the terms. */
  searchTerms(query: {
    partition: Partition;
    terms: readonly string[];
    limit: number;
    allowed?: ReadonlySet<MemoryReference>;
  }): Promise<readonly PassageReference[]>;
  /**
   * In how many of the partition's passages each term occurs, and how many passages there are. Terms that very many
   * hold may be left out: counting them would take longer than they are worth.
   */
  documentFrequencies(
    partition: Partition,
    terms: readonly string[],
  ): Promise<{ readonly total: number; readonly frequencies: ReadonlyMap<string, number> }>;
  /** The given passages with up to `radius` neighbours on each side in their session, and others without, in order. */
  readTurnWindows(
    partition: Partition,
    passages: readonly PassageReference[],
    radius: number,
    alone?: readonly PassageReference[],
  ): Promise<readonly TurnRow[]>;
  searchVectors(query: {
    partition: Partition;
    space: string;
    vector: Float32Array;
    limit: number;
    allowed?: ReadonlySet<MemoryReference>;
  }): Promise<readonly { readonly passage: PassageReference; readonly similarity: number }[]>;
  /**
   * Vectors of a partition's passages that changed since a stamp of an earlier call, for ranking in memory. With -1,
   * all of them; more than the changed ones may come.
   */
  readVectors(
    partition: Partition,
    space: string,
    since: number,
  ): Promise<{
    readonly stamp: number;
    readonly vectors: readonly { readonly passage: PassageReference; readonly vector: Float32Array }[];
  }>;
  similarities(
    space: string,
    vector: Float32Array,
    passages: readonly PassageReference[],
  ): Promise<ReadonlyMap<PassageReference, number>>;
  memoriesOfPassages(passages: readonly PassageReference[]): Promise<ReadonlyMap<PassageReference, MemoryReference>>;
  /** Memories that mention one of the entities, newest first. */
  findMentions(partition: Partition, names: readonly string[], limit: number): Promise<readonly MemoryReference[]>;
  /** Turns and facts said or valid inside the window, newest first. */
  findInWindow(partition: Partition, from: number, to: number, limit: number): Promise<readonly MemoryReference[]>;
  hydrate(references: readonly MemoryReference[]): Promise<readonly StoredMemory[]>;
  /** Which derived memories stand for the given messages. */
  findStands(messages: readonly MemoryReference[]): Promise<readonly Stand[]>;
  /** Of each given memory all that its slot has held: what replaced it, what that one replaced, … oldest first. */
  findChains(references: readonly MemoryReference[]): Promise<ReadonlyMap<MemoryReference, readonly ChainMember[]>>;

  /** How many index units a memory has. */
  countPassages(memoryId: string): Promise<number>;
  /**
   * Passages after `after` that have no vector in the space and are not known to have none. Looks at a bounded
   * stretch of the store: an empty page with a `next` is no end, `next: null` is.
   */
  readUnembedded(
    space: string,
    limit: number,
    after: PassageReference,
  ): Promise<{
    readonly passages: readonly { readonly passage: PassageReference; readonly text: string }[];
    readonly next: PassageReference | null;
  }>;
  putVectors(
    space: string,
    vectors: readonly { readonly passage: PassageReference; readonly vector: Float32Array | null }[],
  ): Promise<void>;

  /**
   * Vectors of this space are kept from now on, and passages that lack one are noted.
   * @throws MemoryError `invalid_input` when the file has vectors of other dimensions under the same key.
   */
  useSpace(space: { readonly key: string; readonly dimensions: number }): Promise<void>;
  /** How many vectors a space has, and how many passages lack one; null for a space that the file does not know. */
  readCoverage(
    space: string,
  ): Promise<{ readonly vectors: number; readonly missing: number; readonly passages: number } | null>;
  /** A small text kept under a name: what was found about models. Never a word of a memory. */
  readNote(name: string): Promise<string | null>;
  writeNote(name: string, value: string): Promise<void>;

  /**
   * Notes that passages wait for vectors of the space, when some do and no job says so yet. The store does it by
   * itself for what is written without vectors; call it after an import, a repair or a change of the embedder.
   * @returns true when there is something to embed.
   */
  requestEmbedding(space: string, now: number): Promise<boolean>;

  /** Which of the messages wait for a language model. */
  findUnextracted(messageIds: readonly string[]): Promise<readonly string[]>;
  /** A batch's messages that wait for a language model, in the order of their arrival. */
  readUnextracted(batch: string, limit: number): Promise<readonly QueuedMessage[]>;

  /**
   * Takes memories away for good, with what rests on them alone. Their ids and the hashes of their histories stay as
   * proof. Runs in short transactions; a purge that was cut off is finished by calling it again.
   */
  purge(ids: readonly string[], at: number): Promise<PurgeReceipt>;
  reset(): Promise<void>;
  /** Everything selected as it was at one moment, by partition in arrival order, then (whole store) what was purged. */
  exportMemories(selection: ExportSelection): AsyncIterable<ExportEntry>;
  /** One transaction. Known ids are left as they are, ids that were purged here stay gone. */
  importMemories(entries: readonly ImportEntry[], batch: BatchNote): Promise<ImportCounts>;
  statistics(): Promise<StoreStatistics>;
  /** What is wrong, grouped; with `repair` also what was wrong and is right now. Runs in short steps. */
  verify(options: VerifyOptions): Promise<readonly Problem[]>;
  /** A consistent copy of everything, written while others go on writing. @throws MemoryError `conflict` when the file exists. */
  backup(path: string): Promise<{ bytes: number }>;
}
