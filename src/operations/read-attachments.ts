import { MemoryError } from "../errors.ts";
import { DESCRIBE_IMAGE_INSTRUCTIONS, IMAGE_ANSWER_TOKENS, renderDescribeImage } from "../prompts/describe-image.ts";
import type { ContentFetcher, FetchedContent } from "../ports/content-fetcher.ts";
import type { DocumentReader } from "../ports/document-reader.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../ports/language-model.ts";
import { readAttachmentPart } from "./attachment-part.ts";
import type { AttachmentPart } from "./attachment-part.ts";

/** Images and documents of one message that are read; the rest is kept unread. */
const MAX_PARTS = 10;
/** How many of them are read at a time. */
const AT_A_TIME = 3;
/** Characters of one description. */
const MAX_DESCRIPTION = 4_000;
/** What models that see can be shown. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export interface AttachmentReader {
  readonly fetcher: ContentFetcher;
  readonly readers: readonly DocumentReader[];
  /** Asks the configured language model; left out: there is none. */
  readonly generate?: (call: LanguageModelCall) => Promise<LanguageModelAnswer>;
  /** False: the model is not asked. Left out: not known, tried. */
  readonly canSeeImages?: boolean;
}

export interface ReadingEnds {
  /** The caller's: ends the add. */
  readonly signal: AbortSignal | null;
  /** Ends the reading: what is not read by then is kept unread. Its reason's message says why. */
  readonly limit: AbortSignal;
}

export interface AttachmentText {
  /**
   * What the attachments say, "" when nothing: "[document name]" with its text below, and "[image: …]", parted by empty lines. All
   * of it is untrusted: nobody in the conversation said it.
   */
  readonly text: string;
  /** Why something was not read, in whole sentences. */
  readonly warnings: readonly string[];
}

/** A message as far as it matters here. */
export interface MessageWithAttachments {
  readonly text: string;
  readonly attachments: readonly unknown[];
}

/**
 * The text of the documents of a message, and what its images show as the language model describes them. Whatever
 * cannot be read is said in a warning, and the message is kept with the part as it came: this fails only when the
 * caller's signal ends it.
 * @throws MemoryError `aborted`.
 */
export async function readAttachments(
  reader: AttachmentReader,
  message: MessageWithAttachments,
  ends: ReadingEnds,
): Promise<AttachmentText> {
  const parts = message.attachments.map(readAttachmentPart).filter((part) => part !== null);
  const texts: string[] = [];
  const warnings: string[] = [];
  if (parts.length > MAX_PARTS)
    warnings.push(`Only the first ${MAX_PARTS} of ${parts.length} images and documents of a message were read.`);
  for (let from = 0; from < Math.min(parts.length, MAX_PARTS); from += AT_A_TIME) {
    const some = parts.slice(from, Math.min(from + AT_A_TIME, MAX_PARTS));
    for (const read of await Promise.all(some.map((part) => tryPart(reader, part, message.text, ends)))) {
      if (read.text !== "") texts.push(read.text);
      warnings.push(...read.warnings);
    }
  }
  return { text: texts.join("\n\n"), warnings };
}

/** What one part says, or a warning in its place. */
async function tryPart(
  reader: AttachmentReader,
  part: AttachmentPart,
  said: string,
  { signal, limit }: ReadingEnds,
): Promise<AttachmentText> {
  const label = part.name === "" ? `The ${part.kind}` : `The ${part.kind} ${part.name}`;
  const ended = signal === null ? limit : AbortSignal.any([limit, signal]);
  try {
    const { text, warnings } = await readPart(reader, part, said, ended);
    return { text, warnings: warnings.map((warning) => `${label} was not read whole. ${warning}`) };
  } catch (error) {
    if (signal?.aborted === true)
      throw new MemoryError("aborted", "The add was ended while its attachments were read; nothing was stored.", {
        cause: error,
      });
    const reason = limit.aborted ? (limit.reason as Error) : error;
    // A reader or fetcher of the caller's own may throw anything: the message must not be lost for it.
    const why = reason instanceof Error ? reason.message : "Its reader failed.";
    return { text: "", warnings: [`${label} was kept, but not read. ${why}`] };
  }
}

async function readPart(
  reader: AttachmentReader,
  part: AttachmentPart,
  said: string,
  signal: AbortSignal,
): Promise<AttachmentText> {
  signal.throwIfAborted();
  if (part.text !== undefined) return { text: asDocument(part.name, part.text), warnings: [] };
  if (part.url === undefined)
    throw new MemoryError(
      "invalid_input",
      "Expected a URL or base64 content, got a reference that only its service knows.",
    );
  // No model that sees: nothing is fetched in vain.
  if (part.kind === "image") seeingModel(reader);
  const content = await reader.fetcher.fetch(part.url, {}, signal);
  if (content.mediaType.startsWith("image/")) return describe(reader, content, said, signal);
  if (part.kind === "image") throw new MemoryError("invalid_input", `Expected an image, got ${content.mediaType}.`);
  return readDocument(reader, content, part.name, signal);
}

async function readDocument(
  { readers }: AttachmentReader,
  { bytes, mediaType }: FetchedContent,
  name: string,
  signal: AbortSignal,
): Promise<AttachmentText> {
  const reader = readers.find((each) => each.canRead(mediaType, name));
  if (reader === undefined)
    throw new MemoryError("invalid_input", `Expected PDF, DOCX, Markdown, HTML or text, got ${mediaType}.`);
  const { text, warnings } = await reader.read(bytes, signal);
  return { text: asDocument(name, text), warnings };
}

async function describe(
  reader: AttachmentReader,
  { bytes, mediaType }: FetchedContent,
  said: string,
  signal: AbortSignal,
): Promise<AttachmentText> {
  const generate = seeingModel(reader);
  if (!SHOWN.has(mediaType))
    throw new MemoryError("invalid_input", `Expected PNG, JPEG, GIF or WebP, got ${mediaType}.`);
  const { text, finishReason } = await generate({
    purpose: "image",
    instructions: DESCRIBE_IMAGE_INSTRUCTIONS,
    prompt: renderDescribeImage(said),
    images: [{ mediaType, data: bytes }],
    maxOutputTokens: IMAGE_ANSWER_TOKENS,
    signal,
  });
  const description = text.replaceAll(/\s+/gu, " ").trim().slice(0, MAX_DESCRIPTION).toWellFormed();
  if (description === "" || finishReason === "refusal")
    throw new MemoryError("provider_invalid_output", "The language model gave no description.");
  return { text: `[image: ${description}]`, warnings: [] };
}

/** @throws MemoryError `invalid_input` when no model is configured that can see. */
function seeingModel({ generate, canSeeImages }: AttachmentReader): NonNullable<AttachmentReader["generate"]> {
  if (generate === undefined)
    throw new MemoryError("invalid_input", "No language model is configured: set llm to one that can see images.");
  if (canSeeImages === false)
    throw new MemoryError("invalid_input", "The language model cannot see images: set llm to one that can.");
  return generate;
}

/** The mark has a line of its own: it must not become a part of the first sentence. */
function asDocument(name: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  return `[document${name === "" ? "" : ` ${name}`}]\n${trimmed}`;
}
