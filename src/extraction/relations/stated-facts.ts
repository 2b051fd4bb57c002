import { ENTITY_TYPES, normalizeEntityName } from "../../domain/entity.ts";
import type { EntityType } from "../../domain/entity.ts";
import type { AttributeValue, MemoryRecord } from "../../domain/memory.ts";
import { FUNCTIONAL_PREDICATES } from "../../domain/relation.ts";
import { KIN } from "../rules/words.ts";
import { relationsOf } from "./relations-of.ts";
import { peopleWords, slotOfPredicate } from "./slot-relations.ts";

/** The slot of what a caller says an entity is. */
export const TYPE_SLOT = "type";
/** The slot of a sentence that a caller keeps about an entity; every sentence is a value of its own. */
export const OBSERVATION_SLOT = "observation";

const NOUNS: ReadonlySet<string> = new Set([
  ...[...KIN.values()].map((name) => name.replaceAll(/[ -]/gu, "_")),
  ...peopleWords(),
  "manager",
  "birthday",
  "name",
]);

const TYPES: ReadonlySet<string> = new Set(ENTITY_TYPES);
const TYPE_WORDS: Readonly<Record<string, EntityType>> = {
  organisation: "organization",
  company: "organization",
  team: "organization",
  city: "place",
  country: "place",
  location: "place",
  human: "person",
  tool: "product",
  technology: "product",
};

/** A type in a caller's words as one of ours. */
export function entityTypeOf(type: string | null): EntityType {
  const lower = (type ?? "other").trim().toLowerCase();
  if (TYPES.has(lower)) return lower as EntityType;
  return Object.hasOwn(TYPE_WORDS, lower) ? (TYPE_WORDS[lower] as EntityType) : "other";
}

export interface StatedFact {
  readonly text: string;
  readonly attribute: AttributeValue;
  readonly isChange: boolean;
}

/** "Anna is a researcher": what a caller says an entity is. */
export function typeFact(name: string, type: string): StatedFact {
  const article = /^[aeiou]/iu.test(type) ? "an" : "a";
  return {
    text: `${name} is ${article} ${type}`,
    attribute: slot(name, TYPE_SLOT, type, "single"),
    isChange: true,
  };
}

/** A sentence about an entity as a fact: it names the entity, so that a search for the name finds it. */
export function observationFact(name: string, content: string): StatedFact {
  // What looks like our own opening gets one too, so that it is what comes off again.
  const isNamed =
    content.toLowerCase().includes(name.toLowerCase()) && openingOf(content) !== normalizeEntityName(name);
  return {
    text: isNamed ? content : `${name}: ${content}`,
    attribute: slot(name, OBSERVATION_SLOT, content, "multiple"),
    isChange: false,
  };
}

/** The sentence that the caller gave. */
export function observationText({ text, attribute }: Pick<MemoryRecord, "text" | "attribute">): string {
  if (attribute?.attribute !== OBSERVATION_SLOT) return text;
  return openingOf(text) === attribute.subject ? text.slice(text.indexOf(": ") + 2) : text;
}

function openingOf(text: string): string | undefined {
  const at = text.indexOf(": ");
  return at === -1 ? undefined : normalizeEntityName(text.slice(0, at));
}

/** "Anna's sister is Bea", "Anna works at Acme": a relation as a fact, in the slot that conversations fill too. */
export function relationFact(subject: string, predicate: string, object: string): StatedFact {
  const words = predicate.replaceAll("_", " ");
  const known = slotOfPredicate(predicate);
  const isOne = FUNCTIONAL_PREDICATES.includes(predicate);
  return {
    text: NOUNS.has(predicate) ? `${subject}'s ${words} is ${object}` : `${subject} ${words} ${object}`,
    attribute: slot(subject, known ?? `relation:${predicate}`, object, isOne ? "single" : "multiple"),
    isChange: isOne,
  };
}

/** Whether a fact says something of an entity that no relation and no type says. */
export function isObservation(record: Pick<MemoryRecord, "kind" | "text" | "attribute">): boolean {
  return record.attribute?.attribute !== TYPE_SLOT && relationsOf(record, []).length === 0;
}

function slot(
  subject: string,
  attribute: string,
  value: string,
  cardinality: AttributeValue["cardinality"],
): AttributeValue {
  return { subject: normalizeEntityName(subject), attribute, value: normalizeEntityName(value), cardinality };
}
