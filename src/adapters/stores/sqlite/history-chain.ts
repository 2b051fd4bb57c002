import { createHash, randomBytes } from "node:crypto";
import type { HistoryEvent, HistoryRow } from "../../../domain/history.ts";
import type { Row, SqliteDriver } from "./driver.ts";

export interface HistoryEntry {
  readonly memoryId: string;
  readonly event: HistoryEvent;
  readonly previousText: string | null;
  readonly newText: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly at: number;
}

/** H(salt, text): with the salt gone after a purge, the text cannot be guessed from the hash. */
export function contentHash(salt: Uint8Array, previousText: string | null, newText: string | null): Buffer {
  const hash = createHash("sha256").update(salt);
  // The length keeps ("ab", "c") and ("a", "bc") apart; -1 stands for null.
  for (const text of [previousText, newText]) {
    hash.update(`${text === null ? -1 : Buffer.byteLength(text)}:`);
    if (text !== null) hash.update(text);
  }
  return hash.digest();
}

export interface ChainLink {
  readonly memoryId: string;
  readonly version: number;
  readonly event: string;
  readonly actor: string;
  readonly at: number;
}

export function chainHash(previous: Uint8Array | null, link: ChainLink, content: Uint8Array): Buffer {
  return createHash("sha256")
    .update(previous ?? "recollect")
    .update(JSON.stringify([link.memoryId, link.version, link.event, link.actor, link.at]))
    .update(content)
    .digest();
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
  const salt = randomBytes(8);
  const content = contentHash(salt, entry.previousText, entry.newText);
  const hash = chainHash((last?.["hash"] as Uint8Array | undefined) ?? null, { ...entry, version }, content);
  const replaces = entry.previousText !== null && entry.newText !== null && entry.previousText !== entry.newText;
  driver.run(
    `INSERT INTO history(memory_id, version, event, replaced_text, had_text, has_text, actor, reason, at, salt, hash)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.memoryId,
    version,
    entry.event,
    replaces ? entry.previousText : null,
    entry.previousText === null ? 0 : 1,
    entry.newText === null ? 0 : 1,
    entry.actor,
    entry.reason,
    entry.at,
    salt,
    hash,
  );
}

export interface ChainRow extends HistoryRow {
  readonly salt: Uint8Array | null;
  readonly contentHash: Uint8Array;
}

/** A memory's rows, oldest first. `currentText` is the memory's own text, or null when it has been purged. */
export function readHistory(driver: SqliteDriver, memoryId: string, currentText: string | null): ChainRow[] {
  const rows = driver.all("SELECT * FROM history WHERE memory_id = ? ORDER BY version", memoryId);
  return rows.map((row, index) => {
    const previousText = row["had_text"] === 1 ? textBefore(rows, index, currentText) : null;
    const newText = row["has_text"] === 1 ? textBefore(rows, index + 1, currentText) : null;
    const salt = row["salt"] as Uint8Array | null;
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
      hash: Buffer.from(row["hash"] as Uint8Array).toString("hex"),
      salt,
      contentHash:
        (row["content_hash"] as Uint8Array | null) ?? contentHash(salt ?? new Uint8Array(), previousText, newText),
    };
  });
}

/** The text just before a row: what the first row from there on replaced, else what the memory says today. */
function textBefore(rows: readonly Row[], index: number, currentText: string | null): string | null {
  for (const row of rows.slice(index)) {
    if (row["replaced_text"] !== null) return row["replaced_text"] as string;
  }
  return currentText;
}

/** Versions whose hash does not follow from the row before and its own content. */
export function brokenLinks(driver: SqliteDriver, memoryId: string, currentText: string | null): number[] {
  let previous: Uint8Array | null = null;
  const broken: number[] = [];
  for (const row of readHistory(driver, memoryId, currentText)) {
    const expected = chainHash(previous, row, row.contentHash).toString("hex");
    if (expected !== row.hash) broken.push(row.version);
    previous = Buffer.from(row.hash, "hex");
  }
  return broken;
}
