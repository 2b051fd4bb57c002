import { isObject, quoteValue, roleOf, secondsOf, textOf } from "./read-values.ts";
import type { JsonObject } from "./read-values.ts";
import type { SkippedPart, Transcript, TranscriptConversation, TranscriptMessage } from "./transcript.ts";

export function isChatgptConversation(value: unknown): boolean {
  return isObject(value) && isObject(value["mapping"]);
}

/**
 * ChatGPT's `conversations.json`: each conversation is a tree, because an edited message starts a new branch. The
 * branch that ends in `current_node` is what the user saw last, and only that one is read.
 */
export function parseChatgptExport(list: readonly unknown[]): Transcript {
  const skipped: SkippedPart[] = [];
  const conversations: TranscriptConversation[] = [];
  for (const [index, value] of list.entries()) {
    if (!isObject(value) || !isObject(value["mapping"])) {
      skipped.push({ index, reason: `expects a conversation with a mapping, got ${quoteValue(value)}` });
      continue;
    }
    const messages = readBranch(value["mapping"], value["current_node"]).flatMap((node) => readMessage(node) ?? []);
    const title = typeof value["title"] === "string" && value["title"] !== "" ? value["title"] : undefined;
    if (messages.length === 0) {
      skipped.push({
        index,
        ...(title === undefined ? {} : { conversation: title }),
        reason: "holds no readable message",
      });
      continue;
    }
    const runId = value["conversation_id"] ?? value["id"];
    conversations.push({
      ...(typeof runId === "string" ? { runId } : {}),
      ...(title === undefined ? {} : { title }),
      messages,
    });
  }
  return { format: "chatgpt", conversations, skipped };
}

/** Nodes from the root to the leaf. A parent that is missing or seen before ends the walk: what was reached is kept. */
function readBranch(mapping: JsonObject, currentNode: unknown): JsonObject[] {
  const branch: JsonObject[] = [];
  const seen = new Set<string>();
  let id = typeof currentNode === "string" && isObject(mapping[currentNode]) ? currentNode : newestLeaf(mapping);
  while (id !== undefined && !seen.has(id)) {
    seen.add(id);
    const node = mapping[id];
    if (!isObject(node)) break;
    branch.push(node);
    id = typeof node["parent"] === "string" ? node["parent"] : undefined;
  }
  return branch.toReversed();
}

function newestLeaf(mapping: JsonObject): string | undefined {
  let newest: { id: string; time: number } | undefined;
  for (const [id, node] of Object.entries(mapping)) {
    if (!isObject(node) || (Array.isArray(node["children"]) && node["children"].length > 0)) continue;
    const message = node["message"];
    const time = (isObject(message) ? secondsOf(message["create_time"]) : undefined) ?? 0;
    if (newest === undefined || time >= newest.time) newest = { id, time };
  }
  return newest?.id;
}

/** Only what was said: no system prompts, tool calls, tool results, thoughts or empty placeholders. */
function readMessage(node: JsonObject): TranscriptMessage | undefined {
  const message = node["message"];
  if (!isObject(message) || !isObject(message["author"]) || !isObject(message["content"])) return undefined;
  const role = roleOf(String(message["author"]["role"]));
  if (role !== "user" && role !== "assistant") return undefined;
  if (typeof message["recipient"] === "string" && message["recipient"] !== "all") return undefined;
  const kind = message["content"]["content_type"];
  if (kind !== undefined && kind !== "text" && kind !== "multimodal_text") return undefined;
  const content = textOf(message["content"]["parts"] ?? message["content"]["text"]);
  if (content === undefined) return undefined;
  const timestamp = secondsOf(message["create_time"]);
  return { role, content, ...(timestamp === undefined ? {} : { timestamp }) };
}
