import { NAME as N, NOBODY, tieOf, type Ties, WORD } from "./tie.ts";
import { readVerb } from "./verbs.ts";

const END = String.raw`(?=[ .,!;:)]|['’]s|$)`;
const STOP = String.raw`(?=[.,!;)]| (?:and|who|for|from|at|in|yesterday|today|last|this|the other)\b|$)`;
const APART = String.raw`(?:,| –| -| —|:| \()?`;
const NAMED = String.raw`(?: called| named|,| \(|: that is|,? (?:whose name is|who is called|who's called|who goes by))?`;
const HAS = String.raw`(?:has|had|have|got|['’]s got|['’]ve got)`;

const MINE = new RegExp(`\\b(?:[Mm]y|[Oo]ur) (${WORD})${NAMED} (${N})${END}`, "u");
const MINE_BEHIND = new RegExp(
  `(?<![\\p{L}’'-])(${N})${APART} (?:who is |who's |who has been |who happens to be |aka )?(?:my|our) (${WORD})(?=[.,!;]|$)`,
  "u",
);
/** "I have a sister named Anna", "Tom has a sister, Anna". */
const HAS_ONE = new RegExp(
  `^(I|[Ww]e|${N})(?: also| still| only)? ?${HAS} (?:an?|one) (${WORD})(?: named| called|,|:) (${N})${END}`,
  "u",
);
const THEIRS = new RegExp(`(?<![\\p{L}’'-])(${N})['’]s (${WORD})(?: called| named|,)? (${N})${END}`, "u");
const THEIRS_BEHIND = new RegExp(
  `(?<![\\p{L}’'-])(${N})${APART} (?:who is |who's |who happens to be )?(${N})['’]s (${WORD})${STOP}`,
  "u",
);
const OF_SUBJECT = new RegExp(
  `^(${N})(?: \\p{Ll}[\\p{Ll}'’-]*){1,6}? (?:his|her|their) (${WORD})(?: called| named|,)? (${N})${END}`,
  "u",
);

/** "I met my cousin Rita", "meet Rita, Tom's wife": said in passing, so the sentence is read as it was. */
export function inPassing(source: string): Ties | undefined {
  const found = /\b(?:[Mm]y|[Oo]ur) /u.test(source) ? mine(source) : undefined;
  return found ?? hasOne(source) ?? (/['’]s /u.test(source) ? theirs(source) : undefined) ?? ofSubject(source);
}

function mine(source: string): Ties | undefined {
  const direct = MINE.exec(source);
  const behind = direct === null ? MINE_BEHIND.exec(source) : null;
  if (direct !== null) return of(source, "my", direct[1], direct[2]);
  return behind === null ? undefined : of(source, "my", behind[2], withoutVerb(behind[1], behind.index));
}

function hasOne(source: string): Ties | undefined {
  const found = / an? | one /u.test(source) ? HAS_ONE.exec(source) : null;
  if (found === null) return undefined;
  const [, owner = "", word = "", name] = found;
  // Of a new one the rules of change know more.
  if (word.startsWith("new ")) return undefined;
  return of(source, /^(?:I|we)$/iu.test(owner) ? "my" : owner, word, name);
}

function theirs(source: string): Ties | undefined {
  const direct = THEIRS.exec(source);
  if (direct !== null) {
    const found = of(source, withoutVerb(direct[1], direct.index), direct[2], direct[3]);
    if (found !== undefined) return found;
  }
  const behind = THEIRS_BEHIND.exec(source);
  return behind === null ? undefined : of(source, behind[2], behind[3], withoutVerb(behind[1], behind.index));
}

/** "Tom brought along his wife Anna": the only one whom "his" can stand for. */
function ofSubject(source: string): Ties | undefined {
  if (!/ (?:his|her|their) /u.test(source)) return undefined;
  const found = OF_SUBJECT.exec(source);
  if (found === null) return undefined;
  const [, owner = "", word, name] = found;
  // "Thanks to her sister Anna": an opening word is no name for having a capital.
  return readVerb(owner.toLowerCase()) === undefined ? of(source, owner, word, name) : undefined;
}

/** "Meet Rita": the first word of a sentence has a capital without being of the name. */
function withoutVerb(name: string | undefined, at: number): string {
  const [first = "", ...more] = (name ?? "").split(" ");
  return at === 0 && more.length > 0 && readVerb(first.toLowerCase()) !== undefined ? more.join(" ") : (name ?? "");
}

function of(source: string, owner = "", word = "", name = ""): Ties | undefined {
  if (name === "" || NOBODY.test(name) || NOBODY.test(owner)) return undefined;
  const found = tieOf(owner === "my" ? "my" : `${owner}'s`, word, name);
  return found === undefined ? undefined : { ties: [found], rest: source };
}
