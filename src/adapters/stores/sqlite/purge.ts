import type { PurgeReceipt } from "../../../ports/memory-store.ts";
import type { Row } from "./driver.ts";
import { chainHash, contentHash } from "../../../domain/history-chain.ts";
import { createSha256, insertHistory, readHistory } from "./history-chain.ts";
import { removePassages } from "./write-change.ts";
import type { WriteContext } from "./write-change.ts";

/**
 * Takes memories away for good: records, words, vectors, mentions, sources, the texts in their history (the
 * hashes stay as proof) and every stored answer or job that names them. The caller holds the write transaction.
 */
export function purgeMemories(
  context: WriteContext,
  ids: readonly string[],
  at: number,
): Pick<PurgeReceipt, "memories" | "heads"> {
  const { driver } = context;
  const heads: Record<string, string> = Object.create(null) as Record<string, string>;
  let memories = 0;
  for (const id of ids) {
    const row = driver.get("SELECT * FROM memories WHERE id = ?", id);
    if (row === undefined) continue;
    memories += 1;
    purgeHistory(context, id, row, at);
    purgeRow(context, row);
    const head = driver.get("SELECT hash FROM history WHERE memory_id = ? ORDER BY version DESC LIMIT 1", id);
    heads[id] = Buffer.from(head?.["hash"] as Uint8Array).toString("hex");
    for (const [table, column] of [
      ["idempotency", "answer"],
      ["jobs", "payload"],
    ] as const) {
      driver.run(`DELETE FROM ${table} WHERE instr(${column}, ?) > 0`, id);
    }
  }
  driver.run("DELETE FROM entities WHERE NOT EXISTS (SELECT 1 FROM mentions x WHERE x.entity_no = entities.entity_no)");
  return { memories, heads };
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
  appendPurgeRow(driver, id, chain.length + 1, chain.at(-1)?.hash ?? "", at);
}

function appendPurgeRow(
  driver: WriteContext["driver"],
  id: string,
  version: number,
  previous: string,
  at: number,
): void {
  const content = contentHash(createSha256, new Uint8Array(), null, null);
  const link = { memoryId: id, version, event: "PURGE", actor: "user", at } as const;
  insertHistory(driver, {
    ...link,
    replacedText: null,
    hadText: false,
    hasText: false,
    reason: "",
    salt: null,
    contentHash: content,
    hash: chainHash(createSha256, previous === "" ? null : Buffer.from(previous, "hex"), link, content),
  });
}

function purgeRow(context: WriteContext, row: Row): void {
  const { driver } = context;
  const rid = Number(row["rid"]);
  const partition = Number(row["partition_no"]);
  const removed = { passages: 0, terms: 0 };
  removePassages(context, rid, removed);
  driver.run("DELETE FROM mentions WHERE rid = ?", rid);
  driver.run("DELETE FROM sources WHERE rid = ? OR message_rid = ?", rid, rid);
  driver.run("DELETE FROM external_ids WHERE rid = ?", rid);
  driver.run("UPDATE memories SET replaced_by = NULL WHERE replaced_by = ?", String(row["id"]));
  driver.run("DELETE FROM memories WHERE rid = ?", rid);
  driver.run(
    `UPDATE partitions SET passages = passages + ?, terms = terms + ?, version = version + 1,
       patch_version = version + 1, text_version = version + 1 WHERE partition_no = ?`,
    removed.passages,
    removed.terms,
    partition,
  );
}
