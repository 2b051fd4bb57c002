import { MemoryError } from "../errors.ts";
import type { MemoryErrorCode } from "../errors.ts";
import { toCamelCase } from "./change-case.ts";

export interface ClientSettings {
  /** "https://memory.example.org", without a slash at the end. */
  readonly host: string;
  readonly apiKey: string;
  /** Most time of one call, retries and pauses included, in milliseconds. */
  readonly timeoutMs: number;
  /** Requests after the first, for failures that may pass. */
  readonly maxRetries: number;
  readonly fetch: typeof fetch;
}

export interface ClientRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Sent with every try of the same call, so that it is done once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 250;

/** Sends a request until it is answered, and gives the answer with its keys in camelCase. @throws MemoryError. */
export async function sendRequest(settings: ClientSettings, request: ClientRequest): Promise<unknown> {
  const response = await openResponse(settings, request);
  const text = await response.text();
  if (text.trim() === "") return null;
  try {
    return toCamelCase(JSON.parse(text));
  } catch (error) {
    throw new MemoryError(
      "provider_invalid_output",
      `${settings.host} answered ${response.status} with something that is no JSON.`,
      { cause: error },
    );
  }
}

/** The same for answers that are read as they come in. */
export async function openResponse(settings: ClientSettings, request: ClientRequest): Promise<Response> {
  const limit = AbortSignal.timeout(settings.timeoutMs);
  const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
  for (let attempt = 0; ; attempt += 1) {
    const failure = await tryOnce(settings, request, signal);
    if (!MemoryError.isInstance(failure)) return failure;
    const isOver = attempt >= settings.maxRetries || !failure.retryable || !isRepeatable(request);
    if (isOver || !(await pause(pauseBefore(failure, attempt), signal)))
      throw limit.aborted ? timedOut(settings) : failure;
  }
}

async function tryOnce(
  settings: ClientSettings,
  request: ClientRequest,
  signal: AbortSignal,
): Promise<Response | MemoryError> {
  const url = new URL(`${settings.host}${request.path}`);
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  try {
    const response = await settings.fetch(url, {
      method: request.method,
      headers: {
        authorization: `Token ${settings.apiKey}`,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...(request.idempotencyKey === undefined ? {} : { "idempotency-key": request.idempotencyKey }),
      },
      ...(request.body === undefined
        ? {}
        : { body: typeof request.body === "string" ? request.body : JSON.stringify(request.body) }),
      signal,
    });
    return response.ok ? response : await refusal(response);
  } catch (error) {
    if (request.signal?.aborted === true)
      return new MemoryError("aborted", "The call was ended by its signal.", { cause: error });
    if (signal.aborted) return timedOut(settings);
    return new MemoryError("provider_failed", `${settings.host} cannot be reached: ${(error as Error).message}.`, {
      retryable: true,
      cause: error,
    });
  }
}

const CODES: Readonly<Record<number, MemoryErrorCode>> = {
  400: "invalid_input",
  401: "unauthorized",
  403: "unauthorized",
  404: "not_found",
  409: "conflict",
  429: "rate_limited",
  507: "store_failed",
};

async function refusal(response: Response): Promise<MemoryError> {
  const text = await response.text();
  let body: { code?: unknown; message?: unknown; error?: unknown; detail?: unknown } = {};
  try {
    body = JSON.parse(text) as typeof body;
  } catch {
    // A proxy in between answers in its own words.
    body = { message: text.slice(0, 300) };
  }
  const { status } = response;
  const code = typeof body.code === "string" ? (body.code as MemoryErrorCode) : (CODES[status] ?? "provider_failed");
  const message = [body.message, body.error, body.detail].find((each) => typeof each === "string") ?? `HTTP ${status}`;
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new MemoryError(code, String(message), {
    retryable: status === 408 || status === 429 || status >= 500,
    details: {
      status,
      requestId: response.headers.get("x-request-id"),
      ...(Number.isFinite(wait) ? { retryAfterMs: wait * 1000 } : {}),
    },
  });
}

/** What would be done twice when sent twice is sent again only under a key. */
function isRepeatable({ method, idempotencyKey, path }: ClientRequest): boolean {
  return method !== "POST" || idempotencyKey !== undefined || /\/(?:search|context)\/$|^\/v3\/memories\/$/u.test(path);
}

function pauseBefore({ details }: MemoryError, attempt: number): number {
  const { retryAfterMs } = details;
  return typeof retryAfterMs === "number" ? retryAfterMs : FIRST_PAUSE_MS * 2 ** attempt * (0.75 + Math.random() / 2);
}

/** False when the signal came first. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isOver: boolean): void => {
      clearTimeout(timer);
      resolve(isOver);
    };
    const timer = setTimeout(() => end(true), milliseconds);
    signal.addEventListener("abort", () => end(false), { once: true });
    if (signal.aborted) end(false);
  });
}

function timedOut({ host, timeoutMs }: ClientSettings): MemoryError {
  return new MemoryError("timeout", `${host} gave no answer within ${timeoutMs} ms.`, { retryable: true });
}
