import { normalizeEntityName } from "../../domain/entity.ts";
import type { AttributeValue } from "../../domain/memory.ts";
import { FUNCTIONAL_PREDICATES } from "../../domain/relation.ts";
import { digestOf } from "./read-values.ts";

/** Facts of a foreign graph as the library's own graph writes them, so that its reads show the same graph. */
export interface GraphFact {
  readonly text: string;
  readonly attribute: AttributeValue;
}

export function typeOf(name: string, type: string): GraphFact & { readonly id: string } {
  const article = /^[aeiou]/iu.test(type) ? "an" : "a";
  return {
    id: digestOf("entity", name),
    text: `${name} is ${article} ${type}`,
    attribute: slotOf(name, "type", type, "single"),
  };
}

/** Alone, "works at Acme" says of nobody. */
export function observationOf(name: string, content: string): GraphFact {
  const isNamed = content.toLowerCase().includes(name.toLowerCase());
  return {
    text: isNamed ? content : `${name}: ${content}`,
    attribute: slotOf(name, "observation", content, "multiple"),
  };
}

export function relationOf(from: string, type: string, to: string): GraphFact {
  const predicate = type
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, "_");
  const isOne = FUNCTIONAL_PREDICATES.includes(predicate);
  return {
    text: `${from} ${predicate.replaceAll("_", " ")} ${to}`,
    attribute: slotOf(from, `relation:${predicate}`, to, isOne ? "single" : "multiple"),
  };
}

function slotOf(
  subject: string,
  attribute: string,
  value: string,
  cardinality: AttributeValue["cardinality"],
): AttributeValue {
  return { subject: normalizeEntityName(subject), attribute, value: normalizeEntityName(value), cardinality };
}
