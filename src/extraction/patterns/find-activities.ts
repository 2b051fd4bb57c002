import type { Span } from "../../domain/memory.ts";
import { findDates } from "../../text/resolve-dates.ts";
import { splitSentences } from "../rules/sentences.ts";
import { NO_OBJECT, OUTINGS, PHRASE_END, WITH_OBJECT, WITHOUT_OBJECT } from "./activity-words.ts";

/** A message that patterns are read from. */
export interface PatternMessage {
  readonly id: string;
  readonly text: string;
  /** Null: the user. */
  readonly name: string | null;
  readonly saidAt: number;
  readonly language: string | undefined;
}

/** Something that somebody did on a day, or a thing that he spoke of. */
export interface Occurrence {
  /** Tells the same thing again: "runs", "plays tennis", "my knee". */
  readonly key: string;
  /** Third person: "runs", "plays", "goes". */
  readonly verb: string;
  /** What the verb is followed by; empty for none. */
  readonly object: string;
  readonly message: PatternMessage;
  readonly span: Span;
  /** Start of the UTC day on which it happened. */
  readonly day: number;
}

const DAY = 86_400_000;
/** Of one message no more is looked at: what is beyond was pasted. */
const MOST_SENTENCES = 60;

const SUBJECT =
  /(?:^|[\s(,;])(?:i|we)(?:['’]ve| have)? (?:(?:just|also|then|finally|really|already|again|actually|even|only|almost|usually|got up and|woke up and|and i) ){0,2}/giu;
const NOT_DONE =
  /\b(?:didn['’]?t|haven['’]?t|never|not|wanted to|want to|would|could|might|should|planned|planning|hope|hoping|if i|if we|used to|wish|almost|nearly)\b/iu;
const BACK = /\b(?:back|home) from (?:a|an|the|my|our|another) ((?:\p{L}+ ){0,2}\p{L}+)/iu;

/** What somebody says of himself that he did, sentence by sentence. Questions, wishes and what was not done tell nothing. */
export function findActivities(message: PatternMessage): Occurrence[] {
  const found = new Map<string, Occurrence>();
  let count = 0;
  for (const sentence of splitSentences(message.text)) {
    if (sentence === null) continue;
    count += 1;
    if (count > MOST_SENTENCES) break;
    const { text, start, end } = sentence;
    if (/[?？]\W{0,3}$/u.test(text)) continue;
    for (const clause of clausesOf(text)) {
      if (NOT_DONE.test(clause)) continue;
      const done = readClause(clause);
      if (done === null) continue;
      const key = `${done.verb} ${done.object}`.trim();
      if (found.has(key)) continue;
      found.set(key, { ...done, key, message, span: { start, end }, day: dayOf(text, message) });
    }
  }
  return [...found.values()];
}

/** From each "I" to the next; a sentence that begins with a past form ("Ran 5k today") is one too. */
function clausesOf(sentence: string): string[] {
  const starts = [...sentence.matchAll(SUBJECT)].map((match) => match.index + match[0].length);
  const first = /^\W{0,3}(\p{L}+)/u.exec(sentence)?.[1]?.toLowerCase() ?? "";
  const isBare = first in WITHOUT_OBJECT || first in WITH_OBJECT || first === "went" || BACK.test(sentence);
  const all = starts.length === 0 && isBare ? [0] : starts;
  return all.map((start, index) => sentence.slice(start, all[index + 1] ?? sentence.length));
}

function readClause(clause: string): { verb: string; object: string } | null {
  const words = (clause.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? []).slice(0, 12);
  const back = BACK.exec(clause)?.[1]?.toLowerCase().split(" ");
  if (back !== undefined) return outing(back);
  const [first = "", second = "", third = ""] = words;
  if (first === "went" || (first === "been" && second === "to")) {
    if (second in OUTINGS) return { verb: OUTINGS[second] as string, object: "" };
    if (second === "for" || second === "on") return outing(words.slice(2, 6));
    if (second === "to") return place(words.slice(2));
    return null;
  }
  if (first === "got" && second === "some" && third !== "") return null;
  if (first in WITHOUT_OBJECT && !(first in WITH_OBJECT && isObject(words.slice(1))))
    return { verb: WITHOUT_OBJECT[first] as string, object: "" };
  if (!(first in WITH_OBJECT)) return null;
  const object = phraseOf(words.slice(1));
  return object === "" ? null : { verb: WITH_OBJECT[first] as string, object };
}

/** "a morning run": what the phrase ends with. */
function outing(words: readonly string[]): { verb: string; object: string } | null {
  for (const word of words.slice(0, 4)) if (word in OUTINGS) return { verb: OUTINGS[word] as string, object: "" };
  const object = phraseOf(words);
  return object === "" ? null : { verb: "goes", object: `to the ${object.replace(/^(?:a|the|their) /u, "")}` };
}

function place(words: readonly string[]): { verb: string; object: string } | null {
  const object = phraseOf(words);
  return object === "" || object === "bed" || object === "sleep" ? null : { verb: "goes", object: `to ${object}` };
}

function isObject(words: readonly string[]): boolean {
  return /^(?:the|my|our|his|her|their)$/u.test(words[0] ?? "") && phraseOf(words) !== "";
}

/** Up to three words that name a thing, with its article; "my" is told as "their". Empty for what names nothing. */
function phraseOf(words: readonly string[]): string {
  const [first = ""] = words;
  const isOwn = first === "my" || first === "our";
  const hasArticle = isOwn || first === "a" || first === "an" || first === "the" || first === "some";
  const rest = hasArticle ? words.slice(1) : words;
  const phrase: string[] = [];
  for (const word of rest.slice(0, 3)) {
    if (PHRASE_END.has(word) || /^\p{N}/u.test(word)) break;
    phrase.push(word);
  }
  if (phrase.length === 0 || NO_OBJECT.has(phrase.at(-1) as string) || NO_OBJECT.has(phrase[0] as string)) return "";
  const article = isOwn ? "their " : hasArticle && first !== "some" ? `${first} ` : "";
  return `${article}${phrase.join(" ")}`;
}

/** The day that the sentence names, when it has passed; else the day on which it was said. */
function dayOf(sentence: string, { saidAt, language }: PatternMessage): number {
  const [date] = findDates(sentence, saidAt, language).filter(
    ({ granularity, from }) => granularity === "day" && from <= saidAt,
  );
  return Math.floor((date?.from ?? saidAt) / DAY) * DAY;
}
