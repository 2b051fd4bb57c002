import { type Token, isCapitalized } from "./tokens.ts";
import { readVerb, SAME_IN_PAST } from "./verbs.ts";
import { ADVERBS, AUXILIARIES, DAYS, DETERMINERS, KIN, MONTHS, PETS, PREPOSITIONS, wordSet } from "./words.ts";

/** "Last week I moved …", "In 2019 we …", "As of Monday, I …": the pronoun after a lead-in without a verb. */
export function leadingPronoun(tokens: readonly Token[], start: number, end: number): number {
  const first = (tokens[start] as Token).lower;
  const isLead =
    PREPOSITIONS.has(first) ||
    (first.length > 5 && first.endsWith("ly")) ||
    DAYS.has(first) ||
    MONTHS.has(first) ||
    ADVERBS.has(first) ||
    /^(?:last|next|this|these|after|before|yesterday|tomorrow|tonight|earlier|when|because|although|besides|growing|ever|every|a|two|three|right|years|starting|one|some|starting|going)$/u.test(
      first,
    ) ||
    isTimeLead(first, tokens[start + 1]?.lower ?? "");
  if (!isLead) return -1;
  for (let index = start + 1; index < Math.min(end, start + 10); index += 1) {
    const word = (tokens[index] as Token).lower;
    if ((word === "i" || word === "we" || word === "he" || word === "she" || word === "they") && index > start)
      return index;
    if (AUXILIARIES.has(word) && !isMonthOfMay(tokens, index)) return -1;
  }
  return -1;
}

/** "The day before yesterday I …", "Back in 2016 I …". */
function isTimeLead(first: string, next: string): boolean {
  if (first === "the")
    return /^(?:day|week|weekend|month|year|summer|winter|spring|autumn|fall|morning|evening)$/u.test(next);
  return first === "back" && /^(?:in|on|when|then)$/u.test(next);
}

/** "On 7 May 2024": with a number beside it, it is no auxiliary. */
function isMonthOfMay(tokens: readonly Token[], index: number): boolean {
  if (tokens[index]?.lower !== "may") return false;
  return /^\d/u.test(tokens[index - 1]?.lower ?? "") || /^\d/u.test(tokens[index + 1]?.lower ?? "");
}

/** The noun subject after a lead-in that ends with a comma: "From Monday, the stand-up is at 9". */
export function leadingNoun(tokens: readonly Token[], start: number, end: number): number {
  const first = tokens[start] as Token;
  const isLead =
    PREPOSITIONS.has(first.lower) ||
    /^(?:last|next|starting|effective|these|after|before|yesterday|today|tomorrow|good|quick|small|due|thanks|owing|given|because)$/u.test(
      first.lower,
    );
  if (!isLead) return start;
  // "Because of the rain the match …": the cause has a determiner of its own.
  const isCause = /^(?:because|due|thanks|owing|given)$/u.test(first.lower);
  if (isCause && first.lower !== "given" && !/^(?:of|to)$/u.test(tokens[start + 1]?.lower ?? "")) return start;
  for (let index = start + (isCause ? 3 : 1); index < Math.min(end, start + 8); index += 1) {
    const word = (tokens[index] as Token).lower;
    if (word === "," || word === ":") return index + 1;
    if (index > start + 1 && (word === "the" || word === "my" || word === "our")) return index;
  }
  return start;
}

/** The first token that must be the finite verb of a noun subject; -1 when there is none. */
export function findFiniteVerb(tokens: readonly Token[], from: number, end: number): number {
  const first = tokens[from];
  if (first === undefined || PREPOSITIONS.has(first.lower)) return -1;
  const isNounStart =
    DETERMINERS.has(first.lower) ||
    isCapitalized(first) ||
    readVerb(first.lower) === undefined ||
    first.lower.endsWith("ing");
  if (!isNounStart) {
    // "rent is", "work starts": a bare noun that is also a verb.
    const next = tokens[from + 1]?.lower ?? "";
    return /^(?:is|was|'s|are|has|went|costs|will)$/u.test(next) ? from + 1 : -1;
  }
  for (let index = from + 1; index < Math.min(end, from + 12); index += 1) {
    const word = (tokens[index] as Token).lower;
    if (word === "," || word === ":" || word === "(") return -1;
    if (word === "'s") {
      if (isCopulaAfter(tokens, index, end)) return index;
      continue;
    }
    if (word === "n't" || word === "not") continue;
    // "My favourite thing to eat is …"
    if (word === "to" && /^(?:is|was|'s)$/u.test(tokens[index + 2]?.lower ?? "")) {
      index += 1;
      continue;
    }
    if (/^(?:to|who|which|that|if|because|when)$/u.test(word)) return -1;
    if (AUXILIARIES.has(word)) return index;
    const reading = readVerb(word);
    if (reading === undefined || reading.form === "gerund") continue;
    const before = (tokens[index - 1] as Token).lower;
    if (DETERMINERS.has(before) || PREPOSITIONS.has(before) || before === "'s" || before === "new") continue;
    const next = tokens[index + 1]?.lower ?? "";
    if (/^(?:is|are|was|were|has|have|will|'s)$/u.test(next)) continue;
    if (reading.form === "third" || (reading.form === "past" && next !== "")) return index;
    if (reading.form === "past") return index;
    // "My doctor put me on …": past and present look the same.
    if (SAME_IN_PAST.has(word) && /^(?:me|us|my|our|up|down|back|his|her|their)$/u.test(next)) return index;
    if (reading.form === "base" && before.endsWith("s") && !before.endsWith("ss")) return index;
  }
  return -1;
}

/** After "'s": true when it is "is/has" and not the possessive. */
function isCopulaAfter(tokens: readonly Token[], index: number, end: number): boolean {
  const next = tokens[index + 1];
  if (next === undefined || index + 1 >= end) return false;
  const word = next.lower;
  const reading = readVerb(word);
  if (
    DETERMINERS.has(word) ||
    ADVERBS.has(word) ||
    PREPOSITIONS.has(word) ||
    /^\d/u.test(word) ||
    word === "not" ||
    word === "$" ||
    word === "€"
  )
    return true;
  const before = tokens[index - 1]?.lower ?? "";
  // "My girlfriend's vegan", "the cat's ill again": nothing is owned where the sentence ends.
  const isLast = index + 2 >= end || /^(?:now|again|these|at|and|[.!,;])$/u.test(tokens[index + 2]?.lower ?? "");
  if (isLast && (KIN.has(before) || PETS.has(before)) && !isCapitalized(next)) return true;
  if (isWholeClaim(tokens, index, end)) return true;
  // "Rent's due", "Anna's moving", but "Anna's meeting is …".
  const after = tokens[index + 2]?.lower ?? "";
  if (reading?.form === "gerund") return !/^(?:is|was|are|has)$/u.test(after);
  return reading?.form === "past" && word !== "left" && word !== "set";
}

const HOLDS_NOW = /^(?:now|nowadays|these days|at the moment|currently|from now on)$/u;

/** "My manager's Ling", "my job title's product designer these days": with no verb behind it, "'s" is the verb. */
function isWholeClaim(tokens: readonly Token[], index: number, end: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined || isCapitalized(before)) return false;
  let at = index + 1;
  let isName = true;
  for (; at < Math.min(end, index + 7); at += 1) {
    const token = tokens[at] as Token;
    if (/^[,.;!–—-]$/u.test(token.lower) || /^(?:and|but|so)$/u.test(token.lower)) break;
    const two = `${token.lower} ${tokens[at + 1]?.lower ?? ""}`;
    const three = `${two} ${tokens[at + 2]?.lower ?? ""}`;
    if (HOLDS_NOW.test(token.lower) || HOLDS_NOW.test(two) || HOLDS_NOW.test(three)) return at > index + 1;
    if (AUXILIARIES.has(token.lower) || token.lower === "'s" || readVerb(token.lower)?.form === "third") return false;
    isName &&= isCapitalized(token) || /^(?:dr|mr|mrs|ms|of|the|de|van)$/u.test(token.lower);
  }
  const isEnd =
    at >= end || !/^[\p{L}\p{N}]/u.test(tokens[at]?.lower ?? "") || /^(?:and|but|so)$/u.test(tokens[at]?.lower ?? "");
  // "My brother's Xbox" is a thing of his.
  return isEnd && at > index + 1 && isName && !KIN.has(before.lower) && !PETS.has(before.lower);
}

/** Verbs of which a gerund at the head is the subject: "Giving people a place to talk is important". */
const GERUND_PREDICATES = wordSet("is was 's are makes made helps helped feels felt gives brings keeps can takes");

/** "Moved to Berlin!", "Just got back", "Working at Acme now": the speaker left himself out. */
export function isElidedFirstPerson(tokens: readonly Token[], start: number, end: number): boolean {
  let index = start;
  while (index < end && ADVERBS.has((tokens[index] as Token).lower)) index += 1;
  const word = tokens[index]?.lower ?? "";
  if (word === "gonna" || word === "been") return true;
  const reading = readVerb(word);
  if (reading === undefined || index + 1 >= end) return false;
  if (reading.form === "past")
    return reading.lemma !== "set" && reading.lemma !== "let" && reading.lemma !== "put" && reading.lemma !== "read";
  // A gerund with a verb behind it is the subject itself: "Painting is fun".
  if (reading.form !== "gerund" || findFiniteVerb(tokens, index, end) !== -1) return false;
  if (JUDGING.has(word) && /^(?:but|and|,|!)$/u.test(tokens[index + 1]?.lower ?? "")) return false;
  return !tokens.slice(index + 1, end).some(({ lower }) => GERUND_PREDICATES.has(lower)) && !isLongSubject(tokens, end);
}

/** "Challenging but fun" judges something. */
const JUDGING = wordSet(
  "challenging exciting amazing interesting boring inspiring relaxing tiring exhausting rewarding fascinating annoying surprising frustrating calming refreshing satisfying encouraging overwhelming",
);

/** The clause behind a relative or a "how to" goes on with the gerund's own verb: "Having a team who helps is great". */
function isLongSubject(tokens: readonly Token[], end: number): boolean {
  for (let at = end; at < tokens.length; at += 1) {
    const { lower } = tokens[at] as Token;
    if (/^(?:;|—|–|:)$/u.test(lower)) return false;
    const before = tokens[at - 1]?.lower ?? "";
    if (lower === "," && startsOwnClause(tokens[at + 1]?.lower ?? "")) return false;
    const reading = readVerb(lower);
    const isFinite = GERUND_PREDICATES.has(lower) || lower === "has" || lower === "need" || reading?.form === "third";
    if (isFinite && !/^(?:i|we|he|she|it|they|you|who|which|that|there|this|where|what|to|,|and|but)$/u.test(before))
      return true;
  }
  return false;
}

function startsOwnClause(lower: string): boolean {
  return DETERMINERS.has(lower) || /^(?:i|we|he|she|it|they|you|so|but|and|which|because)$/u.test(lower);
}
