import { speaksOfChange } from "./state-question.ts";
import { analyze } from "../text/analyze.ts";
import type { AskedState } from "./asked-state.ts";
import { ENGLISH, inFirstPerson, ownThings, PERSON_WORD, readClauses, type Clause } from "./read-clauses.ts";

/** What was told before, as far as a later statement may speak of it. */
export interface ToldBefore {
  readonly terms: ReadonlySet<string>;
  /** Its terms that the question does not hold: what the question is answered with. */
  readonly values: ReadonlySet<string>;
}

/** Nothing told before: whether a statement speaks of whom the question asks after. */
export const NOTHING_TOLD: ToldBefore = { terms: new Set(), values: new Set() };

const HANDED_OVER = /\b(?:gave|give|bought|got|lent|sent|made|showed|sold) (?:my|our|the|a) (\p{L}+)(?: (\p{L}+))?\b/iu;
const THIRD_PERSON = /\b(?:he|she|him|her|his|hers|they|them|their|theirs)\b|\b(?:he|she|they)['’]/iu;
/** Nouns that are no thing of their own but what is asked for, by the kind of question. */
const ASKED_SIDE: readonly (readonly [RegExp, RegExp])[] = [
  [/\bwhere\b/iu, /^(?:venue|location|place|address|spot|home|house|base|post|mail|parcels?|deliver(?:y|ies))$/iu],
  [/\bwhen\b|\b(?:what|which) (?:time|day|date)\b/iu, /^(?:date|day|time|deadline|alarm|start|launch|slot)$/iu],
  [/\bhow (?:much|many)\b/iu, /^(?:price|cost|fee|rate|budget|bill|pay|total|balance|count)$/iu],
];

/** "The venue is Castle Hill now" for "where": the side of things that is asked for, by its own name. */
export function namesAskedSide(text: string, { text: question }: AskedState): boolean {
  return ASKED_SIDE.some(
    ([asks, noun]) =>
      asks.test(question) && readClauses(text).some(({ words }) => words.length === 1 && noun.test(words[0] ?? "")),
  );
}

/**
 * Whether a statement may speak of what the question asks for: not of another person's, nor of another thing of the
 * same kind. Each clause is asked for its subject; one that fits is enough.
 */
export function speaksOfAsked(
  text: string,
  asked: AskedState,
  before: ToldBefore = NOTHING_TOLD,
  name: string | null = null,
): boolean {
  const own = inFirstPerson(text, name);
  const isKnown = (term: string): boolean => asked.terms.has(term) || asked.persons.has(term) || before.terms.has(term);
  const namesAsked = analyze(own, ENGLISH).some((term) => asked.persons.has(term) || before.values.has(term));
  let fits: boolean | undefined;
  let isAny = false;
  for (const clause of readClauses(own)) {
    fits = fitsClause(clause, { asked, before, isKnown, namesAsked, fits });
    isAny ||= fits === true;
  }
  return isAny || fits === undefined;
}

interface Reading {
  readonly asked: AskedState;
  readonly before: ToldBefore;
  readonly isKnown: (term: string) => boolean;
  readonly namesAsked: boolean;
  /** What the clause before was found to be. */
  readonly fits: boolean | undefined;
}

function fitsClause(clause: Clause, { asked, before, isKnown, namesAsked, fits }: Reading): boolean | undefined {
  if (clause.subject === "none") return fits;
  if (clause.subject === "back") return isOwnTopic(clause.text, asked) || /\bI\b/u.test(clause.text) || (fits ?? true);
  if (namesOtherThing(clause.text, asked, before)) return false;
  if (clause.subject === "self") {
    const [, ...handed] = HANDED_OVER.exec(clause.text) ?? [];
    const taker = handed.find((word) => word !== undefined && PERSON_WORD.test(word));
    if (taker !== undefined && !analyze(taker, ENGLISH).some(isKnown)) return false;
    return asked.persons.size === 0 || namesAsked || THIRD_PERSON.test(clause.text);
  }
  const terms = analyze(clause.words.join(" "), ENGLISH);
  const head = terms.at(-1);
  const isSubjectKnown = head !== undefined && isKnown(head);
  const owner = clause.possessor === undefined ? [] : analyze(clause.possessor, ENGLISH);
  const ofOther =
    (owner.length > 0 &&
      (!owner.some(isKnown) ||
        (isSubjectKnown && asked.terms.has(head) && owner.every((term) => before.values.has(term))))) ||
    (clause.isOthers && asked.isOwn && isSubjectKnown && fits !== true);
  if (!ofOther && isSubjectKnown) return true;
  const tail = clause.words.at(-1) ?? "";
  if (/\b(?:me|us)\b/iu.test(clause.text)) return true;
  const rest = analyze(clause.text, ENGLISH).filter((term) => !terms.includes(term));
  const isSomebody = ofOther || PERSON_WORD.test(tail);
  if (rest.some((term) => (before.values.has(term) && !(asked.isOwn && isSomebody)) || asked.persons.has(term)))
    return true;
  if (ofOther) return false;
  // "Shona's baby is due": somebody's who was asked for, not another person of theirs.
  if (owner.some((term) => asked.persons.has(term)))
    return !PERSON_WORD.test(tail) || rest.some((term) => asked.topic.has(term));
  if (isOwnTopic(clause.text, asked)) return true;
  // "The doctor upped the dose": whoever it is does something to what was asked for.
  const named = asked.thing.length > 0 ? asked.thing : [...asked.topic];
  if (!isSomebody && !clause.isPerson && named.some((term) => rest.includes(term)) && speaksOfChange(clause.text))
    return true;
  if (ASKED_SIDE.some(([question, noun]) => question.test(asked.text) && noun.test(tail)))
    return terms.slice(0, -1).every((term) => isKnown(term));
  return (
    !asked.isOwn &&
    asked.persons.size === 0 &&
    asked.thing.length > 0 &&
    asked.thing.every((term) => rest.includes(term))
  );
}

/** "My accountant", "our bank" somewhere in the clause. */
function isOwnTopic(text: string, { topic }: AskedState): boolean {
  return ownThings(text).some(
    (thing) => !PERSON_WORD.test(thing.split(" ")[0] ?? "") && analyze(thing, ENGLISH).some((term) => topic.has(term)),
  );
}

const NO_CONTRAST =
  /^(?:a|an|the|my|our|new|old|current|usual|own|other|same|main|favou?rite|this|that|his|her|their|its|of|in|on|at|with|for|to|from|and|or|is|are|was|has|have|had|been|got|get|no|any|some|each|every|whole|up|down|one|just|actual|next|first|second|last|late|early|then|also|really|good|great|different|another|proper|real|better|best|i|we|they|he|she|it|me|us|him|them|you|by|as|than|into|onto|about|off|over|out|changed|moved|switched|swapped|raised|lost|left|sold|bought|paid|put|took|do|does|did|not|now)$/iu;

const PART = /\b(?:the|a|an) ([\p{L}-]+) (?:of|on|for|from) (?:my|our|the) ([\p{L}-]+)/iu;

/** "Pet insurance" where home insurance was asked for: the same word for a thing with another before it. */
export function namesOtherThing(
  text: string,
  { terms, head, thing, text: question }: AskedState,
  before: ToldBefore,
): boolean {
  const called = /\b(?:an?|the|my|our|new) ([\p{L}-]+) (?:called|named|by the name of)\b/iu.exec(text)?.[1];
  if (called !== undefined && /\b(?:called|named?)\b/iu.test(question)) {
    const kinds = analyze(called, ENGLISH);
    return kinds.length > 0 && !kinds.some((term) => terms.has(term) || before.terms.has(term));
  }
  if (head === undefined || !terms.has(head)) return false;
  // "The font of my thesis" is not the thesis.
  const part = PART.exec(text);
  if (
    part !== null &&
    analyze(part[2] ?? "", ENGLISH).includes(head) &&
    !analyze(part[1] ?? "", ENGLISH).some((term) => terms.has(term) || before.terms.has(term)) &&
    !/^(?:weekend|week|day|month|year|moment|time|morning|evening|night|rest)$/iu.test(part[1] ?? "") &&
    !ASKED_SIDE.some(([, noun]) => noun.test(part[1] ?? ""))
  )
    return true;
  // Of a thing that goes by one word, another word before it is a value: "a blue belt".
  if (thing.length < 2) return false;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  let isOther = false;
  for (const [at, word] of words.entries()) {
    if (!analyze(word, ENGLISH).includes(head)) continue;
    const left = words[at - 1];
    if (left === undefined || NO_CONTRAST.test(left) || /['’]s$|ed$|ing$|^\d/u.test(left)) return false;
    const modifier = analyze(left, ENGLISH);
    if (modifier.length === 0 || modifier.some((term) => terms.has(term) || before.terms.has(term))) return false;
    isOther = true;
  }
  return isOther;
}
