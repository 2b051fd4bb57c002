import type { Role, Span } from "../domain/memory.ts";
import type { AddRequest } from "../domain/requests.ts";
import { maskSecretsInSteps } from "../text/mask-in-steps.ts";
import { dropPrivateSpans } from "../text/private-spans.ts";
import { stripRecallFences } from "../text/recall-fence.ts";
import type { RecallGuard } from "../text/recall-guard.ts";
import { pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";

/** A message as it is stored. */
export interface PreparedMessage {
  readonly role: Role;
  readonly name: string | null;
  readonly text: string;
  readonly attachments: readonly unknown[] | null;
  /** Parts that repeat what was recalled: kept as evidence, but no facts come of them. */
  readonly recalled: readonly Span[];
}

export interface PreparedMessages {
  readonly messages: readonly PreparedMessage[];
  readonly warnings: readonly string[];
}

/** Up to this many characters a step over a text takes a few milliseconds. */
const STEP = 16_000;

/**
 * What may be stored of the messages: our own recall blocks and private spans are cut out, secrets masked.
 * A message of which nothing is left is dropped. With `infer: false` system messages are dropped too, as Mem0 does.
 * Long messages are worked on in steps, between which the event loop gets its turn.
 */
export async function prepareMessages({ guard, settings }: Engine, request: AddRequest): Promise<PreparedMessages> {
  const messages: PreparedMessage[] = [];
  const warnings: string[] = [];
  const maskedKinds = new Set<string>();
  for (const message of request.messages) {
    if (!request.infer && message.role === "system") continue;
    const unfenced = stripRecallFences(message.text.toWellFormed().replaceAll("\u0000", "\u{FFFD}"));
    const open = dropPrivateSpans(unfenced.text);
    const masked = settings.maskSecrets
      ? await inTurns(maskSecretsInSteps(open.text))
      : { text: open.text, masked: [] };
    for (const { kind } of masked.masked) maskedKinds.add(kind);
    if (masked.text.trim() === "" && message.attachments === null) continue;
    messages.push({
      role: message.role,
      name: message.name,
      text: masked.text,
      attachments: message.attachments,
      recalled: request.infer ? await inTurns(findRecalled(guard, masked.text)) : [],
    });
  }
  if (maskedKinds.size > 0)
    warnings.push(`Secrets were masked before anything was stored: ${[...maskedKinds].join(", ")}.`);
  return { messages, warnings };
}

/** The recalled parts of a text, a long one block by block; blocks end at a line. */
function* findRecalled(guard: RecallGuard, text: string): Generator<undefined, Span[], undefined> {
  if (guard.isEmpty) return [];
  const spans: Span[] = [];
  for (let start = 0; start < text.length;) {
    const line = text.length - start <= STEP ? -1 : text.lastIndexOf("\n", start + STEP);
    const end = line > start ? line + 1 : Math.min(text.length, start + STEP);
    for (const span of guard.recalledSpans(text.slice(start, end)))
      spans.push({ start: span.start + start, end: span.end + start });
    start = end;
    if (start < text.length) yield;
  }
  return spans;
}

/** Runs steps to their end; between two the event loop gets its turn. */
async function inTurns<Result>(steps: Generator<undefined, Result, undefined>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}
