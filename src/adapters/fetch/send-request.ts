import { Agent as HttpAgent, request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { invalidInput, MemoryError } from "../../errors.ts";
import { checkedLookup, resolveHost } from "./checked-lookup.ts";
import type { ResolveHost } from "./checked-lookup.ts";
import { checkUrl } from "./check-url.ts";
import type { PrivateAddresses } from "./check-url.ts";
import { readBody } from "./read-body.ts";

export interface RequestGuard {
  /** Default false: public addresses only. */
  readonly allowPrivateAddresses?: PrivateAddresses;
  /** In place of the system's resolver; for tests. */
  readonly resolve?: ResolveHost;
}

export interface OutgoingRequest {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** Most bytes of the answer's body. */
  readonly maxBytes: number;
  readonly connectMs: number;
  /** Ends the request, its time limit included. */
  readonly signal: AbortSignal;
}

export interface IncomingAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. Empty for a redirect: what comes with it is of no use. */
  readonly body: Uint8Array;
}

/**
 * One request to a host that may be reached, on a connection of its own, straight to an address that was checked: no
 * proxy, no cookies, no redirects followed.
 * @throws MemoryError as ContentFetcher.fetch does.
 */
export async function sendRequest(
  target: string | URL,
  request: OutgoingRequest,
  { allowPrivateAddresses = false, resolve = resolveHost }: RequestGuard = {},
): Promise<IncomingAnswer> {
  const url = checkUrl(target, allowPrivateAddresses);
  const isSecure = url.protocol === "https:";
  // An agent of its own: kept connections were opened for other hosts, and the global agent may know a proxy.
  const agent = isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const options: RequestOptions = {
    method: request.method ?? "GET",
    headers: { "accept-encoding": "identity", ...request.headers },
    agent,
    lookup: checkedLookup(resolve, allowPrivateAddresses),
    maxHeaderSize: 32_768,
  };
  try {
    const response = await open(isSecure ? httpsRequest : httpRequest, url, options, request);
    const status = response.statusCode ?? 0;
    try {
      const isRedirect = status >= 300 && status < 400;
      const body = isRedirect ? new Uint8Array() : await readBody(response, request.maxBytes, request.signal);
      return { status, headers: response.headers, body };
    } finally {
      response.destroy();
    }
  } catch (error) {
    throw explain(error, url, request.signal);
  } finally {
    agent.destroy();
  }
}

function open(
  send: typeof httpRequest,
  url: URL,
  options: RequestOptions,
  { body, connectMs, signal }: OutgoingRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const request = send(url, options);
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      reject(error as Error);
      request.destroy();
    };
    const onAbort = (): void => {
      fail(signal.reason);
    };
    const timer = setTimeout(() => {
      fail(new MemoryError("timeout", `${url.host} gave no connection within ${connectMs} ms.`, { retryable: true }));
    }, connectMs);
    signal.addEventListener("abort", onAbort, { once: true });
    request.on("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        clearTimeout(timer);
      });
    });
    // Stays for the whole life of the request: an error nobody listens to would end the process.
    request.on("error", fail);
    request.on("response", (response) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(response);
    });
    request.end(body);
  });
}

function explain(error: unknown, url: URL, signal: AbortSignal): MemoryError {
  if (MemoryError.isInstance(error)) return error;
  if (signal.aborted) {
    const isTimeout = (signal.reason as { name?: unknown } | null)?.name === "TimeoutError";
    return isTimeout
      ? new MemoryError("timeout", `${url.host} did not answer in full within the time limit.`, {
          retryable: true,
          cause: error,
        })
      : new MemoryError("aborted", `The request to ${url.host} was ended.`, { cause: error });
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOTFOUND") return invalidInput(`There is no host ${url.hostname}.`, { host: url.hostname });
  return new MemoryError("provider_failed", `${url.host} could not be asked: ${code ?? message}.`, {
    retryable: true,
    cause: error,
  });
}
