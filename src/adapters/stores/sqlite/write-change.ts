import type { Source, Span } from "../../../domain/memory.ts";
import { MemoryError } from "../../../errors.ts";
import type {
  ApplyResult,
  ChangeSet,
  MemoryChanges,
  MemoryPatch,
  NewMemory,
  NewPassage,
  StoredMemory,
} from "../../../ports/memory-store.ts";
import { BatchWriter, markUndone } from "./batch-writer.ts";
import { markDependents } from "./check-marks.ts";
import type { Row, SqliteDriver, SqlValue } from "./driver.ts";
import { queueMessages, requestExtraction, settleMessages } from "./extraction-queue.ts";
import { appendHistory } from "./history-chain.ts";
import { addEmbeddingJob, addJob } from "./jobs.ts";
import { identityHash, INSERT_MEMORY, toRow } from "./rows.ts";
import type { Owners } from "./rows.ts";
import { moveRow } from "./move-row.ts";
import { PARTITION_SPAN } from "./partition-span.ts";
import { writeEvidence } from "./pattern-evidence.ts";
import { endTurn, isHeldByAnother } from "./turns.ts";
import type { SqliteVectors } from "./vector-store.ts";
import type { PassageVector } from "./vector-writer.ts";
import { insertGraph, removeGraph } from "./write-graph.ts";

export const FLAG_QUESTION = 1;
export const FLAG_TIME_EXPRESSION = 2;

export interface WriteContext {
  readonly driver: SqliteDriver;
  readonly owners: Owners;
  readonly vectors: SqliteVectors;
  /** Number of a registered embedding space. */
  readonly spaceNumber: (key: string) => number;
  /** The space in which passages should have vectors; what comes without gets a job. */
  readonly activeSpace: () => string | undefined;
}

export interface OpenPartition {
  readonly number: number;
  nextMemory: number;
  nextPassage: number;
  passages: number;
  terms: number;
  version: number;
  isPatched: boolean;
  isRewritten: boolean;
  /** Vectors that wait to be written in one go, by space number. */
  vectors: Map<number, PassageVector[]>;
}

/** Applies one change set; the caller holds the write transaction. */
export function writeChange(context: WriteContext, change: ChangeSet): ApplyResult {
  const partition = openPartition(context.driver, change.userId);
  if (change.expectedVersion !== undefined) {
    if (change.expectedVersion !== partition.version) return { status: "conflict", version: partition.version };
    if (isHeldByAnother(context.driver, partition.number, change.turn, Date.now())) {
      return { status: "conflict", version: partition.version };
    }
    if (change.turn !== undefined) endTurn(context.driver, partition.number);
  }
  const batch = change.batch === undefined ? undefined : new BatchWriter(context.driver, change.batch, change.at);
  for (const memory of change.add ?? []) {
    addMemory(context, partition, memory);
    batch?.noteAdded(memory.record.id);
  }
  for (const patch of change.patch ?? []) {
    const write = (): void => patchMemory(context, partition, patch, change.at);
    if (batch === undefined) write();
    else batch.noteChanged(patch.id, write);
  }
  if (change.undone !== undefined) markUndone(context.driver, change.undone);
  if (change.addPassages !== undefined) {
    const { memoryId, passages } = change.addPassages;
    addPassages(context, partition, requireRow(context.driver, memoryId), passages);
  }
  const space = context.activeSpace();
  if (space !== undefined && lacksVectors(change, space)) addEmbeddingJob(context.driver, space, change.at);
  const jobIds = (change.jobs ?? []).map((job) => addJob(context.driver, job, change.at));
  if (change.unextracted !== undefined) queueMessages(context.driver, change.unextracted, change.at);
  if (change.requestExtraction !== undefined) requestExtraction(context.driver, change.requestExtraction, change.at);
  if (change.settled !== undefined) settleMessages(context.driver, change.settled.messageIds, change.settled.outcome);
  if (change.finishJob !== undefined) context.driver.run("DELETE FROM jobs WHERE job_no = ?", change.finishJob);
  if (change.idempotency !== undefined) {
    const { key, fingerprint, answer, isReplacement = false } = change.idempotency;
    context.driver.run(
      `INSERT ${isReplacement ? "OR REPLACE " : ""}INTO idempotency(key, fingerprint, answer, at) VALUES(?, ?, ?, ?)`,
      key,
      fingerprint,
      answer,
      change.at,
    );
  }
  closePartition(context, partition);
  return { status: "applied", version: partition.version, jobIds };
}

/** True when a passage comes without an answer of the embedder. */
function lacksVectors(change: ChangeSet, space: string): boolean {
  const misses = (passages: readonly NewPassage[] | undefined): boolean =>
    passages?.some(({ vectors }) => !vectors.has(space)) ?? false;
  return (
    (change.add?.some((memory) => misses(memory.passages)) ?? false) ||
    (change.patch?.some((patch) => misses(patch.passages)) ?? false) ||
    misses(change.addPassages?.passages)
  );
}

export function openPartition(driver: SqliteDriver, userId: string | null): OpenPartition {
  const select = "SELECT * FROM partitions WHERE coalesce(user_id, '') = ?";
  let row = driver.get(select, userId ?? "");
  if (row === undefined) {
    driver.run("INSERT INTO partitions(user_id) VALUES(?)", userId);
    row = driver.get(select, userId ?? "") as Row;
  }
  return {
    number: Number(row["partition_no"]),
    nextMemory: Number(row["next_memory"]),
    nextPassage: Number(row["next_passage"]),
    passages: Number(row["passages"]),
    terms: Number(row["terms"]),
    version: Number(row["version"]),
    isPatched: false,
    isRewritten: false,
    vectors: new Map(),
  };
}

/** Writes what waits, and the partition's counters under its next version. */
export function closePartition(context: WriteContext, partition: OpenPartition): void {
  const { driver } = context;
  writeVectors(context, partition);
  partition.version += 1;
  driver.run(
    `UPDATE partitions SET next_memory = ?, next_passage = ?, passages = ?, terms = ?, version = ?,
       patch_version = CASE ? WHEN 1 THEN ? ELSE patch_version END,
       text_version = CASE ? WHEN 1 THEN ? ELSE text_version END WHERE partition_no = ?`,
    partition.nextMemory,
    partition.nextPassage,
    partition.passages,
    partition.terms,
    partition.version,
    partition.isPatched ? 1 : 0,
    partition.version,
    partition.isRewritten ? 1 : 0,
    partition.version,
    partition.number,
  );
}

interface MemoryPlace {
  readonly rid: number;
  readonly partition: number;
  readonly isTurn: boolean;
  readonly scopeTokens: string;
}

function addMemory(context: WriteContext, partition: OpenPartition, memory: NewMemory): void {
  const { driver } = context;
  const { record } = memory;
  const rid = insertMemory(context, partition, memory);
  if (memory.externalId !== undefined) {
    const { source, instance, id } = memory.externalId;
    driver.run(
      "INSERT OR REPLACE INTO external_ids(source, instance, external_id, rid) VALUES(?, ?, ?, ?)",
      source,
      instance,
      id,
      rid,
    );
  }
  if (memory.restsOn !== undefined) writeEvidence(driver, record.id, memory.restsOn);
  appendHistory(driver, {
    memoryId: record.id,
    event: memory.event,
    previousText: null,
    newText: record.text,
    replacedText: null,
    actor: memory.actor,
    reason: memory.reason,
    at: record.createdAt,
  });
}

/** The record with its index units, sources and mentions; its history is the caller's. */
export function insertMemory(
  context: WriteContext,
  partition: OpenPartition,
  memory: Pick<NewMemory, "record" | "identity" | "isTurn" | "passages" | "mentions" | "relations"> & {
    readonly attachments?: string | null;
  },
): number {
  const { driver, owners } = context;
  const { record } = memory;
  const agent = owners.ensure("agent", record.scope.agentId);
  const app = owners.ensure("app", record.scope.appId);
  const run = owners.ensure("run", record.scope.runId);
  const rid = partition.number * PARTITION_SPAN + partition.nextMemory;
  partition.nextMemory += 1;
  driver.run(INSERT_MEMORY, ...toRow(memory, { rid, partition: partition.number, agent, app, run }));
  const place = {
    rid,
    partition: partition.number,
    isTurn: memory.isTurn,
    scopeTokens: scopeTokens(partition.number, memory.isTurn, { agent, app, run }),
  };
  insertPassages(context, partition, place, memory.passages);
  insertSources(driver, rid, record.sources);
  insertGraph({ driver, partition: partition.number, rid, at: record.createdAt }, memory.mentions, memory.relations);
  return rid;
}

/** The second column of the text index: what a search is narrowed by before words are ranked. */
export function scopeTokens(
  partition: number,
  isTurn: boolean,
  ids: { agent: number | null; app: number | null; run: number | null },
): string {
  let tokens = `p${partition} ${isTurn ? "kt" : "kf"}`;
  if (ids.agent !== null) tokens += ` a${ids.agent}`;
  if (ids.app !== null) tokens += ` b${ids.app}`;
  if (ids.run !== null) tokens += ` r${ids.run}`;
  return tokens;
}

function addPassages(context: WriteContext, partition: OpenPartition, row: Row, passages: readonly NewPassage[]): void {
  insertPassages(context, partition, placeOf(row), passages);
}

function placeOf(row: Row): MemoryPlace {
  const isTurn = row["is_turn"] === 1;
  const ids = {
    agent: row["agent_no"] as number | null,
    app: row["app_no"] as number | null,
    run: row["run_no"] as number | null,
  };
  const partition = Number(row["partition_no"]);
  return { rid: Number(row["rid"]), partition, isTurn, scopeTokens: scopeTokens(partition, isTurn, ids) };
}

function insertPassages(
  context: WriteContext,
  partition: OpenPartition,
  place: MemoryPlace,
  passages: readonly NewPassage[],
): void {
  const { driver } = context;
  for (const passage of passages) {
    const number = partition.number * PARTITION_SPAN + partition.nextPassage;
    partition.nextPassage += 1;
    partition.passages += 1;
    partition.terms += passage.termCount;
    const flags = (passage.isQuestion ? FLAG_QUESTION : 0) | (passage.hasTimeExpression ? FLAG_TIME_EXPRESSION : 0);
    driver.run(
      "INSERT INTO passages(passage_no, rid, start, stop, terms, date_terms, term_count, flags) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
      number,
      place.rid,
      passage.start,
      passage.end,
      passage.terms,
      passage.dateTerms,
      passage.termCount,
      flags,
    );
    driver.run(
      "INSERT INTO text_index(rowid, terms, scope) VALUES(?, ?, ?)",
      BigInt(number),
      `${passage.terms} ${passage.dateTerms}`,
      place.scopeTokens,
    );
    for (const [space, vector] of passage.vectors) {
      if (vector === null) {
        // Remembered, so that the catch-up does not ask for it again and again.
        driver.run("INSERT INTO unembeddable(space_no, passage_no) VALUES(?, ?)", context.spaceNumber(space), number);
        continue;
      }
      const spaceNo = context.spaceNumber(space);
      const waiting = partition.vectors.get(spaceNo);
      if (waiting === undefined) partition.vectors.set(spaceNo, [{ passageNo: number, vector }]);
      else waiting.push({ passageNo: number, vector });
    }
  }
}

/** One write for the vectors of many memories: counters and the tail are touched once. */
function writeVectors(context: WriteContext, partition: OpenPartition): void {
  for (const [spaceNo, rows] of partition.vectors) context.vectors.put(spaceNo, rows);
  partition.vectors = new Map();
}

export function insertSources(driver: SqliteDriver, rid: number, sources: readonly Source[]): void {
  for (const source of sources) {
    const message = driver.get("SELECT rid FROM memories WHERE id = ?", source.messageId);
    if (message === undefined)
      throw new MemoryError("store_failed", `The source message ${source.messageId} is not stored.`);
    const messageRid = Number(message["rid"]);
    const known = driver.get("SELECT spans FROM sources WHERE rid = ? AND message_rid = ?", rid, messageRid);
    const spans =
      known === undefined
        ? source.spans
        : mergeSpans(JSON.parse(String(known["spans"])) as [number, number][], source.spans);
    driver.run(
      "INSERT OR REPLACE INTO sources(rid, message_rid, spans) VALUES(?, ?, ?)",
      rid,
      messageRid,
      packSpans(spans),
    );
  }
}

/** Hides parts of a message for as long as it is there. */
export function hideSpans(driver: SqliteDriver, messageRid: number, spans: readonly Span[]): void {
  if (spans.length === 0) return;
  const known = driver.get("SELECT spans FROM hidden_spans WHERE message_rid = ?", messageRid);
  const all = known === undefined ? spans : mergeSpans(JSON.parse(String(known["spans"])) as [number, number][], spans);
  driver.run("INSERT OR REPLACE INTO hidden_spans(message_rid, spans) VALUES(?, ?)", messageRid, packSpans(all));
}

function packSpans(spans: readonly Span[]): string {
  return JSON.stringify(spans.map(({ start, end }) => [start, end]));
}

function mergeSpans(known: readonly [number, number][], more: Source["spans"]): Source["spans"] {
  const all = known.map(([start, end]) => ({ start, end }));
  for (const span of more) {
    if (!all.some((other) => other.start === span.start && other.end === span.end)) all.push(span);
  }
  return all;
}

function requireRow(driver: SqliteDriver, id: string): Row {
  const row = driver.get("SELECT * FROM memories WHERE id = ?", id);
  if (row === undefined) throw new MemoryError("not_found", `Memory with ID ${id} not found`);
  return row;
}

/** Column and converter of each field that a patch may set. */
const PATCH_COLUMNS: { readonly [Field in keyof MemoryChanges]?: readonly [string, (value: never) => SqlValue] } = {
  state: ["state", (value: string) => value],
  metadata: ["metadata", (value: object) => JSON.stringify(value)],
  categories: ["categories", (value: object) => JSON.stringify(value)],
  saidAt: ["said_at", (value: number) => value],
  validFrom: ["valid_from", (value: number | null) => value],
  validTo: ["valid_to", (value: number | null) => value],
  retractedAt: ["retracted_at", (value: number | null) => value],
  expirationDate: ["expiration_date", (value: string | null) => value],
  replacedBy: ["replaced_by", (value: string | null) => value],
  conflictsWith: ["conflicts_with", (value: readonly string[]) => (value.length === 0 ? null : JSON.stringify(value))],
  confidence: ["confidence", (value: number) => value],
  isVerified: ["is_verified", (value: boolean) => (value ? 1 : 0)],
  isPinned: ["is_pinned", (value: boolean) => (value ? 1 : 0)],
  feedback: ["feedback", (value: string | null) => value],
  feedbackReason: ["feedback_reason", (value: string | null) => value],
};

function patchMemory(context: WriteContext, partition: OpenPartition, patch: MemoryPatch, at: number): void {
  const { driver } = context;
  const row = requireRow(driver, patch.id);
  if (Number(row["partition_no"]) !== partition.number)
    throw new MemoryError("not_found", `Memory with ID ${patch.id} not found`);
  const rid = Number(row["rid"]);
  const { changes } = patch;
  if (changes.scope !== undefined) {
    moveRow(context, rid, changes.scope);
    // Sessions, and what a search may reach, are read anew.
    partition.isRewritten = true;
    if (patch.passages !== undefined)
      throw new Error(`the patch of ${patch.id} moves it and gives it other index units`);
  }
  const sets: string[] = [];
  const values: SqlValue[] = [];
  const set = (column: string, value: SqlValue): void => {
    sets.push(`${column} = ?`);
    values.push(value);
  };
  for (const [field, spec] of Object.entries(PATCH_COLUMNS)) {
    const value = changes[field as keyof MemoryChanges];
    if (value !== undefined) set(spec[0], spec[1](value as never));
  }
  if (changes.attribute !== undefined) {
    const { subject = null, attribute = null, value = null, cardinality = null } = changes.attribute ?? {};
    set("attribute_subject", subject);
    set("attribute", attribute);
    set("attribute_value", value);
    set("attribute_cardinality", cardinality);
    // Ranking rows tell whose slot a fact fills.
    partition.isRewritten = true;
  }
  const before = String(row["text"]);
  if (changes.text !== undefined && changes.text !== before) {
    if (patch.identity === undefined) throw new Error(`the patch of ${patch.id} changes the text without an identity`);
    if (patch.event === null) throw new Error(`the patch of ${patch.id} changes the text without a history row`);
    set("text", changes.text);
    set("identity", identityHash(patch.identity));
  }
  if (patch.event !== null) set("updated_at", at);
  if (sets.length > 0) driver.run(`UPDATE memories SET ${sets.join(", ")} WHERE rid = ?`, ...values, rid);
  if (changes.addSources !== undefined) {
    insertSources(driver, rid, changes.addSources);
    // Ranking rows name the messages that a fact rests on.
    partition.isRewritten = true;
  }
  if (patch.passages !== undefined) {
    // What was added in this change must be there to be taken away.
    writeVectors(context, partition);
    removePassages(context, rid, partition);
    addPassages(context, partition, row, patch.passages);
    partition.isRewritten = true;
  }
  if (patch.mentions !== undefined) {
    removeGraph(driver, rid);
    insertGraph({ driver, partition: partition.number, rid, at }, patch.mentions, patch.relations);
  }
  if (changes.restsOn !== undefined) writeEvidence(driver, patch.id, changes.restsOn);
  markDependents(driver, row, changes, at);
  if (changes.state !== undefined || changes.isVerified !== undefined || changes.feedback !== undefined)
    partition.isPatched = true;
  if (patch.event !== null) {
    const wasGone = row["state"] === "deleted";
    const isGone = (changes.state ?? row["state"]) === "deleted";
    appendHistory(driver, {
      memoryId: patch.id,
      event: patch.event,
      previousText: wasGone ? null : before,
      newText: isGone ? null : (changes.text ?? before),
      replacedText: (changes.text ?? before) === before ? null : before,
      actor: patch.actor,
      reason: patch.reason,
      at,
    });
  }
}

/** Gives a stored memory other index units. */
export function replacePassages(context: WriteContext, memory: StoredMemory, passages: readonly NewPassage[]): void {
  const row = context.driver.get("SELECT * FROM memories WHERE rid = ?", memory.reference);
  // Changed or purged since the new units were made.
  if (row === undefined || row["text"] !== memory.record.text) return;
  const partition = openPartition(context.driver, memory.record.scope.userId ?? null);
  removePassages(context, memory.reference, partition);
  addPassages(context, partition, row, passages);
  partition.isRewritten = true;
  closePartition(context, partition);
}

/** Takes a memory's index units away: rows, words and vectors. */
export function removePassages(
  context: Pick<WriteContext, "driver" | "vectors">,
  rid: number,
  partition?: { passages: number; terms: number },
): void {
  const { driver, vectors } = context;
  const rows = driver.all(
    "SELECT s.passage_no, s.terms, s.scope, p.term_count FROM passages p JOIN text_source s ON s.passage_no = p.passage_no WHERE p.rid = ?",
    rid,
  );
  for (const row of rows) {
    const number = Number(row["passage_no"]);
    // A row that is not in the index must not be taken out of it: FTS5 would count it twice.
    if (driver.get("SELECT 1 AS found FROM text_index_docsize WHERE id = ?", number) !== undefined) {
      // FTS5 must be told exactly what was indexed, or words stay behind.
      driver.run(
        "INSERT INTO text_index(text_index, rowid, terms, scope) VALUES('delete', ?, ?, ?)",
        BigInt(number),
        row["terms"] as string,
        row["scope"] as string,
      );
    }
    driver.run("DELETE FROM passages WHERE passage_no = ?", number);
    driver.run("DELETE FROM unembeddable WHERE space_no IN (SELECT space_no FROM spaces) AND passage_no = ?", number);
    if (partition !== undefined) {
      partition.passages -= 1;
      partition.terms -= Number(row["term_count"]);
    }
  }
  vectors.remove(rows.map((row) => Number(row["passage_no"])));
}
