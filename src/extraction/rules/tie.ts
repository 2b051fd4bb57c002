import type { Origin } from "./discourse.ts";
import type { Slot } from "./slot.ts";
import { ASSOCIATES, KIN } from "./words.ts";

/** What a sentence says of two people: who is what to whom, or that two names are one. */
export interface Tie {
  /** As written; undefined for the speaker. */
  readonly owner: string | undefined;
  /** The word that the sentence has for it: "sister", "nickname". */
  readonly word: string;
  readonly slot: Slot;
  readonly name: string;
  /** Where the name was said, when that is not here. */
  readonly origin?: Origin | undefined;
}

export interface Ties {
  readonly ties: readonly Tie[];
  /** What is left to be read as a sentence of its own, of the same length, with the words of the tie blanked. */
  readonly rest: string | undefined;
}

/** A name of up to three words. */
export const NAME: string = String.raw`\p{Lu}[\p{L}’'-]{1,30}?(?: \p{Lu}[\p{L}’'-]{1,30}?){0,2}`;

/** What somebody is to somebody, with up to two words in front. */
export const WORD: string = String.raw`(?:\p{Ll}+[ ]){0,2}?\p{Ll}+(?:-in-law)?`;

/** What begins so names nobody. */
export const NOBODY: RegExp =
  /^(?:I|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December|Christmas|The|This|That|These|Those|It|He|She|They|We|You|There|Here|What|Who|My|Our|His|Her|Their|And|But|So|If|When|Today|Tomorrow)\b/u;

/** Who is what to whom, where the phrase ends in a word for it; nothing that is over. */
export function tieOf(owner: string, phrase: string, name: string): Tie | undefined {
  const word = phrase.split(" ").at(-1) ?? "";
  if (/^(?:ex|former|late)\b/u.test(phrase)) return undefined;
  const kin = word === "sibling" ? "sibling" : KIN.get(word);
  const associate = ASSOCIATES.get(word);
  const attribute = kin === undefined ? associate : `family:${kin}`;
  if (attribute === undefined) return undefined;
  const isOne = attribute === "family:partner" || attribute === "manager";
  return {
    owner: /^(?:my|our)$/iu.test(owner) ? undefined : owner.replace(/['’]s$/u, ""),
    word,
    name,
    slot: { attribute, value: name.toLowerCase(), cardinality: isOne ? "single" : "multiple" },
  };
}
