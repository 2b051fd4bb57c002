import { readVerb } from "./verbs.ts";
import { AUXILIARIES, DAYS, DETERMINERS, wordSet } from "./words.ts";
import type { Token } from "./tokens.ts";
import { isCapitalized } from "./tokens.ts";

/** A stretch of a sentence that can hold one statement. Token indexes, `to` exclusive. */
export interface ClauseRange {
  readonly from: number;
  readonly to: number;
  /** The word that joins it to what stands before: "and", "because", "if", … or "". */
  readonly joint: string;
  /** True when it has no subject of its own: "… and work at Acme". */
  readonly inheritsSubject: boolean;
  /** True when it has no verb of its own either: "… and allergic to nuts". */
  readonly inheritsCopula: boolean;
}

const PRONOUN_SUBJECTS = wordSet("i we he she they it you this that there");
const COORDINATORS = wordSet("and but so or then plus yet");
const SUBORDINATORS = wordSet(
  "because since if unless although though while when whenever after before until once whereas which who whether where cause cuz",
);
const ADVERB_SKIP = wordSet(
  "now also then just recently currently still actually later finally only instead even always usually never no longer",
);
const PREDICATE_HEADS = wordSet(
  "allergic vegan vegetarian pescatarian lactose gluten intolerant married single divorced engaged based employed retired pregnant diabetic celiac coeliac currently originally",
);

/** Cuts a sentence into clauses: at semicolons and dashes, and before a new subject or a second verb phrase. */
export function splitClauses(tokens: readonly Token[]): ClauseRange[] {
  const ranges: ClauseRange[] = [];
  let from = 0;
  let joint = "";
  let inheritsSubject = false;
  let inheritsCopula = false;
  let opening = openingSubordinator(tokens);
  if (opening !== "") joint = opening;
  const push = (to: number): void => {
    if (to > from) ranges.push({ from, to, joint, inheritsSubject, inheritsCopula });
  };
  for (let index = 1; index < tokens.length; index += 1) {
    const word = (tokens[index] as Token).lower;
    const isHardBreak = word === ";" || word === "—" || word === "–" || (word === "-" && isSpaced(tokens, index));
    if (isHardBreak) {
      push(index);
      [from, joint, inheritsSubject, inheritsCopula] = [index + 1, "", false, false];
      opening = "";
      continue;
    }
    if (word === ":" && startsSubject(tokens, index + 1)) {
      push(index);
      [from, joint, inheritsSubject, inheritsCopula] = [index + 1, "", false, false];
      continue;
    }
    if (word === "," && opening !== "" && startsSubject(tokens, index + 1)) {
      push(index);
      [from, joint, inheritsSubject, inheritsCopula] = [index + 1, ",", false, false];
      opening = "";
      continue;
    }
    if (word === ",") {
      const next = tokens[index + 1]?.lower ?? "";
      if (COORDINATORS.has(next) || SUBORDINATORS.has(next)) continue;
      if (startsPronounClause(tokens, index + 1) || startsNounClause(tokens, index + 1)) {
        push(index);
        [from, joint, inheritsSubject, inheritsCopula] = [index + 1, ",", false, false];
      } else if (!isComparison(tokens, index + 1) && isSecondVerb(tokens, from, index + 1)) {
        push(index);
        [from, joint, inheritsSubject, inheritsCopula] = [index + 1, ",", true, false];
      }
      continue;
    }
    if (SUBORDINATORS.has(word) && index > from + 1) {
      const isRelative = word === "which" || word === "who" || word === "where";
      if (isRelative || startsSubject(tokens, index + 1)) {
        push(trimComma(tokens, index));
        [from, joint, inheritsSubject, inheritsCopula] = [index + (isRelative ? 0 : 1), word, false, false];
      }
      continue;
    }
    if (!COORDINATORS.has(word)) continue;
    const next = skipAdverbs(tokens, index + 1);
    const isPronoun = startsPronounClause(tokens, index + 1);
    if (isPronoun || startsNounClause(tokens, index + 1)) {
      push(trimComma(tokens, index));
      [from, joint, inheritsSubject, inheritsCopula] = [index + 1, word, false, false];
    } else if (isSecondVerb(tokens, from, index + 1)) {
      push(trimComma(tokens, index));
      [from, joint, inheritsSubject, inheritsCopula] = [index + 1, word, true, false];
    } else if (PREDICATE_HEADS.has(tokens[next]?.lower ?? "") && hasCopula(tokens, from, index)) {
      push(trimComma(tokens, index));
      [from, joint, inheritsSubject, inheritsCopula] = [index + 1, word, true, true];
    }
  }
  push(tokens.length);
  return ranges;
}

function openingSubordinator(tokens: readonly Token[]): string {
  for (let index = 0; index < Math.min(3, tokens.length); index += 1) {
    const word = (tokens[index] as Token).lower;
    if (SUBORDINATORS.has(word) && word !== "which" && word !== "who") return word;
    if (!COORDINATORS.has(word) && !/^(?:well|oh|yeah|,|ever|even)$/u.test(word)) return "";
  }
  return "";
}

function isSpaced(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const self = tokens[index] as Token;
  return before !== undefined && after !== undefined && before.end < self.start && self.end < after.start;
}

function trimComma(tokens: readonly Token[], index: number): number {
  return tokens[index - 1]?.lower === "," ? index - 1 : index;
}

function skipAdverbs(tokens: readonly Token[], index: number): number {
  let next = index;
  while (next < tokens.length && ADVERB_SKIP.has((tokens[next] as Token).lower)) next += 1;
  return next;
}

function startsSubject(tokens: readonly Token[], index: number): boolean {
  return startsPronounClause(tokens, index) || startsNounClause(tokens, index);
}

/** "But last week I …": the time in front of a subject. */
function skipTimeLead(tokens: readonly Token[], index: number): number {
  const word = tokens[index]?.lower ?? "";
  if (/^(?:yesterday|today|tonight|tomorrow)$/u.test(word)) return index + 1;
  const isUnit = /^(?:day|week|weekend|month|year|night|morning|evening|summer|winter|spring|autumn|fall|time)$/u;
  const unit = tokens[index + 1]?.lower ?? "";
  return /^(?:last|next|this|every|one)$/u.test(word) && (isUnit.test(unit) || DAYS.has(unit)) ? index + 2 : index;
}

function startsPronounClause(tokens: readonly Token[], index: number): boolean {
  const next = skipTimeLead(tokens, skipAdverbs(tokens, index));
  const word = tokens[next]?.lower ?? "";
  if (!PRONOUN_SUBJECTS.has(word)) return false;
  const after = tokens[skipAdverbs(tokens, next + 1)]?.lower ?? "";
  if (word === "i" || word === "we" || word === "he" || word === "she" || word === "they") return after !== "";
  return AUXILIARIES.has(after) || readVerb(after) !== undefined;
}

/** "my boss Dana left", "the deadline is …", "Anna works …": a determiner or a name, then a verb within six words. */
function startsNounClause(tokens: readonly Token[], index: number): boolean {
  const first = skipAdverbs(tokens, index);
  const token = tokens[first];
  if (token === undefined) return false;
  if (startsBareClause(tokens, first)) return true;
  if (!DETERMINERS.has(token.lower) && !isCapitalized(token)) return false;
  for (let next = first + 1; next < Math.min(tokens.length, first + 7); next += 1) {
    const word = (tokens[next] as Token).lower;
    if (word === "," || word === "and" || word === "or" || word === "but" || word === "." || word === "!") return false;
    if (word === "that" || word === "to" || word === "for" || word === "with" || word === "who") return false;
    if (word === "is" || word === "was" || word === "are" || word === "were" || word === "has" || word === "will")
      return true;
    const reading = readVerb(word);
    const isAfterDeterminer = next === first + 1 && DETERMINERS.has(token.lower);
    if (!isAfterDeterminer && (reading?.form === "third" || reading?.form === "past")) return true;
  }
  return false;
}

/** "… so swimming is at the Lido", "…, feature flags are in Unleash": one or two bare nouns, a copula, a place. */
function startsBareClause(tokens: readonly Token[], first: number): boolean {
  const token = tokens[first] as Token;
  if (readVerb(token.lower)?.form === "past" || !/^\p{Ll}{3,}$/u.test(token.lower) || AUXILIARIES.has(token.lower))
    return false;
  for (const at of [first + 1, first + 2]) {
    if (!/^(?:is|are)$/u.test(tokens[at]?.lower ?? "")) continue;
    return /^(?:at|in|on|with|by|now|under)$/u.test(tokens[at + 1]?.lower ?? "");
  }
  return false;
}

function hasCopula(tokens: readonly Token[], from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    if (/^(?:am|is|are|was|'m|'re|'s|been)$/u.test((tokens[index] as Token).lower)) return true;
  }
  return false;
}

/** True when tokens[index] opens a second verb phrase of the clause's subject, not the next item of a list. */
function isSecondVerb(tokens: readonly Token[], from: number, index: number): boolean {
  const next = skipAdverbs(tokens, index);
  const token = tokens[next];
  if (token === undefined) return false;
  const word = token.lower;
  if (/^(?:am|'m|is|was|have|has|had|can|will|do|does|did)$/u.test(word)) return next + 1 < tokens.length;
  const reading = readVerb(word);
  if (reading === undefined || isCapitalized(token) || isOtherSubject(tokens, next)) return false;
  const following = tokens[next + 1]?.lower;
  // At the end of the clause it is as likely a noun: "I like music and dance".
  if (following === undefined || /^[.,!?;]|^and$|^or$/u.test(following)) return reading.form === "past";
  const before = formBefore(tokens, from, index);
  if (reading.form === "gerund") return before === "progressive";
  if (reading.form === "past")
    return before === "past" || before === "passive" || before === "base" || before === "third";
  if (reading.form === "third") return before === "third" || before === "is";
  return (before === "base" || before === "progressive") && hasFirstPerson(tokens, from, index);
}

/** ", like a walk", ", just like you": no verb. */
function isComparison(tokens: readonly Token[], index: number): boolean {
  return tokens[skipAdverbs(tokens, index)]?.lower === "like";
}

/** "But last week I …" has a subject of its own; "just shoot me a message" tells the other what to do. */
function isOtherSubject(tokens: readonly Token[], verb: number): boolean {
  const next = tokens[verb + 1]?.lower ?? "";
  if (tokens[verb]?.lower === "last") return true;
  return /^(?:me|us)$/u.test(next) && readVerb(tokens[verb]?.lower ?? "")?.form === "base";
}

function hasFirstPerson(tokens: readonly Token[], from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const word = (tokens[index] as Token).lower;
    if (word === "i" || word === "we" || word === "to" || word === "will" || word === "please") return true;
  }
  return from === 0 && readVerb(tokens[0]?.lower ?? "")?.form === "base";
}

type Before = "base" | "third" | "past" | "passive" | "progressive" | "is" | "none";

function formBefore(tokens: readonly Token[], from: number, to: number): Before {
  let hasBe = false;
  for (let index = from; index < to; index += 1) {
    const token = tokens[index] as Token;
    const word = token.lower;
    if (/^(?:am|'m|are|'re|is|was|were|been|'s)$/u.test(word)) {
      hasBe = true;
      continue;
    }
    if (word === "have" || word === "'ve" || word === "had") return hasBe ? "is" : word === "had" ? "past" : "base";
    const reading = readVerb(word);
    if (reading === undefined || (index === from && isCapitalized(token) && index > 0)) continue;
    if (DETERMINERS.has(tokens[index - 1]?.lower ?? "")) continue;
    if (hasBe && reading.form === "gerund") return "progressive";
    if (hasBe) return reading.form === "past" ? "passive" : "is";
    return reading.form === "gerund" ? "none" : reading.form;
  }
  return hasBe ? "base" : "none";
}
