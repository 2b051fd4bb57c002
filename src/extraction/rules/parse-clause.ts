import type { ClauseRange } from "./clauses.ts";
import { leadingPronoun, leadingNoun, findFiniteVerb, isElidedFirstPerson } from "./find-subject.ts";
import { type Token, isCapitalized, isWord, lowerText } from "./tokens.ts";
import { guessVerb, readVerb, SAME_IN_PAST, type VerbForm } from "./verbs.ts";
import { ADVERBS, AUXILIARIES, PREPOSITIONS, wordSet } from "./words.ts";

export type SubjectKind = "i" | "we" | "you" | "he" | "she" | "they" | "it" | "this" | "there" | "noun" | "none";

/** A clause taken apart: who, which verb, what about it. Token indexes of the sentence. */
export interface Clause {
  readonly tokens: readonly Token[];
  readonly range: ClauseRange;
  /** First token after fillers and lead-ins ("well", "actually", "by the way"). */
  readonly start: number;
  readonly end: number;
  readonly subject: SubjectKind;
  /** [from, to) of a noun subject, its determiner included. */
  readonly subjectFrom: number;
  readonly subjectTo: number;
  /** Lemma of the main verb; "be" with a predicate; "" when there is none. */
  readonly verb: string;
  readonly verbIndex: number;
  readonly form: VerbForm;
  readonly isPassive: boolean;
  readonly isProgressive: boolean;
  readonly isPerfect: boolean;
  readonly isNegated: boolean;
  /** "will", "would", "can", "should", "might", "must", "used" or "". */
  readonly modality: string;
  readonly isPast: boolean;
  readonly adverbs: readonly string[];
  /** After the main verb, or after the copula and its adverbs. */
  readonly restFrom: number;
  /** tokens[restFrom, end) in lower case. */
  readonly rest: string;
  /** The whole clause in lower case. */
  readonly lower: string;
}

const FILLERS = wordSet(`
  well so oh yeah yes yep yup no nope ok okay hey hi hello and but also anyway anyways actually honestly basically plus then , : . ! ah hmm um uh wow
  haha lol sure right btw fyi by-the-way update correction sorry thanks oops hello though finally fortunately unfortunately luckily sadly
  look listen man dude guys really too still maybe yet however or ; - – — … ( plus * first second firstly secondly meanwhile today recently lately currently`);

const PRONOUNS: ReadonlyMap<string, SubjectKind> = new Map<string, SubjectKind>([
  ["i", "i"],
  ["we", "we"],
  ["you", "you"],
  ["he", "he"],
  ["she", "she"],
  ["they", "they"],
  ["it", "it"],
  ["this", "this"],
  ["that", "this"],
  ["there", "there"],
]);

const MODALS: ReadonlyMap<string, string> = new Map([
  ["will", "will"],
  ["'ll", "will"],
  ["gonna", "will"],
  ["shall", "will"],
  ["would", "would"],
  ["'d", "would"],
  ["can", "can"],
  ["could", "would"],
  ["should", "should"],
  ["ought", "should"],
  ["may", "might"],
  ["might", "might"],
  ["must", "must"],
]);

const SAME_AS_PARTICIPLE = new Set([...SAME_IN_PAST, "become", "come", "run"]);
const BE = wordSet("am is are was were be been being 'm 're");

export function parseClause(
  tokens: readonly Token[],
  range: ClauseRange,
  previous: Clause | undefined,
): Clause | undefined {
  let end = range.to;
  while (end > range.from && !isWord(tokens[end - 1]) && !/^[%$€£)]$/u.test((tokens[end - 1] as Token).lower)) end -= 1;
  let start = range.from;
  while (start < end && isSkippable(tokens, start)) start += 1;
  if (start >= end) return undefined;

  let subject: SubjectKind = "none";
  let subjectFrom = start;
  let subjectTo = start;
  let cursor = start;
  const first = tokens[start] as Token;
  const pronounIndex =
    PRONOUNS.has(first.lower) && !isDeterminerUse(tokens, start) ? start : leadingPronoun(tokens, start, end);
  if (range.inheritsSubject && previous !== undefined) {
    subject = previous.subject;
    subjectFrom = previous.subjectFrom;
    subjectTo = previous.subjectTo;
  } else if (pronounIndex >= 0 && !isDeterminerUse(tokens, pronounIndex)) {
    subject = PRONOUNS.get((tokens[pronounIndex] as Token).lower) as SubjectKind;
    subjectFrom = pronounIndex;
    subjectTo = pronounIndex + 1;
    cursor = subjectTo;
  } else {
    const from = leadingNoun(tokens, start, end);
    const verbAt = findFiniteVerb(tokens, from, end);
    if (verbAt > from) {
      subject = "noun";
      subjectFrom = from;
      subjectTo = verbAt;
      while (subjectTo > from + 1 && ADVERBS.has((tokens[subjectTo - 1] as Token).lower)) subjectTo -= 1;
      cursor = verbAt;
    } else if (isElidedFirstPerson(tokens, start, end)) {
      subject = "i";
    } else if (isWhereabouts(tokens, start, end)) {
      // "Still at Lidl.", "Now with Aldi": both the speaker and the copula are left out.
      return readPredicate({
        tokens,
        range: { ...range, inheritsCopula: true },
        start: start - 1,
        end,
        subject: "i",
        subjectFrom: start - 1,
        subjectTo: start - 1,
        cursor: start - 1,
        previous,
      });
    }
  }
  return readPredicate({ tokens, range, start, end, subject, subjectFrom, subjectTo, cursor, previous });
}

interface Draft {
  readonly tokens: readonly Token[];
  readonly range: ClauseRange;
  readonly start: number;
  readonly end: number;
  readonly subject: SubjectKind;
  readonly subjectFrom: number;
  readonly subjectTo: number;
  readonly cursor: number;
  readonly previous: Clause | undefined;
}

function readPredicate(draft: Draft): Clause {
  const { tokens, range, start, end, subject, subjectFrom, subjectTo, previous } = draft;
  let cursor = draft.cursor;
  let isNegated = false;
  let isPast = false;
  let isPerfect = false;
  let hasBe = range.inheritsCopula;
  let hasDo = false;
  let modality = range.inheritsSubject ? (previous?.modality ?? "") : "";
  let haveIndex = -1;
  let beIndex = -1;
  const adverbs: string[] = [];
  for (; cursor < end; cursor += 1) {
    const word = (tokens[cursor] as Token).lower;
    const next = tokens[cursor + 1]?.lower ?? "";
    if (word === "n't" || word === "not" || word === "never") isNegated = true;
    else if (word === "no" && next === "longer") {
      isNegated = true;
      adverbs.push("no longer");
      cursor += 1;
    } else if (MODALS.has(word) && !(word === "may" && /^\d/u.test(next)))
      modality = word === "'d" && next === "been" ? modality : (MODALS.get(word) as string);
    else if (word === "used" && next === "to" && !hasBe) {
      modality = "used";
      cursor += 1;
    } else if (BE.has(word) || (word === "'s" && subject !== "none" && next !== "been" && next !== "got")) {
      hasBe = true;
      beIndex = cursor;
      if (word === "was" || word === "were") isPast = true;
    } else if (
      word === "going" &&
      next === "to" &&
      hasBe &&
      readVerb(tokens[cursor + 2]?.lower ?? "")?.form === "base"
    ) {
      modality = "will";
      hasBe = false;
      cursor += 1;
    } else if (/^(?:have|has|had|'ve|'s)$/u.test(word) && !hasBe) {
      haveIndex = cursor;
      if (word === "had") isPast = true;
    } else if (/^(?:do|does|did)$/u.test(word) && (next === "n't" || next === "not" || isBase(next))) {
      hasDo = true;
      if (word === "did") isPast = true;
    } else if (ADVERBS.has(word) && !(hasBe && word === "right")) adverbs.push(word);
    else break;
  }
  const main = tokens[cursor];
  const reading = main === undefined ? undefined : readVerb(main.lower);
  let verb = "";
  let form: VerbForm = "base";
  let verbIndex = cursor;
  let restFrom = cursor + 1;
  let isPassive = false;
  let isProgressive = false;
  if (hasBe) {
    if (reading?.form === "gerund") {
      [verb, form, isProgressive] = [reading.lemma, "gerund", true];
    } else if (
      main !== undefined &&
      (reading?.form === "past" ||
        (SAME_AS_PARTICIPLE.has(main.lower) && PREPOSITIONS.has(tokens[cursor + 1]?.lower ?? "")))
    ) {
      [verb, form, isPassive] = [reading?.lemma ?? main.lower, "past", true];
    } else {
      [verb, verbIndex, restFrom] = ["be", beIndex, cursor];
      form = "third";
    }
    if (haveIndex >= 0) isPerfect = true;
  } else if (
    haveIndex >= 0 &&
    reading !== undefined &&
    main !== undefined &&
    (reading.form === "past" || SAME_AS_PARTICIPLE.has(main.lower))
  ) {
    [verb, form, isPerfect] = [reading.lemma, "past", true];
  } else if (haveIndex >= 0) {
    [verb, verbIndex, restFrom, form] = ["have", haveIndex, cursor, isPast ? "past" : "base"];
  } else if (main !== undefined && subject !== "none" && isWord(main)) {
    const guess = reading ?? guessVerb(main.lower);
    [verb, form] = [guess.lemma, guess.form];
    if (form === "past" && !hasDo) isPast = true;
    const participle = readVerb(tokens[cursor + 1]?.lower ?? "");
    // "The stand-up got rescheduled" is a passive; "I got married" has rules of its own.
    if (verb === "get" && (subject === "noun" || subject === "it") && participle?.form === "past" && cursor + 1 < end) {
      [verb, form, isPassive, isPast] = [participle.lemma, "past", true, false];
      verbIndex = cursor + 1;
      restFrom = cursor + 2;
    }
  } else {
    restFrom = cursor;
  }
  return {
    tokens,
    range,
    start,
    end,
    subject,
    subjectFrom,
    subjectTo,
    verb,
    verbIndex,
    form,
    isPassive,
    isProgressive,
    isPerfect,
    isNegated,
    modality,
    isPast,
    adverbs,
    restFrom,
    rest: lowerText(tokens, restFrom, end),
    lower: lowerText(tokens, start, end),
  };
}

/** The clause seen from an inner verb: "decided to use X" as "use X", "stopped eating meat" as "eat meat". */
export function innerClause(clause: Clause, index: number, lemma: string): Clause {
  return {
    ...clause,
    verb: lemma,
    restFrom: index + 1,
    rest: lowerText(clause.tokens, index + 1, clause.end),
    isPassive: false,
  };
}

function isBase(word: string): boolean {
  return readVerb(word)?.form === "base";
}

function isSkippable(tokens: readonly Token[], index: number): boolean {
  const word = (tokens[index] as Token).lower;
  const next = tokens[index + 1]?.lower ?? "";
  if (word === "now" && next !== "") return true;
  if (word === "no" && next === "longer") return false;
  // "Thanks, Mel, I …": a name between commas is an address.
  if (
    isCapitalized(tokens[index]) &&
    next === "," &&
    index > 0 &&
    /^[,!]$|^hey$|^hi$|^hello$|^thanks$|^yeah$|^wow$/u.test(tokens[index - 1]?.lower ?? "")
  ) {
    return true;
  }
  return FILLERS.has(word) && !(word === "still" && next === "") && !(word === "right" && next === "now" && false);
}

/** A preposition and a name behind "still", "now" or "back". */
function isWhereabouts(tokens: readonly Token[], start: number, end: number): boolean {
  return (
    start > 0 &&
    /^(?:still|now|currently|back)$/u.test(tokens[start - 1]?.lower ?? "") &&
    /^(?:at|with|in)$/u.test(tokens[start]?.lower ?? "") &&
    isCapitalized(tokens[start + 1]) &&
    end - start <= 7
  );
}

/** "that deadline", "this project" are noun phrases, "that is" is not. */
function isDeterminerUse(tokens: readonly Token[], index: number): boolean {
  const word = (tokens[index] as Token).lower;
  if (word !== "this" && word !== "that") return false;
  const next = tokens[index + 1]?.lower ?? "";
  return (
    !AUXILIARIES.has(next) && readVerb(next)?.form !== "third" && readVerb(next)?.form !== "past" && !ADVERBS.has(next)
  );
}
