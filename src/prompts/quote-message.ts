import type { ExtractionMessage } from "../domain/extracted-fact.ts";

/** Characters of one message that a model is shown: what is longer is a document, and stays evidence. */
const MAX_CHARACTERS = 12_000;
/** Of all messages together. */
const MAX_TOTAL = 160_000;
/** What a tool or the system says gives no facts; its head is enough to understand what follows. */
const MAX_MACHINE = 400;
/** However many messages share the total. */
const LEAST = 400;

/**
 * Signs that a reader may take for the end of the quoted place or not see at all: line separators, direction marks,
 * invisible letters, and the openings of the role marks that some servers cut out of texts.
 */
const UNSAFE = /[\p{Cf}\p{Cc}\p{VS}\u2028\u2029]|<(?=[|/\p{L}!｜])|\[(?=\/?(?:INST|SYS))|(?<=<)\||`(?=`)/gu;

/** A text as JSON on one line: parses back to the same text, and nothing in it can end its quotes. */
export function quoteText(text: string): string {
  return quoteJson(text);
}

/** Any value as JSON on one line, its texts as safe as those of `quoteText`. */
export function quoteJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(UNSAFE, escapeSign);
}

function escapeSign(sign: string): string {
  let escaped = "";
  for (let index = 0; index < sign.length; index += 1)
    escaped += `\\u${sign.charCodeAt(index).toString(16).padStart(4, "0")}`;
  return escaped;
}

/** A time within this of the last one that is shown is not shown again: a session's lines differ by seconds. */
const SAME_TIME_MS = 15 * 60_000;

/** Messages as one line of JSON each: role, name, when it was said (UTC), text up to its limit of characters. */
export function quoteMessages(messages: readonly ExtractionMessage[], limits: readonly number[]): string[] {
  let shown = Number.NEGATIVE_INFINITY;
  return messages.map((message, index) => {
    const isSame = Math.abs(message.saidAt - shown) < SAME_TIME_MS;
    if (!isSame) shown = message.saidAt;
    return quoteMessage(message, limits[index] ?? LEAST, !isSame);
  });
}

function quoteMessage(message: ExtractionMessage, limit: number, showsTime: boolean): string {
  const parts = [`"role":"${message.role}"`];
  const name = message.name?.trim();
  if (name !== undefined && name !== "") parts.push(`"name":${quoteText(name.slice(0, 100))}`);
  if (showsTime) parts.push(`"time":"${isoMinute(message.saidAt)}"`);
  parts.push(`"text":${quoteText(cut(message.text, limit))}`);
  return `{${parts.join(",")}}`;
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // A pair of surrogates stays together.
  const code = text.charCodeAt(limit - 1);
  return `${text.slice(0, code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit)} […]`;
}

function isoMinute(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16)}Z`;
}

/** How many characters of each message are shown, in their order. */
export function limitsOf(messages: readonly ExtractionMessage[], showsMachines: boolean): number[] {
  const share = Math.max(LEAST, Math.floor(MAX_TOTAL / Math.max(1, messages.length)));
  const most = Math.min(MAX_CHARACTERS, messages.length * MAX_CHARACTERS > MAX_TOTAL ? share : MAX_CHARACTERS);
  return messages.map(({ role }) => (!showsMachines && (role === "tool" || role === "system") ? MAX_MACHINE : most));
}
