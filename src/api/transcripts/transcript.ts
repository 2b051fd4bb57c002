import type { Role } from "../../domain/memory.ts";

export type TranscriptFormat = "jsonl" | "messages" | "chatgpt" | "claude" | "text";

export interface TranscriptMessage {
  readonly role: Role;
  readonly content: string;
  /** Who spoke, where the transcript names people. */
  readonly name?: string;
  /** When it was said, in Unix seconds. */
  readonly timestamp?: number;
}

export interface TranscriptConversation {
  /** The transcript's own id of the session, where it has one. */
  readonly runId?: string;
  readonly title?: string;
  readonly messages: readonly TranscriptMessage[];
}

/** A part that was not taken, with the reason. `line` counts from 1 in line formats, `index` from 0 in JSON lists. */
export interface SkippedPart {
  readonly line?: number;
  readonly index?: number;
  /** Title or id of the conversation that the part stands in. */
  readonly conversation?: string;
  readonly reason: string;
}

export interface Transcript {
  readonly format: TranscriptFormat;
  readonly conversations: readonly TranscriptConversation[];
  readonly skipped: readonly SkippedPart[];
}
