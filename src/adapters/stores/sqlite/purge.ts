import { chainHash, contentHash } from "../../../domain/history-chain.ts";
import type { PurgeReceipt } from "../../../ports/memory-store.ts";
import type { Row } from "./driver.ts";
import { purgeMarks } from "./check-marks.ts";
import { createSha256, insertHistory, readHistory } from "./history-chain.ts";
import { purgeEvidence } from "./pattern-evidence.ts";
import type { Write } from "./repair.ts";
import { readSpans } from "./read-memories.ts";
import { hideSpans, removePassages } from "./write-change.ts";
import type { WriteContext } from "./write-change.ts";
import { removeGraph } from "./write-graph.ts";

/** Memories of one transaction, so that none holds the event loop for long. */
const MEMORIES_PER_STEP = 20;
const ROWS_PER_STEP = 200;

/**
 * Takes memories away for good: records, words, vectors, mentions, sources, the texts in their history (the hashes
 * stay as proof) and every stored answer or job that names them. What rests on purged messages alone says what they
 * said, so it goes with them.
 */
export async function purgeMemories(
  write: Write,
  ids: readonly string[],
  at: number,
): Promise<Pick<PurgeReceipt, "memories" | "heads">> {
  const heads: Record<string, string> = Object.create(null) as Record<string, string>;
  let waiting = [...new Set(ids)];
  const seen = new Set(waiting);
  while (waiting.length > 0) {
    // First what names them, so that nothing is left over when the process ends in between.
    await forgetAnswers(write, new Set(waiting));
    const next: string[] = [];
    for (let start = 0; start < waiting.length; start += MEMORIES_PER_STEP) {
      const part = waiting.slice(start, start + MEMORIES_PER_STEP);
      await write((context) => {
        for (const id of part) next.push(...purgeMemory(context, id, at, heads));
      });
    }
    waiting = [...new Set(next)].filter((id) => !seen.has(id));
    for (const id of waiting) seen.add(id);
  }
  return { memories: Object.keys(heads).length, heads };
}

/** Returns the ids of memories that have nothing left to rest on. */
function purgeMemory(context: WriteContext, id: string, at: number, heads: Record<string, string>): string[] {
  const { driver } = context;
  const row = driver.get("SELECT * FROM memories WHERE id = ?", id);
  if (row === undefined) return [];
  purgeHistory(context, id, row, at);
  const left = purgeRow(context, row);
  const head = driver.get("SELECT hash FROM history WHERE memory_id = ? ORDER BY version DESC LIMIT 1", id);
  heads[id] = Buffer.from(head?.["hash"] as Uint8Array).toString("hex");
  return left;
}

function purgeHistory({ driver }: WriteContext, id: string, row: Row, at: number): void {
  const chain = readHistory(driver, id, String(row["text"]));
  for (const link of chain) {
    driver.run(
      "UPDATE history SET replaced_text = NULL, reason = '', salt = NULL, content_hash = ? WHERE memory_id = ? AND version = ?",
      Buffer.from(link.contentHash, "hex"),
      id,
      link.version,
    );
  }
  const previous = chain.at(-1)?.hash;
  const content = contentHash(createSha256, new Uint8Array(), null, null);
  const link = { memoryId: id, version: chain.length + 1, event: "PURGE", actor: "user", at } as const;
  insertHistory(driver, {
    ...link,
    replacedText: null,
    hadText: false,
    hasText: false,
    reason: "",
    salt: null,
    contentHash: content,
    hash: chainHash(createSha256, previous === undefined ? null : Buffer.from(previous, "hex"), link, content),
  });
}

function purgeRow(context: WriteContext, row: Row): string[] {
  const { driver } = context;
  const rid = Number(row["rid"]);
  const partition = Number(row["partition_no"]);
  const removed = { passages: 0, terms: 0 };
  removePassages(context, rid, removed);
  removeGraph(driver, rid);
  forgetInSlot(context, row);
  keepHidden(context, rid);
  const resting = driver
    .all("SELECT rid FROM sources WHERE message_rid = ?", rid)
    .map((source) => Number(source["rid"]));
  driver.run("DELETE FROM sources WHERE rid = ?", rid);
  driver.run("DELETE FROM sources WHERE message_rid = ?", rid);
  driver.run("DELETE FROM external_ids WHERE rid = ?", rid);
  driver.run("DELETE FROM unextracted WHERE rid = ?", rid);
  driver.run("DELETE FROM batch_changes WHERE rid = ?", rid);
  // A pattern tells of all that it rests on: what is left makes another one.
  const patterns = purgeEvidence(driver, rid);
  purgeMarks(driver, rid);
  driver.run("UPDATE memories SET replaced_by = NULL WHERE replaced_by = ?", String(row["id"]));
  driver.run("DELETE FROM memories WHERE rid = ?", rid);
  driver.run(
    `UPDATE partitions SET passages = passages + ?, terms = terms + ?, version = version + 1,
       patch_version = version + 1, text_version = version + 1 WHERE partition_no = ?`,
    removed.passages,
    removed.terms,
    partition,
  );
  const alone = resting.flatMap((derived) => {
    // A direct import is its own evidence.
    const memory = driver.get(
      "SELECT id FROM memories m WHERE rid = ? AND is_turn = 0 AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.rid = m.rid)",
      derived,
    );
    return memory === undefined ? [] : [String(memory["id"])];
  });
  return [...alone, ...patterns];
}

/** What it rested on stays hidden in messages that stay (design decision 2): the places alone, without words. */
function keepHidden({ driver }: WriteContext, rid: number): void {
  const sources = driver.all("SELECT message_rid, spans FROM sources WHERE rid = ? AND message_rid <> ?", rid, rid);
  for (const source of sources) hideSpans(driver, Number(source["message_rid"]), readSpans(source["spans"]));
}

/** Histories of other values of the same slot can name this value as the reason of a change. */
function forgetInSlot({ driver }: WriteContext, row: Row): void {
  if (row["attribute"] === null) return;
  const others = driver.all(
    "SELECT rid, id, conflicts_with FROM memories WHERE partition_no = ? AND attribute = ? AND attribute_subject = ? AND rid <> ?",
    row["partition_no"] as number,
    row["attribute"] as string,
    row["attribute_subject"] as string,
    row["rid"] as number,
  );
  for (const other of others) {
    driver.run("UPDATE history SET reason = '' WHERE memory_id = ?", other["id"] as string);
    if (other["conflicts_with"] === null) continue;
    const conflicts = (JSON.parse(String(other["conflicts_with"])) as string[]).filter((id) => id !== row["id"]);
    const packed = conflicts.length === 0 ? null : JSON.stringify(conflicts);
    driver.run("UPDATE memories SET conflicts_with = ? WHERE rid = ?", packed, other["rid"] as number);
  }
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/giu;

/** Deletes stored answers and jobs that name one of the memories: they can quote its text. */
async function forgetAnswers(write: Write, ids: ReadonlySet<string>): Promise<void> {
  const isNamed = (text: unknown): boolean => (String(text).match(UUID) ?? []).some((id) => ids.has(id));
  let key: string | undefined = "";
  while (key !== undefined) {
    const from: string = key;
    key = await write(({ driver }) => {
      const rows = driver.all(
        "SELECT key, answer FROM idempotency WHERE key > ? ORDER BY key LIMIT ?",
        from,
        ROWS_PER_STEP,
      );
      for (const row of rows) {
        if (isNamed(row["answer"])) driver.run("DELETE FROM idempotency WHERE key = ?", String(row["key"]));
      }
      return rows.length < ROWS_PER_STEP ? undefined : String(rows.at(-1)?.["key"]);
    });
  }
  let number: number | undefined = 0;
  while (number !== undefined) {
    const from: number = number;
    number = await write(({ driver }) => {
      const rows = driver.all(
        "SELECT job_no, payload, error FROM jobs WHERE job_no > ? ORDER BY job_no LIMIT ?",
        from,
        ROWS_PER_STEP,
      );
      for (const row of rows) {
        if (isNamed(`${String(row["payload"])} ${String(row["error"])}`))
          driver.run("DELETE FROM jobs WHERE job_no = ?", Number(row["job_no"]));
      }
      return rows.length < ROWS_PER_STEP ? undefined : Number(rows.at(-1)?.["job_no"]);
    });
  }
}
