import { NAME as N, NOBODY, type Tie, tieOf, type Ties, WORD } from "./tie.ts";
import { nicknameSlot, readOtherName } from "./ties-alias.ts";
import { inPassing } from "./ties-passing.ts";

const OWNER = String.raw`[Mm]y|[Oo]ur|${N}['’]s`;

/** Where the word for what somebody is ends. */
const AFTER = String.raw`(?= (?:in|since|now|at|and|these|again|for|ever|from|until|all|as|last|this|yesterday|today|when|after|because|but|who)\b|[.,!]|$)`;

const IS_OF_OWNER = new RegExp(
  `^(${N})( is| was|['’]s| has been| has always been| will be| is going to be| remains)(?: still| also| actually| really| always)? (${OWNER}) (${WORD})${AFTER}`,
  "u",
);
const IS_OF = new RegExp(`^(${N})(?: is| was|['’]s) (?:the|an?) (${WORD}) of (${N}|mine|ours)(?=[ .,!]|$)`, "u");
const OF_IS = new RegExp(
  `^[Tt]he (?:name of the )?(${WORD}) of (${N}|mine|ours) is(?: called| named)? (${N})(?=[ .,!]|$)`,
  "u",
);
/** "Rita replaced my old dentist", "I switched to a different dentist: Rita". */
const REPLACED = new RegExp(
  `^(${N})(?: has)?(?: replaced| replaces| succeeded) ([Mm]y|[Oo]ur|${N}['’]s) (${WORD})${AFTER}`,
  "u",
);
const SWITCHED = new RegExp(
  `^(?:I|[Ww]e)(?: just| have|['’]ve)? (?:switched|changed|moved) to (?:a new|a different|another) (${WORD})(?:,|:| called| named| –| -) (${N})(?=[ .,!]|$)`,
  "u",
);
const SINCE = new RegExp(
  `^(?:[Ss]ince|[Aa]s of|[Ff]rom|[Ss]tarting)(?: (?!I\\b)[\\p{L}\\d]+){1,3}?(?: on)?,? (${N}) is (my|our) (?:new )?(${WORD})${AFTER}`,
  "u",
);
const BECAME = new RegExp(`^(${N})( became| has become| is now) (${OWNER}) (${WORD})${AFTER}`, "u");
const BOTH = new RegExp(
  `^(${N}|I) and (${N}|I) (?:are|were|got) (?:\\p{Ll}+ )?(siblings|brothers|sisters|married|friends|colleagues|coworkers|cousins|twins|roommates|flatmates|neighbou?rs|dating|engaged)\\b`,
  "u",
);
const OWNER_WORD_NAME = new RegExp(`^(${N}['’]s) (${WORD}) (${N})(?= \\p{Ll})`, "u");
const OWNER_WORD_IS = new RegExp(
  `^(${N}['’]s) (${WORD}) (?:is|was)(?: called| named| now)? (${N})(?=[.,!]| (?:in|since|now|and)\\b|$)`,
  "u",
);
const OWNER_WORD_APART = new RegExp(`^(${OWNER}) (${WORD})(?:, | [-–—] | \\()(${N})(?:,| [-–—]|\\))(?= \\p{Ll})`, "u");
const NAME_APART = new RegExp(`^(${N})(?:, | [-–—] | \\()(${OWNER}) (${WORD})(?:,| [-–—]|\\))(?= \\p{Ll})`, "u");
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

/** "Carol's brother is German". */
const PEOPLES =
  /^(?:\p{L}+(?:ish|ese|ian|ean|ch)|german|greek|thai|swiss|iraqi|israeli|pakistani|muslim|catholic|jewish|hindu|buddhist)$/iu;

/** The ties that an English statement opens with; undefined for most sentences. Patterns are anchored and bounded. */
export function readTies(source: string): Ties | undefined {
  const isOpening =
    /^(?:\p{Lu}|my |our |people |everyone |everybody |friends |we |they |colleagues |the |most |to |since |from )/u.test(
      source,
    );
  return (
    (isOpening ? (changed(source) ?? apart(source) ?? named(source) ?? between(source)) : undefined) ??
    inPassing(source)
  );
}

function apart(source: string): Ties | undefined {
  const apposed = OWNER_WORD_APART.exec(source);
  if (apposed !== null) {
    const [whole, owner = "", word = "", name = ""] = apposed;
    const at = whole.lastIndexOf(name);
    return told([tieOf(owner, word, name)], (" ".repeat(at) + name).padEnd(whole.length) + source.slice(whole.length));
  }
  const behind = NAME_APART.exec(source);
  if (behind !== null && !NOBODY.test(source)) {
    const [whole, name = "", owner = "", word = ""] = behind;
    return told([tieOf(owner, word, name)], name + " ".repeat(whole.length - name.length) + source.slice(whole.length));
  }
  const direct = OWNER_WORD_NAME.exec(source);
  if (direct === null) return undefined;
  const [whole, owner = "", word = "", name = ""] = direct;
  const at = whole.length - name.length;
  return told([tieOf(owner, word, name)], " ".repeat(at) + source.slice(at));
}

function named(source: string): Ties | undefined {
  const found = readOtherName(source);
  if (found === undefined) return undefined;
  const { owner, name, restFrom } = found;
  const given: Tie = { owner, word: "nickname", name, slot: nicknameSlot(name) };
  if (owner === undefined || restFrom === undefined) return told([given], undefined);
  return told([given], owner + " ".repeat(restFrom - owner.length) + source.slice(restFrom));
}

/** Who has somebody else's place now. */
function changed(source: string): Ties | undefined {
  const other = SWITCHED.exec(source);
  if (other !== null) return told([inPlace(tieOf("my", other[1] ?? "", other[2] ?? ""))], undefined);
  const since = /^(?:since|as of|from|starting) /iu.test(source) ? SINCE.exec(source) : null;
  if (since?.[1] === undefined || NOBODY.test(since[1])) return undefined;
  return told([inPlace(tieOf("my", since[3] ?? "", since[1]))], undefined);
}

function inPlace(found: Tie | undefined): Tie | undefined {
  return found === undefined ? undefined : { ...found, slot: { ...found.slot, cardinality: "single", cue: "change" } };
}

function between(source: string): Ties | undefined {
  const of = OF_IS.exec(source);
  if (of !== null) {
    const [, word = "", owner = "", name = ""] = of;
    return told([tieOf(/^(?:mine|ours)$/u.test(owner) ? "my" : `${owner}'s`, word, name)], undefined);
  }
  if (NOBODY.test(source)) return undefined;
  const taken = REPLACED.exec(source);
  if (taken?.[1] !== undefined) return told([inPlace(tieOf(taken[2] ?? "", taken[3] ?? "", taken[1]))], undefined);
  const is = IS_OF_OWNER.exec(source) ?? BECAME.exec(source);
  if (is !== null) {
    const [, name = "", verb = "", owner = "", word = ""] = is;
    const found = tieOf(owner, word, name);
    // The speaker's own are read by the rules of slots where the verb is plain, all but "is our new manager".
    const isPlain = !/been|be|remains/u.test(verb) && found?.slot.attribute !== "manager";
    return /^(?:my|our)$/iu.test(owner) && isPlain ? undefined : told([found], undefined);
  }
  const owned = OWNER_WORD_IS.exec(source);
  if (owned?.[3] !== undefined && !PEOPLES.test(owned[3]))
    return told([tieOf(owned[1] ?? "", owned[2] ?? "", owned[3])], undefined);
  const isOf = IS_OF.exec(source);
  if (isOf !== null) {
    const [, name = "", word = "", owner = ""] = isOf;
    return told([tieOf(/^(?:mine|ours)$/u.test(owner) ? "my" : `${owner}'s`, word, name)], undefined);
  }
  const both = BOTH.exec(source);
  if (both !== null) {
    const [, one = "", other = "", words = ""] = both;
    const word = BOTH_WORDS[words] ?? words;
    const [owner, name] = one === "I" ? [one, other] : other === "I" ? [other, one] : [one, other];
    return told([tieOf(owner === "I" ? "my" : `${owner}'s`, word, name)], undefined);
  }
  const married = MARRIED.exec(source);
  if (married?.[2] !== undefined) {
    const found = tieOf(married[1] === "I" ? "my" : `${married[1] ?? ""}'s`, "partner", married[2]);
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
  return told([tieOf(owner === undefined ? "my" : `${owner}'s`, "colleague", name), job], undefined);
}

function told(ties: readonly (Tie | undefined)[], rest: string | undefined): Ties | undefined {
  const found = ties.filter((each) => each !== undefined);
  return found.length === ties.length ? { ties: found, rest } : undefined;
}
