import { describe, expect, it } from "vitest";
import { MemoryError } from "../errors.ts";
import type { ContentFetcher } from "../ports/content-fetcher.ts";
import type { DocumentReader } from "../ports/document-reader.ts";
import type { LanguageModelCall } from "../ports/language-model.ts";
import { readAttachments } from "./read-attachments.ts";
import type { AttachmentReader, AttachmentText, ReadingEnds } from "./read-attachments.ts";

const text: DocumentReader = {
  canRead: (mediaType) => mediaType === "text/plain",
  read: async (bytes) => ({ text: new TextDecoder().decode(bytes), warnings: [] }),
};

/** Gives the end of the URL's path as the content; its media type by the first letter. */
function fetcherOf(fetched: string[] = []): ContentFetcher {
  return {
    async fetch(url) {
      fetched.push(url);
      const name = url.slice(url.lastIndexOf("/") + 1);
      const mediaType = name.startsWith("i") ? "image/png" : name.startsWith("t") ? "image/tiff" : "text/plain";
      return { bytes: new TextEncoder().encode(name), mediaType, finalUrl: url };
    },
  };
}

function readerOf(more: Partial<AttachmentReader> = {}): AttachmentReader {
  return { fetcher: fetcherOf(), readers: [text], ...more };
}

function answering(answer: string, calls: LanguageModelCall[] = []): NonNullable<AttachmentReader["generate"]> {
  return async (call) => {
    calls.push(call);
    const usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };
    return { text: answer, usage, finishReason: "stop", warnings: [] };
  };
}

const refuse: NonNullable<AttachmentReader["generate"]> = async (call) => ({
  ...(await answering("I cannot")(call)),
  finishReason: "refusal",
});

const document = (name: string): object => ({ type: "txt_url", txt_url: { url: `https://example.org/${name}` } });
const image = (name: string): object => ({ type: "image_url", image_url: { url: `https://example.org/${name}` } });

function read(
  reader: AttachmentReader,
  attachments: unknown[],
  ends: Partial<ReadingEnds> = {},
): Promise<AttachmentText> {
  const limit = new AbortController().signal;
  return readAttachments(reader, { text: "Look", attachments }, { signal: null, limit, ...ends });
}

describe("readAttachments", () => {
  it("gives texts and descriptions in the order of the parts, each marked", async () => {
    const reader = readerOf({ generate: answering(" A  cat\non a mat ") });
    const parts = [document("one"), image("i"), { type: "tool-call" }, document("second")];
    expect(await read(reader, parts)).toEqual({
      text: "[document one]\none\n\n[image: A cat on a mat]\n\n[document second]\nsecond",
      warnings: [],
    });
  });

  it("asks the model about the image and the message beside it, and about nothing else", async () => {
    const calls: LanguageModelCall[] = [];
    const limit = new AbortController();
    await read(readerOf({ generate: answering("A cat", calls) }), [image("i")], { limit: limit.signal });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ purpose: "image", images: [{ mediaType: "image/png" }] });
    expect(calls[0]?.prompt).toContain('"Look"');
    expect(calls[0]?.signal?.aborted).toBe(false);
    limit.abort();
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it("keeps what fails out, says why, and reads the rest", async () => {
    const broken: DocumentReader = {
      canRead: () => true,
      read: async (bytes) => {
        if (bytes.length === 3) throw new MemoryError("invalid_input", "Expected more.");
        if (bytes.length === 4) throw "thrown"; // oxlint-disable-line no-throw-literal -- what a caller's reader may do
        return { text: "fine", warnings: ["Only half of it."] };
      },
    };
    const parts = [document("abc"), document("abcd"), document("abcde"), image("t"), image("d")];
    const reader = readerOf({ readers: [broken], generate: answering("A cat") });
    expect(await read(reader, parts)).toEqual({
      text: "[document abcde]\nfine",
      warnings: [
        "The document abc was kept, but not read. Expected more.",
        "The document abcd was kept, but not read. Its reader failed.",
        "The document abcde was not read whole. Only half of it.",
        "The image t was kept, but not read. Expected PNG, JPEG, GIF or WebP, got image/tiff.",
        "The image d was kept, but not read. Expected an image, got text/plain.",
      ],
    });
  });

  it("sees an image behind a part that calls itself a document", async () => {
    expect((await read(readerOf({ generate: answering("A cat") }), [document("i")])).text).toBe("[image: A cat]");
    const { warnings } = await read(readerOf(), [document("i")]);
    expect(warnings[0]).toContain("No language model is configured");
  });

  it("fetches no image that no model sees", async () => {
    const fetched: string[] = [];
    const reader = readerOf({ fetcher: fetcherOf(fetched), generate: answering("A cat"), canSeeImages: false });
    const { warnings } = await read(reader, [image("i")]);
    expect(warnings).toEqual([
      "The image i was kept, but not read. The language model cannot see images: set llm to one that can.",
    ]);
    expect(fetched).toEqual([]);
  });

  it("takes a refusal and an empty answer for no description", async () => {
    for (const generate of [answering(" "), refuse]) {
      const { text: found, warnings } = await read(readerOf({ generate }), [image("i")]);
      expect(found).toBe("");
      expect(warnings[0]).toContain("gave no description");
    }
  });

  it("reads ten parts, at most three at a time, and says how many were left", async () => {
    let running = 0;
    let most = 0;
    const fetcher: ContentFetcher = {
      async fetch(url) {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
        running -= 1;
        return { bytes: new TextEncoder().encode("x"), mediaType: "text/plain", finalUrl: url };
      },
    };
    const { text: found, warnings } = await read(
      readerOf({ fetcher }),
      Array.from({ length: 12 }, (_, index) => document(`d${index}`)),
    );
    expect(found.match(/\[document d\d+\]/gu)).toHaveLength(10);
    expect(warnings).toEqual(["Only the first 10 of 12 images and documents of a message were read."]);
    expect(most).toBe(3);
  });

  it("ends at the limit with its reason, and with the caller's signal altogether", async () => {
    const fetcher: ContentFetcher = {
      fetch: (_url, _limits, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
        }),
    };
    const limit = new AbortController();
    const limited = read(readerOf({ fetcher }), [document("a"), document("b"), document("c"), document("d")], {
      limit: limit.signal,
    });
    limit.abort(new Error("Time is up."));
    expect(await limited).toEqual({
      text: "",
      warnings: ["a", "b", "c", "d"].map((name) => `The document ${name} was kept, but not read. Time is up.`),
    });
    const caller = new AbortController();
    const ended = read(readerOf({ fetcher }), [document("a")], { signal: caller.signal });
    caller.abort();
    await expect(ended).rejects.toMatchObject({ code: "aborted" });
  });
});
