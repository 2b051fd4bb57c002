import { analyzeChunk, type Piece } from "./chunk-terms.ts";
import { LANGUAGE_BITS } from "./stop-words.ts";
import { voteLatinLanguage } from "./language-votes.ts";
import { latinStemmer, stemEnglish } from "./stemmers.ts";
import { clipTerm } from "./term.ts";

/** Stored with the index; a change of any term for any text needs a new number and a rebuild. */
export const ANALYZER_VERSION = 1;

/** The ASCII punctuation that may occur inside terms: FTS5's `tokenchars`. */
export const TERM_PUNCTUATION = "+#.-_@/:";

/** Most distinct terms of a query. */
export const MAX_QUERY_TERMS = 64;

export interface AnalyzeOptions {
  /** ISO 639-1 code when it is known; otherwise it is guessed from the text. */
  readonly language?: string;
}

/**
 * The normalised terms of a text, in order, with repeats; the same for documents and queries.
 *
 * Every Latin word gives its English stem, whatever the language, so that a short query whose language cannot be
 * told still meets a document whose language could. Text of another known language gives the stem of that language
 * beside it (passed through the English stemmer too, so that the bare "Haus" meets "Häuser").
 */
export function analyze(text: string, options: AnalyzeOptions = {}): string[] {
  const pieces: Piece[] = [];
  collectPieces(text, 0, text.length, pieces);
  return emitTerms(pieces, options.language ?? voteLatinLanguage(pieces));
}

/** The distinct terms of a query in order of appearance, at most `MAX_QUERY_TERMS`. */
export function analyzeQuery(text: string, options: AnalyzeOptions = {}): string[] {
  const window = text.length > MAX_QUERY_CHARACTERS ? text.slice(0, MAX_QUERY_CHARACTERS) : text;
  const distinct = [...new Set(analyze(window, options))];
  return distinct.length > MAX_QUERY_TERMS ? distinct.slice(0, MAX_QUERY_TERMS) : distinct;
}

const MAX_QUERY_CHARACTERS = 16_384;

/**
 * `analyze` in steps of about `chunkSize` characters, cut at white space, for texts that must not hold the event
 * loop. The language is taken from the first step.
 */
export function* analyzeInChunks(
  text: string,
  options: AnalyzeOptions & { readonly chunkSize?: number } = {},
): Generator<string[], void, undefined> {
  const size = Math.max(1, options.chunkSize ?? 65_536);
  let language = options.language;
  let isFirst = true;
  for (let start = 0; start < text.length;) {
    const end = chunkEnd(text, start, size);
    const pieces: Piece[] = [];
    collectPieces(text, start, end, pieces);
    if (isFirst) language ??= voteLatinLanguage(pieces) ?? "en";
    isFirst = false;
    yield emitTerms(pieces, language);
    start = end;
  }
}

function chunkEnd(text: string, start: number, size: number): number {
  if (start + size >= text.length) return text.length;
  for (let index = start + size; index > start + size / 2; index -= 1) {
    if (text.charCodeAt(index) <= 32) return index;
  }
  const last = text.charCodeAt(start + size - 1);
  return last >= 0xd800 && last <= 0xdbff ? start + size + 1 : start + size;
}

// Character classes of the fast path.
const LOWER = 1;
const UPPER = 2;
const DIGIT = 4;
const APOSTROPHE = 8;
const OTHER = 16;
const CLASSES = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(128).fill(OTHER);
  for (let code = 97; code <= 122; code += 1) classes[code] = LOWER;
  for (let code = 65; code <= 90; code += 1) classes[code] = UPPER;
  for (let code = 48; code <= 57; code += 1) classes[code] = DIGIT;
  classes[39] = APOSTROPHE;
  return classes;
}

/**
 * Cuts at white space. A chunk of ASCII letters, or of digits, with punctuation only around it is looked up without
 * that punctuation; anything else goes through `analyzeChunk` whole.
 */
export function collectPieces(text: string, start: number, end: number, pieces: Piece[]): void {
  let index = start;
  while (index < end) {
    if (text.charCodeAt(index) <= 32) {
      index += 1;
      continue;
    }
    let first = -1;
    let last = -1;
    let seen = 0;
    let isPlain = true;
    let chunk = index;
    for (; chunk < end; chunk += 1) {
      const code = text.charCodeAt(chunk);
      if (code <= 32) break;
      const kind = code < 128 ? (CLASSES[code] ?? OTHER) : 0;
      if ((kind & (LOWER | UPPER | DIGIT)) !== 0) {
        if (first < 0) first = chunk;
        else if (last !== chunk - 1 || (kind === UPPER && (seen & LOWER) !== 0)) isPlain = false;
        else if (kind === LOWER && (seen & UPPER) !== 0 && last !== first && (seen & LOWER) === 0) isPlain = false;
        last = chunk;
        seen |= kind;
      } else if (kind === 0 || code === 43 || code === 35 || (code === 46 && first < 0)) {
        isPlain = false;
      }
    }
    if (isPlain && ((seen & DIGIT) === 0 || seen === DIGIT)) {
      if (first >= 0) lookUp(text.slice(first, last + 1), pieces);
    } else {
      lookUp(text.slice(index, chunk), pieces);
    }
    index = chunk;
  }
}

const MAX_CACHED_LENGTH = 48;
const MAX_CACHE_ENTRIES = 20_000;
let chunkCache = new Map<string, readonly Piece[]>();

function lookUp(chunk: string, pieces: Piece[]): void {
  const cached = chunkCache.get(chunk);
  if (cached !== undefined) {
    for (const piece of cached) pieces.push(piece);
    return;
  }
  const made: Piece[] = [];
  analyzeChunk(chunk, made);
  for (const piece of made) pieces.push(piece);
  if (chunk.length > MAX_CACHED_LENGTH) return;
  if (chunkCache.size >= MAX_CACHE_ENTRIES) chunkCache = new Map();
  chunkCache.set(chunk, made);
}

function emitTerms(pieces: readonly Piece[], language: string | undefined): string[] {
  const terms: string[] = [];
  const bit = (language === undefined ? undefined : LANGUAGE_BITS.get(language)) ?? 0;
  const stem = latinStemmer(language);
  for (const piece of pieces) {
    if (piece.isStop || (piece.stopIn & bit) !== 0) continue;
    emitPiece(piece, language, stem, terms);
  }
  // A text of function words alone ("to be or not to be") must still be found.
  if (terms.length === 0) for (const piece of pieces) emitPiece(piece, language, stem, terms);
  return terms;
}

function emitPiece(
  piece: Piece,
  language: string | undefined,
  stem: ((word: string) => string) | undefined,
  terms: string[],
): void {
  terms.push(piece.term);
  if (stem !== undefined && piece.latin !== undefined) {
    const other = clipTerm(stemEnglish(stem(piece.latin)));
    if (other !== piece.term && other !== "") terms.push(other);
  }
  // "München" is also found as "Muenchen"; Swedish, Finnish and Turkish never write it so.
  if (piece.umlautTerm !== undefined && (language === undefined || language === "de" || language === "en")) {
    terms.push(piece.umlautTerm);
  }
}
