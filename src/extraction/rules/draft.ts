import type { ChangeCue } from "../../domain/extracted-fact.ts";
import type { Mention } from "../../domain/entity.ts";
import type { Slot } from "./slot.ts";
import type { EventTime } from "./dates.ts";

/** A fact of one message before it gets its message's ids. Offsets are those of the message's text. */
export interface Draft {
  readonly text: string;
  readonly kind: "fact" | "instruction" | "procedure";
  readonly subject: string;
  readonly slot?: Slot;
  readonly cue: ChangeCue;
  readonly time: EventTime;
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly Mention[];
  readonly confidence: number;
  /** Also rests on this message's span: the question that it answers. */
  readonly question?: { readonly messageId: string; readonly start: number; readonly end: number };
}
