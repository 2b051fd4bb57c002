import type { DocumentReader } from "../../ports/document-reader.ts";
import { decodeText } from "./decode-text.ts";
import { MAX_CHARACTERS } from "./text-output.ts";

/** Markdown, plain text, and data formats that people write: as they are. */
export const textReader: DocumentReader = {
  canRead: (mediaType) =>
    mediaType.startsWith("text/") || /^application\/(?:.*[+])?(?:json|xml|ya?ml|x-yaml)$/u.test(mediaType),
  async read(bytes, signal) {
    signal?.throwIfAborted();
    // A character has at most four bytes: what is beyond the limit is not decoded.
    const text = decodeText(bytes.subarray(0, MAX_CHARACTERS * 4))
      .replaceAll(/\r\n?/gu, "\n")
      .trim();
    if (text.length <= MAX_CHARACTERS && bytes.length <= MAX_CHARACTERS * 4) return { text, warnings: [] };
    return {
      text: text.slice(0, MAX_CHARACTERS).toWellFormed(),
      warnings: [`Only the first ${MAX_CHARACTERS} characters were read.`],
    };
  },
};
