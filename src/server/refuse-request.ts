import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { errorReply, httpError } from "./error-reply.ts";
import type { ErrorReply } from "./error-reply.ts";

/** What Node's parser says of a request that never becomes one. */
const REASONS: Readonly<Record<string, readonly [status: number, text: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The head of the request is too long. Shorten the address or the headers."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "A chunk of the body has too long an extension."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request did not arrive in time. Send it again, faster or in smaller parts."],
};

/** The answer to what is no request of HTTP, in the shape of every other error. */
export function refusalOf(error: unknown): ErrorReply {
  const code = String((error as { code?: unknown } | null)?.code);
  const [status, text] = REASONS[code] ?? [400, "This is not a valid HTTP request: its head cannot be read."];
  return errorReply(httpError(status, "invalid_input", text), randomUUID());
}

/** Writes the answer where no response object exists any more, and ends the connection. */
export function refuseOn(socket: Duplex, { status, body }: ErrorReply): void {
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Error"}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(text)}`,
    `X-Request-ID: ${body.request_id}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`, () => {
    socket.destroy();
  });
}
