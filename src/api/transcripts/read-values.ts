import type { Role } from "../../domain/memory.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const roleWords: ReadonlyMap<string, Role> = new Map([
  ["user", "user"],
  ["human", "user"],
  ["me", "user"],
  ["you", "user"],
  ["assistant", "assistant"],
  ["ai", "assistant"],
  ["model", "assistant"],
  ["bot", "assistant"],
  ["chatbot", "assistant"],
  ["chatgpt", "assistant"],
  ["claude", "assistant"],
  ["gemini", "assistant"],
  ["copilot", "assistant"],
  ["system", "system"],
  ["developer", "system"],
  ["tool", "tool"],
  ["function", "tool"],
]);

/** The role that a word stands for in the transcripts people keep; `undefined` for a person's name. */
export function roleOf(word: string): Role | undefined {
  return roleWords.get(word.trim().toLowerCase());
}

/**
 * The text of a message: a string, or content parts of which the text parts are joined by line breaks. Pictures, files
 * and tool calls hold no text and are passed over. Blank text counts as none.
 */
export function textOf(content: unknown): string | undefined {
  const text = Array.isArray(content) ? content.flatMap((part) => partText(part) ?? []).join("\n") : partText(content);
  return text === undefined || text.trim() === "" ? undefined : text;
}

function partText(part: unknown): string | undefined {
  if (typeof part === "string") return part;
  if (!isObject(part)) return undefined;
  const text = part["text"];
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
}

// Past the year 5000 in seconds, 1973 in milliseconds: nothing that was said has a time in between.
const firstMilliseconds = 100_000_000_000;

/**
 * A time as Unix seconds: a number of seconds or milliseconds, the same as digits in a string, or an ISO date. A date
 * without a time zone is UTC, so that the same file gives the same times on every machine. `undefined` when it is none.
 */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? wholeSeconds(value) : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^\d{9,13}(?:\.\d+)?$/u.test(text)) return wholeSeconds(Number(text));
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/iu.exec(
    text,
  );
  if (match === null) return undefined;
  const [, day = "", time = "00:00", zone = "Z"] = match;
  const offset = zone.toUpperCase() === "UTC" ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})$/u, "$1:$2");
  const milliseconds = Date.parse(`${day}T${time}${offset}`);
  // Date.parse turns 30 February into 1 March.
  const isRealDay = new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(8));
  return Number.isNaN(milliseconds) || !isRealDay ? undefined : Math.floor(milliseconds / 1000);
}

function wholeSeconds(value: number): number {
  return Math.floor(value >= firstMilliseconds ? value / 1000 : value);
}

/** A value as it may stand in an error message: short, on one line. */
export function quoteValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 60 ? `"${line.slice(0, 57)}..."` : `"${line}"`;
}
