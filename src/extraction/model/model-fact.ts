import type { ChangeCue } from "../../domain/extracted-fact.ts";

/** Where a model says that a fact comes from; both as it says them. */
export interface Citation {
  /** Number of a message in the prompt, from 1. */
  readonly message?: number;
  readonly quote?: string;
}

export interface ModelRelation {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
}

/** What a model proposes, read from its answer and not yet checked. */
export interface ModelFact {
  readonly text: string;
  readonly kind: "fact" | "instruction";
  readonly speaker?: string;
  readonly subject?: string;
  readonly attribute?: string;
  readonly value?: string;
  readonly cue: ChangeCue;
  readonly from?: string;
  readonly to?: string;
  readonly entities: readonly { readonly name: string; readonly type: string }[];
  readonly relations: readonly ModelRelation[];
  readonly categories: readonly string[];
  readonly confidence?: number;
  readonly citations: readonly Citation[];
}
