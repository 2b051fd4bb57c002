import type { Contradiction } from "./contradiction.ts";
import type { ReadScope } from "./requests.ts";
import type { Scope } from "./scope.ts";

export interface DreamRequest {
  /** Whose memories are looked at. */
  readonly read: ReadScope;
  /** What patterns belong to: the user, agent and app that were named. */
  readonly scope: Scope;
  readonly isDryRun: boolean;
  /** False: rules alone, also where a model is configured. */
  readonly usesModel: boolean;
  readonly signal: AbortSignal | null;
}

/**
 * `ADD`: a new pattern. `UPDATE`: more, or other, evidence. `NONE`: as it was. `RETIRE`: too little of what it rested on
 * is left. `LEFT`: somebody deleted it, and it stays so until `restore`.
 */
export type DreamEvent = "ADD" | "UPDATE" | "NONE" | "RETIRE" | "LEFT";

export interface DreamedPattern {
  /** The pattern's id; null with `dryRun` for one that would be new. */
  readonly id: string | null;
  readonly event: DreamEvent;
  readonly text: string;
  /** What it said before, where that changed. */
  readonly previousText?: string;
  /** Ids of the facts and messages that it rests on, in the order in which they were said. */
  readonly evidence: readonly string[];
  readonly why: string;
  readonly madeBy: "rules" | "model";
}

export interface DreamReport {
  /** `undo` takes all of it back; null where nothing changed, and with `dryRun`. */
  readonly batchId: string | null;
  readonly patterns: readonly DreamedPattern[];
  /** Undecided; `approve` and `reject` decide. */
  readonly contradictions: readonly Contradiction[];
  readonly usage: { readonly modelCalls: number; readonly inputTokens: number; readonly outputTokens: number };
  readonly warnings: readonly string[];
}
