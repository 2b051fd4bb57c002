import { splitSentences } from "../rules/sentences.ts";
import type { Occurrence, PatternMessage } from "./find-activities.ts";
import { NO_OBJECT } from "./activity-words.ts";

const DAY = 86_400_000;
const MOST_SENTENCES = 60;

const OWN = /\bmy ((?:left |right |lower |upper |new |old )?\p{L}{3,24})\b/giu;

/** What everybody has and nobody speaks of when he says it. */
const NOT_TOLD: ReadonlySet<string> = new Set(
  (
    "apologies apology bad birthday brain breath current dear eyes face fault favorite favourite feet first friend friends god " +
    "goal goals guess hand hands head heart house husband wife last life list love message mind mistake mood mouth name " +
    "next notes opinion own part phone plate point question questions room schedule second side situation soul " +
    "stuff taste thanks thing things thoughts turn understanding usual version view voice word words work world"
  ).split(" "),
);

/** Things of his own that somebody speaks of: "my knee", "my landlord". */
export function findMentions(message: PatternMessage): Occurrence[] {
  const found = new Map<string, Occurrence>();
  let count = 0;
  for (const sentence of splitSentences(message.text)) {
    if (sentence === null) continue;
    count += 1;
    if (count > MOST_SENTENCES) break;
    for (const [, named = ""] of sentence.text.matchAll(OWN)) {
      const object = named.toLowerCase().replace(/^(?:new|old) /u, "");
      const noun = object.split(" ").at(-1) ?? "";
      if (NOT_TOLD.has(noun) || NO_OBJECT.has(noun)) continue;
      const key = `my ${noun}`;
      if (found.has(key)) continue;
      found.set(key, {
        key,
        verb: "mentions",
        object: `their ${noun}`,
        message,
        span: { start: sentence.start, end: sentence.end },
        day: Math.floor(message.saidAt / DAY) * DAY,
      });
    }
  }
  return [...found.values()];
}
