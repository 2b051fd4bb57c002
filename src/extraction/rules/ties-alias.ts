import type { Slot } from "./slot.ts";
import { NAME, NOBODY } from "./tie.ts";

/** Two names of one: `name` is another name of `owner`, undefined for the speaker. */
export interface OtherName {
  readonly owner: string | undefined;
  readonly name: string;
  /** Where what else the sentence says begins; undefined where it says no more. */
  readonly restFrom?: number;
}

const N = NAME;
const END = String.raw`(?=[ .,;!)]|$)`;
const WHO = String.raw`(?:(?:[Mm]ost |[Ss]ome |[Aa]ll )?[Pp]eople|[Ee]very(?:one|body)|[Ss]ome(?:one|body)|(?:[Aa]ll )?(?:(?:[Mm]y|[Oo]ur|[Hh]er|[Hh]is|[Tt]heir|[Tt]he) )?(?:[Ff]riends|[Ff]amily|[Cc]olleagues|[Tt]eam|[Kk]ids|[Pp]arents|[Cc]oworkers)|[Ww]e|[Tt]hey|I)(?: (?:all|both|usually|just|always|mostly|simply|often|still|sometimes|only|have always|tend to|used to)){0,2}`;
const PERSON = String.raw`(?:person|woman|man|guy|girl|boy|human|one|lady)`;
const REAL = String.raw`(?:full|real|actual|given|first|proper|legal|birth|official|formal|long) name`;
const SHORT = String.raw`(?:nickname|short name|pet name|short form|other name|stage name|pen name)`;

/** Which of the two groups is the other name of which. */
interface Pattern {
  readonly expression: RegExp;
  readonly owner: number;
  readonly name: number;
  /** The sentence goes on about the one whose names these are. */
  readonly goesOn?: true;
}

const whole = (source: string, owner: number, name: number): Pattern => ({
  expression: new RegExp(`^(?:${source})`, "u"),
  owner,
  name,
});
const opening = (source: string): Pattern => ({
  expression: new RegExp(`^(?:${source})`, "u"),
  owner: 1,
  name: 2,
  goesOn: true,
});

const PATTERNS: readonly Pattern[] = [
  // "Everyone calls Margaret Maggie", "friends call me Kit".
  whole(`${WHO} calls? (me|${N}) (${N})${END}`, 1, 2),
  whole(`${WHO} knows? (me|${N}) as (${N})${END}`, 1, 2),
  whole(`(?:Most|Many|All|Some) of us (?:just )?(?:call|shorten) (${N})(?: to)? (${N})${END}`, 1, 2),
  whole(`${WHO} shorten(?:s|ed)? (${N}) to (${N})${END}`, 1, 2),
  whole(`(?:[Tt]o|[Ff]or|[Aa]mong) (?:(?:her|his|their|my|our|all|most|close|old) )*(?:friends|family|everyone|everybody|colleagues|us),? (${N}) is (?:just |simply |only |always )?(${N})${END}`, 1, 2),
  whole(`(${N}) introduced (?:her|him|them)self(?: or (?:her|him)self)?(?: to (?:me|us|everyone))? as (${N})${END}`, 1, 2),
  // "We all just say Maggie to Margaret".
  whole(`${WHO} (?:says?|said) (?!(?:Hello|Hi|Hey|Good|Bye|Yes|No|Thank|Happy|Merry|Cheers|Sorry|Welcome|Please|Congrat)\\p{L}*\\b)(${N}) to (${N})${END}`, 2, 1),
  whole(`(${N})(?: is|['’]s|,) (?:just |really |simply )?short for (${N})${END}`, 2, 1),
  whole(`(${N}) is (?:just |really |simply )?(?:what (?:${WHO}) calls? |(?:an?|the|my|our) ${SHORT} (?:for|of) )(${N})${END}`, 2, 1),
  whole(`(${N}) is (${N})['’]s ${SHORT}${END}`, 2, 1),
  whole(`(${N})['’]s ${SHORT} is (${N})${END}`, 1, 2),
  whole(`(${N})['’]s ${REAL} is (${N})${END}`, 2, 1),
  whole(`(?:[Ww]hen|[Ii]f) I (?:say|write|mention|talk about) (${N}),? I(?: always| really| actually)? mean (${N})${END}`, 2, 1),
  whole(`[Bb]y (${N}),? I mean (${N})${END}`, 2, 1),
  whole(`(${N})(?: likes| prefers| wants| asked| loves| asks)(?: us| me| everyone| everybody| people)? to (?:be called|go by|be known as|call (?:her|him|them)) (${N})${END}`, 1, 2),
  whole(`(${N})(?: is|['’]s|,)?(?: also| better| often| sometimes| usually| mostly| commonly| just)? (?:known as|goes by|aka|a\\.k\\.a\\.|called|nicknamed|answers to) (${N})${END}`, 1, 2),
  // "Alexander, whom everybody knows as Alex, came by".
  opening(`(${N}),? (?:who|whom) ${WHO} (?:knows? as|calls?) (${N}),?(?= \\p{Ll})`),
  opening(`(${N}),(?: also| better| often| sometimes)? (?:known as|aka|a\\.k\\.a\\.|called|nicknamed|or|or just|or simply) (${N})(?: for short| to (?:her|his|their|my|our) (?:friends|family))?,(?= \\p{Ll})`),
  { ...opening(`(${N}),? whose ${REAL} is (${N}),(?= \\p{Ll})`), owner: 2, name: 1 },
  opening(`(${N}) \\((?:aka |a\\.k\\.a\\. |also |known as |also known as |better known as |or |nicknamed |${WHO} calls? (?:her|him|them) )(${N})\\)(?= \\p{Ll})`),
]; // prettier-ignore

const SAME = new RegExp(
  `^(${N}) (?:and|is) (?:actually |really |also )?(?:the same ${PERSON} as )?(${N})(?: are| were| is)?(?: actually| really| in fact| of course| just)?(?: (?:one and )?the same ${PERSON})?${END}`,
  "u",
);
const BARE_BRACKETS = new RegExp(`^(${N}) \\((${N})\\)(?= \\p{Ll})`, "u");

/** Words of which each of the patterns above has one: most sentences have none, and are spared two dozen patterns. */
const CUE =
  /call|know|shorten|introduced|sa(?:y|id)|short f|name|mean|go(?:es)? by|aka|a\.k\.a|answers to| or |\(|the same |^(?:[Tt]o|[Ff]or|[Aa]mong) /u;

/** What an English sentence says of two names of one thing; undefined for most. Anchored and bounded. */
export function readOtherName(source: string): OtherName | undefined {
  if (!CUE.test(source)) return undefined;
  for (const { expression, owner, name, goesOn } of PATTERNS) {
    const found = expression.exec(source);
    if (found === null) continue;
    const [of = "", other = ""] = [found[owner], found[name]];
    if ((NOBODY.test(of) && of !== "me") || NOBODY.test(other)) return undefined;
    return {
      owner: of === "me" ? undefined : of,
      name: other,
      ...(goesOn === true ? { restFrom: found[0].length } : {}),
    };
  }
  return sameOnes(source) ?? inBrackets(source);
}

/** "Liz and Elizabeth are the same person": the longer one is the name, the other one the nickname. */
function sameOnes(source: string): OtherName | undefined {
  if (!source.includes("the same ")) return undefined;
  const found = SAME.exec(source);
  if (found === null || !found[0].includes(" the same ")) return undefined;
  const [, one = "", other = ""] = found;
  if (NOBODY.test(one) || NOBODY.test(other)) return undefined;
  return other.length > one.length ? { owner: other, name: one } : { owner: one, name: other };
}

/** "Elizabeth (Liz) moved": what stands in brackets may be anything, unless its letters are those of the name. */
function inBrackets(source: string): OtherName | undefined {
  const found = BARE_BRACKETS.exec(source);
  const [all = "", owner = "", name = ""] = found ?? [];
  if (found === null || NOBODY.test(owner) || !owner.toLowerCase().includes(name.toLowerCase())) return undefined;
  return { owner, name, restFrom: all.length };
}

/** The slot in which another name is kept. */
export function nicknameSlot(name: string): Slot {
  return { attribute: "nickname", value: name.toLowerCase(), cardinality: "single" };
}
