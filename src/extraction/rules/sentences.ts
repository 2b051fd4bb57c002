/** A sentence of a message, with its place in it. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The line stood after a bullet or a number. */
  readonly isListItem: boolean;
}

/** Longer runs are pasted material (logs, minified code), not statements; this also bounds every pattern's work. */
const MAX_SENTENCE = 700;

const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|inc|ltd|co|jr|sr|dept|est|ca|bzw|z\.b|d\.h|\p{Lu}|a\.m|p\.m|u\.s)\.$/iu;

/** Characters of a line that tell whether it is prose. */
const HEAD = 60;

const LIST_MARK = /^\s*(?:[-*•+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/u;

/**
 * Sentences of a text in order, without fenced code, quoted lines, tables, mark-up and log lines.
 * Linear in the length of the text and lazy, so that a caller can stop or pause between two sentences.
 */
export function* splitSentences(text: string): Generator<Sentence | null> {
  let position = 0;
  let isInFence = false;
  let lines = 0;
  while (position <= text.length) {
    const newline = text.indexOf("\n", position);
    const lineEnd = newline === -1 ? text.length : newline;
    const head = text.slice(position, Math.min(lineEnd, position + HEAD)).trimStart();
    if (head.startsWith("```") || head.startsWith("~~~")) isInFence = !isInFence;
    else if (!isInFence && lineEnd > position && isProse(head)) {
      yield* splitLine(text, position, lineEnd);
    }
    // Lets the caller look at its clock even where nothing is a sentence.
    lines += 1;
    if (lines % 64 === 0) yield null;
    position = lineEnd + 1;
  }
}

/** Lines of a program or of its traces. "Let me introduce Paula", "At work I use vim", "class starts at 9" are none. */
const CODE =
  /^(?:>|\||#!|<[a-zA-Z/!?]|[{}[\]$@]|at [^\s(]+ ?\(|at \S+:\d|\/\/|\/\*|\* @|import (?:\S+ from |[{*"']|type |\w+$|[\w.]+;?$)|(?:const|let|var) [\w${[]+[^=;\s]*(?: ?[=;:]|$)|def \w+\(|class [A-Z_]|function\*? ?\w*\(|diff -|\+\+\+|---)/u;

function isProse(head: string): boolean {
  return head !== "" && !CODE.test(head);
}

function* splitLine(text: string, lineStart: number, lineEnd: number): Generator<Sentence | null> {
  const mark = LIST_MARK.exec(text.slice(lineStart, Math.min(lineEnd, lineStart + 16)));
  let start = lineStart + (mark?.[0].length ?? 0);
  const isListItem = mark !== null;
  let scanned = 0;
  for (let index = start; index < lineEnd; index += 1) {
    scanned += 1;
    if (scanned % 50_000 === 0) yield null;
    const code = text.charCodeAt(index);
    if (!isTerminator(code)) continue;
    let end = index + 1;
    const isWide = code === 0x3002 || code === 0xff01 || code === 0xff1f;
    while (end < lineEnd && isPartOfEnd(text.charCodeAt(end))) end += 1;
    if (!isWide && end < lineEnd && !isSpace(text.charCodeAt(end))) continue;
    if (code === 0x2e && ABBREVIATION.test(text.slice(Math.max(start, index - 8), index + 1))) continue;
    // "Am 5. Juni": the day of a month in German ends no sentence.
    if (code === 0x2e && isOrdinal(text, index)) continue;
    const sentence = cut(text, start, end, isListItem);
    if (sentence !== null) yield sentence;
    start = end;
    index = end - 1;
  }
  const last = cut(text, start, lineEnd, isListItem);
  if (last !== null) yield last;
}

const MONTH =
  /^\s(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|(?:Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Okt|Nov|Dez)(?!\p{L}))/u;

function isOrdinal(text: string, dot: number): boolean {
  return /(?<!\d)\d{1,2}$/u.test(text.slice(Math.max(0, dot - 3), dot)) && MONTH.test(text.slice(dot + 1, dot + 12));
}

function isTerminator(code: number): boolean {
  return (
    code === 0x2e ||
    code === 0x21 ||
    code === 0x3f ||
    code === 0x3002 ||
    code === 0xff01 ||
    code === 0xff1f ||
    code === 0x61f ||
    code === 0x964 ||
    code === 0x2026
  );
}

function isPartOfEnd(code: number): boolean {
  return isTerminator(code) || isCloser(code) || isPictograph(code);
}

function isCloser(code: number): boolean {
  return code === 0x29 || code === 0x22 || code === 0x27 || code === 0x201d || code === 0x2019 || code === 0x300d;
}

/** Emoji behind a full stop or an exclamation mark belong to it. */
function isPictograph(code: number): boolean {
  return (
    (code >= 0xd83c && code <= 0xd83e) ||
    (code >= 0xdc00 && code <= 0xdfff) ||
    (code >= 0x2600 && code <= 0x27bf) ||
    code === 0xfe0f ||
    code === 0x200d
  );
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0 || code === 0x3000 || code === 0x0d;
}

function cut(text: string, from: number, to: number, isListItem: boolean): Sentence | null {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  if (end - start < 3 || end - start > MAX_SENTENCE) return null;
  return { text: text.slice(start, end), start, end, isListItem };
}
