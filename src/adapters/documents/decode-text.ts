/** How far into a document the name of its encoding is looked for. */
const HEAD_BYTES = 1024;

/** Bytes as text: by their byte order mark, else as UTF-8, else by the encoding they name, else as Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return (namedDecoder(bytes) ?? new TextDecoder("windows-1252")).decode(bytes);
  }
}

function namedDecoder(bytes: Uint8Array): InstanceType<typeof TextDecoder> | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1");
  const name = /(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/iu.exec(head)?.[1];
  if (name === undefined) return undefined;
  try {
    return new TextDecoder(name);
  } catch {
    // A name nobody knows says as much as none.
    return undefined;
  }
}
