import { kindOf, KIND_NAMES } from "./kinds.ts";
import { placeAttribute, thingBase } from "./frame-names.ts";
import type { Clause } from "./parse-clause.ts";
import { afterMatch, phraseAfter, single, type Slot } from "./slot.ts";
import { STATUS, type Topic } from "./thing-values.ts";
import { thingOf, type Thing } from "./things.ts";
import { isCapitalized } from "./tokens.ts";
import { isNumericValue, isTimeValue, normalizeValue } from "./values.ts";

const COLORS =
  /^(?:(?:dark|light|pale|bright|navy|sage|deep|off) )?(?:red|green|blue|yellow|white|black|gr[ae]y|pink|purple|orange|brown|beige|cream|teal|turquoise|navy|lilac|magnolia|mint)$/u;

/** "Moved the blog to Render", "the exam has been switched to room 30": the value is where it is, not what it is. */
export function placedAt(clause: Clause, thing: Thing, text: string, extra: Partial<Slot>): Slot[] | undefined {
  const value = normalizeValue(text);
  if (isTimeValue(value) || isNumericValue(value) || STATUS.test(value) || value.split(" ").length > 5)
    return undefined;
  const isEvent = thing.attribute.startsWith("schedule:");
  const isMoving = /^(?:move|relocate|migrate|transfer|shift)$/u.test(clause.verb);
  if (!isEvent && !(isMoving && isPlain(thing))) return undefined;
  const base = thing.attribute.replace(/^schedule:/u, "");
  return single(placeAttribute(base), value, { cue: "change", ...extra });
}

function isPlain(thing: Thing): boolean {
  return (
    !thing.attribute.includes(":") &&
    !KIND_NAMES.has(thing.attribute) &&
    kindOf(thing.attribute) === undefined &&
    !/^(?:role|employer|residence|school|address|timezone|headquarters|deadline|budget|birthday|manager)$/u.test(
      thing.attribute,
    )
  );
}

/** "Kai handed the repo over to Lin", "we sold the van to Pete". */
export function handedOver(clause: Clause): Slot[] | undefined {
  if (!/^(?:hand|pass|give|sell|transfer|sign)$/u.test(clause.verb) || !(clause.isPast || clause.isPerfect))
    return undefined;
  const found =
    /^(?:over |on )?(?:the )?(?:running of |responsibility for )?((?:the|my|our) [\p{L} -]{2,40}?) (?:(?:over|on) )?to (.+)$/u.exec(
      clause.rest,
    );
  if (found?.[1] === undefined || found[2] === undefined) return undefined;
  const base = thingBase(found[1]);
  const from = afterMatch(clause, /^.* to /u);
  if (base === undefined || !isCapitalized(clause.tokens[from])) return undefined;
  return single(clause.verb === "sell" ? `owner:${base}` : `lead:${base}`, phraseAfter(clause, /^.* to /u), {
    cue: "change",
    isSpeakers: true,
  });
}

/** "We renamed the boat Petrel", "we've painted the kitchen green". */
export function renamedTo(clause: Clause): Slot[] | undefined {
  if (clause.verb === "paint" || clause.verb === "dye") {
    const found = /^(?:the|my|our) ([\p{L} ]{2,30}?) ((?:[a-z]+ )?[a-z]+)$/u.exec(
      clause.rest.replace(/ (?:now|last \w+|this \w+|yesterday)$/u, ""),
    );
    const colored = found?.[1] === undefined ? undefined : splitColor(`${found[1]} ${found[2]}`);
    return colored === undefined ? undefined : single(`color:${colored[0]}`, colored[1], { cue: "change" });
  }
  if (clause.verb !== "rename" || clause.isPassive) return undefined;
  const found = /^((?:the|my|our) (?:\p{L}+ ){1,3}?)(?=\S+$|\S+ \S+$)/u.exec(
    clause.rest.replace(/ (?:now|instead)$/u, ""),
  );
  const from = found === null ? -1 : afterMatch(clause, /^(?:the|my|our) (?:\p{L}+ ){1,3}?(?=\S+$|\S+ \S+$)/u);
  if (found?.[1] === undefined || from < 0 || !isCapitalized(clause.tokens[from]) || found[1].endsWith(" to "))
    return undefined;
  const thing = thingOf(found[1].trim());
  if (thing === undefined) return undefined;
  const attribute = /^(?:pet|family):/u.test(thing.attribute) ? thing.attribute : `name:${thing.attribute}`;
  return single(attribute, phraseAfter(clause, /^(?:the|my|our) (?:\p{L}+ ){1,3}?(?=\S+$|\S+ \S+$)/u), {
    cue: "change",
  });
}

function splitColor(text: string): readonly [string, string] | undefined {
  const words = text.split(" ");
  for (const length of [2, 1]) {
    const color = words.slice(-length).join(" ");
    if (words.length > length && COLORS.test(color)) {
      const base = thingBase(words.slice(0, -length).join(" "));
      return base === undefined ? undefined : [base, color];
    }
  }
  return undefined;
}

/** "We rewrote the service in Go". */
export function remade(clause: Clause): Slot[] | undefined {
  if (!/^(?:rewrite|port|redo|rebuild|recode|convert)$/u.test(clause.verb)) return undefined;
  const found = /^(?:the|my|our) ([\p{L} -]{2,30}?) (?:in|to) (.+)$/u.exec(clause.rest);
  const base = found?.[1] === undefined ? undefined : thingBase(found[1]);
  const value = phraseAfter(clause, /^(?:the|my|our) [\p{L} -]{2,30}? (?:in|to) /u);
  return base === undefined || kindOf(value) !== "programming language"
    ? undefined
    : single(`write in:${base}`, value, { cue: "change" });
}

/** "The dentist moved me to 19 March": the appointment is the speaker's. */
export function rebooked(clause: Clause, topic: Topic | undefined): Slot[] | undefined {
  const found = /^(?:me|us) (?:back |forward |over )?(?:to|till|until) (.+)$/u.exec(clause.rest);
  if (found?.[1] === undefined || !/^(?:move|push|shift|put|bump|rebook|reschedule)$/u.test(clause.verb))
    return undefined;
  if (!isTimeValue(found[1]) || topic === undefined) return undefined;
  const base = thingBase(topic.phrase);
  return base === undefined
    ? undefined
    : single(`schedule:${base} appointment`, found[1], { cue: "change", isSpeakers: true });
}
