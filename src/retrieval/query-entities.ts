import { normalizeEntityName } from "../domain/entity.ts";
import { isStopWord } from "../text/chunk-terms.ts";

const MOST_ENTITIES = 16;
const LONGEST_QUOTE = 200;

const QUOTES =
  /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』|《([^》]+)》|`([^`]+)`|(?<![\p{L}\p{N}])['‘]([^'’]{2,})['’](?![\p{L}\p{N}])/gu;

/** The phrases that a query puts in quotation marks of any kind, without the marks. */
export function quotedPhrases(query: string): string[] {
  const phrases: string[] = [];
  for (const match of query.matchAll(QUOTES)) {
    const phrase =
      match
        .slice(1)
        .find((group) => group !== undefined)
        ?.trim() ?? "";
    if (phrase !== "" && phrase.length <= LONGEST_QUOTE && !phrases.includes(phrase)) phrases.push(phrase);
  }
  return phrases.slice(0, MOST_ENTITIES);
}

/** E-mails, URLs, paths, ids with digits, camelCase and snake_case names. */
const IDENTIFIER =
  /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/\S*[\w/]|(?<![\w.~/-])(?:[\w.~-]*\/)+[\w.-]*\w|\b[A-Za-z]{1,20}-\d+\b|\b\p{Lu}{2,}\d*\b|\b\p{Lu}+\d+\b|\b\p{Ll}+\p{Lu}\p{L}*\b|\b\w+_\w+\b|\b[a-z]+\.(?:js|ts|py|io|com|org|net|dev)\b/gu;

const NAME =
  /\p{Lu}[\p{L}\p{M}'’.-]*(?:\s+(?:(?:of|the|de|del|da|van|von|der|la|le|and the)\s+)?\p{Lu}[\p{L}\p{M}\p{N}'’.-]*)*/gu;
const CALENDAR =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/iu;

/**
 * The things that a query names: capitalised runs, identifiers, quoted phrases. A single capitalised word at the start
 * of a sentence counts only where it is capitalised inside a sentence too.
 */
export function namedThings(query: string, quoted: readonly string[]): string[] {
  const found = new Map<string, string>();
  const add = (name: string): void => {
    const trimmed = name.replaceAll(/^[\s.'’-]+|[\s.'’,-]+$/gu, "").replace(/['’]s$/u, "");
    const key = normalizeEntityName(trimmed);
    if (key.length > 1 && found.size < MOST_ENTITIES && !found.has(key)) found.set(key, trimmed);
  };
  for (const phrase of quoted) add(phrase);
  for (const [identifier] of query.matchAll(IDENTIFIER)) add(identifier);
  const inside = new Set<string>();
  const atStart: string[] = [];
  // What is taken already is not read again for capitals.
  const rest = query.replaceAll(QUOTES, mask).replaceAll(IDENTIFIER, mask);
  for (const match of rest.matchAll(NAME)) {
    const words = withoutOuterStopWords(match[0].split(/\s+/u), isSentenceStart(rest, match.index));
    if (words.words.length === 0) continue;
    const name = words.words.join(" ");
    if (words.isAtStart && words.words.length === 1) atStart.push(name);
    else {
      inside.add(normalizeEntityName(name));
      add(name);
    }
  }
  for (const name of atStart) if (inside.has(normalizeEntityName(name))) add(name);
  return [...found.values()];
}

function mask(text: string): string {
  return "x".repeat(text.length);
}

/** Question words and weekdays are capitalised without being names. */
function withoutOuterStopWords(words: readonly string[], isAtStart: boolean): { words: string[]; isAtStart: boolean } {
  let [first, last] = [0, words.length];
  while (first < last && isOrdinary(words[first] ?? "")) first += 1;
  while (last > first && isOrdinary(words[last - 1] ?? "")) last -= 1;
  return { words: words.slice(first, last), isAtStart: isAtStart && first === 0 };
}

function isOrdinary(word: string): boolean {
  const bare = word.replaceAll(/[.,]+$/gu, "");
  return isStopWord(bare) || CALENDAR.test(bare) || /^(?:i|tell|remind|please|list|give|show|name)$/iu.test(bare);
}

function isSentenceStart(query: string, index: number): boolean {
  return /(?:^|[.!?。！？:\n]\s*)["“„«¿¡(\s]*$/u.test(query.slice(Math.max(0, index - 12), index)) || index === 0;
}
