import type { AddMessage, AddRequest } from "../domain/requests.ts";
import { isEmptyScope } from "../domain/scope.ts";
import type { Role } from "../domain/memory.ts";
import { invalidInput } from "../errors.ts";
import { copyJson } from "./copy-json.ts";
import { GUIDANCE_OPTION_NAMES, parseGuidance } from "./parse-guidance.ts";
import { parseMetadata } from "./parse-metadata.ts";
import {
  describeValue,
  pick,
  readBoolean,
  readExpiration,
  readOptions,
  readSafely,
  readScope,
  readTime,
  SCOPE_OPTION_NAMES,
  warnUnknown,
} from "./parse-options.ts";
import type { Options } from "./parse-options.ts";

export interface AddLimits {
  readonly maxMessageCharacters: number;
  readonly maxMessages: number;
}

const KNOWN_OPTIONS: readonly string[] = [
  ...SCOPE_OPTION_NAMES,
  "metadata", "filters", "infer", "timestamp", "expirationDate", "expiration_date", "immutable", "pinned", "untrusted", "derivedFrom", "derived_from", "idempotencyKey", "idempotency_key",
  "wait", "signal", "memoryType", "memory_type", ...GUIDANCE_OPTION_NAMES,
]; // prettier-ignore

/** Checks an add in Mem0's words (wire reference 2.2); never changes what it is given. */
export function parseAdd(messages: unknown, input: unknown, limits: AddLimits): AddRequest {
  const options = readOptions(input, "add");
  const warnings = warnUnknown(options, KNOWN_OPTIONS, "add");
  const parsed = parseMessages(messages, limits);
  const scope = addScope(options);
  return {
    messages: parsed,
    scope,
    metadata: parseMetadata(pick(options, "metadata"), warnings),
    infer: readBoolean(options, ["infer"], true),
    expirationDate: readExpiration(options) ?? null,
    saidAt: readTime(pick(options, "timestamp"), "timestamp") ?? null,
    isImmutable: readBoolean(options, ["immutable"], false),
    isPinned: readBoolean(options, ["pinned"], false),
    isUntrusted: readBoolean(options, ["untrusted"], false),
    derivedFrom: readDerivedFrom(options),
    idempotencyKey: readKey(options),
    mode: readMode(options, scope),
    guidance: parseGuidance(options),
    wait: readBoolean(options, ["wait"], true),
    signal: readSignal(options),
    warnings,
  };
}

/** More would be no statement of what a fact follows from. */
const MOST_GROUNDS = 100;

function readDerivedFrom(options: Options): string[] {
  const value = pick(options, "derivedFrom", "derived_from") ?? [];
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  if (ids.length > MOST_GROUNDS || !ids.every((id) => typeof id === "string" && id !== "" && id.length <= 200))
    throw invalidInput(`derivedFrom expects ids of at most ${MOST_GROUNDS} memories, got ${describeValue(value)}.`);
  return [...new Set(ids as string[])];
}

function addScope(options: Options): AddRequest["scope"] {
  const filters = pick(options, "filters");
  // Mem0's add also takes the ids inside `filters`; ids at the top win.
  const nested = filters === undefined || filters === null ? {} : readScope(readOptions(filters, "add filters"));
  const scope = { ...nested, ...readScope(options) };
  if (isEmptyScope(scope)) throw invalidInput("One of the filters: userId, agentId or runId is required!");
  return scope;
}

/** Mem0's `memoryType`; its only value asks for one memory of how an agent did its task. */
function readMode(options: Options, { agentId }: AddRequest["scope"]): AddRequest["mode"] {
  const type = pick(options, "memoryType", "memory_type");
  if (type === undefined || type === null) return "facts";
  if (type !== "procedural_memory") {
    throw invalidInput(`memoryType expects "procedural_memory" or nothing, got ${describeValue(type)}.`);
  }
  if (agentId === undefined)
    throw invalidInput("memoryType procedural_memory needs an agentId: whose procedure it is.");
  return "procedure";
}

function readSignal(options: Options): AbortSignal | null {
  const signal = pick(options, "signal");
  if (signal === undefined || signal === null) return null;
  if (signal instanceof AbortSignal) return signal;
  throw invalidInput(`signal must be an AbortSignal, got ${describeValue(signal)}.`);
}

function readKey(options: Options): string | null {
  const key = pick(options, "idempotencyKey", "idempotency_key");
  if (key === undefined || key === null) return null;
  if (typeof key !== "string" || key.trim() === "" || key.length > 255) {
    throw invalidInput(`idempotencyKey must be a text of 1 to 255 characters, got ${describeValue(key)}.`);
  }
  return key;
}

export function parseMessages(input: unknown, limits: AddLimits): AddMessage[] {
  if (input === undefined || input === null) {
    throw invalidInput("messages is required and cannot be undefined or null. Provide a string or array of messages.");
  }
  if (typeof input === "string") {
    if (input.trim() === "") throw invalidInput("messages string cannot be empty. Provide non-empty content.");
    return [checkSize({ role: "user", name: null, text: input, attachments: null, saidAt: null }, 0, limits)];
  }
  const list = Array.isArray(input) ? (input as unknown[]) : [input];
  if (list.length === 0)
    throw invalidInput("messages array cannot be empty. Provide at least one message with non-empty content.");
  if (list.length > limits.maxMessages)
    throw invalidInput(`messages holds ${list.length} messages, at most ${limits.maxMessages} fit one call. Split it.`);
  // Array.from also visits holes, which map() would skip.
  const messages = Array.from(list, (message, index) => checkSize(parseMessage(message, index), index, limits));
  const filled = messages.filter(({ text, attachments }) => text.trim() !== "" || attachments !== null);
  if (filled.length === 0) {
    throw invalidInput(
      "messages array cannot contain only blank content. Provide at least one message with non-empty content.",
    );
  }
  return filled;
}

function checkSize(message: AddMessage, index: number, limits: AddLimits): AddMessage {
  if (message.text.length > limits.maxMessageCharacters) {
    throw invalidInput(
      `messages[${index}] has ${message.text.length} characters, at most ${limits.maxMessageCharacters} are stored. Split it into several messages.`,
    );
  }
  return message;
}

const ROLES: Readonly<Record<string, Role>> = {
  __proto__: null as never,
  user: "user",
  human: "user",
  assistant: "assistant",
  ai: "assistant",
  system: "system",
  developer: "system",
  tool: "tool",
  function: "tool",
};

function parseMessage(input: unknown, index: number): AddMessage {
  if (typeof input === "string") return { role: "user", name: null, text: input, attachments: null, saidAt: null };
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw invalidInput(`messages[${index}] expects { role, content }, got ${describeValue(input)}.`);
  }
  return readSafely(`messages[${index}]`, () => parseFields(input as Record<string, unknown>, index));
}

function parseFields(fields: Record<string, unknown>, index: number): AddMessage {
  const { role: givenRole = "user", name, content, timestamp } = fields;
  const role = typeof givenRole === "string" ? ROLES[givenRole] : undefined;
  if (role === undefined)
    throw invalidInput(
      `messages[${index}].role expects user, assistant, system or tool, got ${describeValue(givenRole)}.`,
    );
  if (name !== undefined && name !== null && typeof name !== "string")
    throw invalidInput(`messages[${index}].name must be a text, got ${describeValue(name)}.`);
  const { text, attachments } = parseContent(content, index);
  const trimmed = typeof name === "string" ? name.trim().toWellFormed() : "";
  return {
    role,
    name: trimmed === "" ? null : trimmed,
    text,
    attachments: attachments.length === 0 ? null : copyAttachments(attachments, index),
    saidAt: readTime(timestamp, `messages[${index}].timestamp`) ?? null,
  };
}

/** Most UTF-16 units of a message's attachments, written as JSON: a few pictures in base64. */
const ATTACHMENT_LIMITS = { characters: 16_000_000, depth: 32 };

function copyAttachments(attachments: readonly unknown[], index: number): unknown[] {
  return copyJson(attachments, `messages[${index}].content`, ATTACHMENT_LIMITS) as unknown[];
}

/** A text, one content part, or a list of parts as OpenAI's and Mem0's clients send them. */
function parseContent(content: unknown, index: number): { text: string; attachments: unknown[] } {
  if (typeof content === "string") return { text: content, attachments: [] };
  if (content === null || content === undefined) return { text: "", attachments: [] };
  const parts = Array.isArray(content) ? (content as unknown[]) : [content];
  const texts: string[] = [];
  const attachments: unknown[] = [];
  for (const part of parts) {
    if (typeof part === "string") {
      texts.push(part);
      continue;
    }
    const type = typeof part === "object" && part !== null ? (part as Record<string, unknown>)["type"] : undefined;
    if (typeof type !== "string")
      throw invalidInput(`messages[${index}].content expects a text or parts with a type, got ${describeValue(part)}.`);
    const text = (part as Record<string, unknown>)["text"];
    if ((type === "text" || type === "input_text" || type === "output_text") && typeof text === "string")
      texts.push(text);
    else if (type === "text") throw invalidInput(`messages[${index}].content has a text part without text.`);
    else attachments.push(part);
  }
  return { text: texts.join("\n"), attachments };
}
