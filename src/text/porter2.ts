// The English stemmer of the Snowball project ("Porter2"), which the measured recipe uses; the library's English
// stemmer is the older Porter, which makes "mai" of "may" and "new" of "news".

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ["skis", "ski"],
  ["skies", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["idly", "idl"],
  ["gently", "gentl"],
  ["ugly", "ugli"],
  ["early", "earli"],
  ["only", "onli"],
  ["singly", "singl"],
  ...["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"].map((word): [string, string] => [word, word]),
]);

const DONE_AFTER_PLURAL: ReadonlySet<string> = new Set(
  "inning outing canning herring earring proceed exceed succeed".split(" "),
);

// Longest first: only the longest suffix that fits is looked at.
const STEP_2: readonly (readonly [string, string])[] = [
  ["ization", "ize"],
  ["ational", "ate"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["entli", "ent"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ousli", "ous"],
  ["iviti", "ive"],
  ["fulli", "ful"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["izer", "ize"],
  ["ator", "ate"],
  ["alli", "al"],
  ["bli", "ble"],
  ["ogi", "og"],
  ["li", ""],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ative", ""],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];
const STEP_4: readonly string[] = "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic".split(
  " ",
);

/** The stem of a lower-case English word of the letters a to z. */
export function stemPorter2(word: string): string {
  if (word.length <= 2) return word;
  const exception = EXCEPTIONS.get(word);
  if (exception !== undefined) return exception;
  const marked = word.includes("y") ? markConsonantY(word) : word;
  const first = firstRegion(marked);
  const second = nextRegion(marked, first);
  const singular = removePlural(marked);
  if (DONE_AFTER_PLURAL.has(singular)) return singular;
  let stem = removePast(singular, first);
  if (/[^aeiouy][yY]$/u.test(stem) && stem.length > 2) stem = `${stem.slice(0, -1)}i`;
  stem = replaceSuffix(stem, STEP_2, first, second);
  stem = replaceSuffix(stem, STEP_3, first, second);
  stem = removeSuffix(stem, second);
  stem = removeFinal(stem, first, second);
  return stem.includes("Y") ? stem.toLowerCase() : stem;
}

/** "y" at the start or after a vowel is a consonant, written "Y" until the end. */
function markConsonantY(word: string): string {
  let marked = "";
  for (const letter of word) {
    marked += letter === "y" && (marked === "" || isVowel(marked.at(-1))) ? "Y" : letter;
  }
  return marked;
}

function isVowel(letter: string | undefined): boolean {
  return letter === "a" || letter === "e" || letter === "i" || letter === "o" || letter === "u" || letter === "y";
}

function firstRegion(word: string): number {
  const prefix = /^(?:gener|commun|arsen)/u.exec(word);
  return prefix === null ? nextRegion(word, 0) : prefix[0].length;
}

/** After the first consonant that follows a vowel, counted from `from`. */
function nextRegion(word: string, from: number): number {
  for (let index = from + 1; index < word.length; index += 1) {
    if (!isVowel(word[index]) && isVowel(word[index - 1])) return index + 1;
  }
  return word.length;
}

function hasVowel(word: string, end: number): boolean {
  for (let index = 0; index < end; index += 1) if (isVowel(word[index])) return true;
  return false;
}

function endsInShortSyllable(word: string): boolean {
  const last = word.at(-1);
  if (isVowel(last) || !isVowel(word.at(-2))) return false;
  return word.length === 2 || (!isVowel(word.at(-3)) && last !== "w" && last !== "x" && last !== "Y");
}

function removePlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ies") || word.endsWith("ied")) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!word.endsWith("s") || word.endsWith("us") || word.endsWith("ss")) return word;
  return hasVowel(word, word.length - 2) ? word.slice(0, -1) : word;
}

function removePast(word: string, first: number): string {
  const eed = word.endsWith("eedly") ? 5 : word.endsWith("eed") ? 3 : 0;
  if (eed > 0) return word.length - eed >= first ? word.slice(0, word.length - eed + 2) : word;
  const length = word.endsWith("ingly")
    ? 5
    : word.endsWith("edly")
      ? 4
      : word.endsWith("ing")
        ? 3
        : word.endsWith("ed")
          ? 2
          : 0;
  if (length === 0 || !hasVowel(word, word.length - length)) return word;
  const stem = word.slice(0, -length);
  if (/(?:at|bl|iz)$/u.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/u.test(stem)) return stem.slice(0, -1);
  return first >= stem.length && endsInShortSyllable(stem) ? `${stem}e` : stem;
}

function replaceSuffix(
  word: string,
  rules: readonly (readonly [string, string])[],
  first: number,
  second: number,
): string {
  for (const [suffix, replacement] of rules) {
    if (!word.endsWith(suffix)) continue;
    const start = word.length - suffix.length;
    if (start < (suffix === "ative" ? second : first)) return word;
    if (suffix === "ogi" && word[start - 1] !== "l") return word;
    if (suffix === "li" && !"cdeghkmnrt".includes(word[start - 1] ?? " ")) return word;
    return word.slice(0, start) + replacement;
  }
  return word;
}

function removeSuffix(word: string, second: number): string {
  for (const suffix of STEP_4) {
    if (!word.endsWith(suffix)) continue;
    const start = word.length - suffix.length;
    if (start < second) return word;
    if (suffix === "ion" && word[start - 1] !== "s" && word[start - 1] !== "t") return word;
    return word.slice(0, start);
  }
  return word;
}

function removeFinal(word: string, first: number, second: number): string {
  const start = word.length - 1;
  if (word.endsWith("e")) {
    const isRemoved = start >= second || (start >= first && !endsInShortSyllable(word.slice(0, start)));
    return isRemoved ? word.slice(0, start) : word;
  }
  return word.endsWith("ll") && start >= second ? word.slice(0, start) : word;
}
