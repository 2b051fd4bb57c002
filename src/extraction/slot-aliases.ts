import type { AttributeValue, MemoryRecord } from "../domain/memory.ts";
import { attributeFamily } from "../domain/validity.ts";

/** What one may say of a thing and change by "moved it to …": where and on what it is, with whom, in whose hands. */
const SITES = [
  "location",
  "with",
  "on",
  "run on",
  "live on",
  "cloud",
  "hosting of code",
  "database",
  "bank",
  "go to",
  "meet at",
];
const HANDS = ["lead", "owner", "with", "look after by", "handle by"];

/** Families under which the same thing may have been spoken of, by the family of the newer statement; "" is the bare thing. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  "": ["with", "on", "run on", "color", "name", "write in", "cloud", "database"],
  location: SITES,
  with: ["", "location", "award to"],
  "run on": ["location", "cloud", "on"],
  "meet at": ["location"],
  color: [""],
  name: [""],
  lead: HANDS,
  owner: HANDS,
};

/** Nouns that a name of a thing may have or lack: "yoga" is "the yoga class". */
const GENERIC =
  /(?<=\S) (?:class|session|lesson|appointment|meeting|call|team|project|server|app|application|site|website|plan|membership|practice|training|group|service|course|club|party|visit|trip|system|page|box|machine|job|day|time|date)$/u;

/** Other names of the slot that a change may be of: "moved the blog to Fly" after "the blog runs on Render". */
export function aliasesOf(attribute: string): readonly string[] {
  const { family, base } = split(attribute);
  return [...aliasFamilies(family), ...(family === "" ? ["schedule", "end", "deadline"] : [])]
    .filter((name) => name !== family)
    .map((name) => (name === "" ? base : `${name}:${base}`));
}

/** The name of the only slot that holds a value of the same thing under another name; undefined where there are more. */
export function aliasInUse(
  attribute: AttributeValue,
  held: Iterable<Pick<MemoryRecord, "state" | "isVerified" | "attribute">>,
): string | undefined {
  if (attribute.cardinality !== "single") return undefined;
  const names = new Set<string>();
  for (const { state, isVerified, attribute: other } of held) {
    if (state !== "active" || !isVerified || other?.cardinality !== "single") continue;
    if (other.subject !== attribute.subject) continue;
    if (isAlias(attribute.attribute, other.attribute) || isTimeOf(attribute, other.attribute))
      names.add(other.attribute);
  }
  const [only] = names;
  return names.size === 1 ? only : undefined;
}

const TIMES = /^(?:schedule|end|deadline)$/u;
const TIME =
  /\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b/u;

/** "They extended my visa to September" after "my visa ends in March". */
function isTimeOf({ attribute, value }: AttributeValue, other: string): boolean {
  const held = split(other);
  return TIMES.test(held.family) && TIME.test(value) && isSameThing(attribute, held.base) && !attribute.includes(":");
}

function isAlias(attribute: string, other: string): boolean {
  const left = split(attribute);
  const right = split(other);
  const isFamily = left.family === right.family || aliasFamilies(left.family).includes(right.family);
  return isFamily && attribute !== other && isSameThing(left.base, right.base);
}

/** Equal but for a generic head, or one said with more words in front of the same head: "printer", "office printer". */
function isSameThing(left: string, right: string): boolean {
  const [bare, other] = [left.replace(GENERIC, ""), right.replace(GENERIC, "")];
  return bare === other || bare.endsWith(` ${other}`) || other.endsWith(` ${bare}`);
}

function split(attribute: string): { readonly family: string; readonly base: string } {
  if (!attribute.includes(":")) return { family: "", base: attribute };
  const family = attributeFamily(attribute);
  return { family, base: attribute.slice(family.length + 1) };
}

function aliasFamilies(family: string): readonly string[] {
  return Object.hasOwn(ALIASES, family) ? (ALIASES[family] ?? []) : [];
}
