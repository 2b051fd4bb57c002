import type { Slot } from "./slot.ts";
import { readVerb } from "./verbs.ts";
import { ASSOCIATES, KIN } from "./words.ts";

/** What a sentence says of two people: who is what to whom, or that two names are one. */
export interface Tie {
  /** As written; undefined for the speaker. */
  readonly owner: string | undefined;
  /** The word that the sentence has for it: "sister", "nickname". */
  readonly word: string;
  readonly slot: Slot;
  readonly name: string;
}

export interface Ties {
  readonly ties: readonly Tie[];
  /** What is left to be read as a sentence of its own, of the same length, with the words of the tie blanked. */
  readonly rest: string | undefined;
}

const N = String.raw`\p{Lu}[\p{L}’'-]{1,30}?(?: \p{Lu}[\p{L}’'-]{1,30}?){0,2}`;
const OWNER = String.raw`[Mm]y|[Oo]ur|${N}['’]s`;
const WORD = String.raw`(?:\p{Ll}+[ ]){0,2}?\p{Ll}+(?:-in-law)?`;

const IS_OF_OWNER = new RegExp(
  `^(${N})(?: is| was|['’]s) (${OWNER}) (${WORD})(?= (?:in|since|now|at|and|these|again)\\b|[.,!]|$)`,
  "u",
);
const IS_OF = new RegExp(`^(${N})(?: is| was|['’]s) (?:the|an?) (${WORD}) of (${N}|mine|ours)(?=[ .,!]|$)`, "u");
const BECAME = new RegExp(`^(${N}) (?:became|has become|is now) (${OWNER}) (${WORD})(?=[ .,!]|$)`, "u");
const BOTH = new RegExp(
  `^(${N}|I) and (${N}|I) (?:are|were|got) (?:\\p{Ll}+ )?(siblings|brothers|sisters|married|friends|colleagues|coworkers|cousins|twins|roommates|flatmates|neighbou?rs|dating|engaged)\\b`,
  "u",
);
const OWNER_WORD_NAME = new RegExp(`^(${N}['’]s) (${WORD}) (${N})(?= \\p{Ll})`, "u");
const OWNER_WORD_IS = new RegExp(
  `^(${N}['’]s) (${WORD}) (?:is|was)(?: called| named| now)? (${N})(?=[.,!]| (?:in|since|now|and)\\b|$)`,
  "u",
);
const OWNER_WORD_APART = new RegExp(`^(${OWNER}) (${WORD}), (${N}),(?= \\p{Ll})`, "u");
const NAME_APART = new RegExp(`^(${N}), (${OWNER}) (${WORD}),(?= \\p{Ll})`, "u");
const CALLED = new RegExp(
  `^(?:[Pp]eople|[Ee]veryone|[Ee]verybody|(?:[Mm]y |[Hh]er |[Hh]is )?[Ff]riends|[Ww]e|[Tt]hey|[Cc]olleagues)(?: all| usually| just)? calls? (me|${N}) (${N})(?=[ .,!]|$)`,
  "u",
);
const SHORT_FOR = new RegExp(`^(${N})(?: is|['’]s|,) short for (${N})(?=[ .,!]|$)`, "u");
const KNOWN_AS = new RegExp(
  `^(${N})(?: is|['’]s|,)?(?: also| better| often)? (?:known as|goes by|aka|called) (${N})(?=[ .,!]|$)`,
  "u",
);
const MARRIED = new RegExp(
  `^(${N}|I)(?: am| is|['’]m|['’]s)(?: \\p{Ll}+)? (?:married|engaged) to (${N})(?=[ .,!]|$)`,
  "u",
);
const WORKS_WITH = new RegExp(`^(${N}|I) works?(?: together| closely)? with (${N}) at (${N})(?=[ .,!]|$)`, "u");

const BOTH_WORDS: Readonly<Record<string, string>> = {
  siblings: "sibling", brothers: "brother", sisters: "sister", married: "partner", friends: "friend",
  colleagues: "colleague", coworkers: "colleague", cousins: "cousin", twins: "twin", roommates: "roommate",
  flatmates: "roommate", neighbors: "neighbor", neighbours: "neighbor", dating: "partner", engaged: "partner",
}; // prettier-ignore

/** Sentences that begin so name nobody. */
const NO_NAME =
  /^(?:I|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December|Christmas|The|This|That|These|Those|It|He|She|They|We|You|There|Here|What|Who|My|Our|His|Her|Their|And|But|So|If|When|Today|Tomorrow)\b/u;

const WITHIN = new RegExp(`\\b(?:my|our) (${WORD})(?: called| named|,)? (${N})(?=[ .,!;]|['’]s|$)`, "u");
const WITHIN_BEHIND = new RegExp(`(?<![\\p{L}’'-])(${N}),? (?:who is |who's )?(my|our) (${WORD})(?=[.,!;]|$)`, "u");

/** "Carol's brother is German". */
const PEOPLES =
  /^(?:\p{L}+(?:ish|ese|ian|ean|ch)|german|greek|thai|swiss|iraqi|israeli|pakistani|muslim|catholic|jewish|hindu|buddhist)$/iu;

/** The ties that an English statement opens with; undefined for most sentences. Patterns are anchored and bounded. */
export function readTies(source: string): Ties | undefined {
  const isOpening = /^(?:\p{Lu}|my |our |people |everyone |everybody |friends |we |they |colleagues )/u.test(source);
  return (isOpening ? (apart(source) ?? named(source) ?? between(source)) : undefined) ?? within(source);
}

/** "I met my cousin Rita", "meet Rita, my cousin": said in passing, so the sentence is read as it was. */
function within(source: string): Ties | undefined {
  if (!/\b(?:my|our) /u.test(source)) return undefined;
  const found = WITHIN.exec(source);
  const behind = found === null ? WITHIN_BEHIND.exec(source) : null;
  const [word = "", given = ""] = found === null ? [behind?.[3], behind?.[1]] : [found[1], found[2]];
  // "Meet Rita": the first word of a sentence has a capital without being of the name.
  const [first = "", ...more] = given.split(" ");
  const isVerb = behind?.index === 0 && more.length > 0 && readVerb(first.toLowerCase()) !== undefined;
  const name = isVerb ? more.join(" ") : given;
  const known = name === "" || NO_NAME.test(name) ? undefined : tie("my", word, name);
  return known === undefined ? undefined : { ties: [known], rest: source };
}

function apart(source: string): Ties | undefined {
  const apposed = OWNER_WORD_APART.exec(source);
  if (apposed !== null) {
    const [whole, owner = "", word = "", name = ""] = apposed;
    const at = whole.length - name.length - 1;
    return told([tie(owner, word, name)], `${" ".repeat(at)}${name} ${source.slice(whole.length)}`);
  }
  const behind = NAME_APART.exec(source);
  if (behind !== null && !NO_NAME.test(source)) {
    const [whole, name = "", owner = "", word = ""] = behind;
    return told([tie(owner, word, name)], name + " ".repeat(whole.length - name.length) + source.slice(whole.length));
  }
  const direct = OWNER_WORD_NAME.exec(source);
  if (direct === null) return undefined;
  const [whole, owner = "", word = "", name = ""] = direct;
  const at = whole.length - name.length;
  return told([tie(owner, word, name)], " ".repeat(at) + source.slice(at));
}

function named(source: string): Ties | undefined {
  const called = CALLED.exec(source);
  if (called?.[2] !== undefined) return told([alias(called[1] === "me" ? undefined : called[1], called[2])], undefined);
  const short = SHORT_FOR.exec(source);
  if (short?.[1] !== undefined && short[2] !== undefined) return told([alias(short[2], short[1])], undefined);
  const known = KNOWN_AS.exec(source);
  if (known?.[2] === undefined || NO_NAME.test(source)) return undefined;
  return told([alias(known[1], known[2])], undefined);
}

function between(source: string): Ties | undefined {
  if (NO_NAME.test(source)) return undefined;
  const is = IS_OF_OWNER.exec(source) ?? BECAME.exec(source);
  if (is !== null) {
    const [, name = "", owner = "", word = ""] = is;
    const found = tie(owner, word, name);
    // The speaker's own are read by the rules of slots, all but "is our new manager".
    return /^(?:my|our)$/iu.test(owner) && found?.slot.attribute !== "manager" ? undefined : told([found], undefined);
  }
  const owned = OWNER_WORD_IS.exec(source);
  if (owned?.[3] !== undefined && !PEOPLES.test(owned[3]))
    return told([tie(owned[1] ?? "", owned[2] ?? "", owned[3])], undefined);
  const of = IS_OF.exec(source);
  if (of !== null) {
    const [, name = "", word = "", owner = ""] = of;
    return told([tie(/^(?:mine|ours)$/u.test(owner) ? "my" : `${owner}'s`, word, name)], undefined);
  }
  const both = BOTH.exec(source);
  if (both !== null) {
    const [, one = "", other = "", words = ""] = both;
    const word = BOTH_WORDS[words] ?? words;
    const [owner, name] = one === "I" ? [one, other] : other === "I" ? [other, one] : [one, other];
    return told([tie(owner === "I" ? "my" : `${owner}'s`, word, name)], undefined);
  }
  const married = MARRIED.exec(source);
  if (married?.[2] !== undefined) {
    const found = tie(married[1] === "I" ? "my" : `${married[1] ?? ""}'s`, "partner", married[2]);
    // That they are married is said besides.
    return told([found], source);
  }
  const works = WORKS_WITH.exec(source);
  if (works === null) return undefined;
  const [, who = "", name = "", employer = ""] = works;
  const owner = who === "I" ? undefined : who;
  const job: Tie = {
    owner,
    word: "employer",
    name: employer,
    slot: { attribute: "employer", value: employer.toLowerCase(), cardinality: "single" },
  };
  return told([tie(owner === undefined ? "my" : `${owner}'s`, "colleague", name), job], undefined);
}

function told(ties: readonly (Tie | undefined)[], rest: string | undefined): Ties | undefined {
  const found = ties.filter((each) => each !== undefined);
  return found.length === ties.length ? { ties: found, rest } : undefined;
}

function tie(owner: string, phrase: string, name: string): Tie | undefined {
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

function alias(owner: string | undefined, name: string): Tie {
  return {
    owner,
    word: "nickname",
    name,
    slot: { attribute: "nickname", value: name.toLowerCase(), cardinality: "single" },
  };
}
