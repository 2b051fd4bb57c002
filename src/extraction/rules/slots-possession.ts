import { kindOf } from "./kinds.ts";
import type { Clause } from "./parse-clause.ts";
import {
  afterMatch,
  isFormer,
  isPerson,
  multiple,
  phraseAfter,
  phraseBehind,
  single,
  subjectText,
  tokenAt,
  type Slot,
  type SlotRule,
} from "./slot.ts";
import { hasAllergy, stance } from "./slots-preference.ts";
import { petKind, thingOf } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isNumericValue, isTimeValue, normalizeValue, valueOf } from "./values.ts";
import { KIN, PETS, wordSet } from "./words.ts";
import { thingStatement } from "./thing-values.ts";

/** What a person has: pets, relatives, things, and how much of them. */
export const POSSESSION_RULES: Readonly<Record<string, SlotRule>> = {
  have: (clause) => had(clause, isFormer(clause)),
  own: (clause) => owned(clause, isFormer(clause) ? { isPast: true } : {}),
  buy: (clause) => owned(clause, { cue: "change" }),
  purchase: (clause) => owned(clause, { cue: "change" }),
  adopt: (clause) => had(clause, false) ?? owned(clause, { cue: "change" }),
  rescue: (clause) =>
    /\b(?:dog|cat|kitten|puppy|rabbit|horse)s?\b/u.test(clause.rest) ? had(clause, false) : undefined,
  get: (clause) => gotThing(clause),
  drive: (clause) => driven(clause),
  ride: (clause) => driven(clause),
  sell: (clause) => (clause.isPast || clause.isPerfect ? disposed(clause) : undefined),
  donate: (clause) => (clause.isPast ? disposed(clause) : undefined),
  lose: (clause) =>
    clause.isPast && /^(?:my|our) (?:car|bike|phone|laptop|dog|cat|keys?|wallet|passport|job)\b/u.test(clause.rest)
      ? disposed(clause)
      : undefined,
};

const PET_NAMED =
  /^(?:.{0,40}?\s)?([a-z-]+)(?: (?:who is|which is|who's|that's|whose name is))?(?: (?:named|called|by the name of)|,| -|:| —) /u;

function had(clause: Clause, isPast: boolean): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const { rest } = clause;
  const extra: Partial<Slot> = isPast ? { isPast } : {};
  const allergy = hasAllergy(clause);
  if (allergy !== undefined) return allergy;
  const animal = PET_NAMED.exec(rest);
  if (
    animal?.[1] !== undefined &&
    (PETS.has(animal[1]) ||
      KIN.has(animal[1]) ||
      KIN.has(animal[1].replace(/s$/u, "")) ||
      PETS.has(animal[1].replace(/s$/u, "")))
  ) {
    return named(clause, animal[1].replace(/s$/u, ""), animal[0].length, extra);
  }
  const children =
    /^(\d+|one|two|three|four|five|six|no|a|another) (?:\w+ ){0,2}?(kids?|children|daughters?|sons?|brothers?|sisters?|siblings?|cats?|dogs?|people|employees|developers|engineers|members|users|customers|clients|students|bedrooms)\b/u.exec(
      rest,
    );
  if (
    children?.[1] !== undefined &&
    children[2] !== undefined &&
    children[1] !== "a" &&
    children[1] !== "another" &&
    !clause.isNegated
  ) {
    const of = children[2]
      .replace("kids", "children")
      .replace(/^(?:people|employees|developers|engineers|members)$/u, "team");
    return single(
      `count:${of.endsWith("n") || of === "team" ? of : of.endsWith("s") ? of : `${of}s`}`,
      children[1],
      extra,
    );
  }
  const schedule =
    /\b(?:appointment|meeting|interview|exam|flight|call|date|dinner|lunch|class|lesson|session|standup|stand-up|retro|sync|training|practice|rehearsal|surgery|check-?up|reservation|party|wedding|concert|game|match|presentation)\b/u.exec(
      rest,
    );
  if (schedule !== null && isTimeValue(rest)) return scheduledHave(clause, schedule.index + schedule[0].length);
  const numeric = /^(?:an?|the) ([a-z ]{3,30}?) of (.+)$/u.exec(rest);
  if (numeric?.[1] !== undefined && numeric[2] !== undefined && isNumericValue(normalizeValue(numeric[2]))) {
    const thing = thingOf(numeric[1]);
    if (thing !== undefined) return single(thing.attribute, numeric[2], extra);
  }
  const fresh = /^an? new ([a-z ]{3,30}?)(?: (?:named|called|now)|,|:| -| —) /u.exec(rest);
  if (fresh?.[1] !== undefined) {
    const thing = thingOf(fresh[1]);
    const value = phraseBehind(clause, fresh[0].length);
    if (thing !== undefined && value !== "") return single(thing.attribute, value, { cue: "change" });
  }
  return owned(clause, extra);
}

function named(clause: Clause, animal: string, skip: number, extra: Partial<Slot>): Slot[] {
  const from = tokenAt(clause, skip);
  const slots: Slot[] = [];
  const attribute = PETS.has(animal) ? `pet:${petKind(animal)}` : `family:${KIN.get(animal)}`;
  for (let index = from; index < clause.end; index += 1) {
    const token = clause.tokens[index];
    if (token === undefined) break;
    if (isCapitalized(token))
      slots.push(
        ...multiple(attribute, token.lower, {
          ...extra,
          ...(slots.length > 0 || /^(?:,|and|&)$/u.test(clause.tokens[index + 1]?.lower ?? "")
            ? { text: `{S} has a ${animal} named ${token.text}` }
            : {}),
        }),
      );
    else if (!/^(?:,|and|&)$/u.test(token.lower)) break;
  }
  return slots;
}

const OWNABLE =
  wordSet(`car bike bicycle motorcycle motorbike scooter boat van truck camper house apartment flat condo cabin cottage garden piano guitar violin drum
  drums keyboard laptop computer macbook pc phone iphone tablet ipad camera drone telescope console playstation xbox switch tv printer watch smartwatch kindle server
  license visa passport degree phd master's diploma certificate subscription membership greenhouse pool tattoo motorhome trailer treadmill diabetes asthma adhd
  epilepsy anxiety depression migraine migraines arthritis insomnia hypertension dyslexia autism eczema tinnitus collection record-player dishwasher e-bike ebike sailboat kayak`);
const CONDITIONS = wordSet(
  "diabetes asthma adhd epilepsy anxiety depression migraine migraines arthritis insomnia hypertension dyslexia autism eczema tinnitus",
);

function owned(clause: Clause, extra: Partial<Slot>): Slot[] | undefined {
  if (!isPerson(clause) || clause.modality === "would" || clause.modality === "will") return undefined;
  const from = afterMatch(
    clause,
    /^(?:(?:myself|ourselves|me|us|a|an|the|my|our|any|another|new|brand-new|used|second-hand|first|own|two|three|old)\s)*/u,
  );
  const start = from < 0 ? clause.restFrom : from;
  const value = objectValue(clause, start);
  if (value === "") return undefined;
  const words = value.split(" ");
  const head = words.at(-1) ?? "";
  if (PETS.has(head) || PETS.has(head.replace(/s$/u, "")))
    return stanceOf(clause, "owns", start, extra) ?? multiple("owns", value, extra);
  if (KIN.has(head)) return undefined;
  if (CONDITIONS.has(head)) return multiple("health condition", value, extra);
  if (/^(?:sprained|broken|torn|pulled|fractured|dislocated|herniated|slipped|twisted) /u.test(value))
    return multiple("health condition", value, extra);
  const kind = kindOf(value);
  if (kind === "car" || kind === "phone" || kind === "laptop") return single(kind, value, extra);
  if (OWNABLE.has(head) || (/^(?:buy|purchase|own)$/u.test(clause.verb) && isThing(value)))
    return multiple("owns", value, extra);
  return undefined;
}

function stanceOf(clause: Clause, attribute: string, from: number, extra: Partial<Slot>): Slot[] | undefined {
  return stance(clause, attribute, from)?.map((slot) => ({ ...slot, ...extra }));
}

function objectValue(clause: Clause, from: number): string {
  let end = from;
  while (
    end < clause.end &&
    !/^(?:,|and|but|that|which|for|from|in|at|on|with|to|last|this|because|so|when|and|yesterday|today|now|who|named|called|back|just|\.|!|\(|since|as)$/u.test(
      clause.tokens[end]?.lower ?? "",
    )
  )
    end += 1;
  return valueOf(clause.tokens, from, end);
}

function isThing(value: string): boolean {
  return (
    value.split(" ").length <= 4 &&
    !isTimeValue(value) &&
    !/^(?:it|that|this|them|one|some|lot|bit|time|stuff|things|groceries|lunch|dinner|tickets?|food|coffee|drinks?|snacks?|you)\b/u.test(
      value,
    ) &&
    !/(?:tickets?|groceries|food|stuff)$/u.test(value)
  );
}

function gotThing(clause: Clause): Slot[] | undefined {
  if (!clause.isPast && !clause.isPerfect) return undefined;
  const { rest } = clause;
  // "I've got a dog" has, "I got a dog" came to have.
  const isHaving = clause.isPerfect;
  if (/^(?:a|an|another|two|three|myself an?|ourselves an?|my|our) /u.test(rest))
    return had(clause, false)?.map((slot) => (isHaving ? slot : { ...slot, cue: slot.cue ?? "change" }));
  if (rest.startsWith("rid of "))
    return disposed({
      ...clause,
      restFrom: clause.restFrom + 2,
      rest: lowerText(clause.tokens, clause.restFrom + 2, clause.end),
    });
  return undefined;
}

function driven(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.form === "past" || !/^(?:an?|my|our) /u.test(clause.rest)) return undefined;
  const value = phraseAfter(clause, /^(?:an?|my|our) (?:new )?/u);
  const isCar = clause.verb === "drive";
  if (value === "" || /^(?:lot|bit|long)/u.test(value)) return undefined;
  return isCar ? single("car", value) : multiple("owns", value);
}

/** "I sold my car": the end of having it. */
export function disposed(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause)) return undefined;
  const from = afterMatch(clause, /^(?:my|our|the|that|all my|all our|both my) (?:old |beloved |trusty |second )?/u);
  if (from < 0) return undefined;
  const value = objectValue(clause, from);
  if (value === "" || /^(?:way|mind|temper|time|job|weight|keys?|game|match)/u.test(value)) return undefined;
  const kind = kindOf(value);
  if (kind === "car" || kind === "phone" || kind === "laptop") return single(kind, value, { cue: "end" });
  return multiple("owns", value, { cue: "end" });
}

function scheduledHave(clause: Clause, characters: number): Slot[] | undefined {
  const to = tokenAt(clause, characters);
  const phrase = lowerText(clause.tokens, clause.restFrom, to).replace(/^(?:an?|my|the|another|our) /u, "");
  const thing = thingOf(phrase);
  if (thing === undefined) return undefined;
  return thingStatement(
    thing,
    lowerText(clause.tokens, to, clause.end).replace(
      /^(?:\s|scheduled|booked|planned|set|with [a-z.]+(?: [a-z]+)?|for|on|at|coming up)*\b\s?/u,
      "",
    ),
    {},
  );
}

/** "My dog Rex", "our daughter Mia" as a subject: the name is a statement of its own. */
export function nameInSubject(
  clause: Clause,
): { readonly slot: Slot; readonly relation: string; readonly name: string } | undefined {
  const phrase = subjectText(clause);
  const match =
    /^(?:my|our) (?:(?:older|younger|big|little|twin|best|new|late|oldest|youngest|eldest|former|ex|baby|middle|close|old|good) )*([a-z-]+),? ([\p{L}'-]+)(?: [\p{L}'-]+)?,?$/u.exec(
      phrase,
    );
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const index = [...Array(clause.subjectTo - clause.subjectFrom).keys()]
    .map((offset) => clause.subjectFrom + offset)
    .find((at) => clause.tokens[at]?.lower === match[2]);
  if (index === undefined || !isCapitalized(clause.tokens[index])) return undefined;
  const relation = match[1];
  const thing = thingOf(relation);
  if (
    thing === undefined ||
    !thing.isKnown ||
    !(KIN.has(relation) || PETS.has(relation) || thing.attribute === "friend" || /^[a-z]+$/u.test(thing.attribute))
  )
    return undefined;
  if (/^(?:role|employer|residence|schedule|school|phone|car|email)/u.test(thing.attribute)) return undefined;
  const name = clause.tokens[index]?.text ?? "";
  return {
    relation,
    name,
    slot: {
      attribute: thing.attribute,
      value: name.toLowerCase(),
      cardinality: thing.cardinality,
      text: `{S}'s ${relation} is ${name}`,
    },
  };
}
