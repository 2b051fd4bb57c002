import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream";
import type { Duplex, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { invalidInput, MemoryError } from "../../errors.ts";

/**
 * The body of an answer, decompressed. What is larger than allowed is given up on at the first byte too many: a
 * packed body counts by what comes out of it.
 * @throws MemoryError `invalid_input` when it is too large, `provider_failed` when its compression is unknown or broken.
 */
export async function readBody(response: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const declared = Number(response.headers["content-length"] ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes, declared);
  const stream = decompressed(response);
  const onAbort = (): void => {
    stream.destroy(signal.reason as Error);
    response.destroy();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!code.startsWith("Z_") && !code.startsWith("ERR__ERROR_FORMAT") && !code.includes("BROTLI")) throw error;
    throw new MemoryError("provider_failed", "The answer's compression is broken.", { cause: error });
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function decompressed(response: IncomingMessage): Readable {
  const encoding = response.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return response;
  if (encoding === "gzip" || encoding === "x-gzip") return through(response, createGunzip());
  if (encoding === "deflate") return through(response, createInflate());
  if (encoding === "br") return through(response, createBrotliDecompress());
  throw new MemoryError("provider_failed", `The answer is packed as "${encoding.slice(0, 40)}", which is not read.`);
}

function through(response: IncomingMessage, unpack: Duplex): Duplex {
  // An answer that breaks off breaks the stream that is read, too.
  return pipeline(response, unpack, (error) => {
    if (error) unpack.destroy(error);
  });
}

function tooLarge(maxBytes: number, size?: number): MemoryError {
  const came = size === undefined ? "more came" : `it has ${size}`;
  return invalidInput(`The content is too large: at most ${maxBytes} bytes are read, ${came}.`, { maxBytes });
}
