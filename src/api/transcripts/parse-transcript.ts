import { invalidInput } from "../../errors.ts";
import { isChatgptConversation, parseChatgptExport } from "./chatgpt-export.ts";
import { isClaudeConversation, parseClaudeExport } from "./claude-export.ts";
import { parseMessageLines, parseMessageList } from "./message-list.ts";
import { parsePlainText } from "./plain-text.ts";
import { isObject, quoteValue } from "./read-values.ts";
import type { Transcript } from "./transcript.ts";

export interface ParseTranscriptOptions {
  /** Named in errors; plain-text sessions take their run ids from it. */
  readonly fileName?: string;
}

const expected =
  "JSONL of {role, content, name?, timestamp?, run_id?}, a ChatGPT or Claude export (conversations.json), or lines of Name: text";

/**
 * Reads a conversation in any of the forms people keep them in. The content decides the format, not the file's name.
 * Damaged parts are listed in `skipped` and the rest is read; times without a zone are UTC.
 * @throws MemoryError `invalid_input` when not one message can be read.
 */
export function parseTranscript(text: string, options: ParseTranscriptOptions = {}): Transcript {
  if (typeof text !== "string") throw invalidInput(`transcript expects a string with ${expected}; got ${typeof text}.`);
  const content = text.replace(/^\uFEFF/u, "");
  const where = options.fileName === undefined ? "transcript" : options.fileName;
  if (content.trim() === "") throw invalidInput(`${where} expects ${expected}; got an empty text.`);
  const transcript = parseByForm(content, options);
  if (transcript.conversations.length === 0) {
    const first = transcript.skipped[0];
    const place = first?.line === undefined ? "" : ` in line ${first.line}`;
    throw invalidInput(
      `${where} expects ${expected}; got ${quoteValue(content.slice(0, 200))}.` +
        (first === undefined ? "" : ` First problem${place}: ${first.reason}.`),
      { skipped: transcript.skipped.length },
    );
  }
  return transcript;
}

function parseByForm(content: string, options: ParseTranscriptOptions): Transcript {
  const start = content.trimStart();
  if (start.startsWith("{") || start.startsWith("[")) {
    const json = parseJson(content);
    if (json !== undefined) return parseStructure(json.value, content);
    if (start.startsWith("{") || start.startsWith('["') || start.startsWith("[{")) return parseMessageLines(content);
  }
  // A damaged first line does not make JSONL a plain text.
  if (/^[ \t]*\{"/mu.test(content) && !/^\S[^:{}"]{0,39}: /u.test(start)) return parseMessageLines(content);
  return parsePlainText(content, options);
}

function parseStructure(value: unknown, content: string): Transcript {
  const list = Array.isArray(value) ? value : [value];
  if (list.some(isChatgptConversation)) return parseChatgptExport(list);
  if (list.some(isClaudeConversation)) return parseClaudeExport(list);
  if (isObject(value)) {
    const inner = value["conversations"] ?? value["messages"];
    // A single JSONL line is a whole JSON document as well.
    return Array.isArray(inner) ? parseStructure(inner, content) : parseMessageLines(asOneLine(value));
  }
  return parseMessageList(list);
}

function asOneLine(value: unknown): string {
  return JSON.stringify(value);
}

/** `undefined` when the text is not one JSON document; the caller then tries line by line. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
