import type { TokenUsage } from "../domain/model-usage.ts";
import type { AddRequest } from "../domain/requests.ts";
import { MemoryError } from "../errors.ts";
import type { AddResult } from "./add-result.ts";
import { readAttachmentPart } from "./attachment-part.ts";
import type { Engine } from "./engine.ts";
import { findReplays } from "./find-replays.ts";
import { appendAttachments, prepareMessages } from "./prepare-messages.ts";
import type { PreparedMessage, PreparedMessages } from "./prepare-messages.ts";
import { readAttachments } from "./read-attachments.ts";

/** Most time for all attachments of one add. */
const READ_MS = 120_000;

/** The messages of an add with what their attachments say, and what describing images took. */
export interface MessagesWithAttachments extends PreparedMessages {
  readonly usage: AddResult["usage"];
  /** How long it took. */
  readonly milliseconds: number;
}

/** True when there is something to fetch or to read: an image or a document. Direct imports keep them unread. */
export function hasReadableParts({ infer, messages }: AddRequest): boolean {
  return infer && messages.some(({ attachments }) => attachments?.some((part) => readAttachmentPart(part) !== null));
}

/**
 * Messages as they are stored, with what their images show and their documents say. What is stored already is not read
 * again, and what cannot be read never fails the add. Nothing is locked meanwhile.
 * @throws MemoryError `aborted` by the caller's signal.
 */
export async function prepareWithAttachments(engine: Engine, request: AddRequest): Promise<MessagesWithAttachments> {
  const start = performance.now();
  const prepared = await prepareMessages(engine, request);
  const replays = await findReplays(engine, request, prepared.messages);
  const usage = { modelCalls: 0, inputTokens: 0, outputTokens: 0 };
  const reader = await engine.attachmentReader(request.scope, (tokens: TokenUsage) => {
    usage.modelCalls += 1;
    usage.inputTokens += tokens.inputTokens;
    usage.outputTokens += tokens.outputTokens;
  });
  const { limit, stop } = limitReading(engine.shutdown);
  const messages: PreparedMessage[] = [];
  const warnings = [...prepared.warnings];
  try {
    for (const [index, message] of prepared.messages.entries()) {
      const { attachments, said } = message;
      if (attachments === null || replays[index] !== null) {
        messages.push(message);
        continue;
      }
      const ends = { signal: request.signal, limit };
      const read = await readAttachments(reader, { text: said, attachments: attachments.parts }, ends);
      const appended = await appendAttachments(engine, message, read.text);
      messages.push(appended.message);
      warnings.push(...read.warnings, ...appended.warnings);
    }
  } finally {
    stop();
  }
  return { messages, warnings: [...new Set(warnings)], usage, milliseconds: performance.now() - start };
}

/** Ends the reading after its time, or when the store is closed, and says which. */
function limitReading(shutdown: AbortSignal): { readonly limit: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const end = (why: string) => () => {
    controller.abort(new MemoryError("timeout", why));
  };
  const timer = setTimeout(end(`All attachments of an add together may take ${READ_MS} ms.`), READ_MS);
  const close = end("The store was closed meanwhile.");
  shutdown.addEventListener("abort", close);
  if (shutdown.aborted) close();
  return {
    limit: controller.signal,
    stop: () => {
      clearTimeout(timer);
      shutdown.removeEventListener("abort", close);
    },
  };
}
