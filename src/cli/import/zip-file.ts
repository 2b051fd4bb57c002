import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { constants, createInflateRaw, inflateRawSync } from "node:zlib";
import { invalidInput, MemoryError } from "../../errors.ts";

export interface ZipEntry {
  /** With folders, as it stands in the archive; never used as a path. */
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  /** 0: as it is, 8: deflated. */
  readonly method: number;
  readonly offset: number;
}

const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MAX_ENTRIES = 100_000;
const MAX_DIRECTORY_BYTES = 64_000_000;
/** Text compresses ten times, logs perhaps fifty; deflate can do a thousand, which only zeros need. */
const MAX_RATIO = 200;
/** Below this a ratio tells nothing. */
const SMALL = 10_000_000;
const MAX_ENTRY_BYTES = 8_000_000_000;

/** The archive's table of contents. @throws MemoryError `invalid_input` for what is damaged, or asks for too much. */
export function listZip(path: string): ZipEntry[] {
  let file: number | undefined;
  try {
    const { size } = statSync(path);
    file = openSync(path, "r");
    const tail = readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end === -1 || end + 22 > tail.length || tail.readUInt32LE(end) !== END_SIGNATURE)
      throw invalidInput(`${path} is a damaged zip: it has no table of contents. Download it again.`);
    const count = tail.readUInt16LE(end + 10);
    const length = tail.readUInt32LE(end + 12);
    const start = tail.readUInt32LE(end + 16);
    if (count === 0xffff || start === 0xffffffff)
      throw invalidInput(`${path} is a zip64 archive. Unpack it, and import the folder.`);
    if (count > MAX_ENTRIES || length > MAX_DIRECTORY_BYTES || start + length > size)
      throw invalidInput(`${path} is a zip with a table of contents that is damaged or too large.`);
    return readEntries(readAt(file, start, length));
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    throw invalidInput(`${path} is a damaged zip: ${(error as Error).message}.`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readEntries(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_SIGNATURE;) {
    const nameLength = directory.readUInt16LE(at + 28);
    const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
    const entry = {
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      method: isEncrypted ? -1 : directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    entries.push(entry);
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** @throws MemoryError `invalid_input` for what cannot be unpacked, or would be far more than it is. */
function refuseBad(path: string, entry: ZipEntry): void {
  if (entry.method !== 0 && entry.method !== 8)
    throw invalidInput(`${path} is encrypted, or packed in a way that is not read. Unpack it, and import the folder.`);
  if (entry.size > SMALL && entry.size > entry.compressedSize * MAX_RATIO)
    throw invalidInput(
      `${path} holds a file that would unpack to ${entry.size} bytes from ${entry.compressedSize}: such archives are refused.`,
    );
  if (entry.size > MAX_ENTRY_BYTES) throw invalidInput(`${path} holds a file of ${entry.size} bytes: too large.`);
}

/** The bytes of one file in it, piece by piece, never more than its table of contents says. */
export async function* readZipEntry(path: string, entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
  refuseBad(path, entry);
  const start = dataStart(path, entry);
  const raw = createReadStream(path, { start, end: start + Math.max(0, entry.compressedSize - 1) });
  // Both end with either: an error of the disk is one for the reader, and a reader that stops closes the file.
  const pieces = entry.method === 0 ? raw : pipeline(raw, createInflateRaw(), () => undefined);
  let read = 0;
  try {
    if (entry.compressedSize === 0) return;
    for await (const piece of pieces) {
      read += (piece as Buffer).length;
      if (read > entry.size)
        throw invalidInput(`${path} holds more than its table of contents says: such archives are refused.`);
      yield piece as Buffer;
    }
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw invalidInput(
      `${path} ${code?.startsWith("Z_") === true ? "is a damaged zip" : "cannot be read"}: ${message}.`,
    );
  } finally {
    pieces.destroy();
    raw.destroy();
  }
  if (read !== entry.size) throw invalidInput(`${path} is a damaged zip: a file in it ends too early.`);
}

/** The local header has a name and an extra field of lengths of its own. */
function dataStart(path: string, entry: ZipEntry): number {
  const file = openSync(path, "r");
  try {
    const header = readAt(file, entry.offset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_SIGNATURE)
      throw invalidInput(`${path} is a damaged zip: a file in it is not where it should be.`);
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    closeSync(file);
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}

/** The beginning of one file in it, to tell what it is. */
export function readZipHead(path: string, entry: ZipEntry): string {
  refuseBad(path, entry);
  const start = dataStart(path, entry);
  const file = openSync(path, "r");
  try {
    const bytes = readAt(file, start, Math.min(entry.compressedSize, 16_384));
    if (entry.method === 0) return bytes.toString("utf8");
    // Only a part of it is there: what can be unpacked of it is enough.
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 20_000_000 }).toString("utf8");
  } catch (error) {
    throw invalidInput(`${path} is a damaged zip: ${(error as Error).message}.`);
  } finally {
    closeSync(file);
  }
}
