/** Most that one fetch may take; redirects are part of it. */
export interface FetchLimits {
  /** Of the content, after decompression. */
  readonly maxBytes: number;
  /** From the look-up of the name to the open connection, for each host. */
  readonly connectMs: number;
  /** From the call to the last byte, redirects included. */
  readonly totalMs: number;
  readonly maxRedirects: number;
}

export interface FetchedContent {
  readonly bytes: Uint8Array;
  /** IANA media type as the bytes show it, lower case, without parameters: what the server says is only a hint. */
  readonly mediaType: string;
  /** Where it came from in the end; of a `data:` URL only its head. */
  readonly finalUrl: string;
}

/** Gets what a URL names. Who implements it decides which addresses may be reached. */
export interface ContentFetcher {
  /**
   * @param url `http:`, `https:` or `data:`.
   * @throws MemoryError `invalid_input` (no such URL, an address that is not public, too large), `provider_failed`
   * (the server's answer; `details.status`; `retryable`), `timeout`, `aborted`.
   */
  fetch(url: string, limits?: Partial<FetchLimits>, signal?: AbortSignal): Promise<FetchedContent>;
}
