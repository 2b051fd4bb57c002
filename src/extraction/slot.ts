import type { AttributeValue } from "../domain/memory.ts";
import { attributeFamily } from "../domain/validity.ts";
import { aliasesOf } from "./slot-aliases.ts";

/** Marks the value of a statement that only ends one: "no longer google". */
export const ENDED_PREFIX = "no longer ";

const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ["dislikes", "likes"],
  ["hates", "loves"],
  ["avoids", "prefers"],
  ["distrusts", "trusts"],
]);
const POSITIVES: ReadonlyMap<string, string> = new Map(
  [...OPPOSITES].map(([negative, positive]) => [positive, negative]),
);

/**
 * A slot holds one value at a time. A single-valued attribute is one slot; of a multi-valued attribute every value
 * is a slot of its own that is true, false ("dislikes" beside "likes") or ended.
 */
export interface Slot {
  readonly key: string;
  readonly value: string;
  /** True when the statement says that the value ended, with nothing in its place. */
  readonly isEnd: boolean;
}

export function slotOf(attribute: AttributeValue, isEnd = false): Slot {
  const ended = isEnd || attribute.value.startsWith(ENDED_PREFIX);
  const bare = attribute.value.startsWith(ENDED_PREFIX) ? attribute.value.slice(ENDED_PREFIX.length) : attribute.value;
  if (attribute.cardinality === "single") {
    return { key: `${attribute.subject}\n${attribute.attribute}`, value: bare, isEnd: ended };
  }
  const family = attributeFamily(attribute.attribute);
  const positive = OPPOSITES.get(family);
  // Qualifiers ("likes:food") do not tell opinions on one thing apart; elsewhere they do ("owns:pet").
  const name = positive ?? (POSITIVES.has(family) ? family : attribute.attribute);
  return {
    key: `${attribute.subject}\n${name}\n${bare}`,
    value: positive === undefined ? "yes" : "no",
    isEnd: ended,
  };
}

/** The attribute under which the ending statement is stored, so that it is not taken for the value itself later. */
export function endedAttribute(attribute: AttributeValue): AttributeValue {
  if (attribute.value.startsWith(ENDED_PREFIX)) return attribute;
  return { ...attribute, value: `${ENDED_PREFIX}${attribute.value}`.trimEnd() };
}

/** The attributes to look up for one of them: itself, its other names, its opposite with the same qualifier and without. */
export function relatedAttributes(attribute: string): readonly string[] {
  const family = attributeFamily(attribute);
  const opposite = OPPOSITES.get(family) ?? POSITIVES.get(family);
  if (opposite === undefined) return [attribute, ...aliasesOf(attribute)];
  const related = [attribute, family, opposite, `${opposite}${attribute.slice(family.length)}`];
  return [...new Set(related)];
}

/** "berlin" is "berlin, germany" said with less: not a change. */
export function isSameOrBarer(value: string, than: string): boolean {
  if (value === than) return true;
  return than.startsWith(`${value},`);
}
