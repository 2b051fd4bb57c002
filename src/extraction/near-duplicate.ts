import { normalizeForIdentity } from "../domain/memory.ts";
import { analyze } from "../text/analyze.ts";
import { foldAccents, foldWord } from "../text/fold.ts";
import { CONNECTORS, HARMLESS_INSERTS, IGNORABLE, NUMBER_WORDS, TURNING, TURNING_UNSPACED } from "./statement-words.ts";

/**
 * The key under which trivially reworded statements are one: case, accents, width, invisible characters, quotes,
 * white space, commas and the full stop do not count. Signs that carry meaning do: "C#" is not "C", "-5" is not "5",
 * "5 %" is not "5", and a question is not its answer.
 */
export function identityKey(text: string): string {
  const folded = foldAccents(text.normalize("NFKC"));
  const spelled = folded
    .replaceAll(/(?<=[\p{L}\p{N}])\s*%/gu, " percent")
    .replaceAll(/(?<=\p{L})#/gu, " sharp")
    .replaceAll(/(?<=^|[\s(])[-−](?=\p{N})/gu, "minus ")
    .replaceAll(/["“”„«»‹›「」『』]/gu, "")
    .replaceAll(/(?<!\p{N})[,;](?=\s|$)|[,;](?=\s)/gu, " ")
    .replaceAll(/[‐‑‒–—−]/gu, "-");
  const key = normalizeForIdentity(spelled);
  return isQuestion(text) ? `${key} ?` : key;
}

/** The terms by which a statement is found and compared: the analyzer's, without repeats, in order. */
export function contentTerms(text: string): readonly string[] {
  return [...new Set(analyze(text))];
}

/**
 * True when both say the same thing in all but trifles (articles, "is living" for "lives", a phrase moved to the
 * front). Any other differing word, negation, number, date, name or tense makes them two statements.
 */
export function isNearDuplicate(left: string, right: string): boolean {
  if (identityKey(left) === identityKey(right)) return true;
  const leftTokens = contentTokens(left);
  const rightTokens = contentTokens(right);
  if (leftTokens.length === 0 || leftTokens.length !== rightTokens.length) return false;
  if (isQuestion(left) !== isQuestion(right)) return false;
  if (areEqualFrom(leftTokens, rightTokens, 0)) return true;
  // "On Mondays I swim" for "I swim on Mondays": the same words in the same circle. Other orders may swap roles.
  if (leftTokens.length < 4 || leftTokens.some((token) => token.isUnspaced)) return false;
  return leftTokens.some(
    (_, shift) => shift > 0 && areEqualFrom(leftTokens, rightTokens, shift) && isFronting(leftTokens, shift),
  );
}

/**
 * True when `fuller` says everything that `barer` says, in the same words and order, and more: a phrase or clause
 * behind it, or a harmless adjective inside it. Numbers and dates must be the same in both, and what is added must
 * not turn, weaken, end or limit the statement.
 */
export function isFullerThan(fuller: string, barer: string): boolean {
  if (isQuestion(fuller) || isQuestion(barer)) return false;
  const long = allTokens(fuller);
  const short = contentTokens(barer);
  if (short.length < (short.some((token) => token.isUnspaced) ? 4 : 2)) return false;
  if (numbersOf(fuller) !== numbersOf(barer)) return false;
  const added = addedTokens(long, short);
  return added !== null && added.some((token) => !token.isPunctuation) && !isTurning(added);
}

interface Token {
  readonly surface: string;
  readonly stem: string;
  /** Capitalised as written: must match to the letter, because names differ by one. */
  readonly isNameLike: boolean;
  readonly isUnspaced: boolean;
  readonly isPunctuation: boolean;
  readonly isIgnorable: boolean;
}

const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const TOKEN = new RegExp(
  String.raw`${UNSPACED}\p{M}*|(?:(?!${UNSPACED})[\p{L}\p{M}\p{N}])+(?:[.,:'/@_-](?:(?!${UNSPACED})[\p{L}\p{M}\p{N}])+)*[+#]*|[^\s]`,
  "gu",
);
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, "u");
const IS_WORD = /[\p{L}\p{N}\p{S}%#&@*]/u;
const IS_FIGURE = /\p{N}/u;

function allTokens(text: string): readonly Token[] {
  const spelled = expandContractions(foldAccents(text.normalize("NFKC")));
  let startsSentence = true;
  return Array.from(spelled.matchAll(TOKEN), ([written]) => {
    const surface = foldWord(written);
    const isNameLike = /^\p{Lu}/u.test(written);
    // "UN", "The Hague", "Los Angeles": an article inside a name counts.
    const isArticleOfName = isNameLike && !startsSentence;
    startsSentence = /^[.!?:]$/u.test(written);
    return {
      surface,
      stem: lightStem(surface),
      isNameLike,
      isIgnorable: IGNORABLE.has(surface) && !isArticleOfName,
      isUnspaced: STARTS_UNSPACED.test(written),
      isPunctuation: !IS_WORD.test(written),
    };
  });
}

function contentTokens(text: string): readonly Token[] {
  return allTokens(text).filter((token) => !token.isPunctuation && !token.isIgnorable);
}

function expandContractions(text: string): string {
  return text
    .replaceAll(
      /\b(ca|wo|sha)n't\b/giu,
      (_, verb: string) => `${{ ca: "can", wo: "will", sha: "shall" }[verb.toLowerCase()] ?? verb} not`,
    )
    .replaceAll(/(?<=\p{L})n't\b/giu, " not")
    .replaceAll(/\bcannot\b/giu, "can not")
    .replaceAll(/(?<=\p{L})'m\b/giu, " am")
    .replaceAll(/(?<=\p{L})'re\b/giu, " are")
    .replaceAll(/(?<=\p{L})'ve\b/giu, " have")
    .replaceAll(/(?<=\p{L})'ll\b/giu, " will")
    .replaceAll(/\b(he|she|it|that|there)'s\b/giu, "$1 is");
}

/** Third person and progressive of English, and plurals. Nothing that tells tenses apart. */
function lightStem(word: string): string {
  if (!/^[a-z]{4,}$/u.test(word)) return word;
  let stem = word;
  if (stem.endsWith("ing") && stem.length > 5 && /[aeiouy]/u.test(stem.slice(0, -3))) {
    stem = stem.slice(0, -3);
    if (/([bdgmnprt])\1$/u.test(stem)) stem = stem.slice(0, -1);
  } else if (stem.endsWith("ies") && stem.length > 4) {
    stem = `${stem.slice(0, -3)}y`;
  } else if (stem.endsWith("s") && !/(?:ss|us|is)$/u.test(stem)) {
    stem = stem.slice(0, -1);
  }
  return stem.length > 3 && stem.endsWith("e") ? stem.slice(0, -1) : stem;
}

function isSameToken(left: Token, right: Token): boolean {
  if (left.surface === right.surface) return true;
  return left.stem === right.stem && !left.isNameLike && !right.isNameLike && !isNumber(left) && !isNumber(right);
}

function areEqualFrom(left: readonly Token[], right: readonly Token[], shift: number): boolean {
  return right.every((token, index) => isSameToken(left[(index + shift) % left.length] as Token, token));
}

/** The part that moved must be a phrase of its own: begin with a preposition or the like. */
function isFronting(tokens: readonly Token[], shift: number): boolean {
  const behind = tokens[shift];
  const front = tokens[0];
  return (
    (behind !== undefined && CONNECTORS.has(behind.surface)) || (front !== undefined && CONNECTORS.has(front.surface))
  );
}

/** What `long` has beyond `short`, or null when `short` is not in it from the start. */
function addedTokens(long: readonly Token[], short: readonly Token[]): readonly Token[] | null {
  const added: Token[] = [];
  let position = 0;
  for (const [index, token] of long.entries()) {
    const expected = short[position];
    if (expected === undefined) {
      const rest = long.slice(index).filter((candidate) => !candidate.isIgnorable || CONNECTORS.has(candidate.surface));
      const first = rest[0];
      if (first !== undefined && !CONNECTORS.has(first.surface)) return null;
      return [...added, ...rest];
    }
    if (!token.isPunctuation && isSameToken(token, expected)) position += 1;
    else if (HARMLESS_INSERTS.has(token.surface)) added.push(token);
    else if (!token.isPunctuation && !token.isIgnorable) return null;
  }
  return position === short.length ? added : null;
}

function isTurning(added: readonly Token[]): boolean {
  if (added.some((token) => TURNING.has(token.surface))) return true;
  const unspaced = added.map((token) => token.surface).join("");
  return added.some((token) => token.isUnspaced) && TURNING_UNSPACED.test(unspaced);
}

function isNumber(token: Token): boolean {
  return IS_FIGURE.test(token.surface) || NUMBER_WORDS.has(token.surface);
}

function numbersOf(text: string): string {
  return allTokens(text)
    .filter(isNumber)
    .map((token) => token.surface)
    .toSorted()
    .join(" ");
}

function isQuestion(text: string): boolean {
  return /[?？؟]["'”’)\]\s]*$/u.test(text);
}
