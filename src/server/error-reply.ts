import { MemoryError } from "../errors.ts";
import type { MemoryErrorCode } from "../errors.ts";

const STATUS: Readonly<Record<MemoryErrorCode, number>> = {
  invalid_input: 400,
  not_found: 404,
  conflict: 409,
  unauthorized: 401,
  rate_limited: 429,
  timeout: 504,
  aborted: 408,
  provider_failed: 502,
  provider_invalid_output: 502,
  store_failed: 503,
  missing_dependency: 501,
};

/** SQLite's code for a full disk. */
const SQLITE_FULL = 13;

export interface ErrorReply {
  readonly status: number;
  /** One text under every name that Mem0's clients look for. */
  readonly body: {
    readonly code: string;
    readonly error: string;
    readonly detail: string;
    readonly message: string;
    readonly request_id: string;
  };
  readonly headers: Readonly<Record<string, string>>;
}

/** What a caller is told of an error. What is not ours is named without its words: they may quote a memory. */
export function errorReply(error: unknown, requestId: string): ErrorReply {
  if (!MemoryError.isInstance(error))
    return reply(500, "internal", "The server failed. Its log names the request.", requestId);
  const isFull = error.code === "store_failed" && error.details["sqlite"] === SQLITE_FULL;
  const given = error.details["status"];
  const isOwnStatus = error.details["http"] === true && typeof given === "number";
  const status = isOwnStatus ? given : isFull ? 507 : STATUS[error.code];
  const { retryAfterSeconds } = error.details;
  const wait = typeof retryAfterSeconds === "number" ? { "Retry-After": String(Math.ceil(retryAfterSeconds)) } : {};
  return { ...reply(status, error.code, error.message, requestId), headers: wait };
}

/** An error of HTTP itself: a status that none of the codes has. */
export function httpError(
  status: number,
  code: MemoryErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): MemoryError {
  return new MemoryError(code, message, { details: { ...details, http: true, status } });
}

function reply(status: number, code: string, text: string, requestId: string): ErrorReply {
  return { status, body: { code, error: text, detail: text, message: text, request_id: requestId }, headers: {} };
}
