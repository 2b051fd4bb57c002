/** Of whom or what a clause tells something. */
export interface Clause {
  /** "self": the speaker; "back": what was named before ("it", "she"); "none": a fragment without a subject. */
  readonly subject: "self" | "back" | "other" | "none";
  /** The words of another subject in lower case, without article: "build server", "sister's dentist". */
  readonly words: readonly string[];
  /** "sister" of "my sister's dentist"; a name or a word for a person. */
  readonly possessor?: string | undefined;
  /** A person by name or by what they are to the speaker, or somebody's thing. */
  readonly isPerson: boolean;
  /** "their", "another": said of what is not the speaker's. */
  readonly isOthers: boolean;
  readonly text: string;
}

/** The rules of this folder read English; a few words alone would often be taken for another language. */
export const ENGLISH = { language: "en" } as const;

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’&-]*/gu;
const CLAUSE_END =
  /(?<!\b(?:dr|mr|mrs|ms|prof|st))[.!?;:,—–…()]+(?=\s|$)|\s[-–]\s|\b(?:and|but|so|because|since|while|although|though|that|who|which)\b(?!['’])/giu;

/** Words for people by what they are to somebody. */
export const PERSON_WORD: RegExp =
  /^(?:(?:step|half-|great-?|grand)?(?:sisters?|brothers?|mothers?|fathers?|sons?|daughters?|parents?|child(?:ren)?|kids?|mums?|moms?|dads?|ma|pa)|siblings?|baby|babies|mummy|daddy|nan|nana|gran|granny|grandad|wife|husband|spouse|partner|fianc[eé]e?|girlfriend|boyfriend|aunts?|aunties?|uncles?|cousins?|nieces?|nephews?|twins?|family|in-laws?|\p{L}+-in-law|ex|ex-\p{L}+|friends?|mates?|bestie|budd(?:y|ies)|flatmates?|roommates?|housemates?|classmates?|teammates?|neighbou?rs?|colleagues?|co-?workers?|boss(?:es)?|managers?|clients?|customers?|guests?|visitors?|tenants?|students?|landlord|landlady|godson|goddaughter|goth?er|guy|girl|boy|man|woman|people|somebody|someone|everybody|everyone|nobody|hero|heroine|competitors?|company)$/iu;

const SELF = /^(?:i|we|i['’](?:m|ve|d|ll)|we['’](?:re|ve|d|ll)|us|im|ive)$/iu;
const BACK =
  /^(?:he|she|it|they|this|that|these|those|there|here|what|all|everything|nothing|both|one|you)(?:['’](?:s|re|ve|d|ll))?$/iu;
const ARTICLE =
  /^(?:the|a|an|my|our|own|this|that|these|those|some|any|no|every|each|new|old|current|whole|two|three)$/iu;
const OTHERS = /^(?:his|her|their|your|another|other|others|somebody['’]s|someone['’]s)$/iu;
const OPENING =
  /^(?:well|oh|ok|okay|hey|hi|yes|no|yeah|please|also|actually|finally|anyway|btw|just|still|then|instead|apparently|sadly|luckily|lately|recently|now|nowadays|today|yesterday|again|ugh|hm+|soo*|and|but|as|if|when|remember|turns|down|up|guess|fyi|update|plus)$/iu;
const PREPOSITION =
  /^(?:in|on|at|from|after|before|with|without|for|since|due|by|under|during|until|till|instead|to|of|about|off|over|into|than)$/iu;
const VERB =
  /^(?:is|are|was|were|am|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|got|gets?|gone|went|goes|left|took|sold|bought|quit|made|put|gave|given|found|came|comes|became|began|lost|won|ran|runs|kept|keeps|broke|fell|met|told|said|says|paid|sent|let|cut|set|hit|built|chose|grew|drove|drives|wrote|spent|swapped|works?|lives?|plays?|takes?|uses?|needs?|wants?|stands?|sits?|starts?|reset|split|died|lent|lends|grew|became|hurt|isn['’]t|aren['’]t|wasn['’]t|doesn['’]t|don['’]t|didn['’]t|can['’]t|won['’]t|hasn['’]t|haven['’]t|\p{L}{2,}ed)$/iu;
const ADVERB = /^(?:now|then|out|also|still|just|never|always|often|soon|again|finally|\p{L}{3,}ly)$/iu;
/** After a word with 's, what shows that it is a verb: "Dad's driving", "the venue's Castle Hill now". */
const AFTER_IS =
  /^(?:a|an|the|my|our|in|on|at|with|from|to|now|not|no|all|been|got|gone|had|done|back|off|so|very|really|just|still|over|out|up|down|under|by|\p{L}+ing|\p{L}{2,}ed|\d.*)$/iu;

/** More of a long text says nothing short of how things are. */
const MOST_CLAUSES = 8;
const MOST_SUBJECT_WORDS = 6;

/** "User", "User's", "User and others" and the speaker's own name are the speaker. */
export function inFirstPerson(text: string, name: string | null): string {
  let rewritten = text;
  for (const [pattern, word] of patternsOf(name)) rewritten = rewritten.replace(pattern, word);
  return rewritten;
}

type Rewrites = readonly (readonly [RegExp, string])[];
const rewritesByName = new Map<string | null, Rewrites>();
const MOST_NAMES = 200;

function patternsOf(name: string | null): Rewrites {
  let known = rewritesByName.get(name);
  if (known !== undefined) return known;
  const own = name !== null && /^\p{L}[\p{L} ]*$/u.test(name) ? `(?:user|${name})` : "user";
  const pattern = (rest: string): RegExp => new RegExp(String.raw`\b${own}${rest}`, "giu");
  known = [
    // "User: The school has a new number": who says it is not of whom it is said.
    [new RegExp(String.raw`^${own}: `, "iu"), ""],
    [pattern(String.raw` and others(?:['’](?:ve)?)?(?![\p{L}])`), "we"],
    [pattern(String.raw`['’]s\b`), "my"],
    [pattern(String.raw`\b`), "I"],
  ];
  if (rewritesByName.size >= MOST_NAMES) rewritesByName.clear();
  rewritesByName.set(name, known);
  return known;
}

/** What is called "my" or "our" in a text, with the words for it: "mortgage rate" of "our mortgage rate went up". */
export function ownThings(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:my|our) ((?:[\p{L}\p{N}-]+ ?){1,4})/giu)].map(([, words = ""]) => {
    const list = words.trim().split(" ");
    const end = list.findIndex((word) => VERB.test(word) || PREPOSITION.test(word));
    return (end === -1 ? list : list.slice(0, end)).join(" ");
  });
}

/** The clauses of a short text in the first person, each with its subject. */
export function readClauses(text: string): readonly Clause[] {
  return text
    .split(CLAUSE_END)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, MOST_CLAUSES)
    .map((part) => readClause(part));
}

function readClause(text: string): Clause {
  const words = text.match(WORD) ?? [];
  let at = 0;
  while (at < words.length && OPENING.test(words[at] as string)) at += 1;
  const none: Clause = { subject: "none", words: [], isPerson: false, isOthers: false, text };
  const first = words[at];
  if (first === undefined) return none;
  if (SELF.test(first)) return { ...none, subject: "self" };
  if (BACK.test(first) && (/^(?:he|she|it|they)\b|['’]/iu.test(first) || !isNoun(words[at + 1])))
    return { ...none, subject: "back" };
  const rest = PREPOSITION.test(first) ? afterPhrase(words.slice(at)) : words.slice(at);
  if (rest.length === 0) return none;
  if (rest !== words && SELF.test(rest[0] as string)) return { ...none, subject: "self" };
  const end = verbAt(rest);
  // What opens with a verb leaves out "I": "Sold the Trek".
  if (end === 0) return { ...none, subject: "self" };
  if (end === -1) return none;
  if (rest.slice(0, end).some((word) => SELF.test(word))) return { ...none, subject: "self" };
  return { ...none, ...readSubject(rest.slice(0, end)), subject: "other" };
}

/** What follows "after the holidays": the last words with an article before the verb, or the speaker. */
function afterPhrase(words: readonly string[]): readonly string[] {
  const self = words.findIndex((word) => SELF.test(word));
  const verb = words.findIndex((word, at) => at > 1 && VERB.test(word));
  if (self !== -1 && (verb === -1 || self < verb)) return words.slice(self);
  const article = words.findLastIndex((word, at) => at > 1 && at < verb && ARTICLE.test(word));
  return article === -1 ? [] : words.slice(article);
}

/** "That company" is a noun's, "that is" is not. */
function isNoun(word: string | undefined): boolean {
  return word !== undefined && !VERB.test(word) && !AFTER_IS.test(word) && !SELF.test(word) && /^\p{L}+s?$/u.test(word);
}

/** Where the verb of a clause stands; the word with 's before it is part of the subject. -1: it has none. */
function verbAt(words: readonly string[]): number {
  for (let at = 0; at <= MOST_SUBJECT_WORDS && at < words.length; at += 1) {
    const word = words[at] as string;
    if (VERB.test(word)) return at;
    if (/['’](?:s|re|ve)$/iu.test(word) && isVerbAfter(words, at)) return at + 1;
    // "Lena switches": a word with -s after the first, where no other verb follows soon.
    if (at > 0 && /\p{Ll}s$/u.test(word) && !ARTICLE.test(words[at - 1] as string)) {
      const next = words.slice(at + 1, at + 3);
      if (!next.some((each) => VERB.test(each)) && !/['’]s$/u.test(words[at - 1] as string)) return at;
    }
  }
  return -1;
}

function isVerbAfter(words: readonly string[], at: number): boolean {
  const next = words[at + 1];
  if (next === undefined || AFTER_IS.test(next)) return true;
  return !words.slice(at + 1, at + 5).some((word) => VERB.test(word) || /['’]s$/u.test(word));
}

function readSubject(words: readonly string[]): Pick<Clause, "words" | "possessor" | "isPerson" | "isOthers"> {
  const kept = words.filter((word) => !ARTICLE.test(word) && !ADVERB.test(word));
  const last = kept.length - 1;
  const plain = kept.map((word, at) => (at === last ? word.replace(/['’](?:s|re|ve)$/u, "") : word));
  const owner = plain.findIndex((word, at) => at < last && /(?:['’]s|s['’])$/u.test(word));
  const possessor = owner === -1 ? undefined : bare(plain[owner] as string);
  const head = plain.at(-1) ?? "";
  const isNamed = !words.some((word) => ARTICLE.test(word)) && /^\p{Lu}/u.test(plain[0] ?? "");
  return {
    words: plain.map((word) => bare(word)),
    possessor,
    isPerson: PERSON_WORD.test(head) || isNamed || possessor !== undefined,
    isOthers: words.some((word) => OTHERS.test(word)),
  };
}

function bare(word: string): string {
  return word.replace(/(?:['’]s?)$/u, "").toLowerCase();
}
