import type { Span } from "../domain/memory.ts";
import { invalidInput } from "../errors.ts";
import { linesOf, placeWords, runsOf, sentencesOf, withoutSpans } from "./recalled-spans.ts";
import type { PlacedWord } from "./recalled-spans.ts";

/** A persisted guard: for each remembered pack, oldest first, its 5-gram and line hashes. */
export interface RecallGuardState {
  readonly version: 1;
  readonly packs: readonly (readonly [grams: readonly number[], lines: readonly number[]])[];
}

const PACKS = 50;
const GRAM = 5;
// A pack or text is read up to this many words: about 30,000 tokens, more than any context block holds.
const MAXIMUM_WORDS = 20_000;
const RECALLED_SHARE = 0.8;
// Up to this many words a text is a statement rather than a pasted block.
const STATEMENT_WORDS = 40;
// One word per character where words are written without spaces.
const WORDS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*?(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\p{L}\p{M}\p{N}]|$)/gu;
// What stands before the words of a line: quote marks, bullets, a number, a date in brackets.
const LINE_PREFIX = /^(?:[\s>*•+#|-]+|\d{1,3}[.)]\s|[[(][^\])\n]{1,40}[\])]:?)+/u;

interface Pack {
  readonly grams: readonly number[];
  readonly lines: readonly number[];
}

/**
 * Recognises text that recall produced, so that memories are not made from memories. Holds hashes of the last
 * 50 context packs, never their text.
 */
export class RecallGuard {
  readonly #packs: Pack[] = [];
  readonly #grams = new Map<number, number>();
  readonly #lines = new Map<number, number>();

  /** Remembers a context block that was handed out. One already held becomes the newest. */
  remember(packText: string): void {
    const pack = { grams: gramsOf(wordsOf(packText)).toSorted(ascending).filter(isFirst), lines: lineHashes(packText) };
    if (pack.grams.length === 0 && pack.lines.length === 0) return;
    const held = this.#packs.findIndex((other) => isSame(other.grams, pack.grams) && isSame(other.lines, pack.lines));
    if (held >= 0) this.#forget(held);
    else if (this.#packs.length >= PACKS) this.#forget(0);
    this.#add(pack);
  }

  /**
   * The share (0 to 1) of the text's 5-grams of words that the packs hold. Shorter lines count when a pack has
   * the same line. Seams between copied pieces are not held against them.
   */
  overlap(text: string): number {
    if (this.#packs.length === 0) return 0;
    const words = wordsOf(text);
    if (words.length < GRAM) return this.#hasLine(text) || this.#hasLine(withoutSpeaker(text)) ? 1 : 0;
    const held = gramsOf(words).map((gram) => this.#grams.has(gram));
    const whole = share(bridgeSeams(held));
    return whole >= RECALLED_SHARE ? whole : Math.max(whole, this.#overlapByLine(text));
  }

  /**
   * True when at least four fifths of the text come from the packs. A short text must do so with every word, and
   * from one pack: "she moved in April" after a recalled "she moved in March" shares most 5-grams and is news.
   */
  isRecalled(text: string): boolean {
    if (this.isEmpty) return false;
    const words = wordsOf(text);
    if (words.length < GRAM || words.length > STATEMENT_WORDS) return this.overlap(text) >= RECALLED_SHARE;
    // Most news shares no 5-gram with any pack.
    return (
      gramsOf(words).some((gram) => this.#grams.has(gram)) && this.#packs.some((pack) => holdsEveryWord(pack, words))
    );
  }

  /** True while nothing has been handed out: then nothing can come back. */
  get isEmpty(): boolean {
    return this.#packs.length === 0;
  }

  /**
   * Which parts of the text come from the packs, so that one recalled line does not silence a long text, nor pass for
   * news in it. A text that is recalled as a whole counts but for the runs of five words or more that are new.
   * Elsewhere a line or sentence counts when it is recalled word for word.
   */
  recalledSpans(text: string): Span[] {
    if (this.isEmpty || text.trim() === "") return [];
    if (!this.isRecalled(text)) return this.#recalledStatements(text);
    const words = placeWords(text, WORDS);
    const all = [{ start: 0, end: text.length }];
    if (words.length <= STATEMENT_WORDS) return all;
    const isCovered = this.#coveredWords(text, words);
    return withoutSpans(
      all,
      runsOf(words, (index) => isCovered[index] !== true, GRAM),
    );
  }

  #recalledStatements(text: string): Span[] {
    const spans: Span[] = [];
    for (const line of linesOf(text)) {
      const words = text.slice(line.start, line.end);
      if (this.isRecalled(words)) spans.push(line);
      else spans.push(...sentencesOf(text, line).filter(({ start, end }) => this.isRecalled(text.slice(start, end))));
    }
    return spans;
  }

  #coveredWords(text: string, words: readonly PlacedWord[]): boolean[] {
    const isCovered = words.map(() => false);
    const held = gramsOf(words.map(({ text: word }) => hashText(word))).map((gram) => this.#grams.has(gram));
    for (const [start, isHeld] of bridgeSeams(held).entries()) if (isHeld) isCovered.fill(true, start, start + GRAM);
    let first = 0;
    for (const { start, end } of linesOf(text)) {
      let next = first;
      while (next < words.length && (words[next]?.start ?? 0) < end) next += 1;
      if (next - first < GRAM && this.#hasLine(text.slice(start, end))) isCovered.fill(true, first, next);
      first = next;
    }
    return isCovered;
  }

  toJSON(): RecallGuardState {
    return { version: 1, packs: this.#packs.map((pack) => [pack.grams, pack.lines] as const) };
  }

  /** @throws MemoryError `invalid_input` when the state is not one that `toJSON` wrote. */
  static fromJSON(state: unknown): RecallGuard {
    const guard = new RecallGuard();
    for (const pack of readState(state).slice(-PACKS)) guard.#add(pack);
    return guard;
  }

  #overlapByLine(text: string): number {
    let held = 0;
    let total = 0;
    for (const line of text.split("\n", MAXIMUM_WORDS)) {
      const words = wordsOf(line);
      if (words.length === 0) continue;
      const grams = gramsOf(words);
      // Weighed by words, so that a short new line beside a long recalled one stays small.
      total += words.length;
      const part =
        grams.length === 0
          ? Number(this.#hasLine(line))
          : share(bridgeSeams(grams.map((gram) => this.#grams.has(gram))));
      held += part * words.length;
    }
    return total === 0 ? 0 : held / total;
  }

  #hasLine(line: string): boolean {
    const hash = lineHash(line);
    return hash !== undefined && this.#lines.has(hash);
  }

  #add(pack: Pack): void {
    this.#packs.push(pack);
    for (const gram of pack.grams) this.#grams.set(gram, (this.#grams.get(gram) ?? 0) + 1);
    for (const line of pack.lines) this.#lines.set(line, (this.#lines.get(line) ?? 0) + 1);
  }

  #forget(index: number): void {
    const [pack] = this.#packs.splice(index, 1);
    for (const gram of pack?.grams ?? []) release(this.#grams, gram);
    for (const line of pack?.lines ?? []) release(this.#lines, line);
  }
}

/** No word outside the pack's 5-grams, unless it and its new neighbours are a whole short line of the pack. */
function holdsEveryWord(pack: Pack, words: readonly number[]): boolean {
  const isHeld = Array.from(words, () => false);
  gramsOf(words).forEach((gram, start) => {
    if (includesSorted(pack.grams, gram)) isHeld.fill(true, start, start + GRAM);
  });
  for (let start = 0; start < words.length; start += 1) {
    if (isHeld[start] === true) continue;
    const next = isHeld.indexOf(true, start);
    const end = next < 0 ? words.length : next;
    if (end - start >= GRAM || !includesSorted(pack.lines, hashWords(words, start, end))) return false;
    start = end;
  }
  return true;
}

function includesSorted(sorted: readonly number[], value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

function release(counts: Map<number, number>, key: number): void {
  const count = counts.get(key) ?? 0;
  if (count > 1) counts.set(key, count - 1);
  else counts.delete(key);
}

function wordsOf(text: string): number[] {
  const hashes: number[] = [];
  // A word has fewer than 24 characters on average, so the cut never costs a word that would be read.
  const read = text.length > MAXIMUM_WORDS * 24 ? text.slice(0, MAXIMUM_WORDS * 24) : text;
  for (const match of read.normalize("NFKC").toLowerCase().matchAll(WORDS)) {
    if (hashes.length >= MAXIMUM_WORDS) break;
    hashes.push(hashText(match[0]));
  }
  return hashes;
}

/** FNV-1a over UTF-16 units: the same on every machine. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function gramsOf(words: readonly number[]): number[] {
  const grams: number[] = [];
  for (let start = 0; start + GRAM <= words.length; start += 1) grams.push(hashWords(words, start, start + GRAM));
  return grams;
}

function hashWords(words: readonly number[], start: number, end: number): number {
  let hash = 0x9e3779b9;
  for (let index = start; index < end; index += 1) {
    hash = Math.imul(hash ^ (words[index] ?? 0), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return Math.imul(hash, 0xc2b2ae35) >>> 0;
}

/** Hashes of the short lines of a pack: as they are, without bullet and date, and without the speaker too. */
function lineHashes(text: string): number[] {
  const hashes = new Set<number>();
  for (const line of text.split("\n", MAXIMUM_WORDS)) {
    const bare = line.replace(LINE_PREFIX, "");
    for (const form of [line, bare, withoutSpeaker(bare)]) {
      const hash = lineHash(form);
      if (hash !== undefined) hashes.add(hash);
    }
  }
  return [...hashes].toSorted(ascending);
}

function withoutSpeaker(line: string): string {
  return line.replace(/^\s*[\p{L}\p{N} ._-]{1,30}:\s/u, "");
}

function lineHash(line: string): number | undefined {
  if (line.length > 400) return undefined;
  const words = wordsOf(line.replace(LINE_PREFIX, ""));
  return words.length === 0 || words.length >= GRAM ? undefined : hashWords(words, 0, words.length);
}

/**
 * Joining two copied pieces breaks at most four 5-grams in a row, between held ones; changing a word breaks five.
 * So a gap of up to four inside held text counts as held.
 */
function bridgeSeams(held: readonly boolean[]): boolean[] {
  const bridged = [...held];
  let last = -1;
  for (let index = 0; index < held.length; index += 1) {
    if (held[index] !== true) continue;
    if (last >= 0 && index - last <= GRAM && isSolid(held, last, -1) && isSolid(held, index, 1))
      bridged.fill(true, last, index);
    last = index;
  }
  return bridged;
}

/** Two held 5-grams in a row: one alone may be a common phrase. */
function isSolid(held: readonly boolean[], index: number, direction: 1 | -1): boolean {
  return held[index] === true && held[index + direction] === true;
}

function share(held: readonly boolean[]): number {
  return held.length === 0 ? 0 : held.filter(Boolean).length / held.length;
}

function ascending(left: number, right: number): number {
  return left - right;
}

function isFirst(value: number, index: number, all: readonly number[]): boolean {
  return value !== all[index - 1];
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function readState(state: unknown): Pack[] {
  const packs = typeof state === "object" && state !== null && "packs" in state ? state.packs : undefined;
  const version = typeof state === "object" && state !== null && "version" in state ? state.version : undefined;
  if (version !== 1 || !Array.isArray(packs)) {
    throw invalidInput(
      "The recall guard's state must be what toJSON() wrote ({ version: 1, packs }). Start with a new RecallGuard().",
    );
  }
  return packs.map((pack: unknown) => {
    const [grams, lines]: unknown[] = Array.isArray(pack) ? pack : [];
    if (!isHashes(grams) || !isHashes(lines)) {
      throw invalidInput(
        "A pack of the recall guard's state must be two arrays of hashes. Start with a new RecallGuard().",
      );
    }
    return { grams: grams.toSorted(ascending), lines: lines.toSorted(ascending) };
  });
}

function isHashes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item));
}
