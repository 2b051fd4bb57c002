import { ENTITY_TYPES } from "../../domain/entity.ts";
import type { EntityType, Mention } from "../../domain/entity.ts";
import { normalizePredicate } from "../../domain/relation.ts";
import type { RelationEnd, RelationStatement } from "../../domain/relation.ts";
import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import type { ExtractionContext } from "../../ports/fact-extractor.ts";
import type { GroundedFact } from "./check-facts.ts";

/** With the application's own categories, those of them that are named; without, `undefined`. */
export function filedUnder(named: readonly string[], { guidance }: ExtractionContext): string[] | undefined {
  const custom = Object.keys(guidance?.customCategories ?? {});
  if (custom.length === 0) return undefined;
  const wanted = new Set(named.map((name) => name.trim().toLowerCase()));
  return custom.filter((name) => wanted.has(name.trim().toLowerCase()));
}

const TYPES: ReadonlySet<string> = new Set(ENTITY_TYPES.filter((type) => type !== "other"));
const TYPE_NAMES: ReadonlyMap<string, EntityType> = new Map<string, EntityType>([
  ["location", "place"],
  ["city", "place"],
  ["country", "place"],
  ["company", "organization"],
  ["organisation", "organization"],
  ["people", "person"],
  ["animal", "other"],
]);

/** Names of the model that stand in the fact, and those of the rules. */
export function mentionsOf(
  { entities, relations }: GroundedFact["fact"],
  text: string,
  twin: ExtractedFact | undefined,
): Mention[] {
  const found = new Map<string, Mention>();
  const named = [
    ...entities,
    ...relations.flatMap(({ subject, object }) => [
      { name: subject, type: "other" },
      { name: object, type: "other" },
    ]),
  ];
  for (const { name, type } of named) {
    const key = name.toLowerCase();
    if (/^(?:user|assistant|the user|the assistant)$/u.test(key) || !text.toLowerCase().includes(key) || found.has(key))
      continue;
    found.set(key, { name, type: TYPES.has(type) ? (type as EntityType) : (TYPE_NAMES.get(type) ?? "other") });
  }
  for (const mention of twin?.mentions ?? []) {
    const key = mention.name.toLowerCase();
    if (!found.has(key) && text.toLowerCase().includes(key)) found.set(key, mention);
  }
  return [...found.values()].slice(0, 12);
}

/** The model's relations between two names that stand in the fact; "User" and the speaker count as standing there. */
export function relationsIn(
  { relations }: GroundedFact["fact"],
  text: string,
  mentions: readonly Mention[],
): RelationStatement[] {
  const lower = text.toLowerCase();
  const endOf = (name: string): RelationEnd | undefined => {
    const key = name.trim().toLowerCase().replace(/^the /u, "");
    if (key === "" || !lower.includes(key)) return undefined;
    if (key === "user") return { name: "User", type: "person" };
    const mention = mentions.find((each) => each.name.toLowerCase() === key);
    return mention ?? { name: name.trim(), type: "other" };
  };
  return relations.slice(0, MOST_RELATIONS).flatMap(({ subject, predicate, object }): RelationStatement[] => {
    const [from, to] = [endOf(subject), endOf(object)];
    const name = normalizePredicate(predicate).slice(0, 60);
    if (from === undefined || to === undefined || name === "" || from.name === to.name) return [];
    return [{ subject: from, predicate: name, object: to, origin: "model" }];
  });
}

const MOST_RELATIONS = 8;
