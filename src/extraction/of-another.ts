import type { AttributeValue } from "../domain/memory.ts";

/** Slots that nearly everybody and every place has: whose it is, only the sentence tells. */
const OF_ANYBODY = /^(?:phone|email|address|name|age|birthday|website|opening hours)$/u;
const OPENS_WITH_ANOTHER = /^(?:user: )?the (?!user\b)[\p{L}-]+(?: [\p{L}-]+)? has\b/u;
/** A figure with a unit of size: how big a thing is, not which one it is. */
const MEASURE =
  /^(?:about |around |over |nearly )?\d[\d.,]*\s?(?:[kmgt]i?b|bytes?|%|percent|users|rows|lines|tables|tons?|tonnes|square \p{L}+)\b/u;

interface Said {
  readonly text: string;
  readonly attribute?: AttributeValue | undefined;
}

/**
 * Whether a statement is of another's thing of the same name ("our competitor's logo" beside "our logo", "my own
 * bedtime" beside "the kids' bedtime"), or tells how big the thing is where the other tells which one it is.
 */
export function isOfAnother(newer: Said, held: Said): boolean {
  const { attribute } = newer;
  if (attribute === undefined || held.attribute === undefined) return false;
  if (MEASURE.test(attribute.value) && !/\d/u.test(held.attribute.value)) return true;
  const [text, before] = [plain(newer.text), plain(held.text)];
  if (OF_ANYBODY.test(attribute.attribute) && OPENS_WITH_ANOTHER.test(text) && !OPENS_WITH_ANOTHER.test(before))
    return true;
  const head = attribute.attribute.split(/[ :]/u).at(-1) ?? "";
  const owner = ownerOf(text, head);
  if (owner !== undefined && !before.includes(owner) && !attribute.attribute.includes(owner)) return true;
  const holder = ownerOf(before, head);
  return holder !== undefined && !text.includes(holder) && text.includes(`user's own ${head}`);
}

/** "competitor" of "User's competitor's new logo"; the speaker alone is nobody else. */
function ownerOf(text: string, head: string): string | undefined {
  if (head === "") return undefined;
  for (const match of text.matchAll(/([\p{L}-]+?)(?:'s|s') (?:(?:new|old|own|current|first|main) )?/gu)) {
    const [whole, owner = ""] = match;
    if (owner !== "user" && text.startsWith(head, match.index + whole.length)) return owner;
  }
  return undefined;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll("’", "'");
}
