const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** How much of a text is looked at. */
const HEAD_BYTES = 4096;

const SIGNATURES: readonly (readonly [mediaType: string, offset: number, sign: string])[] = [
  ["application/pdf", 0, "%PDF-"],
  ["image/png", 0, "\u0089PNG\r\n\u001A\n"],
  ["image/jpeg", 0, "\u00FF\u00D8\u00FF"],
  ["image/gif", 0, "GIF87a"],
  ["image/gif", 0, "GIF89a"],
  ["image/webp", 8, "WEBP"],
  ["image/bmp", 0, "BM"],
  ["image/tiff", 0, "II*\0"],
  ["image/tiff", 0, "MM\0*"],
  ["image/avif", 4, "ftypavif"],
  ["image/heic", 4, "ftypheic"],
  ["application/gzip", 0, "\u001F\u008B"],
];

/** Types of text that are believed, since text of one kind looks like text of another. */
const TEXT_TYPE =
  /^(?:text\/[\w.+-]+|application\/(?:json|xml|yaml|x-yaml|xhtml\+xml)|[\w.-]+\/[\w.-]+\+(?:json|xml))$/u;

/**
 * The media type that the bytes show. What was declared is believed only to tell one kind of text from another; text
 * that begins as a web page is one.
 */
export function sniffMediaType(bytes: Uint8Array, declared = ""): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [mediaType, offset, sign] of SIGNATURES) {
    if (buffer.toString("latin1", offset, offset + sign.length) === sign && (sign !== "BM" || buffer[6] === 0))
      return mediaType;
  }
  if (buffer.toString("latin1", 0, 4) === "PK\u0003\u0004")
    // The directory at the end names what is inside.
    return buffer.includes("word/document.xml", Math.max(0, buffer.length - 1_000_000)) ? DOCX : "application/zip";
  return looksLikeText(buffer) ? textType(buffer, declared) : "application/octet-stream";
}

function textType(buffer: Buffer, declared: string): string {
  const start = buffer
    .toString("utf8", 0, HEAD_BYTES)
    .replace(/^\uFEFF/u, "")
    .trimStart()
    .slice(0, 200)
    .toLowerCase();
  if (/^(?:<!doctype html|<html\b)/u.test(start)) return "text/html";
  const type = (declared.split(";", 1)[0] ?? "").trim().toLowerCase();
  return TEXT_TYPE.test(type) ? type : "text/plain";
}

function looksLikeText(buffer: Buffer): boolean {
  const head = buffer.subarray(0, HEAD_BYTES);
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) return true;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls += 1;
  }
  return controls * 50 <= head.length;
}
