import { analyze } from "../text/analyze.ts";
import { ENGLISH } from "./read-clauses.ts";
import { LEAD, namesIn, NO_NAME } from "./state-question.ts";

/** What a question after how things are wants to be told. */
export type AnswerKind = "person" | "time" | "number" | "place" | "colour" | "work" | "name" | "any";

const KINDS: readonly (readonly [AnswerKind, RegExp])[] = [
  ["person", /^(?:\p{L}+ )?(?:who|whose|whom)\b/iu],
  [
    "time",
    /\bwhen\b|\b(?:what|which) (?:\p{L}+ )?(?:time|day|date|month|year)s?\b|\bwhat(?:['’]s| is| are) (?:my|our|the|\p{L}+['’]s) (?:[\p{L}-]+ ){0,3}(?:days?|date|time|bedtime|hours|deadline)\b/iu,
  ],
  ["number", /\bhow (?:much|many|old|often|long|far|big|tall|heavy)\b/iu],
  ["place", /\bwhere\b/iu],
  ["name", /\b(?:called|named?|names)\b(?! (?:for|after))/iu],
  ["colour", /\bcolou?rs?\b/iu],
  ["work", /\bwhat (?:does|do) [^?]{1,40}? do(?: for (?:a living|work)| now| these days)?[?. ]*$/iu],
];

const LEADING = new RegExp(LEAD, "iu");

export function answerKind(query: string): AnswerKind {
  const text = query.trim().replace(LEADING, "");
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? "any";
}

const TIME =
  /\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|noon|midnight|morning|afternoon|evening|night|lunch|dinner|breakfast|spring|summer|autumn|fall|winter|tomorrow|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)|daily|weekly|monthly)/iu;
const NUMBER =
  /\d|\b(?:no|none|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|quarter|once|twice|thrice|daily|hourly|(?:fort|bi)?(?:nightly|weekly|monthly)|weekly|monthly|quarterly|yearly|annually|every|each|couple|dozen|never|always)\b/iu;
const PLACE = /\b(?:at|in|on|to|into|onto|from|near|by|under|behind|round|over|off|with|through|via|here|home)\b/iu;

const NAMED_PLACE =
  /[\p{Ll},:] (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:\p{Ll}+)?\b|I\b)\p{Lu}/u;
const COLOUR =
  /\b(?:red|blue|green|yellow|orange|purple|violet|pink|brown|black|white|gr[ae]y|beige|cream|teal|turquoise|navy|mustard|gold(?:en)?|silver|bronze|copper|terracotta|lilac|lavender|mauve|magenta|cyan|maroon|burgundy|olive|mint|coral|peach|salmon|khaki|indigo|crimson|scarlet|charcoal|anthracite|ivory|sage|rust|ochre|blonde?|brunette|ginger|auburn|\p{L}+ish)\b/iu;
const WORK =
  /\b(?:work(?:s|ed|ing)?|jobs?|retired?|runs?|running|driv(?:es|ing)|as an?|became|becoming|(?:is|['’]s|am|['’]m|are|['’]re) (?:now |currently )?an?|at \p{Lu}\p{L}+|teach\w*|train\w*|stud(?:y|ies|ying)|hired|fired|laid off|unemployed|owns?|freelanc\w*|self-employed|does|promoted|started)\b/iu;

/** Whether a statement could be an answer of that kind: a name for "who", a figure for "how many". */
export function couldAnswer(kind: AnswerKind, text: string, asked: string): boolean {
  if (kind === "person") return namesSomebody(text, asked);
  if (kind === "time") return TIME.test(text);
  if (kind === "number") return NUMBER.test(text);
  if (kind === "name") return /\b(?:called|named?|names)\b/iu.test(text) || namesSomebody(text, asked);
  if (kind === "colour") return COLOUR.test(text);
  if (kind === "work") return WORK.test(text);
  return kind !== "place" || PLACE.test(text) || NAMED_PLACE.test(text);
}

const CALENDAR =
  /^(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter)$/iu;
/** The date that a fact gives for words of time: "today (3 March 2024)". */
const RESOLVED = / ?\([^()]{0,40}\d{4}[^()]{0,40}\)/gu;

/** A statement without the dates that were worked out for it. */
export function asSaid(text: string): string {
  return text.replaceAll(RESOLVED, "");
}

/** A capitalised word that the question does not hold; who writes small letters at the head of a sentence writes names so too. */
function namesSomebody(text: string, asked: string): boolean {
  const words = text.match(/\p{L}[\p{L}\p{M}'’.-]*/gu) ?? [];
  const known = new Set(["user", "users", ...(asked.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [])]);
  const isPlain = words.slice(1).every((word) => !/^\p{Lu}/u.test(word) || /^I(?:['’]|$)/u.test(word));
  if (isPlain && /^\p{Ll}/u.test(text)) return true;
  return words.some(
    (word, index) =>
      /^\p{Lu}/u.test(word) &&
      !CALENDAR.test(word) &&
      !(index === 0 && NO_NAME.test(word)) &&
      !/^I(?:['’]|$)/u.test(word) &&
      !known.has(word.toLowerCase().replace(/['’]s$/u, "")) &&
      (index > 0 || words.length > 1),
  );
}

const LEAVES =
  /\b(?:no longer|not any ?more|any ?more|no more|quit|gave up|given up|stopped|cancell?ed|retired?|sold|left|leaving|dropped|ended|closed|shut|broke up|broken|split|separated|divorced|died|dead|passed away|got rid|without|off|out|over|done|gone|finished|replaced|stepped down|resigned|fired|sacked|handed|moved (?:on|out|away)|took a|transferred|promoted|(?:can|could|wo)(?:n['’]t|['’]t)|isn['’]t|didn['’]t|doesn['’]t|not|nobody|ditched|swapped|traded|exchanged|lost|leave|shipped|wrapped|launched|fell through|expired|lapsed|run out|been put|wiped|ripped|binned|rid of|from .{1,40} to)\b/iu;

/** Whether a statement tells that something is over, or denies it. */
export function tellsOfAnEnd(text: string): boolean {
  return LEAVES.test(text);
}

const CEASED =
  /\b(?:no longer|not any ?more|any ?more|no more|quit|gave up|given up|stopped|cancell?ed|retired|sold|left|dropped|ended|closed|shut|broke up|split|separated|divorced|died|passed away|got rid|without)\b/iu;
const CEASES = new RegExp(String.raw`${CEASED.source}((?: [\p{L}\p{N}'’-]+){1,5})`, "iu");

/** Whether a statement tells outright that something is over: "dropped Portuguese". */
export function tellsOnlyOfAnEnd(text: string): boolean {
  return CEASED.test(text) && !/\b(?:for|to|instead|now|and)\b/iu.test(text);
}

/** "Cancelled Vogue": what is named is only what is over. */
const ENDED =
  /\b(?:cancell?ed|quit|dropped|sold|ditched|stopped|gave up|got rid of|binned|unsubscribed from|left) (?:(?!\b(?:and|for|to|so|but)\b)[^,.;!]){1,60}(?:(?<=\b(?:subscription|membership|account|contract) )(?:to|with|at|for) [^,.;!]{1,40})?/giu;
const CALENDAR_VALUE =
  /^(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)$/iu;
const A_DATE =
  /\d{1,2}(?:st|nd|rd|th)\b|\d[:./]\d|\d ?(?:am|pm)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|noon|midnight|weekdays?|weekends?|spring|summer|autumn|fall|winter|today|tomorrow|next|daily|every)\b/iu;

/** Whether two statements give a value of one sort: a figure for a figure, a name for a name, or an end of it. */
export function isAlikeValue(older: string, newer: string, asked: string, head: string | undefined): boolean {
  const known = namesIn(asked);
  const valuesOf = (text: string): readonly string[] => [...namesIn(text)].filter((name) => !known.has(name));
  const before = valuesOf(older);
  if (before.length === 0) return true;
  const isOfCalendar = before.every((name) => CALENDAR_VALUE.test(name));
  if (isOfCalendar && answerKind(asked) === "time" && !A_DATE.test(newer)) return false;
  const after = valuesOf(newer);
  if (after.some((name) => before.includes(name)) && CEASED.test(newer)) return true;
  const told = valuesOf(newer.replaceAll(ENDED, "")).filter((name) => isOfCalendar || !CALENDAR_VALUE.test(name));
  if (told.some((name) => !before.includes(name))) return true;
  // Who writes small letters at the head of a sentence writes names so too; "User's" was put into the first person.
  if (/^\p{Ll}/u.test(newer) && !/^(?:my|we)\b/u.test(newer)) return true;
  // "Sold the car": what is over is what was asked for.
  const ended = CEASES.exec(newer)?.[1] ?? "";
  return after.length === 0 && head !== undefined && analyze(ended, ENGLISH).includes(head);
}

/** Whether a statement gives a figure or a name that the question does not hold. */
export function givesValue(text: string, asked: string): boolean {
  const known = namesIn(asked);
  return [...namesIn(text)].some((name) => !known.has(name));
}
