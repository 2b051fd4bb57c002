import { findRecurrence } from "../../text/recurrence.ts";
import type { Subject } from "./discourse.ts";
import type { Clause } from "./parse-clause.ts";
import { isPerson, type Slot } from "./slot.ts";
import { EVENTS, thingOf } from "./things.ts";

/** What such verbs come to again says nothing of what one does. */
const NO_DOING =
  /^(?:be|seem|feel|think|know|mean|need|want|hope|like|love|hate|cost|earn|say|hear|happen|wish|remember|forget|guess|believe|get)$/u;
const LONGEST = 5;

const COUNTED = /\b(?:\d+|one|two|three|four|five|six|next|last|few|couple of) /u;

/**
 * "I deploy on Fridays", "we call Grandma every second Tuesday", "I swim twice a week": what somebody does again and
 * again is a slot of that doing, and how often is its value. Read where no other rule knows the clause.
 */
export function habit(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind === "thing" || subject.kind === "unknown" || !isPerson(clause)) return undefined;
  if (clause.isPast || clause.isPerfect || clause.modality !== "" || NO_DOING.test(clause.verb)) return undefined;
  const isPaid = clause.verb === "pay" && /\bget(?:s|ting)? paid\b/u.test(clause.lower);
  if ((clause.isPassive && !isPaid) || clause.lower.includes(" if ")) return undefined;
  const recurrence = findRecurrence(clause.lower);
  if (recurrence === undefined) return undefined;
  const how = recurrence.words.toLowerCase();
  // "Two weekends later" comes once; so does what one is doing just now, unless it is every day.
  if (COUNTED.test(clause.lower)) {
    const isOnce = new RegExp(String.raw`${COUNTED.source}(?:${how}|weekends|weekdays)\b`, "u");
    if (isOnce.test(clause.lower)) return undefined;
  }
  if (clause.isProgressive && recurrence.times === undefined && !/\b(?:every|each)\b/u.test(how)) return undefined;
  const at = clause.rest.indexOf(how);
  // "Every second Tuesday I have therapy": the clause opens with it.
  const doing = at === -1 ? clause.rest : clause.rest.slice(0, at);
  const name = nameOf(doing);
  if (name === undefined) return undefined;
  // "Twice a week" and "on Mondays" may both be true of one doing.
  const family = recurrence.times === undefined ? "habit" : "how often";
  const slot = (attribute: string): Slot[] => [
    {
      attribute,
      value: how.replace(/^on /u, ""),
      cardinality: /\b(?:also|too|as well|as well as)\b/u.test(clause.lower) ? "multiple" : "single",
    },
  ];
  const thing = EVENTS.has(name.split(" ").at(-1) ?? "") ? thingOf(name) : undefined;
  if (thing?.attribute.startsWith("schedule:") === true && /^(?:have|go|do|attend)$/u.test(clause.verb))
    return slot(thing.attribute);
  if (clause.verb === "have" || (name === "" && /^(?:go|do|take|make|see|use|work)$/u.test(clause.verb)))
    return undefined;
  const verb = isPaid ? "get paid" : clause.verb;
  return slot(`${family}:${verb}${name === "" || isPaid ? "" : ` ${name}`}`);
}

/** What is done, without its articles; undefined where it is more than a name. */
function nameOf(words: string): string | undefined {
  const bare = words
    .replace(/[,.;:!]+$/u, "")
    .replaceAll(/\b(?:the|a|an|my|our|some|always|usually|also|still|now|just|about|around|at least)\b/gu, " ")
    .replace(/\b(?:on|in|at|for|with|to)\s*$/u, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  if (bare === "") return "";
  return /^[\p{L}\d' -]+$/u.test(bare) && bare.split(" ").length <= LONGEST ? bare : undefined;
}
