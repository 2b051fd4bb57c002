import { isObject, quoteValue, roleOf, secondsOf, textOf } from "./read-values.ts";
import type { SkippedPart, Transcript, TranscriptConversation, TranscriptMessage } from "./transcript.ts";

export function isClaudeConversation(value: unknown): boolean {
  return isObject(value) && Array.isArray(value["chat_messages"]);
}

/** Claude's `conversations.json`: conversations with `chat_messages` of sender `human` or `assistant`. */
export function parseClaudeExport(list: readonly unknown[]): Transcript {
  const skipped: SkippedPart[] = [];
  const conversations: TranscriptConversation[] = [];
  for (const [index, value] of list.entries()) {
    if (!isObject(value) || !Array.isArray(value["chat_messages"])) {
      skipped.push({ index, reason: `expects a conversation with chat_messages, got ${quoteValue(value)}` });
      continue;
    }
    const title = typeof value["name"] === "string" && value["name"] !== "" ? value["name"] : undefined;
    const runId = typeof value["uuid"] === "string" ? value["uuid"] : undefined;
    const place = title ?? runId;
    const messages: TranscriptMessage[] = [];
    for (const [position, entry] of value["chat_messages"].entries()) {
      const message = readMessage(entry);
      if (typeof message !== "string") messages.push(message);
      else skipped.push({ index: position, ...(place === undefined ? {} : { conversation: place }), reason: message });
    }
    if (messages.length === 0) continue;
    conversations.push({
      ...(runId === undefined ? {} : { runId }),
      ...(title === undefined ? {} : { title }),
      messages,
    });
  }
  return { format: "claude", conversations, skipped };
}

/** The message, or the reason why there is none. */
function readMessage(value: unknown): TranscriptMessage | string {
  if (!isObject(value)) return `expects a message, got ${quoteValue(value)}`;
  const role = typeof value["sender"] === "string" ? roleOf(value["sender"]) : undefined;
  if (role === undefined) return `sender expects human or assistant, got ${quoteValue(value["sender"])}`;
  // `content` holds thoughts and tool calls as well; of those kinds none has a `text` of its own.
  const content = textOf(value["content"]) ?? textOf(value["text"]);
  if (content === undefined) return "holds no text";
  const timestamp = secondsOf(value["created_at"]);
  return { role, content, ...(timestamp === undefined ? {} : { timestamp }) };
}
