import type { ChangeCue } from "../../domain/extracted-fact.ts";
import type { Mention } from "../../domain/entity.ts";
import type { Slot } from "./slot.ts";
import type { EventTime } from "./dates.ts";
import type { Origin } from "./discourse.ts";

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
  /** Also rests on these: the question that it answers, the sentence that names its "she". */
  readonly also?: readonly Origin[];
}
