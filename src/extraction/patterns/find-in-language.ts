import { findDates } from "../../text/resolve-dates.ts";
import { splitSentences } from "../rules/sentences.ts";
import type { Occurrence, PatternMessage } from "./find-activities.ts";
import { PATTERN_WORDS } from "./language-words.ts";
import type { PatternWords } from "./language-words.ts";

const DAY = 86_400_000;
/** Of one message no more is looked at: what is beyond was pasted. */
const MOST_SENTENCES = 60;

interface Compiled {
  readonly words: PatternWords;
  readonly doings: readonly (readonly [name: string, form: RegExp])[];
  readonly notDone: RegExp;
}

const compiled = new Map<string, Compiled>();

function wordsOf(language: string): Compiled | undefined {
  const known = compiled.get(language);
  const words = Object.hasOwn(PATTERN_WORDS, language) ? PATTERN_WORDS[language] : undefined;
  if (known !== undefined || words === undefined) return known;
  const whole = (source: string): RegExp =>
    new RegExp(words.isUnspaced === true ? `(?:${source})` : `(?<!\\p{L})(?:${source})(?!\\p{L})`, "u");
  const made = {
    words,
    doings: words.doings.map(([name, forms]) => [name, whole(forms)] as const),
    notDone: whole(words.notDone),
  };
  compiled.set(language, made);
  return made;
}

/** What somebody says in another language that he did, and the things of his own that he speaks of. */
export function findInLanguage(message: PatternMessage): Occurrence[] {
  const found = new Map<string, Occurrence>();
  const known = wordsOf(message.language ?? "");
  if (known === undefined) return [];
  let count = 0;
  for (const sentence of splitSentences(message.text)) {
    if (sentence === null) continue;
    count += 1;
    if (count > MOST_SENTENCES) break;
    if (/[?？؟]$/u.test(sentence.text)) continue;
    const { text, start, end } = sentence;
    const common = { message, span: { start, end } };
    const lower = text.toLowerCase();
    const isDone = !known.notDone.test(lower);
    for (const [name, form] of isDone ? known.doings : []) {
      const key = `${message.language} ${name}`;
      if (!form.test(lower) || found.has(key)) continue;
      found.set(key, { ...common, key, verb: name, object: "", day: dayOf(text, message) });
    }
    for (const thing of ownThings(text, known.words)) {
      const key = `${message.language} my ${thing.toLowerCase()}`;
      if (found.has(key)) continue;
      const day = Math.floor(message.saidAt / DAY) * DAY;
      found.set(key, { ...common, key, verb: "mentions", object: thing, day });
    }
  }
  return [...found.values()];
}

function ownThings(text: string, { own, notTold }: PatternWords): string[] {
  if (own === undefined) return [];
  return [...text.matchAll(own)].flatMap(([, thing = ""]) =>
    notTold?.has(thing.toLowerCase()) === true ? [] : [thing],
  );
}

/** The day that the sentence names, when it has passed; else the day on which it was said. */
function dayOf(sentence: string, { saidAt, language }: PatternMessage): number {
  const [date] = findDates(sentence, saidAt, language).filter(
    ({ granularity, from }) => granularity === "day" && from <= saidAt,
  );
  return Math.floor((date?.from ?? saidAt) / DAY) * DAY;
}
