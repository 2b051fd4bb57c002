import { kindOf } from "./kinds.ts";
import type { Clause } from "./parse-clause.ts";
import { single, type Slot } from "./slot.ts";
import { definitePet } from "./slots-thing.ts";
import { type Topic, VALUE_STOPS, thingStatement } from "./thing-values.ts";
import { thingOf, type Thing } from "./things.ts";
import { lowerText } from "./tokens.ts";
import { isNumericValue, isTimeValue, normalizeValue, phraseEnd } from "./values.ts";
import { wordSet } from "./words.ts";

const STATES = wordSet(
  "cost run listen start begin take happen occur expire stand sit land launch end finish close open leave depart arrive meet total amount equal remain reach hit become weigh last measure ship release hold schedule book plan fall host deploy live belong work stay locate base call name",
);

/** "The meeting starts at 3", "the server listens on 8080", "the flat costs 900", "the package expires in May". */
export function stateStatement(clause: Clause, topic: Topic): Slot[] | undefined {
  if (
    !STATES.has(clause.verb) ||
    clause.modality === "would" ||
    clause.modality === "might" ||
    clause.modality === "should"
  )
    return undefined;
  if (clause.isPast && !clause.isPassive && clause.verb !== "land") return undefined;
  const thing = definitePet(thingOf(topic.phrase), topic.phrase);
  if (thing === undefined) return undefined;
  const base = thing.attribute.replace(/^(?:schedule|price|status):/u, "");
  const end = phraseEnd(clause.tokens, clause.restFrom, clause.end, VALUE_STOPS);
  const value = normalizeValue(lowerText(clause.tokens, clause.restFrom, end));
  switch (clause.verb) {
    case "cost":
      return isNumericValue(value)
        ? single(thing.attribute.startsWith("price") ? thing.attribute : `price:${base}`, value)
        : undefined;
    case "run":
    case "listen": {
      const port = /^(?:on )?(?:port )?(\d{2,5})\b/u.exec(value);
      if (port?.[1] !== undefined) return single(`port:${base}`, port[1]);
      const kind = kindOf(value.replace(/^on /u, ""));
      const isMachine = kind === "operating system" && /^(?:laptop|computer|machine|pc|desktop)$/u.test(base);
      return kind === undefined ? undefined : single(isMachine ? kind : `${kind}:${base}`, value.replace(/^on /u, ""));
    }
    case "host":
    case "deploy":
    case "locate":
    case "live": {
      const where = /^(?:on|at|in|to|with) (.+)$/u.exec(clause.rest);
      return where?.[1] === undefined || isTimeValue(where[1])
        ? undefined
        : single(kindOf(where[1]) === "cloud" ? "cloud" : `location:${base}`, where[1]);
    }
    case "weigh":
    case "total":
    case "amount":
    case "equal":
    case "stand":
    case "sit":
    case "reach":
    case "hit":
    case "remain":
    case "stay": {
      const amount = value.replace(/^(?:to|at|up) /u, "");
      return isNumericValue(amount) || clause.verb === "remain" ? thingStatement(thing, amount, {}) : undefined;
    }
    case "name":
    case "call":
      return clause.isPassive
        ? thingStatement(
            thing.attribute.includes(":") || !thing.isKnown ? thing : { ...thing, attribute: `name:${base}` },
            value,
            {},
          )
        : undefined;
    case "become":
      return thingStatement(thing, value, { cue: "change" });
    case "expire":
    case "end":
    case "finish":
    case "close":
      return isTimeValue(value) ? single(`end:${base}`, value.replace(/^(?:on|at|in|by) /u, "")) : undefined;
    default:
      return scheduled(clause, thing, base, value);
  }
}

export function scheduled(clause: Clause, thing: Thing, base: string, value: string): Slot[] | undefined {
  const time = value.replace(/^(?:place|out) /u, "").replace(/^(?:(?:on|at|in|for|by|from|to) )+/u, "");
  if (!isTimeValue(time) || /^(?:hours?|minutes?|\d+ (?:hours?|minutes?|days?|weeks?))\b/u.test(time)) return undefined;
  if (thing.attribute.startsWith("deadline")) return single(thing.attribute, time);
  const event =
    clause.verb === "leave" || clause.verb === "depart" || thing.attribute.startsWith("schedule:")
      ? thing.attribute
      : `schedule:${base}`;
  return single(event.startsWith("schedule:") ? event : `schedule:${base}`, time);
}
