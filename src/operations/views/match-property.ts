import type { MemoryItem } from "../../domain/search-result.ts";
import { pause } from "../build-passages.ts";
import { ATTRIBUTE_NAMES, nameWords, singular } from "./attribute-names.ts";

export interface Property {
  readonly name: string;
  readonly description: string;
}

/** A memory that a property may be filled with, and the value it gives. */
export interface Match {
  readonly item: MemoryItem;
  readonly candidate: Candidate;
  /** Its attribute's value or its metadata's, else its text. */
  readonly value: unknown;
}

/** From "the attribute is called so" down to "its text says the word". */
const STRENGTH = {
  attribute: 100,
  metadata: 90,
  kind: 80,
  qualifier: 70,
  everything: 60,
  category: 50,
  text: 30,
} as const;
/** Matches this much weaker than the best one are left out: a wrong value is worse than none. */
const REACH = 20;
/** Properties of these names hold all there is. */
const EVERYTHING = new Set(["memory", "fact", "note", "item", "entry", "information", "detail"]);
/** Words that say nothing about what is meant. */
const EMPTY = new Set(
  "a an and any are as at by current for from has have in is it its list of on or person summary that the their this to user what where which who with".split(
    " ",
  ),
);
/** Characters of a text whose words are looked at. */
const LONGEST_TEXT = 1_000;
const AT_A_TIME = 100;

/** A memory with the words by which properties find it. */
export interface Candidate {
  readonly item: MemoryItem;
  /** The attribute of the user's own, in words: "favorite", "color" of "favorite:color". */
  readonly family: string;
  readonly familyWords: string;
  readonly qualifier: readonly string[];
  readonly categories: readonly (readonly string[])[];
  readonly said: ReadonlySet<string>;
}

/** Reads the words of memories once for all properties, in slices that do not hold up others. */
export async function readCandidates(items: readonly MemoryItem[]): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    if (start > 0) await pause();
    candidates.push(...items.slice(start, start + AT_A_TIME).map((item) => toCandidate(item)));
  }
  return candidates;
}

function toCandidate(item: MemoryItem): Candidate {
  // Facts about somebody else do not fill the user's own properties.
  const [family = "", ...rest] = item.attribute?.subject === "user" ? item.attribute.attribute.split(":") : [];
  return {
    item,
    family,
    familyWords: nameWords(family).join(" "),
    qualifier: nameWords(rest.join(" ")),
    categories: item.categories.map((category) => nameWords(category)),
    said: new Set(nameWordsOfText(item.memory)),
  };
}

/**
 * The memories that a property is about, newest said first: by attribute (its name or another name for it), key of the
 * metadata, kind, category, or word of the text, whichever is the strongest; the description is asked where the name
 * finds nothing.
 */
export function matchProperty(property: Property, items: readonly Candidate[]): readonly Match[] {
  const byName = strongest(items, property.name, nameWords(property.name));
  if (byName.length > 0) return byName;
  const words = nameWords(property.description).filter((word) => !EMPTY.has(word));
  return words.length === 0 ? [] : strongest(items, "", words);
}

function strongest(items: readonly Candidate[], name: string, words: readonly string[]): readonly Match[] {
  const scored = items.flatMap((candidate) => {
    const found = score(candidate, name, words);
    return found === undefined ? [] : [{ ...found, candidate, item: candidate.item }];
  });
  const best = Math.max(0, ...scored.map(({ strength }) => strength));
  return scored
    .filter(({ strength }) => strength >= best - REACH)
    .toSorted((one, other) => (one.item.createdAt < other.item.createdAt ? 1 : -1))
    .map(({ item, candidate, value }) => ({ item, candidate, value }));
}

function score(
  candidate: Candidate,
  name: string,
  words: readonly string[],
): { readonly strength: number; readonly value: unknown } | undefined {
  const { item, categories, said } = candidate;
  const { metadata, kind } = item;
  const phrase = words.join(" ");
  const own = attributeStrength(candidate, words, phrase, name !== "");
  if (own > 0) return { strength: own, value: attributeValue(item) };
  if (name !== "" && Object.hasOwn(metadata, name)) return { strength: STRENGTH.metadata, value: metadata[name] };
  const text = item.memory;
  if (singular(kind) === phrase) return { strength: STRENGTH.kind, value: text };
  if (name !== "" && EVERYTHING.has(phrase)) return { strength: STRENGTH.everything, value: text };
  const isCategory = categories.some((category) => isNamed(category, words, name !== ""));
  if (isCategory) return { strength: STRENGTH.category, value: text };
  if (name === "") return undefined;
  const telling = words.filter((word) => !EMPTY.has(word));
  if (telling.length > 0 && telling.every((word) => said.has(word))) return { strength: STRENGTH.text, value: text };
  return undefined;
}

function attributeStrength(
  { family, familyWords, qualifier }: Candidate,
  words: readonly string[],
  phrase: string,
  isName: boolean,
): number {
  if (family === "") return 0;
  if (phrase === [familyWords, ...qualifier].join(" ") || phrase === familyWords) return STRENGTH.attribute;
  if (qualifier.length > 0 && isNamed(qualifier, words, isName)) return STRENGTH.qualifier;
  const names = ATTRIBUTE_NAMES[family] ?? [];
  const isCalled = isName
    ? names.includes(phrase)
    : [familyWords, ...names].some((other) => ` ${phrase} `.includes(` ${other} `));
  return isCalled ? STRENGTH.attribute - 10 : 0;
}

/** All of the wanted words, or, in a description, one of them. */
function isNamed(wanted: readonly string[], words: readonly string[], isName: boolean): boolean {
  if (isName) return wanted.join(" ") === words.join(" ");
  return wanted.every((word) => words.includes(word));
}

/** The value with the capitals that it has in the text. */
export function attributeValue({ attribute, memory }: MemoryItem): string {
  if (attribute === undefined) return memory;
  const lower = memory.toLowerCase();
  const start = lower.length === memory.length ? lower.indexOf(attribute.value) : -1;
  return start < 0 ? attribute.value : memory.slice(start, start + attribute.value.length);
}

function nameWordsOfText(text: string): string[] {
  const words =
    text
      .slice(0, LONGEST_TEXT)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => singular(word));
}
