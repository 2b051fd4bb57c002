import { crc32, deflateRawSync } from "node:zlib";
import { invalidInput } from "../../errors.ts";

export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Put in as it is, for what is packed already. Default: deflated. */
  readonly isStored?: boolean;
}

const MAX_BYTES = 0xffff_0000;

/** A zip in one piece: what is larger than such a zip can be is refused. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, isStored = false } of members) {
    if (offset + bytes.length > MAX_BYTES)
      throw invalidInput(`With ${name} it would have ${offset + bytes.length} bytes: more than a zip can hold.`);
    const data = isStored ? bytes : deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const about = aboutOf(bytes, { isStored, packed: data.length, nameLength: nameBytes.length });
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), about, nameBytes, data]);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    about.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(central, nameBytes);
    parts.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, table, end]);
}

/** The 26 bytes that a member's header and its line in the table of contents share. The date is the first that there is. */
function aboutOf(
  bytes: Uint8Array,
  { isStored, packed, nameLength }: { isStored: boolean; packed: number; nameLength: number },
): Buffer {
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(0x0800, 2);
  about.writeUInt16LE(isStored ? 0 : 8, 4);
  about.writeUInt16LE(0x0021, 8);
  about.writeUInt32LE(crc32(bytes), 10);
  about.writeUInt32LE(packed, 14);
  about.writeUInt32LE(bytes.length, 18);
  about.writeUInt16LE(nameLength, 22);
  return about;
}
