import { zipOf } from "../../src/cli/export/write-zip.ts";

export interface ZipFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Left out: deflated. */
  readonly isStored?: boolean;
  /** What its headers say in place of the truth, to build broken archives. */
  readonly size?: number;
  readonly checksum?: number;
  readonly flags?: number;
}

/** A zip as an archive's download is; with headers that lie, where a file says so. */
export function writeZip(files: readonly ZipFile[]): Buffer {
  const zip = zipOf(
    files.map(({ name, content, isStored }) => ({
      name,
      bytes: Buffer.from(content as string),
      ...(isStored === undefined ? {} : { isStored }),
    })),
  );
  let entry = zip.readUInt32LE(zip.length - 6);
  for (const { name, flags, checksum, size } of files) {
    // A file's header has the fields of its line in the table of contents, two bytes earlier.
    for (const fields of [entry + 6, zip.readUInt32LE(entry + 42) + 4]) {
      if (flags !== undefined) zip.writeUInt16LE(flags, fields + 2);
      if (checksum !== undefined) zip.writeUInt32LE(checksum, fields + 10);
      if (size !== undefined) zip.writeUInt32LE(size, fields + 18);
    }
    entry += 46 + Buffer.byteLength(name);
  }
  return zip;
}
