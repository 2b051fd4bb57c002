import type { Discourse } from "./discourse.ts";
import type { Speaker } from "./speaker.ts";

/** What a sentence is read against. */
export interface Reading {
  readonly speaker: Speaker;
  /** What "you" stands for. */
  readonly addressee: string;
  readonly messageId: string;
  readonly saidAt: number;
  readonly discourse: Discourse;
  readonly people: ReadonlySet<string>;
}
