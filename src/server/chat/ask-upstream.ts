import { MemoryError } from "../../errors.ts";
import type { ChatSettings } from "./chat-settings.ts";

const DEFAULT_TIMEOUT_MS = 600_000;
/** Statuses of the upstream that speak of the caller's request; others are the server's own trouble. */
const CALLERS_OWN = new Set([400, 404, 408, 409, 413, 415, 422, 429, 500, 503]);

/** What the upstream refused, as the caller is told of it. */
export interface Refusal {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Hands a request on: to "chat/completions" with its body, to "models" without one. @returns the upstream's answer, body unread, or its refusal in its own words.
 * @throws MemoryError `provider_failed`, `timeout`, or `aborted` when the caller has gone.
 */
export async function askUpstream(
  { baseURL, apiKey, timeoutMs = DEFAULT_TIMEOUT_MS }: ChatSettings,
  { path, body }: { readonly path: "chat/completions" | "models"; readonly body?: object },
  gone: AbortSignal,
): Promise<{ readonly response: Response } | { readonly refusal: Refusal }> {
  const headers = {
    "content-type": "application/json",
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  const signal = AbortSignal.any([gone, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(`${baseURL.replace(/\/$/u, "")}/${path}`, {
      headers,
      signal,
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    return response.ok ? { response } : { refusal: await readRefusal(response) };
  } catch (error) {
    throw upstreamError(error, gone);
  }
}

/** An error of the connection to the upstream in words of ours; its own may quote what was sent. */
export function upstreamError(error: unknown, gone: AbortSignal): MemoryError {
  if (MemoryError.isInstance(error)) return error;
  if (gone.aborted) return new MemoryError("aborted", "The caller has gone.", { cause: error });
  if ((error as { name?: unknown } | null)?.name === "TimeoutError")
    return new MemoryError("timeout", "The chat upstream did not answer within the time limit.", {
      retryable: true,
      cause: error,
    });
  return new MemoryError("provider_failed", "The chat upstream cannot be reached, or broke off its answer.", {
    retryable: true,
    cause: error,
  });
}

async function readRefusal(response: Response): Promise<Refusal> {
  const { status } = response;
  const text = await response.text();
  if (!CALLERS_OWN.has(status)) {
    const isKey = status === 401 || status === 403;
    throw new MemoryError(
      "provider_failed",
      isKey
        ? `The chat upstream refuses the server's key (${status}): set chat.apiKey.`
        : `The chat upstream answered ${status}.`,
      { retryable: !isKey },
    );
  }
  const wait = response.headers.get("retry-after");
  return { status, json: parsed(text, status), headers: wait === null ? {} : { "Retry-After": wait } };
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page of HTML says nothing to a client.
    return { error: { message: `The chat upstream answered ${status}.`, type: "upstream_error", code: null } };
  }
}
