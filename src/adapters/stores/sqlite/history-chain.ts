import { createHash, randomFillSync } from "node:crypto";
import { chainHash, contentHash } from "../../../domain/history-chain.ts";
import type { ChainedRow, CreateDigest } from "../../../domain/history-chain.ts";
import type { HistoryEvent } from "../../../domain/history.ts";
import { createRandomPool } from "../../../domain/random-pool.ts";
import type { Row, SqliteDriver } from "./driver.ts";

const takeSalt = createRandomPool(randomFillSync);

export const createSha256: CreateDigest = () => createHash("sha256");

export interface HistoryEntry {
  readonly memoryId: string;
  readonly event: HistoryEvent;
  readonly previousText: string | null;
  readonly newText: string | null;
  /** The text that the memory had until now, when this change gives it another one. */
  readonly replacedText: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly at: number;
}

/**
 * Appends one row to a memory's chain. Texts are not stored twice: a row keeps the text that it replaced by
 * another one; every other text follows from later rows or from the memory itself.
 */
export function appendHistory(driver: SqliteDriver, entry: HistoryEntry): void {
  const last = driver.get(
    "SELECT version, hash FROM history WHERE memory_id = ? ORDER BY version DESC LIMIT 1",
    entry.memoryId,
  );
  const version = last === undefined ? 1 : Number(last["version"]) + 1;
  const salt = takeSalt(8);
  const content = contentHash(createSha256, salt, entry.previousText, entry.newText);
  const previous = (last?.["hash"] as Uint8Array | undefined) ?? null;
  insertHistory(driver, {
    memoryId: entry.memoryId,
    version,
    event: entry.event,
    replacedText: entry.replacedText,
    hadText: entry.previousText !== null,
    hasText: entry.newText !== null,
    actor: entry.actor,
    reason: entry.reason,
    at: entry.at,
    salt,
    contentHash: null,
    hash: chainHash(createSha256, previous, { ...entry, version }, content),
  });
}

export interface HistoryColumns {
  readonly memoryId: string;
  readonly version: number;
  readonly event: string;
  readonly replacedText: string | null;
  readonly hadText: boolean;
  readonly hasText: boolean;
  readonly actor: string;
  readonly reason: string;
  readonly at: number;
  readonly salt: Uint8Array | null;
  /** Kept only where the texts are gone. */
  readonly contentHash: Uint8Array | null;
  readonly hash: Uint8Array;
}

export function insertHistory(driver: SqliteDriver, row: HistoryColumns): void {
  driver.run(
    `INSERT INTO history(memory_id, version, event, replaced_text, had_text, has_text, actor, reason, at, salt, content_hash, hash)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.memoryId,
    row.version,
    row.event,
    row.replacedText,
    row.hadText ? 1 : 0,
    row.hasText ? 1 : 0,
    row.actor,
    row.reason,
    row.at,
    row.salt,
    row.contentHash,
    row.hash,
  );
}

/** A memory's rows, oldest first. `currentText` is the memory's own text, or null when it has been purged. */
export function readHistory(driver: SqliteDriver, memoryId: string, currentText: string | null): ChainedRow[] {
  const rows = driver.all("SELECT * FROM history WHERE memory_id = ? ORDER BY version", memoryId);
  return rows.map((row, index) => {
    const previousText = row["had_text"] === 1 ? textBefore(rows, index, currentText) : null;
    const newText = row["has_text"] === 1 ? textBefore(rows, index + 1, currentText) : null;
    const salt = row["salt"] as Uint8Array | null;
    const content =
      (row["content_hash"] as Uint8Array | null) ??
      contentHash(createSha256, salt ?? new Uint8Array(), previousText, newText);
    return {
      id: `${memoryId}:${Number(row["version"])}`,
      memoryId,
      version: Number(row["version"]),
      event: row["event"] as HistoryEvent,
      previousText,
      newText,
      actor: String(row["actor"]),
      reason: String(row["reason"]),
      at: Number(row["at"]),
      hash: hex(row["hash"] as Uint8Array),
      salt: salt === null ? null : hex(salt),
      contentHash: hex(content),
    };
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The text just before a row: what the first row from there on replaced, else what the memory says today. */
function textBefore(rows: readonly Row[], index: number, currentText: string | null): string | null {
  for (const row of rows.slice(index)) {
    if (row["replaced_text"] !== null) return row["replaced_text"] as string;
  }
  return currentText;
}

/** The columns of an exported chain: each row keeps only the text that it replaced. */
export function toColumns(rows: readonly ChainedRow[]): HistoryColumns[] {
  let text: string | null = null;
  return rows.map((row) => {
    const before = row.previousText ?? text;
    const after = row.newText ?? before;
    text = after;
    return {
      memoryId: row.memoryId,
      version: row.version,
      event: row.event,
      replacedText: before !== null && after !== before ? before : null,
      hadText: row.previousText !== null,
      hasText: row.newText !== null,
      actor: row.actor,
      reason: row.reason,
      at: row.at,
      salt: row.salt === null ? null : Buffer.from(row.salt, "hex"),
      contentHash: row.salt === null ? Buffer.from(row.contentHash, "hex") : null,
      hash: Buffer.from(row.hash, "hex"),
    };
  });
}
