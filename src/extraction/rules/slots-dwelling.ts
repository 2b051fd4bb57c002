import type { Subject } from "./discourse.ts";
import type { Clause } from "./parse-clause.ts";
import { phraseAfter, single, type Slot } from "./slot.ts";
import { startsCapitalized } from "./slots-home.ts";
import { isTimeValue } from "./values.ts";

/** A holiday home, or my parents' place, is not where one lives: only words that say no other owner or use stand before. */
const DWELLING =
  /^(?:my|our) (?:(?:new|current|first|own|little|tiny|big|lovely|cosy|cozy|rented|shared|forever) )*(?:home|place|flat|apartment|house|studio|condo|bedsit|townhouse|bungalow)$/u;
const LIES = /^(?:(?:now|still|actually|right|just|all the way|up|down|over|out|located|based) )*(?:in|near|outside) /u;

/** "Our new place is in Porto", "my flat's in Leeds": where one's dwelling is, one lives. */
export function dwelling(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind !== "thing" || clause.isNegated || clause.isPast || clause.modality !== "") return undefined;
  if (clause.verb !== "be" && clause.verb !== "locate" && clause.verb !== "base") return undefined;
  const place = LIES.exec(clause.rest);
  const phrase = subject.phrase.toLowerCase();
  if (place === null || !DWELLING.test(phrase)) return undefined;
  const value = phraseAfter(clause, LIES);
  const words = place[0].trim().split(" ").length;
  if (!startsCapitalized(clause, clause.restFrom + words) || isTimeValue(value)) return undefined;
  return single("residence", value, /\bnew\b/u.test(phrase) ? { cue: "change" } : {});
}
