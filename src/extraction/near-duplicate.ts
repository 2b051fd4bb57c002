import { normalizeForIdentity } from "../domain/memory.ts";
import { analyze } from "../text/analyze.ts";
import { foldAccents } from "../text/fold.ts";
import { CONNECTORS, HARMLESS_INSERTS, IGNORABLE, NUMBER_WORDS, TURNING, TURNING_UNSPACED } from "./statement-words.ts";

/** A statement read once, for comparison with many. */
export interface ReadStatement {
  readonly key: string;
  readonly isQuestion: boolean;
  /** With punctuation. */
  readonly tokens: readonly Token[];
  /** Without punctuation, articles and fillers. */
  readonly content: readonly Token[];
  /** Figures, number words and dates, sorted. */
  readonly numbers: string;
}

/** Longer texts are documents, not statements: only their identity counts. */
const LONGEST_STATEMENT = 4_000;

export function readStatement(text: string): ReadStatement {
  const tokens = text.length > LONGEST_STATEMENT ? [] : allTokens(text);
  return {
    key: identityKey(text),
    isQuestion: isQuestion(text),
    tokens,
    content: tokens.filter((token) => !token.isPunctuation && !token.isIgnorable),
    numbers: numbersOf(tokens),
  };
}

/**
 * The key under which trivially reworded statements are one: case, accents, width, invisible characters, quotes,
 * white space, commas and the full stop do not count. Signs that carry meaning do: "C#" is not "C", "-5" is not "5",
 * "5 %" is not "5", and a question is not its answer.
 */
export function identityKey(text: string): string {
  const folded = fold(text);
  const key = normalizeForIdentity(HAS_SIGNS.test(folded) ? spellSigns(folded) : folded);
  return isQuestion(text) ? `${key} ?` : key;
}

function spellSigns(text: string): string {
  return text
    .replaceAll(/(?<=[\p{L}\p{N}])\s*%/gu, " percent")
    .replaceAll(/(?<=\p{L})#/gu, " sharp")
    .replaceAll(/(?<=^|[\s(])[-−](?=\p{N})/gu, "minus ")
    .replaceAll(/["“”„«»‹›「」『』]/gu, "")
    .replaceAll(/(?<!\p{N})[,;](?=\s|$)|[,;](?=\s)/gu, " ")
    .replaceAll(/[‐‑‒–—−]/gu, "-");
}

/** The terms by which a statement is found and compared: the analyzer's, without repeats, in order. */
export function contentTerms(text: string): readonly string[] {
  return [...new Set(analyze(text))];
}

/**
 * True when both say the same thing in all but trifles (articles, "is living" for "lives", a phrase moved to the
 * front). Any other differing word, negation, number, date, name or tense makes them two statements.
 */
export function isNearDuplicate(left: string | ReadStatement, right: string | ReadStatement): boolean {
  const one = typeof left === "string" ? readStatement(left) : left;
  const other = typeof right === "string" ? readStatement(right) : right;
  if (one.key === other.key) return true;
  const { content } = one;
  if (content.length === 0 || content.length !== other.content.length) return false;
  if (one.isQuestion !== other.isQuestion || one.numbers !== other.numbers) return false;
  if (areEqualFrom(content, other.content, 0)) return true;
  // "On Mondays I swim" for "I swim on Mondays": the same words in the same circle. Other orders may swap roles.
  if (content.length < 4 || content.some((token) => token.isUnspaced)) return false;
  return content.some(
    (_, shift) => shift > 0 && areEqualFrom(content, other.content, shift) && isFronting(content, shift),
  );
}

/**
 * True when `fuller` says everything that `barer` says, in the same words and order, and more: a phrase or clause
 * behind it, or a harmless adjective inside it. Numbers and dates must be the same in both, and what is added must
 * not turn, weaken, end or limit the statement.
 */
export function isFullerThan(fuller: string | ReadStatement, barer: string | ReadStatement): boolean {
  const long = typeof fuller === "string" ? readStatement(fuller) : fuller;
  const short = typeof barer === "string" ? readStatement(barer) : barer;
  if (long.isQuestion || short.isQuestion || long.numbers !== short.numbers) return false;
  if (long.content.length <= short.content.length) return false;
  if (short.content.length < (short.content.some((token) => token.isUnspaced) ? 4 : 2)) return false;
  const added = addedTokens(long.tokens, short.content);
  return added !== null && added.some((token) => !token.isPunctuation) && !isTurning(added);
}

export interface Token {
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
const HAS_SIGNS = /[%#,;"“”„«»‹›「」『』\-‐‑‒–—−]/u;
const PLAIN_TOKEN = /[a-z0-9]+(?:[.,:'/@_-][a-z0-9]+)*[+#]*|[^\s]/gi;
const IS_FIGURE = /\p{N}/u;
// oxlint-disable-next-line no-control-regex -- white space and printable ASCII but the grave accent, which folds
const IS_PLAIN = /^[\t\n\r -_a-~]*$/u;

function allTokens(text: string): readonly Token[] {
  const spelled = expandContractions(fold(text));
  let startsSentence = true;
  return Array.from(spelled.matchAll(IS_PLAIN.test(spelled) ? PLAIN_TOKEN : TOKEN), ([written]) => {
    const surface = written.toLowerCase();
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

/** Most statements are plain ASCII, and folding is the dearest step. */
function fold(text: string): string {
  return IS_PLAIN.test(text) ? text : foldAccents(text.normalize("NFKC"));
}

function expandContractions(text: string): string {
  if (!/'|cannot/iu.test(text)) return text;
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

function numbersOf(tokens: readonly Token[]): string {
  return tokens
    .filter(isNumber)
    .map((token) => token.surface)
    .toSorted()
    .join(" ");
}

function isQuestion(text: string): boolean {
  return /[?？؟]["'”’)\]\s]*$/u.test(text);
}
