import type { ExtractionMessage } from "../../domain/extracted-fact.ts";
import { genderOf, type Person } from "./discourse.ts";
import { kindOf } from "./kinds.ts";
import type { Speaker } from "./speaker.ts";
import { ASSOCIATES, DAYS, KIN, MONTHS, PETS } from "./words.ts";

/** Characters at a message's end in which the question is looked for that the next message answers. */
const LAST_WORDS = 240;

/** A sentence with a question mark, up to the one before it. */
const QUESTION = /[^.!?\n]*\?/gu;

/** Without "was": "How was Paris?" asks about a journey. */
const BEFORE_THE_SUBJECT = "is are did does do has had have will can could should about and when where why"
  .split(" ")
  .map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`)
  .join("|");

/** Who stands as the subject of a question: "How is Olek", "Has your sister Anna moved", "And Rui?". */
const ASKED = new RegExp(
  `(?:\\b(?:${BEFORE_THE_SUBJECT})|['’]s)\\s+(?:(your)\\s+(?:\\p{Ll}+\\s+)??(\\p{Ll}+)(?:\\s+(\\p{Lu}\\p{Ll}+))?|(\\p{Lu}\\p{Ll}+))(?!['’\\p{L}-])`,
  "gu",
);

/**
 * The person whom a question just asked about, whom "he" or "she" means in what another speaker says to it: "How is
 * Olek?" – "He turned five". Nobody where the question asks about more than one.
 */
export function askedPerson(before: ExtractionMessage, speaker: Speaker): Person | undefined {
  const from = Math.max(0, before.text.length - LAST_WORDS);
  let asked: Person | undefined;
  for (const question of before.text.slice(from).matchAll(QUESTION))
    for (const match of question[0].matchAll(ASKED)) {
      const person = personOf(match, speaker);
      if (person === undefined) continue;
      if (asked !== undefined && asked.key !== person.key) return undefined;
      const start = from + question.index + match.index;
      asked ??= { ...person, origin: { messageId: before.id, start, end: start + match[0].length } };
    }
  return asked;
}

function personOf(match: RegExpMatchArray, speaker: Speaker): Person | undefined {
  const [, your, relation = "", called, alone] = match;
  if (your === undefined) return alone === undefined ? undefined : namedPerson(alone, speaker);
  if (!KIN.has(relation) && !ASSOCIATES.has(relation) && !PETS.has(relation)) return undefined;
  const name = called !== undefined && isName(called) ? called : undefined;
  return {
    key: name?.toLowerCase() ?? `${speaker.key}'s ${KIN.get(relation) ?? ASSOCIATES.get(relation) ?? relation}`,
    display: `${speaker.label}'s ${relation}${name === undefined ? "" : ` ${name}`}`,
    gender: genderOf(relation),
  };
}

/** Not whom the question is put to, and nothing that is known for a place, a day or a thing. */
function namedPerson(name: string, speaker: Speaker): Person | undefined {
  const lower = name.toLowerCase();
  if (!isName(name) || speaker.key.split(" ").includes(lower) || kindOf(lower) !== undefined) return undefined;
  return { key: lower, display: name, gender: "unknown" };
}

function isName(word: string): boolean {
  const lower = word.toLowerCase();
  return /^\p{Lu}/u.test(word) && !DAYS.has(lower) && !MONTHS.has(lower);
}
