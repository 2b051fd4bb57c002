import type { Clause } from "./parse-clause.ts";
import { single, type Slot } from "./slot.ts";
import { thingStatement } from "./thing-values.ts";
import { thingOf } from "./things.ts";

/** "New number: 555-1234", "Deadline: Friday", "port = 9090": a label and its value. */
export function labelled(text: string): Slot[] | undefined {
  const match =
    /^(?:(?:i|we)(?:'ve| have)?(?: just)?(?: got| have)? an? |(?:here(?:'s| is) )?(?:my|our|the) |)((?:new |updated |current )?[a-z][a-z -]{2,35}?)\s?(?::|=|->|=>)\s?(.{1,60}?)[.!]*$/iu.exec(
      text,
    );
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const thing = thingOf(match[1]);
  if (thing?.isKnown !== true) return undefined;
  const value = match[2].toLowerCase();
  if (/^(?:the|a|an|to|how|what|is|if)\b/u.test(value) || value.split(" ").length > 6) return undefined;
  return thingStatement(thing, value, /\b(?:new|updated)\b/iu.test(match[1]) ? { cue: "change" } : {});
}

/** "I finished the report", "we shipped the beta", "I cancelled the gym membership". */
export function taskStatement(clause: Clause): Slot[] | undefined {
  const status = TASK_STATUS[clause.verb];
  const isDone = clause.isPast || clause.isPerfect;
  if (status === undefined || !isDone || clause.isNegated) return undefined;
  const match =
    /^(?:up )?(?:with )?(?:the|my|our|that) (.{3,40}?)(?= (?:yesterday|today|last|this|on|in|for|with|at|and|after|because|two|three|a|to|from|by)\b|,|$)/u.exec(
      clause.rest,
    );
  const thing = match?.[1] === undefined ? undefined : thingOf(match[1]);
  if (thing === undefined) return undefined;
  if (status === "cancelled" && thing.attribute.startsWith("schedule:"))
    return single(thing.attribute, status, { cue: "end" });
  return single(`status:${thing.attribute.replace(/^(?:schedule|status|deadline|price):/u, "")}`, status, {
    cue: status === "cancelled" ? "end" : "none",
  });
}

const TASK_STATUS: Readonly<Record<string, string>> = {
  finish: "done",
  complete: "done",
  ship: "live",
  launch: "live",
  submit: "submitted",
  merge: "merged",
  cancel: "cancelled",
  pause: "paused",
  scrap: "cancelled",
  abandon: "abandoned",
  deploy: "live",
  release: "live",
  publish: "published",
  resolve: "resolved",
  archive: "archived",
  shelve: "on hold",
  postpone: "postponed",
};
