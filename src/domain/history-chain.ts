import type { HistoryRow } from "./history.ts";

/** An incremental SHA-256, as `node:crypto` has it. */
export interface Digest {
  update(data: string | Uint8Array): Digest;
  digest(): Uint8Array;
}

export type CreateDigest = () => Digest;

export type HistoryLink = Pick<HistoryRow, "memoryId" | "version" | "event" | "actor" | "at">;

/** A row of a history as it is exported and checked. */
export interface ChainedRow extends HistoryRow {
  /** 8 random bytes as hex; null once the texts are purged. */
  readonly salt: string | null;
  /** Hex SHA-256 over salt and texts: all that is left of purged ones. */
  readonly contentHash: string;
}

const encoder = new TextEncoder();

/** H(salt, texts): with the salt gone after a purge, the texts cannot be guessed from the hash. */
export function contentHash(
  createDigest: CreateDigest,
  salt: Uint8Array,
  previousText: string | null,
  newText: string | null,
): Uint8Array {
  const digest = createDigest().update(salt);
  for (const text of [previousText, newText]) {
    const bytes = text === null ? null : encoder.encode(text);
    // The length keeps ("ab", "c") and ("a", "bc") apart; -1 stands for null.
    digest.update(`${bytes === null ? -1 : bytes.length}:`);
    if (bytes !== null) digest.update(bytes);
  }
  return digest.digest();
}

/** What chains a row to the one before it. */
export function chainHash(
  createDigest: CreateDigest,
  previous: Uint8Array | null,
  link: HistoryLink,
  content: Uint8Array,
): Uint8Array {
  return createDigest()
    .update(previous ?? "recollect")
    .update(JSON.stringify([link.memoryId, link.version, link.event, link.actor, link.at]))
    .update(content)
    .digest();
}

/**
 * What is wrong with a memory's history, in words, or null when every row follows from the one before and the last
 * one speaks of `currentText` (null: purged).
 */
export function findBrokenLink(
  createDigest: CreateDigest,
  rows: readonly ChainedRow[],
  currentText: string | null,
): string | null {
  if (rows.length === 0) return "it has no history";
  let previous: Uint8Array | null = null;
  let text: string | null = null;
  for (const [index, row] of rows.entries()) {
    if (row.version !== index + 1) return `version ${index + 1} of its history is missing`;
    if (row.salt !== null) {
      if (text !== null && row.previousText !== null && row.previousText !== text) {
        return `version ${row.version} of its history does not start from the text before`;
      }
      const content = contentHash(createDigest, fromHex(row.salt), row.previousText, row.newText);
      if (toHex(content) !== row.contentHash) return `the texts of version ${row.version} do not have their hash`;
    }
    const hash = chainHash(createDigest, previous, row, fromHex(row.contentHash));
    if (toHex(hash) !== row.hash)
      return `version ${row.version} of its history, or a text that it speaks of, was changed`;
    previous = hash;
    text = row.newText ?? row.previousText ?? text;
  }
  return text === currentText ? null : "its text is not the one that its history ends with";
}

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}
