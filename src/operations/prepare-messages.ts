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
  /** What was said, and after an empty line what the attachments say. */
  readonly text: string;
  /** What was said alone: it tells a repeat. */
  readonly said: string;
  /** When it was said, epoch milliseconds; null: now. */
  readonly saidAt: number | null;
  /** Non-text content parts as given, and the same as JSON. */
  readonly attachments: { readonly parts: readonly unknown[]; readonly json: string } | null;
  /** Parts that repeat what was recalled: kept as evidence, but no facts come of them. */
  readonly recalled: readonly Span[];
  /** Parts that nobody said: facts may come of them, instructions never. */
  readonly untrusted: readonly Span[];
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
export async function prepareMessages(engine: Engine, request: AddRequest): Promise<PreparedMessages> {
  const messages: PreparedMessage[] = [];
  const maskedKinds = new Set<string>();
  for (const { role, name, text: given, attachments, saidAt } of request.messages) {
    if (!request.infer && role === "system") continue;
    const text = await cleanText(engine, given, maskedKinds);
    if (text.trim() === "" && attachments === null) continue;
    const json = attachments === null ? "" : JSON.stringify(attachments);
    if (json.length > STEP) await pause();
    messages.push({
      role,
      name,
      text,
      said: text,
      saidAt: saidAt ?? request.saidAt,
      attachments: attachments === null ? null : { parts: attachments, json },
      recalled: request.infer ? await inTurns(findRecalled(engine.guard, text)) : [],
      untrusted: request.isUntrusted ? [{ start: 0, end: text.length }] : [],
    });
  }
  return { messages, warnings: warnOfSecrets(maskedKinds) };
}

/**
 * A message with what its attachments say behind what was said: cleaned like it, and apart from it, so that neither
 * changes how the other is read. It is cut where the message would become too long; what was said never is.
 */
export async function appendAttachments(
  engine: Engine,
  message: PreparedMessage,
  read: string,
): Promise<{ readonly message: PreparedMessage; readonly warnings: readonly string[] }> {
  const maskedKinds = new Set<string>();
  const text = await cleanText(engine, read, maskedKinds);
  const warnings = warnOfSecrets(maskedKinds);
  const opening = message.said.trim() === "" ? "" : `${message.said}\n\n`;
  const room = Math.max(0, engine.settings.maxMessageCharacters - opening.length);
  if (text.length > room)
    warnings.push(
      `Of what the attachments of a message say, ${room} of ${text.length} characters were kept: ` +
        `a message has at most ${engine.settings.maxMessageCharacters} (setting maxMessageCharacters).`,
    );
  const kept = text
    .slice(0, room)
    .replace(/\p{Cs}$/u, "")
    .trimEnd();
  if (kept === "") return { message, warnings };
  const start = opening.length;
  const recalled = (await inTurns(findRecalled(engine.guard, kept))).map((span) => ({
    start: span.start + start,
    end: span.end + start,
  }));
  const appended = {
    ...message,
    text: opening + kept,
    recalled: [...message.recalled, ...recalled],
    untrusted: [...message.untrusted, { start, end: start + kept.length }],
  };
  return { message: appended, warnings };
}

async function cleanText({ settings }: Engine, given: string, maskedKinds: Set<string>): Promise<string> {
  const unfenced = stripRecallFences(given.toWellFormed().replaceAll("\u0000", "\u{FFFD}"));
  const { text } = dropPrivateSpans(unfenced.text);
  if (!settings.maskSecrets) return text;
  const masked = await inTurns(maskSecretsInSteps(text));
  for (const { kind } of masked.masked) maskedKinds.add(kind);
  return masked.text;
}

function warnOfSecrets(kinds: ReadonlySet<string>): string[] {
  return kinds.size === 0 ? [] : [`Secrets were masked before anything was stored: ${[...kinds].join(", ")}.`];
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
