import type { QueryShape } from "./query-cues.ts";

/** A form of question whose answer lies in many memories. */
export interface Gathering {
  /** The noun whose kinds are asked for, as written and lower-case: "instruments" in "What instruments do I play?". */
  readonly noun: string | undefined;
}

/** With more words than this a question is after one thing, whatever its form. */
const MOST_TERMS = 5;

const OWNER = "(?:the|my|our|his|her|their|your|some|all|[\\p{L}-]+['’]s?)";
const WORD = "[\\p{L}+&/-]+(?:['’]s?)?";
const GOES_ON =
  "(?:has|have|had|does|do|did|is|are|was|were|will|would|can|could|might|should|to|in|at|for|from|that|of|on|with|about)";
/** "What are my daughter's favourite books?", "What are some changes Ana has made?". */
const LISTED = new RegExp(
  `\\b(?:[Ww]hat|[Ww]hich|[Ww]ho) (?:are|were)(?: some of| all of)? ${OWNER}((?: (?!\\p{Lu})${WORD}){1,3}?)(?= (?:${GOES_ON}|regarding|who|which|I|we|he|she|they|you|\\p{Lu}\\p{L}+)\\b|\\s*[?.!]?\\s*$)`,
  "u",
);
/** "What are the names of her pets?". */
const NAMES_OF = new RegExp(`\\bnames of ${OWNER}((?: ${WORD}){1,3}?)\\s*[?.!]?\\s*$`, "u");
/** "Which board games has …", "how many hikes did …", "what kinds of music do …". */
const ASKED = new RegExp(
  `\\b(?:what|which|how many)(?: (?:kinds?|types?|sorts?|forms?|styles?) of)? ((?:${WORD} ){1,3}?)(?=${GOES_ON}\\b)`,
  "iu",
);
const KINDS = /\b(?:kinds|types|sorts|forms|styles) of\b/iu;
/** "What has she painted?", "Where have I camped?": all of it. */
const DONE_SO_FAR = /^\s*(?:what|where|whom?) (?:all )?(?:has|have|['’]ve)\b(?! (?:been|the|an?)\b)/iu;
const HOW_OFTEN = /\bhow often\b/iu;
const IN_COMMON = /\b(?:both|in common|similar\w*|share)\b/iu;
/** "What are the shoes used for?": about these things, not for more of them. */
const ABOUT_THEM = /\b(?:for|of|about|from|like)\s*[?.!]?\s*$/iu;
/** What was at one occasion was told at once. */
const ONE_OCCASION = /\b(?:at (?:the|an?|my|our|his|her|their)|during|after|before|when|while)\b/iu;

/** Ends in s without being many. */
const NOT_MANY = /(?:ss|us|is)$|^(?:news|series|species|does|was|always|previous)$/u;
const MANY = /^(?:children|people|men|women|wives|mice|feet|teeth)$/u;

/** True for a question after many things that does not narrow them down much. */
export function gathers(query: { readonly gathering?: Gathering; readonly terms: readonly string[] }): boolean {
  return query.gathering !== undefined && query.terms.length <= MOST_TERMS;
}

/** The noun that a question asks for, where its form is after many things; undefined for any other form. */
export function gatheringOf(query: string, shape: QueryShape): Gathering | undefined {
  if (ONE_OCCASION.test(query)) return undefined;
  const noun = askedNoun(query.replaceAll(/\s+/gu, " "));
  const isMany =
    noun !== undefined && ((noun.endsWith("s") && !NOT_MANY.test(noun)) || MANY.test(noun) || KINDS.test(query));
  const isForMany =
    isMany ||
    (shape === "compare" && IN_COMMON.test(query)) ||
    (shape === "count" && !HOW_OFTEN.test(query)) ||
    DONE_SO_FAR.test(query);
  return isForMany ? { noun } : undefined;
}

function askedNoun(query: string): string | undefined {
  const listed = ABOUT_THEM.test(query) ? null : LISTED.exec(query);
  const found = NAMES_OF.exec(query) ?? listed ?? ASKED.exec(query);
  const words = found?.[1]?.trim().toLowerCase().split(" ") ?? [];
  const last = words.pop();
  // "My pets' names": pets.
  const noun = (last === "names" || last === "name") && words.length > 0 ? words.pop() : last;
  return noun?.replace(/['’]s?$/u, "");
}
