import type { Clause } from "./parse-clause.ts";
import { isFirstPerson, multiple, phraseAfter, type Slot } from "./slot.ts";
import { isTimeValue, normalizeValue } from "./values.ts";

/** "Piano lessons", "a pottery class": a short name before the noun, so that "the lessons" alone say nothing. */
const LESSONS =
  /^(?:an? |my |our |weekly |private |regular )*((?:\p{L}[\p{L}-]* ){1,2}(?:lessons|classes|class|course))\b/u;
const NO_SUBJECT =
  /^(?:the|some|any|these|those|first|last|two|three|few|more|extra|good|great|free|trial|his|her|their)\b/u;
const MEMBERSHIP = /^(?:my|our|the) ([\p{L}\d'][\p{L}\d' -]{1,40}?) (membership|subscription)\b/u;
const MEMBERSHIP_OF = /^(?:an? |my |our |the )?(?:\p{L}+ )?(membership|subscription) (?:to|at|of|for|with) /u;

/** What one does or gets week after week, begun and ended: lessons, memberships, subscriptions. */
export function regularActivity(clause: Clause): Slot[] | undefined {
  if (!isFirstPerson(clause) || clause.modality === "would" || clause.modality === "will") return undefined;
  return lessons(clause) ?? subscribed(clause) ?? endedMembership(clause);
}

function lessons(clause: Clause): Slot[] | undefined {
  const isEnd = isEnding(clause);
  const isHeld = /^(?:take|have|attend|start|begin)$/u.test(clause.verb);
  if (!isEnd && !isHeld) return undefined;
  const rest = isEnd ? clause.rest.replace(/^(?:up|out of|going to|on) /u, "") : clause.rest;
  const name = LESSONS.exec(rest)?.[1];
  if (name === undefined || NO_SUBJECT.test(name)) return undefined;
  if (isEnd) return multiple("takes", name, { cue: "end" });
  const isOngoing = !clause.isPast || clause.modality === "used" || /^(?:start|begin)$/u.test(clause.verb);
  // One class at an hour is an appointment, not what one does.
  if (!isOngoing || isTimeValue(rest.slice(rest.indexOf(name) + name.length).trim())) return undefined;
  if (/\bclass$|\bcourse$/u.test(name) && !clause.isProgressive) return undefined;
  return multiple("takes", name, { isPast: clause.modality === "used" });
}

function subscribed(clause: Clause): Slot[] | undefined {
  if (clause.verb === "unsubscribe" && (clause.isPast || clause.isPerfect))
    return multiple("subscribes to", phraseAfter(clause, /^from /u), { cue: "end" });
  if (clause.verb !== "subscribe" || !clause.rest.startsWith("to ")) return undefined;
  return multiple("subscribes to", phraseAfter(clause, /^to /u), { isPast: clause.modality === "used" });
}

/** "I cancelled my Ironworks gym membership", "I've cancelled my subscription to the Gazette". */
function endedMembership(clause: Clause): Slot[] | undefined {
  if (!isEnding(clause)) return undefined;
  const rest = clause.rest.replace(/^up /u, "");
  const named = MEMBERSHIP.exec(rest);
  if (named?.[1] !== undefined) return ended(named[2] ?? "", normalizeValue(named[1]));
  const of = clause.rest.startsWith("up ") ? null : MEMBERSHIP_OF.exec(clause.rest);
  return of === null ? undefined : ended(of[1] ?? "", phraseAfter(clause, MEMBERSHIP_OF));
}

function ended(noun: string, value: string): Slot[] {
  return multiple(noun === "membership" ? "member of" : "subscribes to", value, { cue: "end" });
}

/** An end that has come: "I might cancel" and "I cancel it every year" are none. */
function isEnding(clause: Clause): boolean {
  if (clause.isNegated || clause.modality !== "" || !(clause.isPast || clause.isPerfect || clause.verb === "quit"))
    return false;
  return (
    /^(?:cancel|quit|drop|stop|end|terminate|ditch)$/u.test(clause.verb) ||
    (clause.verb === "give" && clause.rest.startsWith("up "))
  );
}
