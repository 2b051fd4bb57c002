import type { ReadScope } from "./requests.ts";

/**
 * What a line of a digest tells: how a session began (`asked`), what was `done`, what was `decided`, what is left
 * `open`, and what was `learned`: the facts that were drawn from it.
 */
export const DIGEST_SECTIONS = ["asked", "done", "decided", "open", "learned"] as const;

export type DigestSection = (typeof DIGEST_SECTIONS)[number];

export interface DigestRequest {
  readonly scope: ReadScope;
  /** Said from then on and until then, epoch milliseconds; null: no limit. */
  readonly since: number | null;
  readonly until: number | null;
  /** Most sessions, newest first; null: all that the scope and the dates name. */
  readonly sessions: number | null;
  readonly tokenBudget: number;
  readonly warnings: readonly string[];
}

/** One line, in the words of what it cites. Times are ISO 8601. */
export interface DigestLine {
  readonly section: DigestSection;
  readonly text: string;
  /** The memories that say so: a fact with the messages it rests on, or a message. */
  readonly memoryIds: readonly string[];
  readonly saidAt: string;
  readonly name?: string;
  readonly role?: string;
}

/** Messages of one run, or without a run those that follow one another within half an hour. */
export interface DigestSession {
  readonly run_id?: string;
  readonly from: string;
  readonly to: string;
  readonly messages: number;
  /** How it began, cut to 200 characters, and which message says so. */
  readonly begins: string;
  readonly beginsWith: string;
}

export interface SessionDigest {
  /** Ready for a prompt, fenced as recalled data. Empty when nothing was said. */
  readonly text: string;
  readonly lines: readonly DigestLine[];
  /** Newest first. */
  readonly sessions: readonly DigestSession[];
  /** Estimated tokens of `text`; never above the budget. */
  readonly tokens: number;
  /** False: lines were left out for the budget. */
  readonly isComplete: boolean;
  readonly warnings: readonly string[];
}
