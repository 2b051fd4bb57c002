import type { SkippedPart, Transcript, TranscriptConversation, TranscriptMessage } from "./transcript.ts";
import { isObject, quoteValue, roleOf, secondsOf, textOf } from "./read-values.ts";

interface Entry {
  readonly value: unknown;
  readonly place: { readonly line: number } | { readonly index: number };
}

/** JSONL: one `{role, content, name?, timestamp?, run_id?}` per line. A damaged line is reported and the rest is read. */
export function parseMessageLines(text: string): Transcript {
  const skipped: SkippedPart[] = [];
  const entries: Entry[] = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === "") continue;
    const place = { line: index + 1 };
    try {
      entries.push({ value: JSON.parse(line), place });
    } catch (error) {
      skipped.push({ ...place, reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return collect("jsonl", entries, skipped);
}

/** A JSON list of the same messages. */
export function parseMessageList(list: readonly unknown[]): Transcript {
  return collect(
    "messages",
    list.map((value, index) => ({ value, place: { index } })),
    [],
  );
}

/** Messages of one `run_id` form one conversation, in order of first appearance; those without any form one more. */
function collect(format: "jsonl" | "messages", entries: readonly Entry[], damaged: readonly SkippedPart[]): Transcript {
  const skipped = [...damaged];
  const messagesByRun = new Map<string | undefined, TranscriptMessage[]>();
  for (const { value, place } of entries) {
    const read = readMessage(value);
    if (typeof read === "string") {
      skipped.push({ ...place, reason: read });
      continue;
    }
    const messages = messagesByRun.get(read.runId);
    if (messages === undefined) messagesByRun.set(read.runId, [read.message]);
    else messages.push(read.message);
  }
  const conversations = [...messagesByRun].map(([runId, messages]): TranscriptConversation =>
    runId === undefined ? { messages } : { runId, messages },
  );
  return { format, conversations, skipped: skipped.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0)) };
}

/** The message, or the reason why there is none. */
function readMessage(value: unknown): { message: TranscriptMessage; runId?: string } | string {
  if (!isObject(value)) return `expects an object with role and content, got ${quoteValue(value)}`;
  const { role: roleWord, content, name, timestamp } = value;
  const hasName = typeof name === "string" && name.trim() !== "";
  const role = typeof roleWord === "string" ? roleOf(roleWord) : hasName && roleWord === undefined ? "user" : undefined;
  if (role === undefined) return `role expects user, assistant, system or tool, got ${quoteValue(roleWord)}`;
  const text = textOf(content);
  if (text === undefined) return "content holds no text";
  const seconds = secondsOf(timestamp);
  if (timestamp !== undefined && timestamp !== null && seconds === undefined) {
    // Kept without its time it would count as said now, and every "yesterday" in it would be wrong.
    return `timestamp expects Unix seconds or an ISO date, got ${quoteValue(timestamp)}`;
  }
  const runId = value["run_id"] ?? value["runId"];
  return {
    message: {
      role,
      content: text,
      ...(hasName ? { name: name.trim() } : {}),
      ...(seconds === undefined ? {} : { timestamp: seconds }),
    },
    ...(typeof runId === "string" || typeof runId === "number" ? { runId: String(runId) } : {}),
  };
}
