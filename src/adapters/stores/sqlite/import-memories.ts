import type { ExportedHistoryRow, ExternalId } from "../../../domain/export-format.ts";
import { MemoryError } from "../../../errors.ts";
import type { BatchNote } from "../../../ports/provenance.ts";
import type { ImportCounts, ImportEntry } from "../../../ports/memory-store.ts";
import { addUses } from "./access-log.ts";
import { BatchWriter } from "./batch-writer.ts";
import { importBatch, importLinks } from "./exported-links.ts";
import { insertHistory, toColumns } from "./history-chain.ts";
import { addJob } from "./jobs.ts";
import { closePartition, hideSpans, insertMemory, insertSources, openPartition } from "./write-change.ts";
import type { OpenPartition, WriteContext } from "./write-change.ts";

type MemoryEntry = Extract<ImportEntry, { type: "memory" }>;

/** Writes a part of an export. The caller holds the write transaction. */
export function writeImport(
  context: WriteContext,
  entries: readonly ImportEntry[],
  { batch, at }: { readonly batch: BatchNote; readonly at: number },
): ImportCounts {
  const { driver } = context;
  const counts = { imported: 0, skipped: 0, different: 0, purged: 0, jobIds: new Map<string, number>() };
  const notes = new BatchWriter(driver, batch, at);
  const partitions = new Map<string | null, OpenPartition>();
  const open = (userId: string | null): OpenPartition => {
    const partition = partitions.get(userId) ?? openPartition(driver, userId);
    partitions.set(userId, partition);
    return partition;
  };
  for (const entry of entries) {
    if (entry.type === "sources") importSources(context, open, entry);
    else if (entry.type === "links") importLinks(driver, entry);
    else if (entry.type === "batch") importBatch(driver, entry);
    else if (entry.type === "purged") importPurged(context, entry);
    else if (importMemory(context, open, entry, counts)) notes.noteAdded(entry.record.id);
  }
  for (const partition of partitions.values()) closePartition(context, partition);
  return counts;
}

function importMemory(
  context: WriteContext,
  open: (userId: string | null) => OpenPartition,
  entry: MemoryEntry,
  counts: { imported: number; skipped: number; different: number; purged: number; jobIds: Map<string, number> },
): boolean {
  const { driver } = context;
  const { record } = entry;
  const head = driver.get("SELECT hash FROM history WHERE memory_id = ? ORDER BY version DESC LIMIT 1", record.id);
  if (head !== undefined) {
    if (driver.get("SELECT 1 AS found FROM memories WHERE id = ?", record.id) === undefined) {
      counts.purged += 1;
      return false;
    }
    counts.skipped += 1;
    const known = Buffer.from(head["hash"] as Uint8Array).toString("hex");
    if (known !== entry.history.at(-1)?.hash) counts.different += 1;
    return false;
  }
  const partition = open(record.scope.userId ?? null);
  // Sources that were purged here stay gone; the memory stands without them.
  const sources = record.sources.filter(({ messageId }) => findSource(context, record.id, messageId));
  const rid = insertMemory(context, partition, { ...entry, record: { ...record, sources } });
  for (const externalId of entry.externalIds) insertExternalId(context, externalId, rid);
  hideSpans(driver, rid, entry.hidden ?? []);
  if (entry.accesses !== undefined) addUses(driver, rid, entry.accesses);
  writeChain(context, record.id, entry.history);
  if (entry.job !== undefined) {
    counts.jobIds.set(record.id, addJob(driver, entry.job, record.createdAt));
  }
  counts.imported += 1;
  return true;
}

function insertExternalId({ driver }: WriteContext, { source, instance, id }: ExternalId, rid: number): void {
  // An id that already leads somewhere keeps leading there.
  driver.run(
    "INSERT OR IGNORE INTO external_ids(source, instance, external_id, rid) VALUES(?, ?, ?, ?)",
    source,
    instance,
    id,
    rid,
  );
}

function importSources(
  context: WriteContext,
  open: (userId: string | null) => OpenPartition,
  entry: Extract<ImportEntry, { type: "sources" }>,
): void {
  const row = context.driver.get(
    "SELECT m.rid, p.user_id FROM memories m JOIN partitions p ON p.partition_no = m.partition_no WHERE m.id = ?",
    entry.memoryId,
  );
  if (row === undefined) {
    if (isPurged(context, entry.memoryId)) return;
    throw new MemoryError("invalid_input", `The memory ${entry.memoryId} does not come before its sources.`, {
      details: { memoryId: entry.memoryId },
    });
  }
  const known = new Set(
    context.driver
      .all("SELECT m.id FROM sources s JOIN memories m ON m.rid = s.message_rid WHERE s.rid = ?", Number(row["rid"]))
      .map(({ id }) => String(id)),
  );
  const sources = entry.sources.filter(
    ({ messageId }) => !known.has(messageId) && findSource(context, entry.memoryId, messageId),
  );
  if (sources.length === 0) return;
  insertSources(context.driver, Number(row["rid"]), sources);
  // Ranking rows name the messages that a fact rests on.
  open(row["user_id"] as string | null).isRewritten = true;
}

function importPurged(context: WriteContext, entry: Extract<ImportEntry, { type: "purged" }>): void {
  const known = context.driver.get("SELECT 1 AS found FROM history WHERE memory_id = ? LIMIT 1", entry.memoryId);
  if (known === undefined) writeChain(context, entry.memoryId, entry.history);
}

/** False for a source that was purged here. */
function findSource(context: WriteContext, memoryId: string, messageId: string): boolean {
  if (context.driver.get("SELECT 1 AS found FROM memories WHERE id = ?", messageId) !== undefined) return true;
  if (isPurged(context, messageId)) return false;
  throw new MemoryError("invalid_input", `The source ${messageId} of memory ${memoryId} does not come before it.`, {
    details: { memoryId },
  });
}

function isPurged({ driver }: WriteContext, id: string): boolean {
  return (
    driver.get("SELECT 1 AS found FROM memories WHERE id = ?", id) === undefined &&
    driver.get("SELECT 1 AS found FROM history WHERE memory_id = ? LIMIT 1", id) !== undefined
  );
}

function writeChain({ driver }: WriteContext, memoryId: string, history: readonly ExportedHistoryRow[]): void {
  const rows = history.map((row) => ({ ...row, memoryId, id: `${memoryId}:${row.version}` }));
  for (const columns of toColumns(rows)) insertHistory(driver, columns);
}
