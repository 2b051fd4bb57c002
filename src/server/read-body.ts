import { invalidInput } from "../errors.ts";
import { httpError } from "./error-reply.ts";

/**
 * A request's body as JSON, counted while it comes in.
 * @returns undefined for an empty one.
 * @throws MemoryError 413 for one that is too long, `invalid_input` for one that is no JSON.
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) throw tooLong(maxBytes);
  if (request.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw httpError(400, "invalid_input", `The body ended early: ${(error as Error).message}`);
  }
  if (bytes > maxBytes) throw tooLong(maxBytes);
  const text = decode(chunks);
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidInput("The body is not valid JSON. Send application/json, UTF-8.");
  }
}

function decode(chunks: readonly Uint8Array[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw invalidInput("The body is not valid UTF-8. Send application/json, UTF-8.");
  }
}

function tooLong(maxBytes: number): Error {
  return httpError(413, "invalid_input", `The body is longer than ${maxBytes} bytes. Send fewer messages at a time.`);
}
