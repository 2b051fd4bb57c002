import { foldAccents, foldWord } from "./fold.ts";
import { languageHints } from "./language-hints.ts";
import { stemByScript, stemEnglish } from "./stemmers.ts";
import { findStopWord, OTHER_SCRIPT_BIT } from "./stop-words.ts";
import { clipTerm } from "./term.ts";

/** One term-to-be: everything about it that does not depend on the language of the whole text. */
export interface Piece {
  /** What it is indexed as, whatever the language. */
  readonly term: string;
  /** The folded lower-case word, where a Latin stemmer may look at it. */
  readonly latin: string | undefined;
  /** A function word in every text: English, or of a script that decides by itself. */
  readonly isStop: boolean;
  /** Bits of the languages in which it is a function word. */
  readonly stopIn: number;
  /** The same bits, and those of the languages whose letters it shows. */
  readonly votes: number;
  readonly isWeakVote: boolean;
  /** The spelling with "ue" for "ü". */
  readonly umlautTerm: string | undefined;
}

const ALWAYS_STOP = OTHER_SCRIPT_BIT | 1;
const WITHOUT_SPACES =
  "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー";
const SEGMENT = /\p{Extended_Pictographic}|\p{RI}{2}|[\p{L}\p{M}\p{N}'+#.\-_@/:\\&,]+/gu;
const RUN_OR_REST = new RegExp(`([${WITHOUT_SPACES}]+)|[^${WITHOUT_SPACES}]+`, "gu");
const HAS_RUN = new RegExp(`[${WITHOUT_SPACES}]`, "u");
const IS_HAN = /^\p{sc=Han}$/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:'[\p{L}\p{M}\p{N}]+)*(?:\+\+|#(?![\p{L}\p{N}]))?/gu;
const IS_PLAIN_WORD = /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+)$/u;
const NOT_ASCII = /[^\0-\u007f]/u;

/** True for a function word of English, or of a script that needs no language to tell. */
export function isStopWord(word: string): boolean {
  return ((findStopWord(foldWord(word).replaceAll("'", ""), foldWord)?.languages ?? 0) & ALWAYS_STOP) !== 0;
}

/** Appends the pieces of a chunk of text (usually one without white space). */
export function analyzeChunk(chunk: string, pieces: Piece[]): void {
  if (IS_PLAIN_WORD.test(chunk)) {
    pieces.push(makeWord(chunk.toLowerCase(), 0));
    return;
  }
  if (/^[A-Za-z\d]+$/u.test(chunk)) {
    addToken(chunk, 0, pieces);
    return;
  }
  const isAscii = !NOT_ASCII.test(chunk);
  const hints = isAscii ? 0 : languageHints(chunk.normalize("NFC"));
  for (const [segment] of (isAscii ? chunk : foldAccents(chunk)).matchAll(SEGMENT)) {
    if (isAscii || !HAS_RUN.test(segment)) {
      addSegment(segment, hints, pieces);
      continue;
    }
    for (const match of segment.matchAll(RUN_OR_REST)) {
      if (match[1] === undefined) addSegment(match[0], hints, pieces);
      else addRun(match[1], pieces);
    }
  }
  const umlautTerm = isAscii ? undefined : spellUmlautsOut(chunk);
  const last = pieces.at(-1);
  if (umlautTerm !== undefined && last !== undefined) pieces[pieces.length - 1] = { ...last, umlautTerm };
}

/** Emoji, or words joined by punctuation: the whole where it looks like an identifier, and its words. */
function addSegment(segment: string, hints: number, pieces: Piece[]): void {
  if (!/[\p{L}\p{N}]/u.test(segment)) {
    if (/[\p{Extended_Pictographic}\p{RI}]/u.test(segment)) pieces.push(makeLiteral(segment));
    return;
  }
  const text = segment.replaceAll(/(?<=\d),(?=\d{3}(?!\d))/gu, "");
  if (/^\P{L}*(?:\p{L}\.){2,}\p{L}?\P{L}*$/u.test(text)) {
    pieces.push(makeWord(text.replaceAll(/[^\p{L}]/gu, "").toLowerCase(), hints));
    return;
  }
  const words = text.match(WORD) ?? [];
  const dotted = /^\.[A-Za-z][A-Za-z0-9]+(?=[,.:'/]*$)/u.exec(text);
  if (dotted !== null) pieces.push(makeLiteral(dotted[0].toLowerCase()));
  else if (words.length > 1) addJoined(text, words, hints, pieces);
  const isNumeric = words.length > 1 && words.every((word) => /^\d+$/u.test(word));
  for (const word of words) addToken(isNumeric ? word.replace(/^0+(?=\d)/u, "") : word, hints, pieces);
}

/** "src/a.ts", "AB-991", "1.2.3", "snake_case" as one term; "e-mail" as "email"; nothing for "happy.Thanks". */
function addJoined(text: string, words: readonly string[], hints: number, pieces: Piece[]): void {
  const trimmed = text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  if (/^\p{L}{1,3}(?:&\p{L}{1,3})+$/u.test(trimmed)) {
    pieces.push(makeWord(trimmed.replaceAll("&", "").toLowerCase(), hints));
    return;
  }
  if (words.length === 2 && /^\p{L}{1,3}-\p{L}{2,}$/u.test(trimmed)) {
    pieces.push(makeWord(trimmed.replace("-", "").toLowerCase(), hints));
    return;
  }
  if (/[,&']/u.test(trimmed) || !isIdentifier(trimmed, text)) return;
  pieces.push(makeLiteral(trimmed.replaceAll("\\", "/").toLowerCase()));
}

function isIdentifier(text: string, untrimmed: string): boolean {
  if (/[_@\\]|::|\/.*\/|-.*-/u.test(text) || /^[.~]{0,2}\/\S/u.test(untrimmed)) return !/-{2}/u.test(text);
  if (/\.{2}|-{2}/u.test(text)) return false;
  return /\d/u.test(text) || /\.[\p{Ll}\p{Lo}]/u.test(text);
}

/** A word, possibly with apostrophes, in camelCase, or with digits in it. */
function addToken(token: string, hints: number, pieces: Piece[]): void {
  if (/[+#]$/u.test(token)) {
    pieces.push(makeLiteral(token.replaceAll("'", "").toLowerCase()));
    addToken(token.replace(/[+#]+$/u, ""), hints, pieces);
    return;
  }
  const word = token
    .replace(/'s$/iu, "")
    .replace(/^(?:[ldjmtncs]|qu|dell|nell|sull|all|jusqu|lorsqu|puisqu)'(?=\p{L}{3})/iu, "")
    .replaceAll("'", "");
  const lower = word.toLowerCase();
  if (word.length > 64 || NOT_ASCII.test(word) || IS_PLAIN_WORD.test(word)) {
    pieces.push(makeWord(lower, hints));
    return;
  }
  if (/^[A-Z]{2,}s$/u.test(word)) {
    pieces.push(makeWord(lower.slice(0, -1), hints));
    return;
  }
  const parts = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/gu) ?? [];
  pieces.push(makeWord(lower, hints));
  if (parts.length < 2 || parts.length > 6) return;
  for (const part of parts) pieces.push(makeWord(part.toLowerCase(), 0));
}

let runCache = new Map<string, Piece>();

/**
 * Scripts written without spaces: overlapping pairs of characters. Han characters stand alone as well, since one
 * of them is often a whole word, and a query for it would otherwise meet nothing.
 */
function addRun(run: string, pieces: Piece[]): void {
  let previous = "";
  let count = 0;
  for (const character of run) {
    if (count > 0) pieces.push(runPiece(previous + character));
    if (IS_HAN.test(character)) pieces.push(runPiece(character));
    previous = character;
    count += 1;
  }
  if (count === 1 && !IS_HAN.test(previous)) pieces.push(runPiece(previous));
}

function runPiece(term: string): Piece {
  let piece = runCache.get(term);
  if (piece === undefined) {
    piece = makeLiteral(term);
    if (runCache.size >= 20_000) runCache = new Map();
    runCache.set(term, piece);
  }
  return piece;
}

function makeLiteral(term: string): Piece {
  const isStop = findStopWord(term, foldWord) !== undefined;
  return {
    term: clipTerm(term),
    latin: undefined,
    isStop,
    stopIn: 0,
    votes: 0,
    isWeakVote: false,
    umlautTerm: undefined,
  };
}

function makeWord(lower: string, hints: number): Piece {
  const stop = findStopWord(lower, foldWord);
  const stopIn = stop?.languages ?? 0;
  const isLatin = /^[a-z]{3,40}$/u.test(lower);
  const stem = isLatin ? stemEnglish(lower) : stemByScript(lower);
  return {
    term: clipTerm(stem === "" ? lower : stem),
    latin: isLatin ? lower : undefined,
    isStop: (stopIn & ALWAYS_STOP) !== 0,
    stopIn,
    votes: stopIn | hints,
    isWeakVote: lower.length === 1 || (stop?.isWeak ?? false),
    umlautTerm: undefined,
  };
}

const UMLAUTS = /[äöü]/giu;

/** "muenchen" for a chunk that is one word with umlauts. */
function spellUmlautsOut(chunk: string): string | undefined {
  const written = chunk.normalize("NFC");
  const word = /^\P{L}*(\p{sc=Latin}+)\P{L}*$/u.exec(written)?.[1];
  if (word === undefined || !/[äöü]/iu.test(word)) return undefined;
  const spelt = foldWord(word.replaceAll(UMLAUTS, (letter) => `${foldAccents(letter)}e`));
  return clipTerm(spelt.length > 40 ? spelt : stemEnglish(spelt));
}
