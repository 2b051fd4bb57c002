import { invalidInput, MemoryError } from "../../errors.ts";
import type { ContentFetcher, FetchedContent, FetchLimits } from "../../ports/content-fetcher.ts";
import { decodeDataUrl } from "./data-url.ts";
import { sendRequest } from "./send-request.ts";
import type { IncomingAnswer, RequestGuard } from "./send-request.ts";
import { sniffMediaType } from "./sniff-media-type.ts";

export const FETCH_LIMITS: FetchLimits = {
  maxBytes: 20 * 1024 * 1024,
  connectMs: 5_000,
  totalMs: 15_000,
  maxRedirects: 3,
};

export interface ContentFetcherOptions extends RequestGuard {
  /** In place of FETCH_LIMITS; a call's own come on top. */
  readonly limits?: Partial<FetchLimits>;
}

/** Gets http, https and data URLs. Each host on the way, redirects included, has to be one that may be reached. */
export function createContentFetcher(options: ContentFetcherOptions = {}): ContentFetcher {
  return {
    async fetch(url, limits, signal) {
      const most = { ...FETCH_LIMITS, ...options.limits, ...limits };
      if (!/^data:/iu.test(url)) return fetchContent(url, most, options, signal);
      const { bytes, mediaType } = decodeDataUrl(url, most.maxBytes);
      return { bytes, mediaType: sniffMediaType(bytes, mediaType), finalUrl: url.slice(0, url.indexOf(",")) };
    },
  };
}

async function fetchContent(
  url: string,
  limits: FetchLimits,
  guard: RequestGuard,
  signal: AbortSignal | undefined,
): Promise<FetchedContent> {
  const timeout = AbortSignal.timeout(limits.totalMs);
  const ended = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  let target = url;
  for (let redirects = 0; ; redirects += 1) {
    const headers = { accept: "*/*", "user-agent": "recollect" };
    const request = { headers, maxBytes: limits.maxBytes, connectMs: limits.connectMs, signal: ended };
    const answer = await sendRequest(target, request, guard);
    const next = nextTarget(target, answer);
    if (next === null) return toContent(target, answer);
    if (redirects >= limits.maxRedirects)
      throw invalidInput(`${hostIn(url)} redirects more than ${limits.maxRedirects} times.`);
    // A page that was asked for safely is not to be swapped for one that anybody on the way can write.
    if (new URL(target).protocol === "https:" && new URL(next).protocol === "http:")
      throw invalidInput(`${hostIn(target)} redirects from https to http, which is not followed.`);
    target = next;
  }
}

function nextTarget(target: string, { status, headers }: IncomingAnswer): string | null {
  if (status < 300 || status >= 400) return null;
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, target))
    throw new MemoryError("provider_failed", `${hostIn(target)} answered ${status} without saying where to go.`, {
      details: { status },
    });
  const next = new URL(location, target);
  if (next.protocol !== "http:" && next.protocol !== "https:")
    throw invalidInput(`${hostIn(target)} redirects to a URL with "${next.protocol}", which is not followed.`);
  return next.href;
}

function toContent(url: string, { status, headers, body }: IncomingAnswer): FetchedContent {
  if (status < 200 || status >= 300) {
    throw new MemoryError("provider_failed", `${hostIn(url)} answered ${status}.`, {
      details: { status },
      retryable: status === 429 || status >= 500,
    });
  }
  return { bytes: body, mediaType: sniffMediaType(body, headers["content-type"]), finalUrl: url };
}

function hostIn(url: string): string {
  return new URL(url).host;
}
