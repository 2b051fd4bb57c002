import type { Clause } from "./parse-clause.ts";
import { afterMatch, multiple, phraseAfter, single, type Slot } from "./slot.ts";
import { thingOf } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";

/** "I call Berlin home", "call me Max", "people call me Max", "I'm called Max". */
export function called(clause: Clause): Slot[] | undefined {
  const home = /^(.{2,40}?) (?:my |our )?(?:new )?home\b/u.exec(clause.rest);
  if (home?.[1] !== undefined && !clause.isPast) return single("residence", home[1]);
  const me = afterMatch(clause, /^me /u);
  if (me >= 0) return nameValue(clause, /^me (?:by )?/u, true);
  return clause.isPassive ? nameValue(clause, /^/u, false) : undefined;
}

export function nameValue(clause: Clause, pattern: RegExp, isNickname: boolean): Slot[] | undefined {
  const from = afterMatch(clause, pattern);
  const first = clause.tokens[from];
  if (first === undefined || !isCapitalized(first)) return undefined;
  let end = from;
  while (
    end < clause.end &&
    (isCapitalized(clause.tokens[end]) ||
      /^(?:von|van|de|der|da|del|bin|al)$/u.test(clause.tokens[end]?.lower ?? "")) &&
    end < from + 4
  )
    end += 1;
  return single(isNickname ? "nickname" : "name", lowerText(clause.tokens, from, end));
}

/** "We named our dog Ziggy". */
export function namedRelation(clause: Clause): Slot[] | undefined {
  const match = /^(?:my|our|the) (?:new )?([a-z]+) /u.exec(clause.rest);
  const thing = match?.[1] === undefined ? undefined : thingOf(match[1]);
  if (match === null || thing?.isKnown !== true || !/^(?:pet|family):/u.test(thing.attribute)) return undefined;
  const from = afterMatch(clause, /^(?:my|our|the) (?:new )?[a-z]+ /u);
  return isCapitalized(clause.tokens[from])
    ? (thing.attribute.startsWith("pet:") ? single : multiple)(
        thing.attribute,
        phraseAfter(clause, /^(?:my|our|the) (?:new )?[a-z]+ /u),
      )
    : undefined;
}

/** "I go by Max", "goes to Lincoln High". */
export function wentBy(clause: Clause): Slot[] | undefined {
  if (clause.rest.startsWith("by ")) return nameValue(clause, /^by /u, true);
  if (
    /^to .*\b(?:university|college|school|academy|kindergarten)\b/u.test(clause.rest) &&
    !clause.isPast &&
    isCapitalized(clause.tokens[clause.restFrom + 1])
  ) {
    return single("school", phraseAfter(clause, /^to /u));
  }
  return undefined;
}
