import type { ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { Draft } from "./draft.ts";
import { findMentions } from "./mentions.ts";
import type { Reading } from "./reading.ts";
import { single, multiple, type Slot } from "./slot.ts";
import { thingOf } from "./things.ts";
import { tidy } from "./rewrite.ts";
import { isCapitalized, tokenize } from "./tokens.ts";
import { isJudgement, normalizeValue } from "./values.ts";
import { isOccupation } from "./occupations.ts";

interface Template {
  readonly pattern: RegExp;
  /** The statement with `{S}` for the speaker and `{A}` for the answer. */
  readonly say: string;
  readonly slot: (answer: string, match: RegExpExecArray) => Slot | undefined;
  readonly needsName?: boolean;
}

const TEMPLATES: readonly Template[] = [
  {
    pattern:
      /\bwhere (?:do|are) you (?:currently )?(?:live|living|based|located|reside)\b|\b(?:which|what) (?:city|town|country) do you live\b/u,
    say: "{S} lives in {A}",
    slot: (answer) => single("residence", answer)[0],
    needsName: true,
  },
  {
    pattern:
      /\bwhere (?:do|are) you (?:currently )?work(?:ing)?\b|\bwho do you work for\b|\bwho(?:'s| is) your employer\b|\bwhat company\b/u,
    say: "{S} works at {A}",
    slot: (answer) => single("employer", answer)[0],
    needsName: true,
  },
  {
    pattern: /\bwhere are you (?:originally )?from\b/u,
    say: "{S} is from {A}",
    slot: (answer) => single("hometown", answer)[0],
    needsName: true,
  },
  {
    pattern: /\bwhat(?:'s| is) your name\b|\bwhat (?:should|can|may|do) (?:i|we) call you\b|\bmay i have your name\b/u,
    say: "{S}'s name is {A}",
    slot: (answer) => single("name", answer)[0],
    needsName: true,
  },
  {
    pattern: /\bhow old are you\b|\bwhat(?:'s| is) your age\b/u,
    say: "{S} is {A} years old",
    slot: (answer) => (/^\d{1,3}$/u.test(answer) ? single("age", answer)[0] : undefined),
  },
  {
    pattern:
      /\bwhat do you do(?: for (?:a living|work))?\b|\bwhat(?:'s| is) your (?:job|profession|occupation|role)\b/u,
    say: "{S}'s job: {A}",
    slot: (answer) => (isOccupation(answer) ? single("role", answer)[0] : undefined),
  },
  {
    pattern:
      /\ballergic to (?:anything|something)\b|\b(?:any|have) (?:food )?allergies\b|\bwhat are you allergic to\b/u,
    say: "{S} is allergic to {A}",
    slot: (answer) => multiple("allergy", answer)[0],
  },
  {
    pattern:
      /\b(?:what|when|which|where)(?:'s| is| are)? your ((?:favou?rite )?[a-z -]{3,30}?)(?: (?:these days|now|again|at the moment))?\?/u,
    say: "{S}'s {1} is {A}",
    slot: (answer, match) => ofThing(answer, match[1] ?? ""),
  },
  {
    pattern:
      /\b(?:which|what) ([a-z -]{3,30}?) (?:do|does|are) (?:you|your team|you guys) (?:use|using|prefer|work with)\b/u,
    say: "{S} uses {A} as {1}",
    slot: (answer, match) => ofThing(answer, match[1] ?? ""),
  },
  {
    pattern: /\bdo you have (?:any|a) pets?\b|\bwhat pets? do you have\b/u,
    say: "{S} has {A} (pet)",
    slot: (answer) => multiple("owns", answer.replace(/^(?:yes,? )?(?:i have |i've got )?(?:a|an|two)? ?/u, ""))[0],
  },
];

function ofThing(answer: string, phrase: string): Slot | undefined {
  const thing = thingOf(phrase);
  if (thing === undefined) return undefined;
  return (thing.cardinality === "multiple" ? multiple(thing.attribute, answer) : single(thing.attribute, answer))[0];
}

/** A short answer to the question just before: "Where do you live?" – "Berlin." */
export function readAnswer(
  message: ExtractionMessage,
  before: ExtractionMessage | undefined,
  reading: Reading,
): Draft | undefined {
  if (before === undefined || (before.role === message.role && before.name === message.name)) return undefined;
  const text = message.text.trim();
  if (text.length === 0 || text.length > 60 || /[?\n]/u.test(text)) return undefined;
  const mark = before.text.lastIndexOf("?");
  if (mark < 0 || before.text.length - mark > 40 || mark > 4000) return undefined;
  const questionStart = Math.max(
    before.text.lastIndexOf(". ", mark) + 1,
    before.text.lastIndexOf("! ", mark) + 1,
    before.text.lastIndexOf("\n", mark) + 1,
    mark - 300,
    0,
  );
  const question = before.text
    .slice(questionStart, mark + 1)
    .toLowerCase()
    .replaceAll("’", "'");
  const bare = text
    .replace(/^(?:yes|yeah|yep|oh|well|hmm|um|just|it's|it is|that's|that would be|in|at|i'm|i am|maybe)[,.]?\s+/iu, "")
    .replace(/^(?:in|at|from|it's|a|an|the)\s+/iu, "")
    .replace(/[.!\s]+$/u, "")
    .replace(/,? (?:years old|actually|now|currently|please|thanks|thank you)$/iu, "");
  if (
    bare === "" ||
    bare.split(/\s+/u).length > 6 ||
    isJudgement(normalizeValue(bare)) ||
    /^(?:yes|no|nope|none|nothing|idk|maybe|not|i|don't|why|skip|secret|guess)\b/iu.test(bare)
  )
    return undefined;
  for (const template of TEMPLATES) {
    const match = template.pattern.exec(question);
    if (match === null) continue;
    const tokens = tokenize(bare);
    if (template.needsName === true && !isCapitalized(tokens[0])) return undefined;
    const slot = template.slot(normalizeValue(bare), match);
    if (slot === undefined) return undefined;
    const statement = tidy(
      template.say
        .replace("{S}", reading.speaker.label)
        .replace("{A}", bare)
        .replace("{1}", match[1] ?? ""),
    );
    const start = message.text.indexOf(text);
    return {
      text: statement,
      kind: "fact",
      subject: reading.speaker.key,
      slot,
      cue: "none",
      time: {},
      start,
      end: start + text.length,
      mentions: findMentions(bare, [{ text: ":", lower: ":", start: 0, end: 0 }, ...tokens], 1, tokens.length + 1, {
        attribute: slot.attribute,
        value: slot.value,
        people: reading.people,
      }),
      confidence: 0.75,
      also: [{ messageId: before.id, start: questionStart, end: mark + 1 }],
    };
  }
  return undefined;
}
