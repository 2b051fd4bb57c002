import { MemoryError } from "../errors.ts";
import { DESCRIBE_IMAGE_INSTRUCTIONS, IMAGE_ANSWER_TOKENS, renderDescribeImage } from "../prompts/describe-image.ts";
import type { ContentFetcher, FetchedContent } from "../ports/content-fetcher.ts";
import type { DocumentReader } from "../ports/document-reader.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../ports/language-model.ts";
import { readAttachmentPart } from "./attachment-part.ts";
import type { AttachmentPart } from "./attachment-part.ts";

/** Images and documents of one message that are read; the rest is kept unread. */
const MAX_PARTS = 10;
/** Most time for all of them together. */
const READ_MS = 120_000;
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
  readonly signal?: AbortSignal;
}

export interface AttachmentText {
  /**
   * What the attachments say, "" when nothing: "[document name: …]" and "[image: …]", parted by empty lines. All of it is
   * untrusted: nobody in the conversation said it.
   */
  readonly text: string;
  /** Why something was not read, in whole sentences. */
  readonly warnings: readonly string[];
}

/** A message as far as it matters here. */
export interface MessageWithAttachments {
  readonly text: string;
  readonly attachments: readonly unknown[] | null;
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
): Promise<AttachmentText> {
  const parts = (message.attachments ?? []).map(readAttachmentPart).filter((part) => part !== null);
  const texts: string[] = [];
  const warnings: string[] = [];
  if (parts.length > MAX_PARTS)
    warnings.push(`Only the first ${MAX_PARTS} of ${parts.length} images and documents of a message were read.`);
  const limit = AbortSignal.timeout(READ_MS);
  const signal = reader.signal === undefined ? limit : AbortSignal.any([limit, reader.signal]);
  for (const part of parts.slice(0, MAX_PARTS)) {
    const label = part.name === "" ? `The ${part.kind}` : `The ${part.kind} ${part.name}`;
    try {
      const read = await readPart({ ...reader, signal }, part, message.text);
      if (read.text !== "") texts.push(read.text);
      for (const warning of read.warnings) warnings.push(`${label} was not read whole. ${warning}`);
    } catch (error) {
      if (reader.signal?.aborted === true)
        throw new MemoryError("aborted", "The add was ended while its attachments were read; nothing was stored.", {
          cause: error,
        });
      warnings.push(`${label} was kept, but not read. ${reasonOf(error, limit)}`);
    }
  }
  return { text: texts.join("\n\n"), warnings };
}

function reasonOf(error: unknown, limit: AbortSignal): string {
  if (limit.aborted) return `All of them together may take ${READ_MS} ms.`;
  // A reader or fetcher of the caller's own may throw anything: the message must not be lost for it.
  return error instanceof Error ? error.message : "Its reader failed.";
}

async function readPart(reader: AttachmentReader, part: AttachmentPart, said: string): Promise<AttachmentText> {
  if (part.text !== undefined) return { text: asDocument(part.name, part.text), warnings: [] };
  if (part.url === undefined)
    throw new MemoryError(
      "invalid_input",
      "Expected a URL or base64 content, got a reference that only its service knows.",
    );
  // No model that sees: nothing is fetched in vain.
  if (part.kind === "image") seeingModel(reader);
  const content = await reader.fetcher.fetch(part.url, {}, reader.signal);
  if (content.mediaType.startsWith("image/")) return describe(reader, content, said);
  if (part.kind === "image") throw new MemoryError("invalid_input", `Expected an image, got ${content.mediaType}.`);
  return readDocument(reader, content, part.name);
}

async function readDocument(
  { readers, signal }: AttachmentReader,
  { bytes, mediaType }: FetchedContent,
  name: string,
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
    ...(reader.signal === undefined ? {} : { signal: reader.signal }),
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

function asDocument(name: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  return name === "" ? `[document: ${trimmed}]` : `[document ${name}: ${trimmed}]`;
}
