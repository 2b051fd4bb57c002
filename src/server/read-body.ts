import { invalidInput } from "../errors.ts";
import { httpError } from "./error-reply.ts";

/** Most levels of objects and lists. What a body may hold (filters, metadata, schemas) ends at 64 or fewer of its own. */
const MAX_DEPTH = 200;

/**
 * A request's body as JSON, counted while it comes in.
 * @returns undefined for an empty one.
 * @throws MemoryError 413 for one that is too long, `invalid_input` for one that is no JSON or nested too deep.
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
  // Whoever reads a body walks down it: here once for all is where a stack is kept from overflowing.
  if (isTooDeep(text)) throw invalidInput(`The body is nested too deep. At most ${MAX_DEPTH} levels are allowed.`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidInput("The body is not valid JSON. Send application/json, UTF-8.");
  }
}

/** Counts brackets outside of strings, which holds for any text that is JSON at all. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at];
    if (unit === '"') isInString = !isInString;
    else if (isInString) {
      if (unit === "\\") at += 1;
    } else if (unit === "[" || unit === "{") {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (unit === "]" || unit === "}") depth -= 1;
  }
  return false;
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
