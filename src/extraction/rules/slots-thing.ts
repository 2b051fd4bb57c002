import { kindOf, KIND_NAMES } from "./kinds.ts";
import type { Clause } from "./parse-clause.ts";
import { multiple, single, type Slot } from "./slot.ts";
import { type Topic, VALUE_STOPS, STATUS, thingStatement, urlSlot, statusOf, cutAtStops } from "./thing-values.ts";
import { EVENTS, thingOf, type Thing } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue, phraseEnd } from "./values.ts";
import { ASSOCIATES, PHRASE_STOPS } from "./words.ts";

/** "My rent is 900", "the API port is now 8080", "Apollo is on hold". */
export function thingIs(clause: Clause, named: Topic): Slot[] | undefined {
  const topic = {
    ...named,
    isOwned: named.isOwned || / (?:i|we) (?:drive|own|have|use|ride|like best)$/u.test(named.phrase),
  };
  const thing = definitePet(thingOf(topic.phrase), topic.phrase);
  if (thing === undefined || clause.modality === "would" || clause.modality === "might" || clause.modality === "should")
    return undefined;
  const isPast = clause.modality === "used" || (clause.isPast && !clause.isPassive);
  const status = STATUS.exec(clause.rest);
  if (
    status?.[1] !== undefined &&
    clause.isNegated &&
    /\b(?:no longer|any ?more)\b/u.test(clause.lower) &&
    (thing.isKnown || topic.isOwned || topic.isName)
  )
    return statusOf(thing, status[1], false).map((slot) => ({ ...slot, cue: "end" as const }));
  if (status?.[1] !== undefined && !clause.isNegated && (thing.isKnown || topic.isOwned || topic.isName))
    return statusOf(thing, status[1], isPast);
  const butAt = clause.isNegated ? /\b(?:but|it's|it is)(?: rather| now| instead)? (.+)$/u.exec(clause.rest) : null;
  if (butAt?.[1] !== undefined) return thingStatement(thing, butAt[1], { cue: "change" });
  const end = phraseEnd(clause.tokens, clause.restFrom, clause.end, VALUE_STOPS);
  const text = lowerText(clause.tokens, clause.restFrom, end);
  const due = /^(?:now )?due (?:on |by |at )?(.+)$/u.exec(clause.rest);
  if (due?.[1] !== undefined && isTimeValue(due[1])) {
    const deadline =
      thing.attribute.startsWith("deadline") || thing.attribute.startsWith("price")
        ? thing.attribute
        : `deadline:${thing.attribute.replace(/^schedule:/u, "")}`;
    return single(deadline, due[1]);
  }
  const value = normalizeValue(text);
  const host =
    /^(?:now |hosted |running |reachable |available )*(?:at|on) ((?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/\S*)?|\d+(?:\.\d+){3}(?::\d+)?)/u.exec(
      clause.rest,
    );
  if (host?.[1] !== undefined && !thing.attribute.startsWith("schedule:"))
    return single(urlSlot(thing.attribute), host[1], { isPast });
  const port = /^(?:now |running |listening )*(?:at|on) port (\d{2,5})/u.exec(clause.rest);
  if (port?.[1] !== undefined)
    return single(`port:${thing.attribute.replace(/^(?:schedule|status):/u, "")}`, port[1], { isPast });
  const place = /^(?:now |still |just |back )*(?:in|at|near|with|on) (.+)$/u.exec(clause.rest);
  if (
    place?.[1] !== undefined &&
    /^(?:residence|employer|school|location|venue|timezone)(?::|$)/u.test(thing.attribute) &&
    topic.isOwned
  )
    return thingStatement(thing, cutAtStops(clause, place[1]), { isPast });
  if (!isAcceptable(clause, topic, thing, value)) return undefined;
  return thingStatement(thing, text, { isPast });
}

/** "The hamster", "our dog": one is meant, whatever its name. */
export function definitePet(thing: Thing | undefined, phrase: string): Thing | undefined {
  const isOne = thing?.attribute.startsWith("pet:") === true && !/\b(?:other|second|first|one of)\b|s$/u.test(phrase);
  return isOne ? { ...thing, cardinality: "single" } : thing;
}

function isAcceptable(clause: Clause, topic: Topic, thing: Thing, value: string): boolean {
  if (
    /^(?:first|last|next|whole|other) \p{L}+ (?:there|here)$|^(?:lips?|hands|eyes|fingers|heart|mind|head|days?|nights?|week|ears)$/u.test(
      topic.phrase.replace(/^(?:the|my|our) /u, ""),
    )
  )
    return false;
  if (value === "" || /^(?:not|no|n't)\b/u.test(value) || /^(?:so|very|too|really|such)\b/u.test(clause.rest))
    return false;
  if (
    !topic.isOwned &&
    /^the (?:problem|issue|question|answer|reason|point|trouble|culprit|trick|catch)$/u.test(topic.phrase)
  )
    return false;
  if (isNumericValue(value) || isTimeValue(value) || kindOf(value) !== undefined)
    return topic.isOwned || thing.isKnown || topic.isName || value.length < 20;
  if (topic.isName) return false;
  const first = clause.tokens[clause.restFrom];
  // A person is named, not described: "the neighbours are drilling" fills no slot.
  if (isRelation(thing.attribute)) return isCapitalized(first) || /^(?:called|named|an? \p{Lu})/u.test(value);
  if (isCapitalized(first) || /^(?:called|named|@|https?:)/u.test(value)) return topic.isOwned || thing.isKnown;
  if (/^(?:that|to|because|for|from|with|by|when|if|in|on|at|about|as)\b/u.test(clause.rest)) return false;
  // "The build is green" is a passing state, "the theme is dark" may be one, "our theme is dark" is not.
  if (!topic.isOwned && !thing.attribute.includes(":") && !value.includes(" ")) return false;
  return (
    (topic.isOwned || thing.isKnown) && value.split(" ").length <= 5 && !isJudgement(value) && !EVENTS.has(topic.phrase)
  );
}

function isRelation(attribute: string): boolean {
  return /^(?:family|pet):/u.test(attribute) || RELATIONS.has(attribute);
}

const RELATIONS: ReadonlySet<string> = new Set(ASSOCIATES.values());

/** "Omar is my new manager", "8080 is the API port": the value stands first. */
export function inverseIs(clause: Clause): Slot[] | undefined {
  const match = /^(?:now |going to be |officially )?(?:my|our|the) (.+)$/u.exec(clause.rest);
  const first = clause.tokens[clause.subjectFrom];
  if (match?.[1] === undefined || first === undefined || clause.isNegated) return undefined;
  const subject = lowerText(clause.tokens, clause.subjectFrom, clause.subjectTo);
  if (
    /^(?:my|our|the|this|that|his|her|their|it|he|she|they|might|may|could|would|must|should|will|maybe)\b/u.test(
      subject,
    ) ||
    !(
      isCapitalized(first) ||
      isNumericValue(subject) ||
      kindOf(subject) !== undefined ||
      (/^(?:now )?(?:my|our) .*(?:favou?rite|new)\b/u.test(clause.rest) && subject.split(" ").length <= 4)
    )
  )
    return undefined;
  const end = phraseEnd(clause.tokens, clause.restFrom + 1, clause.end, INVERSE_STOPS);
  const phrase = lowerText(clause.tokens, clause.restFrom, end).replace(/^now /u, "");
  const thing = thingOf(phrase);
  if (
    thing === undefined ||
    (!thing.isKnown &&
      !/\bfavou?rite|new\b/u.test(phrase) &&
      !(/^(?:my|our) .* now$|^now (?:my|our) /u.test(clause.rest) && isCapitalized(first)) &&
      !KIND_NAMES.has(thing.attribute))
  )
    return undefined;
  const isNew = /\bnew\b/u.test(phrase);
  const slot = thing.cardinality === "multiple" ? multiple(thing.attribute, subject) : single(thing.attribute, subject);
  return slot.map((entry) => ({ ...entry, isSpeakers: true, ...(isNew ? { cue: "change" as const } : {}) }));
}

const INVERSE_STOPS = new Set([...PHRASE_STOPS].filter((word) => word !== "for"));
