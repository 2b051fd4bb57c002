import type { ExportEntry } from "../../../domain/export-format.ts";
import type { ExtractionMessage } from "../../../domain/extracted-fact.ts";
import type { HistoryRow } from "../../../domain/history.ts";
import type { Scope } from "../../../domain/scope.ts";
import { MemoryError } from "../../../errors.ts";
import type * as port from "../../../ports/memory-store.ts";
import type { GraphStore } from "../../../ports/graph-store.ts";
import type { UnrelatedFacts } from "../../../ports/unrelated-facts.ts";
import type { EventTimes } from "../../../ports/event-times.ts";
import type { JobQueue } from "../../../ports/job-queue.ts";
import type { AccessLog } from "../../../ports/access-log.ts";
import type { SlotIndex } from "../../../ports/slot-index.ts";
import type { Provenance } from "../../../ports/provenance.ts";
import type { ModelLedger } from "../../../ports/model-ledger.ts";
import { createAccessLog } from "./access-log.ts";
import { AllowedRows } from "./allowed-rows.ts";
import { readAnalyzerVersion, writeAnalyzerVersion } from "./analyzer-version.ts";
import { backupTo } from "./backup.ts";
import { changedVectors } from "./changed-vectors.ts";
import { describeFailure, withBusyRetry } from "./busy.ts";
import type { SqliteDriver } from "./driver.ts";
import { writeCheckpointIfDue } from "./checkpoints.ts";
import { createUnrelatedFacts } from "./unrelated-facts.ts";
import { createEventTimes } from "./event-times.ts";
import { exportMemories } from "./export-memories.ts";
import { findQueued, readQueue } from "./extraction-queue.ts";
import { registerFilterFunctions } from "./filter-sql.ts";
import { findReconcileCandidates } from "./find-reconcile-candidates.ts";
import { documentFrequencies, searchTerms } from "./find-passages.ts";
import { findReplay } from "./find-replay.ts";
import { readHistory } from "./history-chain.ts";
import { writeImport } from "./import-memories.ts";
import { createGraphStore } from "./graph-store.ts";
import { createJobQueue } from "./job-queue.ts";
import { forgetReads, keepReads } from "./kept-reads.ts";
import type { KeptReads } from "./kept-reads.ts";
import * as jobs from "./jobs.ts";
import { createModelLedger } from "./model-ledger.ts";
import { newerFile, openDatabase } from "./open-database.ts";
import { readNote, writeNote } from "./notes.ts";
import { createProvenance } from "./provenance.ts";
import { purgeMemories } from "./purge.ts";
import { findPartitions, listMemories } from "./read-lists.ts";
import { toPartition } from "./read-partition.ts";
import * as memories from "./read-memories.ts";
import * as ranking from "./read-ranking.ts";
import { emptyTables } from "./reset.ts";
import { Owners } from "./rows.ts";
import { watchFile } from "./same-file.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { createSlotIndex } from "./slot-index.ts";
import { openSnapshot } from "./snapshot.ts";
import { readStatistics } from "./statistics.ts";
import * as turns from "./turns.ts";
import type { StoreAccess } from "./store-access.ts";
import { SqliteVectors } from "./vector-store.ts";
import { verifyStore } from "./verify.ts";
import { writeChange } from "./write-change.ts";

export interface SqliteStoreOptions {
  /** File, or ":memory:". Its folder is made with mode 0700. */
  readonly path: string;
  /** `strict` (default): acknowledged means on disk. */
  readonly durability?: "strict" | "relaxed";
  /** Most bytes of int8 vectors kept in memory. */
  readonly vectorCacheBytes?: number;
  /** The embedding space in use; registered when the file is opened. */
  readonly space?: { readonly key: string; readonly dimensions: number };
  /** Version of the analyzer whose terms callers store; kept in the file. */
  readonly analyzerVersion?: number;
  /** Told what a read found damaged and worked around. */
  readonly onWarning?: (warning: string) => void;
  /** Told once that the file is open. */
  readonly onOpen?: () => void;
}

interface OpenStore extends KeptReads {
  readonly driver: SqliteDriver;
  readonly owners: Owners;
  readonly vectors: SqliteVectors;
  readonly spaceNumber: (key: string) => number;
  readonly activeSpace: () => string | undefined;
  readonly assertSameFile: () => void;
}

/** From this size on packed vectors are loaded in steps of about so many milliseconds. */
const STEPWISE_PASSAGES = 50_000;
const LOAD_STEP_MS = 15;

/** The embedded store: one SQLite file, every change one synchronous `BEGIN IMMEDIATE` … `COMMIT`. */
export class SqliteStore implements port.MemoryStore {
  readonly capabilities = { fullText: true, vectors: true, backup: true } as const;
  readonly ledger: ModelLedger = createModelLedger(this.#access());
  readonly accesses: AccessLog = createAccessLog(this.#access());
  readonly slots: SlotIndex = createSlotIndex(this.#access());
  readonly provenance: Provenance = createProvenance(this.#access());
  readonly jobs: JobQueue = createJobQueue(this.#access());
  readonly graph: GraphStore = createGraphStore(this.#access());
  readonly events: EventTimes = createEventTimes(this.#access());
  readonly #allowed = new AllowedRows(this.#access());
  readonly unrelated: UnrelatedFacts = createUnrelatedFacts(this.#access(), Date.now);
  readonly #options: SqliteStoreOptions;
  readonly #spaces = new Map<string, number>();
  #activeSpace: string | undefined;
  #open: OpenStore | undefined;
  #opening: Promise<OpenStore> | undefined;
  #isClosed = false;

  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#activeSpace = options.space?.key;
  }

  get path(): string {
    return this.#options.path;
  }

  async open(): Promise<void> {
    await this.#ready();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const store = this.#open ?? (await this.#opening?.catch(() => undefined));
    this.#open = undefined;
    if (store === undefined) return;
    try {
      store.driver.execute("PRAGMA optimize");
      store.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (error) {
      // A reader elsewhere keeps the log: the next opener truncates it. Nothing is lost.
      this.#options.onWarning?.(`The write-ahead log was not truncated at close: ${(error as Error).message}`);
    } finally {
      store.driver.close();
    }
  }

  async readPartition(userId: string | null): Promise<port.Partition> {
    return this.#read(({ driver, owners }) => {
      owners.refresh();
      const row = driver.get("SELECT * FROM partitions WHERE coalesce(user_id, '') = ?", userId ?? "");
      if (row === undefined) return { number: 0, userId, version: 0, patchVersion: 0, textVersion: 0, passages: 0 };
      return toPartition(row);
    });
  }

  async listPartitions(): Promise<readonly port.Partition[]> {
    return this.#read(({ driver }) => driver.all("SELECT * FROM partitions ORDER BY partition_no").map(toPartition));
  }

  async apply(change: port.ChangeSet): Promise<port.ApplyResult> {
    return this.#write((store) => {
      const result = writeChange(store, change);
      writeCheckpointIfDue(store.driver, change.at);
      return result;
    });
  }

  async takeTurn(userId: string | null, holder: string): Promise<boolean> {
    const { number } = await this.readPartition(userId);
    // Looking costs no lock: those who wait must not hold up the one they wait for.
    const isHeld = await this.#read(({ driver }) => turns.isHeldByAnother(driver, number, holder, Date.now()));
    return !isHeld && (await this.#write(({ driver }) => turns.takeTurn(driver, number, holder, Date.now())));
  }

  async getMemories(ids: readonly string[]): Promise<readonly port.StoredMemory[]> {
    return this.#read((store) => memories.getMemories(store, ids));
  }

  async listMemories(query: port.MemoryListQuery): Promise<port.MemoryList> {
    return this.#read((store) => listMemories(store, query));
  }

  async getHistory(memoryId: string): Promise<readonly HistoryRow[]> {
    return this.#read(({ driver }) => {
      const text = driver.get("SELECT text FROM memories WHERE id = ?", memoryId)?.["text"];
      return readHistory(driver, memoryId, typeof text === "string" ? text : null).map(
        ({ salt: _salt, contentHash: _hash, ...row }) => row,
      );
    });
  }

  async listOwners(): Promise<readonly port.OwnerRow[]> {
    return this.#read((store) => memories.listOwners(store));
  }

  async findReconcileCandidates(lookup: port.ReconcileLookup): Promise<readonly port.ReconcileCandidate[]> {
    return this.#read((store) => findReconcileCandidates(store, lookup));
  }

  async readSessionTail(scope: Scope, before: number, limit: number): Promise<readonly ExtractionMessage[]> {
    return this.#read((store) => {
      const [partition] = findPartitions(store, [scope.userId ?? null]);
      return partition === undefined ? [] : memories.readSessionTail(store, partition, scope, before, limit);
    });
  }

  async findReplay(scope: Scope, messages: readonly port.ReplayMessage[]): Promise<readonly (string | null)[]> {
    return this.#read((store) => findReplay(store, scope, messages));
  }

  async readIdempotent(key: string): Promise<{ fingerprint: string; answer: string } | null> {
    return this.#read(({ driver }) => {
      const row = driver.get("SELECT fingerprint, answer FROM idempotency WHERE key = ?", key);
      return row === undefined ? null : { fingerprint: String(row["fingerprint"]), answer: String(row["answer"]) };
    });
  }

  async resolveExternalIds(ids: readonly port.ExternalId[]): Promise<ReadonlyMap<string, string>> {
    return this.#read(({ driver }) => memories.resolveExternalIds(driver, ids));
  }

  async readTurns(partition: port.Partition, after: port.PassageReference): Promise<readonly port.TurnRow[]> {
    return this.#read((store) => ranking.readTurns(store, partition, after));
  }

  async readInactive(partition: port.Partition): ReturnType<port.MemoryStore["readInactive"]> {
    return this.#read((store) => ranking.readInactive(store, partition));
  }

  async readFeedback(partition: port.Partition): ReturnType<port.MemoryStore["readFeedback"]> {
    return this.#read((store) => ranking.readFeedback(store, partition));
  }

  async readStates(...of: Parameters<port.MemoryStore["readStates"]>): ReturnType<port.MemoryStore["readStates"]> {
    return this.#read(({ states }) => states.read(...of));
  }

  async readAllowed(selection: port.SearchSelection): Promise<ReadonlySet<port.MemoryReference>> {
    return this.#allowed.read(selection);
  }

  async searchTerms(query: Parameters<port.MemoryStore["searchTerms"]>[0]): Promise<readonly port.PassageReference[]> {
    return this.#read((store) => searchTerms(store, query));
  }

  async documentFrequencies(
    partition: port.Partition,
    terms: readonly string[],
  ): ReturnType<port.MemoryStore["documentFrequencies"]> {
    return this.#read((store) => documentFrequencies(store, partition, terms));
  }

  async readTurnWindows(...of: Parameters<port.MemoryStore["readTurnWindows"]>): Promise<readonly port.TurnRow[]> {
    return this.#read(({ windows }) => windows.read(...of));
  }

  async searchVectors(
    query: Parameters<port.MemoryStore["searchVectors"]>[0],
  ): ReturnType<port.MemoryStore["searchVectors"]> {
    await this.#prepareVectors(query);
    return this.#read((store) => {
      const spaceNo = this.#spaces.get(query.space);
      if (spaceNo === undefined) return [];
      const { allowed } = query;
      const hits = store.vectors.search({
        spaceNo,
        partitionNo: query.partition.number,
        query: query.vector,
        limit: query.limit,
        ...(allowed === undefined ? {} : { allow: this.#passageTest(store, allowed) }),
      });
      return hits.map(({ passageNo, similarity }) => ({ passage: passageNo, similarity }));
    });
  }

  /** Loads a large partition's packed vectors in steps, so that its first search does not hold the event loop. */
  async #prepareVectors({ partition, space }: { partition: port.Partition; space: string }): Promise<void> {
    const spaceNo = this.#spaces.get(space);
    if (spaceNo === undefined || partition.passages < STEPWISE_PASSAGES) return;
    while (!(await this.#read(({ vectors }) => vectors.prepare(spaceNo, partition.number, LOAD_STEP_MS)))) {
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
    }
  }

  async readVectors(
    partition: port.Partition,
    space: string,
    since: number,
  ): ReturnType<port.MemoryStore["readVectors"]> {
    return this.#read((store) => {
      const spaceNo = this.#spaces.get(space);
      if (spaceNo === undefined) return { stamp: 0, vectors: [] };
      const { stamp, rows } = store.driver.snapshot(() =>
        changedVectors(store.driver, spaceNo, partition.number, since),
      );
      return { stamp, vectors: rows.map(({ passageNo, vector }) => ({ passage: passageNo, vector })) };
    });
  }

  async similarities(
    space: string,
    vector: Float32Array,
    passages: readonly port.PassageReference[],
  ): Promise<ReadonlyMap<number, number>> {
    return this.#read((store) => {
      const spaceNo = this.#spaces.get(space);
      return spaceNo === undefined ? new Map<number, number>() : store.vectors.similarities(spaceNo, vector, passages);
    });
  }

  async memoriesOfPassages(
    passages: readonly port.PassageReference[],
  ): ReturnType<port.MemoryStore["memoriesOfPassages"]> {
    return this.#read((store) => ranking.memoriesOfPassages(store, passages));
  }

  async findMentions(
    partition: port.Partition,
    names: readonly string[],
    limit: number,
  ): Promise<readonly port.MemoryReference[]> {
    return this.#read((store) => ranking.findMentions(store, partition, names, limit));
  }

  async findInWindow(
    partition: port.Partition,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly port.MemoryReference[]> {
    return this.#read((store) => ranking.findInWindow(store, partition, from, to, limit));
  }

  async hydrate(references: readonly port.MemoryReference[]): Promise<readonly port.StoredMemory[]> {
    return this.#read((store) => memories.hydrate(store, references));
  }

  async findStands(messages: readonly port.MemoryReference[]): Promise<readonly port.Stand[]> {
    return this.#read((store) => memories.findStands(store, messages));
  }

  async findChains(references: readonly port.MemoryReference[]): ReturnType<port.MemoryStore["findChains"]> {
    return this.#read(({ chains }) => chains.find(references));
  }

  async countPassages(memoryId: string): Promise<number> {
    return this.#read(({ driver }) => memories.countPassages(driver, memoryId));
  }

  async #register({ driver }: OpenStore, { key, dimensions }: { key: string; dimensions: number }): Promise<void> {
    const find = (): Record<string, unknown> | undefined =>
      driver.get("SELECT space_no, dimensions FROM spaces WHERE key = ?", key);
    const row = await withBusyRetry(() => {
      const known = find();
      if (known !== undefined) return known;
      driver.transaction(() =>
        driver.run("INSERT OR IGNORE INTO spaces(key, dimensions) VALUES(?, ?)", key, dimensions),
      );
      return find();
    }, this.path);
    if (Number(row?.["dimensions"]) !== dimensions) {
      throw new MemoryError(
        "invalid_input",
        `The embedder ${key} gives ${dimensions} dimensions, the vectors stored for it have ${Number(row?.["dimensions"])}. ` +
          "Give the model another name in the configuration, or use the model that made them.",
      );
    }
    this.#spaces.set(key, Number(row?.["space_no"]));
  }

  async findUnextracted(messageIds: readonly string[]): Promise<readonly string[]> {
    return this.#read(({ driver }) => findQueued(driver, messageIds));
  }

  async readUnextracted(batch: string, limit: number): Promise<readonly port.QueuedMessage[]> {
    return this.#read(({ driver }) => readQueue(driver, batch, limit));
  }

  async readUnembedded(
    space: string,
    limit: number,
    after: port.PassageReference,
  ): ReturnType<port.MemoryStore["readUnembedded"]> {
    return this.#read(({ driver, spaceNumber }) => jobs.readUnembedded(driver, spaceNumber(space), limit, after));
  }

  async useSpace(space: { key: string; dimensions: number }): Promise<void> {
    await this.#register(await this.#ready(), space);
    this.#activeSpace = space.key;
  }

  async readCoverage(space: string): ReturnType<port.MemoryStore["readCoverage"]> {
    return this.#read(({ driver }) => {
      const row = driver.get("SELECT space_no FROM spaces WHERE key = ?", space);
      if (row === undefined) return null;
      this.#spaces.set(space, Number(row["space_no"]));
      return jobs.readCoverage(driver, Number(row["space_no"]));
    });
  }

  async readNote(name: string): Promise<string | null> {
    return this.#read(({ driver }) => readNote(driver, name));
  }

  async writeNote(name: string, value: string): Promise<void> {
    await this.#write(({ driver }) => writeNote(driver, name, value));
  }

  async requestEmbedding(space: string, now: number): Promise<boolean> {
    const { isMissing, isNoted } = await this.#read(({ driver, spaceNumber }) => ({
      isMissing: jobs.countUnembedded(driver, spaceNumber(space)) > 0,
      isNoted: jobs.hasEmbeddingJob(driver, space),
    }));
    if (isMissing && !isNoted) await this.#write(({ driver }) => jobs.addEmbeddingJob(driver, space, now));
    return isMissing;
  }

  async putVectors(space: string, vectors: Parameters<port.MemoryStore["putVectors"]>[1]): Promise<void> {
    await this.#write((store) => {
      jobs.putVectors(store, store.spaceNumber(space), vectors);
    });
  }

  async purge(ids: readonly string[], at: number): Promise<port.PurgeReceipt> {
    const purged = await purgeMemories((work) => this.#write(work), ids, at);
    const wal = await this.#read((store) => {
      forgetReads(store);
      return store.driver.get("PRAGMA wal_checkpoint(TRUNCATE)");
    });
    return { ...purged, at, wal: wal?.["busy"] === 1 ? "pending" : "truncated" };
  }

  async reset(): Promise<void> {
    await this.#write((store) => {
      emptyTables(store.driver);
      forgetReads(store);
      for (const kept of [this.#allowed, store.owners, store.vectors]) kept.forget();
    });
    await this.#read(({ driver }) => driver.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  async *exportMemories(selection: port.ExportSelection): AsyncGenerator<ExportEntry> {
    const store = await this.#ready();
    const snapshot = await withBusyRetry(() => openSnapshot(this.path, store), this.path);
    try {
      yield* exportMemories(snapshot, selection);
    } catch (error) {
      throw describeFailure(error, this.path);
    } finally {
      snapshot.close();
    }
  }

  async importMemories(entries: readonly port.ImportEntry[], batch: port.BatchNote): Promise<port.ImportCounts> {
    return this.#write((store) => {
      const counts = writeImport(store, entries, { batch, at: Date.now() });
      writeCheckpointIfDue(store.driver, Date.now());
      return counts;
    });
  }

  async statistics(): Promise<port.StoreStatistics> {
    return this.#read(({ driver }) => readStatistics(driver, this.#spaces.get(this.#activeSpace ?? "") ?? null));
  }

  async verify(options: port.VerifyOptions): Promise<readonly port.Problem[]> {
    const store = await this.#ready();
    const key = this.#activeSpace;
    const number = key === undefined ? undefined : this.#spaces.get(key);
    try {
      const problems = await verifyStore(
        {
          path: this.path,
          snapshot: () => withBusyRetry(() => openSnapshot(this.path, store), this.path),
          write: (work) => this.#write(work),
          activeSpace: key === undefined || number === undefined ? null : { key, number },
        },
        options,
      );
      const { analyzerVersion } = this.#options;
      if (options.repair && analyzerVersion !== undefined)
        await this.#write(({ driver }) => writeAnalyzerVersion(driver, analyzerVersion));
      return problems;
    } catch (error) {
      throw describeFailure(error, this.path);
    }
  }

  async backup(path: string): Promise<{ bytes: number }> {
    const { driver } = await this.#ready();
    return backupTo(driver, path);
  }

  #passageTest({ driver }: OpenStore, allowed: ReadonlySet<port.MemoryReference>): (passage: number) => boolean {
    return (passage) =>
      allowed.has(Number(driver.get("SELECT rid FROM passages WHERE passage_no = ?", passage)?.["rid"]));
  }

  async #ready(): Promise<OpenStore> {
    this.#assertOpen();
    if (this.#open !== undefined) return this.#open;
    this.#opening ??= this.#openStore();
    try {
      return await this.#opening;
    } finally {
      this.#opening = undefined;
    }
  }

  async #openStore(): Promise<OpenStore> {
    const { path, durability } = this.#options;
    const driver = await withBusyRetry(
      () => openDatabase({ path, ...(durability === undefined ? {} : { durability }) }),
      path,
    );
    try {
      const store = this.#prepare(driver);
      if (this.#options.space !== undefined) await this.#register(store, this.#options.space);
      await this.#checkAnalyzer(driver);
      this.#open = store;
      this.#options.onOpen?.();
      return store;
    } catch (error) {
      driver.close();
      throw error;
    }
  }

  /** Terms of another analyzer still find most words; a repair makes them anew. */
  async #checkAnalyzer(driver: SqliteDriver): Promise<void> {
    const { analyzerVersion, onWarning } = this.#options;
    if (analyzerVersion === undefined) return;
    const known = readAnalyzerVersion(driver);
    if (known === null) {
      await withBusyRetry(() => driver.transaction(() => writeAnalyzerVersion(driver, analyzerVersion)), this.path);
    } else if (known !== analyzerVersion) {
      onWarning?.(
        `The words of ${this.path} were cut by analyzer ${known}, this version uses ${analyzerVersion}. ` +
          "verify({ repair: true }) cuts them anew.",
      );
    }
  }

  #prepare(driver: SqliteDriver): OpenStore {
    const { path, vectorCacheBytes, onWarning } = this.#options;
    registerFilterFunctions(driver);
    const vectors = new SqliteVectors(driver, {
      ...(vectorCacheBytes === undefined ? {} : { cacheBytes: vectorCacheBytes }),
      ...(onWarning === undefined ? {} : { onWarning }),
    });
    const spaceNumber = (key: string): number => {
      const number = this.#spaces.get(key);
      if (number === undefined) throw new Error(`embedding space ${key} is not registered`);
      return number;
    };
    const owners = new Owners(driver);
    const activeSpace = (): string | undefined => this.#activeSpace;
    const kept = keepReads(driver);
    return { ...kept, driver, owners, vectors, spaceNumber, activeSpace, assertSameFile: watchFile(path) };
  }

  /** For what is a port of its own beside this one. */
  #access(): StoreAccess {
    return {
      read: (work) => this.#read(({ driver, owners }) => work(driver, owners)),
      write: (work) => this.#write(({ driver, owners }) => work(driver, owners)),
    };
  }

  async #read<Result>(work: (store: OpenStore) => Result): Promise<Result> {
    const store = await this.#ready();
    return withBusyRetry(() => {
      this.#assertOpen();
      return work(store);
    }, this.path);
  }

  async #write<Result>(work: (store: OpenStore) => Result): Promise<Result> {
    const store = await this.#ready();
    return withBusyRetry(() => {
      this.#assertOpen();
      store.assertSameFile();
      return store.driver.transaction(
        () => {
          const version = Number(store.driver.get("PRAGMA user_version")?.["user_version"]);
          if (version > SCHEMA_VERSION) throw newerFile(this.path, version);
          store.owners.refresh();
          return work(store);
        },
        () => {
          store.owners.forget();
          store.vectors.forget();
        },
      );
    }, this.path);
  }

  /** The file may have been closed while a call waited for it. */
  #assertOpen(): void {
    if (this.#isClosed) throw new MemoryError("store_failed", "This Memory is closed. Make a new one to go on.");
  }
}
