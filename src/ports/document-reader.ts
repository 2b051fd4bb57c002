export interface DocumentText {
  /** Lines end in "\n"; headings carry "#" and list items "- " where the format tells them apart. May be empty. */
  readonly text: string;
  /** What was left out, in whole sentences. */
  readonly warnings: readonly string[];
}

/** Gets the text out of one kind of document. What the document says is untrusted. */
export interface DocumentReader {
  /** @param name File name or the end of a URL's path; may be empty. */
  canRead(mediaType: string, name: string): boolean;
  /**
   * @throws MemoryError `invalid_input` (damaged, encrypted or larger than is safe), `missing_dependency` (with the
   * install command), `timeout`, `aborted`.
   */
  read(bytes: Uint8Array, signal?: AbortSignal): Promise<DocumentText>;
}
