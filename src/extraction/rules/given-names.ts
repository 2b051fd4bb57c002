import type { Clause } from "./parse-clause.ts";
import { isCapitalized } from "./tokens.ts";
import { wordSet } from "./words.ts";

/** Given names that are ordinary words too. Said without an article and with a capital, they are somebody's name. */
const WORD_NAMES = wordSet(
  "art ash april autumn basil bill bob brook brooke carol chance chase chip chuck clay cliff crystal curt dale dawn dean drew earl faith frank gene ginger glen grace grant guy hazel heather hope hunter iris ivy jack jade jasmine jay jean jewel jo joy june kay kit lance laurel lee lily mark mason matt max may melody mercy mike miles myrtle nick norm olive page pat patience patty pearl penny peg pierce ray reed rich river rob rocky rod rose ruby rusty sandy scout sky sonny stew sue summer tab terry tony tucker violet wade ward will willow winter woody",
);

export function isWordName(lower: string): boolean {
  return WORD_NAMES.has(lower);
}

/** What is said of a bill or a page, and not of a person. */
const OF_THINGS =
  /^(?:cost|come|arrive|rise|drop|increase|decrease|double|go|fall|total|amount|expire|include|contain|exceed|say|show|open|close|load|end|begin|start)$/u;
const IS_SOMEBODY =
  /^(?:(?:now|still|also|really|currently|always) )*(?:(?:my|our|his|her|their|an?|the) |from |in |at |married|engaged|single|divorced|allergic|vegan|vegetarian|\p{L}+ing\b|\d{1,3} years old)/u;

/** True for "Bill works at Initech", "Mark is my brother"; false for "Rent is 500", "Bill came to 40 euros". */
export function isGivenName(clause: Pick<Clause, "tokens" | "subjectFrom" | "subjectTo" | "verb" | "rest">): boolean {
  const { tokens, subjectFrom, subjectTo, verb, rest } = clause;
  const name = tokens[subjectFrom];
  if (name === undefined || subjectTo - subjectFrom !== 1 || !isCapitalized(name)) return false;
  if (!WORD_NAMES.has(name.lower)) return false;
  return verb === "be" ? IS_SOMEBODY.test(rest) : !OF_THINGS.test(verb);
}
