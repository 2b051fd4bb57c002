import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseTranscript } from "../../api/transcripts/parse-transcript.ts";
import type { TranscriptConversation } from "../../api/transcripts/transcript.ts";
import { countTokens } from "../../text/token-count.ts";
import type { OwnerIds, Row, Store } from "../store/store.ts";

export interface ArchiveReport {
  readonly format: string;
  readonly sessions: number;
  readonly turns: number;
  readonly known: number;
  readonly facts: number;
  readonly tokens: number;
  readonly skipped: number;
}

export interface ArchiveOptions {
  /** Undefined: nothing is stored, and what would be is counted. */
  readonly store: Store | undefined;
  readonly userId: string;
  readonly onProgress?: (done: number, total: number) => void;
}

const BATCH = 50;

/**
 * The talks of an account's archive (ChatGPT's or Claude's `conversations.json`) or of any other transcript: kept under
 * their own ids and times, of the person and of no project. What is known already changes nothing.
 * @throws MemoryError `invalid_input` for what is no transcript.
 */
export async function ingestArchive(
  path: string,
  { store, userId, onProgress }: ArchiveOptions,
): Promise<ArchiveReport> {
  const { conversations, skipped, format } = parseTranscript(await readFile(path, "utf8"), {
    fileName: basename(path),
  });
  const total = conversations.reduce((sum, { messages }) => sum + messages.length, 0);
  let [known, facts, tokens, done] = [0, 0, 0, 0];
  for (const [index, conversation] of conversations.entries()) {
    const { runId = `${basename(path)}#${index + 1}`, messages } = conversation;
    tokens += messages.reduce((sum, { content }) => sum + countTokens(content), 0);
    if (store === undefined) continue;
    for (let start = 0; start < messages.length; start += BATCH) {
      const answer = await keep(store, {
        owner: { userId, runId: runId.replaceAll(/\s+/gu, "-") },
        format,
        conversation,
        start,
      });
      facts += ((answer["results"] ?? []) as readonly unknown[]).length;
      known += ((answer["messages"] ?? []) as readonly Row[]).filter((each) => each["replayed"] === true).length;
      done += Math.min(BATCH, messages.length - start);
      onProgress?.(done, total);
    }
  }
  return { format, sessions: conversations.length, turns: total, known, facts, tokens, skipped: skipped.length };
}

interface Part {
  readonly owner: OwnerIds;
  readonly format: string;
  readonly conversation: TranscriptConversation;
  readonly start: number;
}

async function keep(store: Store, { owner, format, conversation, start }: Part): Promise<Row> {
  const messages = conversation.messages.slice(start, start + BATCH);
  const isTimed = messages.every(({ timestamp }) => timestamp !== undefined);
  const { title } = conversation;
  return store.add(messages, {
    owner,
    options: {
      metadata: { source: format, ...(title === undefined ? {} : { title }) },
      wait: false,
      // Without times nothing but its place tells a repeat from a second "Yes.".
      ...(isTimed ? {} : { idempotencyKey: keyOf(owner, start, messages) }),
    },
  });
}

function keyOf(owner: OwnerIds, start: number, messages: TranscriptConversation["messages"]): string {
  const text = JSON.stringify([owner, start, messages]);
  return `ingest:${createHash("sha256").update(text).digest("hex")}`;
}
