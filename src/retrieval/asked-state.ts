import { analyze } from "../text/analyze.ts";
import { ENGLISH, inFirstPerson, PERSON_WORD } from "./read-clauses.ts";

/** What a question after how things are asks for, and of whom. */
export interface AskedState {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** The terms of people it names, "my sister's car": "sister"; of the speaker alone none. */
  readonly persons: ReadonlySet<string>;
  /** It asks for what is the speaker's: "my", "our", "I", or their name. */
  readonly isOwn: boolean;
  /** What it asks after without people and words that any question holds: "shoe", "size". */
  readonly topic: ReadonlySet<string>;
  /** The thing that it names: "shoe", "size" of "What is my shoe size?". */
  readonly thing: readonly string[];
  /** The last word of it. */
  readonly head: string | undefined;
  /** It asks for what somebody means to do or would like: then a wish is a state. */
  readonly isOfPlans: boolean;
}

/** Words of questions that name no topic. */
const SAYS_LITTLE = new Set(
  analyze(
    "who what which where when how much many often long old big far kind type sort name named called call now current currently today these days moment usual usually use using have has own get go going do doing make take want like live keep user still right is are at on with from there put need number",
    ENGLISH,
  ),
);
const PARENTS = analyze("mum mom mother dad father", ENGLISH);
const NAMED =
  /(?:\b(?:does|do|is|are|has|have|can|will|should) (\p{Lu}[\p{L}\p{M}-]+))|(\p{Lu}[\p{L}\p{M}-]+)['’]s\b/gu;
const THING =
  /\b(?:my|our|the|\p{L}+['’]s) ((?:[\p{L}\p{N}-]+ ){0,3}?[\p{L}\p{N}-]+)(?=[?.!]|$| (?:is|are|am|do|does|has|have|at|in|on|with|from|for|of|to|by|these|right|now|called|made|like|run|runs|go|goes|start|starts|end|ends|come|comes|take|takes|cost|costs|expire|expires|due|written|painted|parked|moored|set|insured|based|located|kept|held|meet|meets|stay|stays|sleep|sleeps|eat|eats|drive|drives|play|plays|live|lives|work|works)\b)/iu;
const WHICH = /\b(?:what|which|whose) ((?:[\p{L}\p{N}-]+ ){1,3}?)(?:is|are|am|do|does|should|will|can|have|has)\b/iu;
const OF_PLANS =
  /\b(?:want|wants|plan\w*|hop(?:e|es|ing)|aim\w*|goal|target|lean\w*|sav(?:e|ing) (?:up )?for|wish\w*|consider\w*|think\w*|going to (?:be|do|buy|call|name)|would|look(?:ing)? (?:for|to)|intend\w*|option|idea|prefer\w*|dream\w*|train\w* for|hir(?:e|ing)|going)\b/iu;

export function readAskedState(question: string, terms: ReadonlySet<string>, name: string | null): AskedState {
  const text = inFirstPerson(question, name);
  const persons = new Set<string>();
  const asksForPerson = /\b(?:who|whose|whom|named?|called)\b/iu.test(text);
  for (const [, word = "", rest = ""] of text.matchAll(/([\p{L}\p{M}-]+)(['’]s (?!names?\b))?/gu))
    // Who is asked for is nobody's owner: "Who is my manager?", "What is my partner's name?".
    if (PERSON_WORD.test(word) && (!asksForPerson || rest !== ""))
      for (const term of analyze(word, ENGLISH)) persons.add(term);
  for (const [, first, owner] of text.matchAll(NAMED))
    if (!/^(?:I|wh\p{L}+|how|it|that)$/iu.test(first ?? owner ?? ""))
      for (const term of analyze(first ?? owner ?? "", ENGLISH)) persons.add(term);
  if (persons.has("parent")) for (const term of PARENTS) persons.add(term);
  const wordsOf = (thing: string | undefined): readonly string[] =>
    thing === undefined ? [] : analyze(thing, ENGLISH).filter((term) => !SAYS_LITTLE.has(term) && !persons.has(term));
  const thing = wordsOf(THING.exec(text)?.[1]);
  return {
    text,
    terms,
    persons,
    isOwn: /\b(?:i|i['’]m|my|me|we|we['’]re|our|us|mine|ours)\b/iu.test(text),
    topic: new Set([...terms].filter((term) => !SAYS_LITTLE.has(term) && !persons.has(term))),
    thing,
    head: thing.at(-1) ?? wordsOf(WHICH.exec(text)?.[1]).at(-1),
    isOfPlans: OF_PLANS.test(text),
  };
}
