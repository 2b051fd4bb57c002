import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { invalidInput, MemoryError } from "../../errors.ts";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const LONGEST_COMMENT = 65_535;
const MAX_ENTRIES = 10_000;

/** Most bytes that one entry may come to: text of this size is no document that somebody wrote. */
const MAX_ENTRY_BYTES: number = 32 * 1024 * 1024;

const inflate = promisify(inflateRaw);

interface Entry {
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * One file of a zip archive, unpacked off the event loop; null when there is no such file. Its size is bounded while it
 * is unpacked: what the directory says is not believed.
 * @throws MemoryError `invalid_input` when the archive is damaged, encrypted, split, or larger than is safe.
 */
export async function readZipEntry(bytes: Uint8Array, name: string): Promise<Uint8Array | null> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entry = findEntry(buffer, name);
  if (entry === null) return null;
  const { offset, packedSize, size, method, checksum } = entry;
  if (size > MAX_ENTRY_BYTES) throw tooLarge();
  if (offset + 30 > buffer.length || buffer.readUInt32LE(offset) !== LOCAL_ENTRY) throw damaged();
  const start = offset + 30 + buffer.readUInt16LE(offset + 26) + buffer.readUInt16LE(offset + 28);
  if (start + packedSize > buffer.length) throw damaged();
  const packed = buffer.subarray(start, start + packedSize);
  const content = method === 0 ? packed : await unpack(packed);
  if (content.length !== size || crc32(content) !== checksum) throw damaged();
  return content;
}

async function unpack(packed: Buffer): Promise<Buffer> {
  try {
    return await inflate(packed, { maxOutputLength: MAX_ENTRY_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw damaged(cause);
  }
}

function findEntry(buffer: Buffer, name: string): Entry | null {
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw tooLarge();
  let place = buffer.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (place + 46 > buffer.length || buffer.readUInt32LE(place) !== DIRECTORY_ENTRY) throw damaged();
    const nameLength = buffer.readUInt16LE(place + 28);
    const next = place + 46 + nameLength + buffer.readUInt16LE(place + 30) + buffer.readUInt16LE(place + 32);
    if (buffer.toString("utf8", place + 46, place + 46 + nameLength) === name) return toEntry(buffer, place);
    place = next;
  }
  return null;
}

function toEntry(buffer: Buffer, place: number): Entry {
  const method = buffer.readUInt16LE(place + 10);
  if ((buffer.readUInt16LE(place + 8) & 1) === 1)
    throw invalidInput("The document is encrypted, so it cannot be read.");
  if (method !== 0 && method !== 8) throw invalidInput("The document is packed in a way that is not read.");
  return {
    method,
    checksum: buffer.readUInt32LE(place + 16),
    packedSize: buffer.readUInt32LE(place + 20),
    size: buffer.readUInt32LE(place + 24),
    offset: buffer.readUInt32LE(place + 42),
  };
}

function findEnd(buffer: Buffer): number {
  const least = Math.max(0, buffer.length - 22 - LONGEST_COMMENT);
  for (let place = buffer.length - 22; place >= least; place -= 1)
    if (buffer.readUInt32LE(place) === END_OF_DIRECTORY) return place;
  throw damaged();
}

function damaged(cause?: unknown): MemoryError {
  return new MemoryError("invalid_input", "The document is damaged: its archive cannot be unpacked.", { cause });
}

function tooLarge(): MemoryError {
  return invalidInput(`The document unpacks to more than ${MAX_ENTRY_BYTES} bytes, so it is not read.`);
}
