import { invalidInput, MemoryError } from "../../errors.ts";

/**
 * What a `data:` URL holds, decoded without a request.
 * @throws MemoryError `invalid_input`.
 */
export function decodeDataUrl(url: string, maxBytes: number): { bytes: Uint8Array; mediaType: string } {
  const comma = url.indexOf(",");
  if (comma < 0 || comma > 1000) throw invalidInput('Expected a data URL "data:type/name;base64,…", got no comma.');
  const head = url.slice("data:".length, comma).split(";");
  const isBase64 = head.at(-1)?.trim().toLowerCase() === "base64";
  const size = isBase64 ? Math.floor(((url.length - comma - 1) * 3) / 4) : url.length - comma - 1;
  // Escapes come to a third of their length at least.
  if ((isBase64 ? size - 2 : size / 3) > maxBytes)
    throw invalidInput(`The content is too large: at most ${maxBytes} bytes are read.`, { maxBytes });
  const body = url.slice(comma + 1);
  const bytes = isBase64 ? decodeBase64(body) : decodePercent(body);
  if (bytes.byteLength > maxBytes)
    throw invalidInput(`The content is too large: at most ${maxBytes} bytes are read.`, { maxBytes });
  return { bytes, mediaType: (head[0] ?? "").trim().toLowerCase() };
}

function decodeBase64(body: string): Uint8Array {
  const bytes = Buffer.from(body.includes("%") ? unescapePercent(body) : body, "base64");
  // Node's decoder stops at what it does not know and says nothing.
  if (bytes.length === 0 && body.trim() !== "") throw invalidInput("The data URL's base64 cannot be decoded.");
  return bytes;
}

function decodePercent(body: string): Uint8Array {
  return Buffer.from(unescapePercent(body), "utf8");
}

function unescapePercent(body: string): string {
  try {
    return decodeURIComponent(body);
  } catch (cause) {
    throw new MemoryError("invalid_input", "The data URL's %-escapes cannot be decoded.", { cause });
  }
}
