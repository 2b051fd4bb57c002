import type { ChangeCue } from "../../domain/extracted-fact.ts";
import { kindOf } from "./kinds.ts";
import type { Subject } from "./discourse.ts";
import { innerClause, type Clause } from "./parse-clause.ts";
import { isOccupation } from "./occupations.ts";
import { isFirstPerson, phraseAfter, single, subjectText, type Slot, type SlotRule } from "./slot.ts";
import { PERSON_RULES, personIs } from "./slots-person.ts";
import { disposed, POSSESSION_RULES } from "./slots-possession.ts";
import { preferenceIs, PREFERENCE_RULES } from "./slots-preference.ts";
import { changeStatement } from "./slots-change.ts";
import { inverseIs, thingIs } from "./slots-thing.ts";
import { circumstance, headCount } from "./slots-circumstance.ts";
import { frameStatement, membership } from "./slots-frame.ts";
import { habit } from "./slots-habit.ts";
import { stateStatement } from "./slots-state.ts";
import { taskStatement } from "./slots-task.ts";
import { type Topic } from "./thing-values.ts";
import { USAGE_RULES } from "./slots-usage.ts";
import { EVENTS, thingOf } from "./things.ts";
import { isCapitalized } from "./tokens.ts";
import { isTimeValue } from "./values.ts";
import { readVerb } from "./verbs.ts";

const TABLES: readonly Readonly<Record<string, SlotRule>>[] = [
  PERSON_RULES,
  PREFERENCE_RULES,
  POSSESSION_RULES,
  USAGE_RULES,
];

/** What a clause says about slots. Its subject is already known. */
export function slotsOf(clause: Clause, subject: Subject): Slot[] {
  if (clause.verb === "") return [];
  if (subject.kind === "unknown") return headCount(clause) ?? doneToSpeaker(clause);
  const due = dueTask(clause);
  if (due !== undefined) return due;
  const unwrapped = unwrap(hasToBe(clause));
  if (unwrapped === undefined) return [];
  const { inner, cue } = unwrapped;
  const slots =
    relationIs(inner, subject) ??
    circumstance(inner, subject) ??
    membership(inner) ??
    (subject.kind === "thing" ? aboutThing(inner, subject) : aboutPerson(inner, subject.kind === "person")) ??
    relationChange(inner, subject) ??
    inverseOf(inner) ??
    namedThing(inner, subject) ??
    (inner === clause ? some(frameStatement(clause, subject)) : undefined) ??
    habit(inner, subject) ??
    [];
  const isOutcome = /^(?:turn|end)$/u.test(clause.verb) && inner.verb === "be";
  return slots.map((slot) => finish(slot, clause, isOutcome ? "change" : cue));
}

function some(slots: Slot[] | undefined): Slot[] | undefined {
  return slots?.length === 0 ? undefined : slots;
}

/** "They changed my thesis deadline to March 3". */
function doneToSpeaker(clause: Clause): Slot[] {
  if (clause.subject !== "they" || !/^(?:(?:up|down|back|forward|out) )?(?:my|our|the) |^me /u.test(clause.rest))
    return [];
  return (
    membership({ ...clause, subject: "i", rest: clause.rest.replace(/^me /u, "") }) ??
    changeStatement(clause, undefined) ??
    []
  ).map((slot) => ({ ...slot, isSpeakers: true }));
}

/** "I have to hand in the thesis by March 3". */
function dueTask(clause: Clause): Slot[] | undefined {
  if (!isFirstPerson(clause) || clause.isPast || clause.isNegated) return undefined;
  const match =
    /^(?:to )?(?:hand in|turn in|submit|deliver|file|finish|complete|send in) (?:the|my|our) ([\p{L} ]{3,40}?) (?:by|before|until|on) (.{3,30})$/u.exec(
      /^(?:have|need)$/u.test(clause.verb) ? clause.rest : `${clause.verb} ${clause.rest}`,
    );
  if (match?.[1] === undefined || match[2] === undefined || !isTimeValue(match[2])) return undefined;
  if (!/^(?:have|need)$/u.test(clause.verb) && !/^(?:must|should|will)$/u.test(clause.modality)) return undefined;
  return single(`deadline:${match[1]}`, match[2]);
}

/** The end of a statement in the plain negative, the cue of its wrapper, the past of its verb. */
function finish(found: Slot, clause: Clause, cue: ChangeCue | undefined): Slot {
  // "The harbour clinic in Cardiff" is the harbour clinic.
  const slot =
    found.attribute === "employer" ? { ...found, value: found.value.replace(/(?<=.{3}) (?:in|near) .+$/u, "") } : found;
  const isTaste = /^(?:likes|dislikes|allergy|avoids)$/u.test(slot.attribute);
  if (cue === "end" || (clause.isNegated && slot.cue === undefined && !isTaste)) return { ...slot, cue: "end" };
  if (isTaste && clause.isNegated && /\b(?:no longer|anymore|any more)\b/u.test(clause.lower)) {
    if (slot.attribute === "dislikes") return { ...slot, attribute: "likes", cue: "end" };
    return { ...slot, cue: "end" };
  }
  if (slot.isPast === true && cue !== "change") return { ...slot, cue: "end" };
  return cue === "change" && slot.cue === undefined ? { ...slot, cue } : slot;
}

function aboutPerson(clause: Clause, isThird: boolean): Slot[] | undefined {
  if (clause.modality === "would" && clause.verb !== "prefer" && clause.verb !== "like") return undefined;
  if (clause.modality === "might" || clause.modality === "should" || clause.modality === "must") return undefined;
  if (clause.modality === "can" && !/^(?:stand|eat|speak|play|tolerate|call)$/u.test(clause.verb)) return undefined;
  if (
    clause.modality === "will" &&
    !clause.isProgressive &&
    !/\b(?:on|next|in|from|tomorrow|starting|this)\b/u.test(clause.rest)
  )
    return undefined;
  if (clause.verb === "be" || clause.isPassive || clause.isProgressive) {
    const predicate = clause.verb === "be" ? clause : { ...clause, rest: clause.rest };
    const slots = clause.verb === "be" ? (preferenceIs(predicate) ?? personIs(predicate)) : undefined;
    if (slots !== undefined && slots.length > 0) return slots;
    if (clause.verb === "be") return isThird ? undefined : bareIs(clause);
  }
  for (const table of TABLES) {
    const slots = Object.hasOwn(table, clause.verb) ? table[clause.verb]?.(clause) : undefined;
    if (slots !== undefined && slots.length > 0) return [...slots];
  }
  return changeStatement(clause, undefined) ?? taskStatement(clause);
}

/** "I'm at 82 kg", "I'm down to 76 kg", "we're on Postgres 16". */
function bareIs(clause: Clause): Slot[] | undefined {
  const weight =
    /^(?:now )?(?:(?:down|up) from [^,]{1,20}? to|down to|up to|at|back to|currently|about)? ?(\d[\d.]*\s?(?:kg|kilos?|lbs?|pounds|kilograms))\b/u.exec(
      clause.rest,
    );
  if (weight?.[1] !== undefined) return single("weight", weight[1]);
  const height = /^(\d[\d.]*\s?(?:cm|m|ft|feet)(?: ?\d+(?: ?in(?:ches)?)?)?)(?: tall)?$/u.exec(clause.rest);
  if (height?.[1] !== undefined) return single("height", height[1]);
  const zone = /^(?:now |still |back )?(?:on|in) (?:the )?([a-z]{2,5}(?:[+-]\d{1,2})?) time ?(?:zone)?\b/u.exec(
    clause.rest,
  )?.[1];
  if (zone !== undefined && zone !== "the") return single("timezone", zone);
  const on = /^(?:now |still |all )?on /u.test(clause.rest)
    ? phraseAfter(clause, /^(?:now |still |all )?on (?:to )?/u)
    : "";
  const kind = on === "" ? undefined : kindOf(on);
  return kind === undefined ? undefined : single(kind, on);
}

function aboutThing(clause: Clause, subject: Extract<Subject, { kind: "thing" }>): Slot[] | undefined {
  const topic: Topic = { phrase: subject.phrase, isOwned: subject.isOwned, isName: subject.isName };
  const inverse = clause.verb === "be" || clause.verb === "become" ? inverseOf(clause) : undefined;
  if (inverse !== undefined) return inverse;
  if (clause.verb === "be" && !clause.isPassive) {
    const slots = thingIs(clause, topic);
    if (slots !== undefined) return slots;
  }
  // A participle may be the status itself: "is delayed", "has been cancelled".
  const changed = changeStatement(clause, topic);
  if (changed !== undefined) return changed;
  const state = stateStatement(clause, topic);
  if (state !== undefined) return state;
  if (clause.isPassive) {
    const framed = frameStatement(clause, subject);
    if (framed !== undefined && !/\bis (?:called|named)\b/u.test(clause.lower)) return framed;
  }
  if (clause.isPassive || clause.verb === "be") return thingIs(participle(clause), topic);
  return taskDone(clause, topic);
}

/** The passive seen as a copula: the participle opens the predicate. */
function participle(clause: Clause): Clause {
  if (!clause.isPassive) return clause;
  const word = clause.tokens[clause.verbIndex]?.lower ?? "";
  return {
    ...clause,
    verb: "be",
    restFrom: clause.verbIndex,
    rest: clause.rest === "" ? word : `${word} ${clause.rest}`,
  };
}

/** "The landing page went live", "Apollo got cancelled", "the kick-off fell through". */
function taskDone(clause: Clause, topic: Topic): Slot[] | undefined {
  const status =
    /^(?:live|cancelled|canceled|approved|rejected|delayed|postponed|merged|offline|online|done|down)\b/u.exec(
      clause.rest,
    )?.[0] ?? (clause.verb === "ship" && clause.rest === "" ? "live" : undefined);
  if (status === undefined || !/^(?:go|get|ship|be|become)$/u.test(clause.verb)) return undefined;
  const thing = thingOf(topic.phrase);
  if (thing === undefined) return undefined;
  const value = status.replace("canceled", "cancelled");
  if (thing.attribute.startsWith("schedule:") && value === "cancelled")
    return single(thing.attribute, value, { cue: "end" });
  return single(`status:${thing.attribute.replace(/^(?:schedule|status|deadline):/u, "")}`, value, { cue: "change" });
}

/** "My cat is called Minka", "my manager is Dana", "people call me Kit": the speaker's slot, not the subject's. */
function relationIs(clause: Clause, subject: Subject): Slot[] | undefined {
  if (clause.verb === "call" && clause.rest.startsWith("me ") && clause.subject !== "i" && !clause.isNegated) {
    const name = phraseAfter(clause, /^me /u);
    const index = clause.restFrom + 1;
    return isCapitalized(clause.tokens[index]) ? single("nickname", name, { isSpeakers: true }) : undefined;
  }
  if (subject.kind !== "person" || (clause.subject !== "noun" && !subject.isPronoun)) return undefined;
  // "We renamed the cat. She's called Olive": the pronoun stands for "my cat".
  const phrase = subject.isPronoun
    ? (/'s (\p{L}+)$/u.exec(subject.person.key)?.[1] ?? "").replace(/^/u, "my ")
    : subjectText(clause);
  if (!/^(?:my|our) ./u.test(phrase)) return undefined;
  const isNaming = clause.isPassive && (clause.verb === "call" || clause.verb === "name");
  if (clause.verb !== "be" && !isNaming) return undefined;
  const first = clause.tokens[clause.restFrom];
  const value = phraseAfter(clause, /^(?:now |called |named )*/u);
  if (
    !isCapitalized(first) ||
    value === "" ||
    value.split(" ").length > 3 ||
    isOccupation(value) ||
    (!isNaming && DEMONYM.test(value))
  )
    return undefined;
  const thing = thingOf(phrase);
  if (thing?.isKnown !== true) return undefined;
  const isNew = /\bnew\b/u.test(phrase);
  return [
    {
      attribute: thing.attribute,
      value,
      cardinality:
        thing.attribute.startsWith("pet:") && !/\b(?:other|second|first|one of)\b/u.test(phrase)
          ? "single"
          : thing.cardinality,
      isSpeakers: true,
      ...(isNew ? { cue: "change" as const } : {}),
    },
  ];
}

const DEMONYM =
  /(?:ish|ese|[^aeiou]ian|ean|german|ch|iraqi|israeli|pakistani|saudi|bangladeshi|kuwaiti|yemeni|omani|qatari|emirati|somali|nepali|azerbaijani)$/u;

/** "My therapist has become Mikael", "our landlord went from X to Y": who it is, is a slot of the speaker's. */
function relationChange(clause: Clause, subject: Subject): Slot[] | undefined {
  if (subject.kind !== "person" || subject.isPronoun || clause.subject !== "noun") return undefined;
  const phrase = subjectText(clause);
  if (!/^(?:my|our) /u.test(phrase) || !/^(?:be|become|change|switch|go)$/u.test(clause.verb)) return undefined;
  if (!clause.tokens.slice(clause.restFrom, clause.end).some((token) => isCapitalized(token))) return undefined;
  const slots = aboutThing(clause, {
    kind: "thing",
    owner: "",
    phrase,
    isOwned: true,
    isName: false,
    isPronoun: false,
  });
  const own = thingOf(phrase)?.attribute;
  return slots?.filter(({ attribute }) => attribute === own).map((slot) => ({ ...slot, isSpeakers: true }));
}

/** "Apollo is live": a name that turned out to be a thing's. */
function namedThing(clause: Clause, subject: Subject): Slot[] | undefined {
  if (
    subject.kind !== "person" ||
    subject.isPronoun ||
    clause.subject !== "noun" ||
    /'s |^(?:my|our) /u.test(subjectText(clause))
  )
    return undefined;
  const slots = aboutThing(clause, {
    kind: "thing",
    owner: "",
    phrase: subject.person.key,
    isOwned: false,
    isName: true,
    isPronoun: false,
  });
  return slots?.map((slot) => ({ ...slot, isSpeakers: true }));
}

/** "Ramen is my favourite food", "Ramen has become …", "Yesterday was my first day at Siemens". */
function inverseOf(clause: Clause): Slot[] | undefined {
  const start = /^(?:my|our) first (?:day|week|month) (?:at|with) /u;
  if (clause.verb === "be" && start.test(clause.rest)) {
    const employer = phraseAfter(clause, start);
    return employer === "" ? undefined : single("employer", employer, { cue: "change", isSpeakers: true });
  }
  if (clause.verb === "become" && clause.subject === "noun")
    return inverseIs(clause)?.map((slot) => ({ ...slot, cue: "change" as const }));
  return clause.verb === "be" && clause.subject === "noun" ? inverseIs(clause) : undefined;
}

/** "My favourite band has to be Elbow" is said for "is". */
function hasToBe(clause: Clause): Clause {
  if (clause.subject !== "noun" && clause.subject !== "it") return clause;
  if (clause.verb === "have" && clause.rest.startsWith("to be "))
    return { ...innerClause(clause, clause.restFrom + 1, "be"), form: "third" };
  const isOutcome = /^(?:turn out to be|turn out|end up being|end up as|end up with) /u.test(
    `${clause.verb} ${clause.rest} `,
  );
  if (!isOutcome) return clause;
  const at =
    clause.restFrom +
    (/^(?:out to be|up being|up as|up with) /u.exec(clause.rest)?.[0].trim().split(" ").length ?? 1) -
    1;
  return { ...innerClause(clause, at, "be"), form: "third", isPast: false };
}

interface Unwrapped {
  readonly inner: Clause;
  readonly cue?: ChangeCue;
}

/** "started working at", "stopped eating", "decided to use": the statement is in the inner verb. */
function unwrap(clause: Clause): Unwrapped | undefined {
  const { verb, rest } = clause;
  if (
    /^(?:want|plan|hope|try|intend|aim|wish|consider|think|dream|need|expect|look|promise|refuse|offer|ask|tell|say|know|guess|wonder|attempt|apply|seem)$/u.test(
      verb,
    )
  )
    return undefined;
  if (
    /^(?:start|begin|decide|choose|agree|end|switch|keep|continue|manage|resume|return|go|get|commit|opt|love|learn)$/u.test(
      verb,
    )
  ) {
    const step = /^(?:(?:back )?to (?:be )?|up |back |over to |on )?(\p{L}+)/u.exec(rest);
    const word = step?.[1] ?? "";
    const reading = readVerb(word);
    const hasTo = /^(?:back |over )?to /u.test(rest);
    const isInner =
      reading !== undefined &&
      (reading.form === "gerund" || (hasTo && reading.form === "base")) &&
      !/^(?:love|learn|get|go)$/u.test(verb);
    if (isInner && reading !== undefined && !EVENTS.has(word)) {
      const at = findToken(clause, word);
      if (at >= 0)
        return {
          inner: { ...innerClause(clause, at, reading.lemma), form: "base", isPast: false },
          cue: /^(?:keep|continue|manage)$/u.test(verb) ? "none" : "change",
        };
    }
    return { inner: clause };
  }
  const isEnding = verb === "stop" || verb === "quit" || (verb === "give" && /^up\b/u.test(rest));
  if (!isEnding) return { inner: clause };
  const gerundAt = findGerund(clause);
  if (gerundAt >= 0) {
    const reading = readVerb(clause.tokens[gerundAt]?.lower ?? "");
    if (reading?.lemma === "smoke" || reading?.lemma === "drink") {
      return { inner: { ...innerClause(clause, gerundAt, reading.lemma), isPast: false, form: "base" }, cue: "end" };
    }
    if (reading?.lemma === "eat" && /^(?:meat|animal products)\b/u.test(innerClause(clause, gerundAt, "eat").rest)) {
      return {
        inner: { ...innerClause(clause, gerundAt, "eat"), isPast: false, isNegated: true, form: "base" },
        cue: "change",
      };
    }
    if (reading !== undefined)
      return {
        inner: { ...innerClause(clause, gerundAt, reading.lemma), isPast: false, form: "base", isNegated: false },
        cue: "end",
      };
  }
  return { inner: verb === "quit" ? clause : { ...clause, verb: "give" } };
}

function findToken(clause: Clause, word: string): number {
  for (let index = clause.restFrom; index < Math.min(clause.end, clause.restFrom + 4); index += 1)
    if (clause.tokens[index]?.lower === word) return index;
  return -1;
}

function findGerund(clause: Clause): number {
  const from = clause.restFrom + (clause.tokens[clause.restFrom]?.lower === "up" ? 1 : 0);
  return readVerb(clause.tokens[from]?.lower ?? "")?.form === "gerund" ? from : -1;
}

/** "gave up coffee", "quit Spotify", "I'm done with Facebook", "cancelled Netflix": the end of a thing without a verb of its own. */
export function endedThing(clause: Clause): Slot[] | undefined {
  if (!isFirstPerson(clause) || clause.isNegated) return undefined;
  const isOver = clause.isPast || clause.isPerfect;
  let value = "";
  if (
    isOver &&
    (clause.verb === "quit" ||
      clause.verb === "give" ||
      clause.verb === "stop" ||
      clause.verb === "ditch" ||
      clause.verb === "drop")
  ) {
    if (clause.verb === "give" && !/^up\b/u.test(clause.rest)) return undefined;
    if (/^(?:my|the) /u.test(clause.rest) && clause.verb === "drop") return undefined;
    value = phraseAfter(clause, /^(?:up )?(?:on )?/u);
  } else if (isOver && clause.verb === "sell") return disposed(clause);
  else if (clause.verb === "be" && clause.rest.startsWith("done with ")) value = phraseAfter(clause, /^done with /u);
  if (value === "" || value.split(" ").length > 3 || /^(?:it|that|this|job|hope|trying|everything)\b/u.test(value))
    return undefined;
  const kind = kindOf(value);
  if (kind !== undefined) return single(kind, value, { cue: "end" });
  return isCapitalized(clause.tokens[clause.restFrom]) || /^\p{L}+$/u.test(value)
    ? [{ attribute: "uses", value, cardinality: "multiple", cue: "end" }]
    : undefined;
}
