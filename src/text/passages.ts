/** A half-open range of UTF-16 offsets that is indexed as one unit. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** Terms up to which a text is one passage, and about how many a window of a longer text has. */
export const PASSAGE_TERMS = 200;
const OVERLAP_TERMS = 40;
/** A remainder of fewer terms joins the window before it. */
const SMALLEST_TAIL = 60;
/** Words longer than this (encoded data) are cut, since they would make a passage of any size. */
const LONGEST_STRETCH = 4000;

/**
 * The index units of a text: one for up to about 200 terms, else overlapping windows of about that size which end at
 * sentence or line borders where there are any. `terms` are the text's terms where the caller has them already.
 * Takes time linear in the length of the text; a blank text has no passages.
 */
export function splitPassages(text: string, terms?: readonly string[]): Passage[] {
  const whole = trim(text, 0, text.length);
  if (whole === undefined) return [];
  const isSmall =
    text.length <= LONGEST_STRETCH && (terms === undefined ? text.length <= 600 : terms.length <= PASSAGE_TERMS);
  if (isSmall) return [whole];
  const atoms = cutAtoms(text, whole.start, whole.end);
  const total = atoms.reduce((sum, atom) => sum + atom.weight, 0);
  if (total <= PASSAGE_TERMS && whole.end - whole.start <= LONGEST_STRETCH) return [whole];
  return joinAtoms(text, atoms, total);
}

/** A sentence, a line, or a part of a long one. */
interface Atom {
  readonly start: number;
  readonly end: number;
  /** About how many terms it gives. */
  readonly weight: number;
  readonly endsSentence: boolean;
}

function joinAtoms(text: string, atoms: readonly Atom[], total: number): Passage[] {
  const passages: Passage[] = [];
  let first = 0;
  let before = 0;
  while (first < atoms.length) {
    let weight = 0;
    let next = first;
    let border = -1;
    let characters = 0;
    while (next < atoms.length && (next === first || (weight < PASSAGE_TERMS && characters < LONGEST_STRETCH))) {
      const atom = atoms[next];
      if (atom === undefined) break;
      weight += atom.weight;
      characters += atom.end - atom.start;
      next += 1;
      if (atom.endsSentence && weight >= PASSAGE_TERMS * 0.75) border = next;
    }
    const isLast = total - before - weight < SMALLEST_TAIL && characters < LONGEST_STRETCH;
    if (isLast) next = atoms.length;
    else if (border > first) next = border;
    const passage = trim(text, atoms[first]?.start ?? 0, atoms[next - 1]?.end ?? text.length);
    if (passage !== undefined) passages.push(passage);
    if (next >= atoms.length) break;
    const following = stepBack(atoms, first, next);
    for (let index = first; index < following; index += 1) before += atoms[index]?.weight ?? 0;
    first = following;
  }
  return passages;
}

/** Where the next window starts, so that it shares about `OVERLAP_TERMS` with the one before and still moves on. */
function stepBack(atoms: readonly Atom[], first: number, next: number): number {
  let start = next;
  let shared = 0;
  while (start - 1 > first && shared < OVERLAP_TERMS) {
    const atom = atoms[start - 1];
    if (atom === undefined || shared + atom.weight > OVERLAP_TERMS * 2 || atom.end - atom.start > LONGEST_STRETCH / 2)
      break;
    shared += atom.weight;
    start -= 1;
  }
  return start;
}

function cutAtoms(text: string, from: number, to: number): Atom[] {
  const atoms: Atom[] = [];
  let start = from;
  let weight = 0;
  let word = 0;
  const close = (end: number, endsSentence: boolean): void => {
    weight += wordWeight(word);
    word = 0;
    if (end > start) atoms.push({ start, end, weight, endsSentence });
    start = end;
    weight = 0;
  };
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index);
    const isSpace = code <= 32 || code === 0xa0 || code === 0x3000;
    if (isSpace || isUnspaced(code)) {
      weight += wordWeight(word) + (isSpace ? 0 : 1.5);
      word = 0;
    } else {
      word += 1;
    }
    const isTooLong = index - start >= LONGEST_STRETCH / 4 && !(code >= 0xd800 && code <= 0xdbff);
    if (code === 10 || isFullWidthStop(code) || (isSpace && isStop(text.charCodeAt(index - 1)))) close(index + 1, true);
    else if ((weight >= OVERLAP_TERMS && (isSpace || isUnspaced(code))) || isTooLong) close(index + 1, false);
  }
  close(to, true);
  return atoms;
}

/** Most words of up to three letters are stop words. */
function wordWeight(length: number): number {
  return length === 0 ? 0 : length <= 3 ? 0.3 : 0.9;
}

function isStop(code: number): boolean {
  return code === 46 || code === 33 || code === 63 || code === 0x061f || code === 0x0964 || code === 0x2026;
}

function isFullWidthStop(code: number): boolean {
  return code === 0x3002 || code === 0xff01 || code === 0xff1f;
}

/** Scripts written without spaces, where every character makes a term or two. */
function isUnspaced(code: number): boolean {
  return (code >= 0x3040 && code <= 0xd7a3) || (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x1780 && code <= 0x17ff);
}

function trim(text: string, from: number, to: number): Passage | undefined {
  let start = from;
  let end = to;
  while (start < end && /\s/u.test(text[start] ?? "")) start += 1;
  while (end > start && /\s/u.test(text[end - 1] ?? "")) end -= 1;
  return end > start ? { start, end } : undefined;
}
