import { MemoryError } from "../../errors.ts";

export interface FailedRequest {
  /** "openai/gpt-5-mini". */
  readonly name: string;
  /** What must not stand in an error: keys, and the texts that were sent. */
  readonly secrets: readonly (string | undefined)[];
  readonly texts: readonly string[];
  readonly signal: AbortSignal | undefined;
}

const RETRYABLE_STATUS: ReadonlySet<number> = new Set([408, 409, 425, 429]);
const LONGEST_REASON = 300;
/** A run this long that stands in a text that was sent is a quotation of it; looked for at every so many characters. */
const QUOTED_RUN = 16;
const STEP = 8;
/** Keys as providers hand them out, whole or half masked. */
const KEY_LIKE = /\b(?:sk|pk|gsk|xai|AIza|pa|hf|key|Bearer)[-_ ][\w*.-]{8,}/gu;

/**
 * Any failure of a request as one of ours. The original is not its cause: it holds the request with its texts and headers.
 * Retryable: 408, 409, 425, 429, 5xx, what broke on the way, and answers that are no JSON.
 */
export function providerError(error: unknown, request: FailedRequest): MemoryError {
  if (MemoryError.isInstance(error)) return error;
  if (request.signal?.aborted === true) return endedError(request.name, request.signal);
  const { statusCode, responseHeaders, responseBody, data, message } = callErrorOf(error);
  if (statusCode !== undefined && statusCode >= 300) {
    const reason = safeReason(reasonIn(data) ?? reasonInText(responseBody), request);
    const retryAfterMs = retryAfter(responseHeaders ?? {});
    return new MemoryError(
      "provider_failed",
      `${request.name} answered with status ${statusCode}${reason === "" ? "" : `: ${reason}`}.${adviceFor(statusCode)}`,
      {
        retryable: RETRYABLE_STATUS.has(statusCode) || statusCode >= 500,
        details: { status: statusCode, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      },
    );
  }
  if (statusCode !== undefined)
    return new MemoryError(
      "provider_failed",
      `${request.name} gave an answer that cannot be read: it broke off, or is not what this provider's API returns. If it happens again, check baseURL.`,
      { retryable: true, details: { status: statusCode } },
    );
  // A setting that the provider's package looked for itself: a region, a project.
  const name = String((error as { name?: unknown } | null)?.name);
  if (/^AI_Load(?:Setting|APIKey)Error$/u.test(name))
    return new MemoryError("invalid_input", `${request.name}: ${safeReason(message, request)}.`);
  // Checked by the provider's package before anything is sent: a size that the model has not, say.
  if (name === "AI_InvalidArgumentError")
    return new MemoryError(
      "invalid_input",
      `${request.name} was not asked: ${safeReason(message, request)}. Check dimensions and modelProperties.`,
    );
  const code = networkCode(error);
  if (code !== undefined)
    return new MemoryError("provider_failed", `${request.name} could not be reached, or broke off (${code}).`, {
      retryable: true,
      details: { code },
    });
  return new MemoryError("provider_failed", `${request.name} failed: ${safeReason(message, request)}`);
}

/** The signal's own reason where it is one of ours; `timeout` where it is one of a time limit; else `aborted`. */
export function endedError(name: string, signal: AbortSignal): MemoryError {
  // Whoever ended it may say why.
  if (MemoryError.isInstance(signal.reason)) return signal.reason;
  const isTimeout = (signal.reason as { name?: unknown } | null)?.name === "TimeoutError";
  return isTimeout
    ? new MemoryError("timeout", `${name} gave no answer within the time limit.`, { retryable: true })
    : new MemoryError("aborted", `The request to ${name} was aborted by the caller's signal.`);
}

/** Milliseconds out of `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number = Date.now()): number | undefined {
  const milliseconds = Number.parseFloat(headers["retry-after-ms"] ?? "");
  if (milliseconds >= 0) return Math.ceil(milliseconds);
  const text = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

interface CallError {
  readonly statusCode?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string;
  readonly data?: unknown;
  readonly message?: string;
}

/** The AI SDK's APICallError, by its shape: there may be several copies of its class. */
function callErrorOf(error: unknown): CallError {
  return typeof error === "object" && error !== null ? error : {};
}

function networkCode(error: unknown): string | undefined {
  for (let cause: unknown = error, depth = 0; depth < 6; depth += 1) {
    if (typeof cause !== "object" || cause === null) return undefined;
    const { code, cause: next, message, name } = cause as Record<string, unknown>;
    if (typeof code === "string" && /^(?:E[A-Z]+|UND_ERR_\w+|ERR_\w+)$/u.test(code)) return code;
    if (next === undefined && (message === "terminated" || message === "fetch failed")) return message;
    if (next === undefined && (name === "AbortError" || name === "TimeoutError")) return String(name);
    cause = next;
  }
  return undefined;
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return " Check the key, and what it is allowed to do.";
  return status === 404 ? " Check the model's name and baseURL." : "";
}

function reasonInText(body: string | undefined): string {
  if (body === undefined) return "";
  try {
    return reasonIn(JSON.parse(body)) ?? "";
  } catch {
    // An HTML page of a proxy, say: nothing in it is for the reader.
    return "";
  }
}

/** The message in an error body: `{ error: { message } }`, `{ error: "…" }`, `{ message }`, `{ detail }`. */
function reasonIn(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null) return undefined;
  const { error, message, detail } = (Array.isArray(body) ? (body[0] ?? {}) : body) as Record<string, unknown>;
  return [error, message, detail].map(reasonIn).find((text) => text !== undefined && text !== "");
}

/** What a provider says, without keys, and without what it quotes of the request. */
function safeReason(reason: string | undefined, { secrets, texts }: FailedRequest): string {
  let text = (reason ?? "").replaceAll(/\s+/gu, " ").trim().slice(0, LONGEST_REASON);
  for (const secret of secrets) if (secret !== undefined && secret !== "") text = text.replaceAll(secret, "***");
  text = text.replaceAll(KEY_LIKE, "***").replace(/\.$/u, "");
  const plain = texts.map((sent) => sent.replaceAll(/\s+/gu, " "));
  for (let start = 0; start + QUOTED_RUN <= text.length; start += STEP) {
    const run = text.slice(start, start + QUOTED_RUN);
    if (plain.some((sent) => sent.includes(run))) return "(its message quotes the request)";
  }
  return text;
}
