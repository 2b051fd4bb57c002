import type { AttributeValue } from "../domain/memory.ts";

/** More words than that are a sentence, not a value. */
const MOST_WORDS = 6;
const VALUE = /^[\p{L}\p{N}](?:[^.,;:!?()"\n]|[.,](?=\p{N}))*$/u;
const DENIAL = /\b(?:not|no longer|never|used to|formerly|any ?more)\b|n['’]t\b/iu;

/**
 * What a fact's slot holds after somebody has changed its text. Where the text is the same but for the value, the new
 * words in its place; where other words still name the value, that value; else nothing, for a slot that contradicts
 * its text is served, merged and superseded as what it no longer says.
 */
export function correctedAttribute(
  before: { readonly text: string; readonly attribute?: AttributeValue | undefined },
  text: string,
): AttributeValue | null {
  const { attribute } = before;
  if (attribute === undefined) return null;
  const [old, fresh] = [before.text.toLowerCase(), text.toLowerCase()];
  const start = placeOf(attribute.value, old);
  if (start >= 0) {
    const [head, tail] = [old.slice(0, start), old.slice(start + attribute.value.length)];
    const value = fresh.slice(head.length, Math.max(head.length, fresh.length - tail.length)).trim();
    const isAlike = fresh.startsWith(head) && fresh.endsWith(tail) && fresh.length > head.length + tail.length;
    if (isAlike && VALUE.test(value) && value.split(/\s+/u).length <= MOST_WORDS) return { ...attribute, value };
  }
  const isDenied = DENIAL.test(text) && !DENIAL.test(before.text);
  return placeOf(attribute.value, fresh) >= 0 && !isDenied ? attribute : null;
}

/** Where a value stands as whole words; -1 where it does not. */
function placeOf(value: string, text: string): number {
  if (value === "") return -1;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (!isInWord(text[at - 1]) && !isInWord(text[at + value.length])) return at;
  }
  return -1;
}

function isInWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
