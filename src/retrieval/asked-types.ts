import type { EntityType } from "../domain/entity.ts";

const TYPE_WORDS: readonly (readonly [RegExp, readonly EntityType[]])[] = [
  [/\b(?:cit(?:y|ies)|countr(?:y|ies)|states?|towns?|places?|areas?|locations?|destinations?|islands?)\b/u, ["place"]],
  [/\bwhere\b/u, ["place"]],
  [/\b(?:who|whom|whose|names?)\b/u, ["person"]],
  [/\b(?:authors?|artists?|musicians?|singers?|bands?|composers?|actors?)\b/u, ["person", "other", "quote"]],
  [
    /\b(?:books?|movies?|films?|shows?|series|songs?|games?|titles?|tunes?|albums?|novels?)\b/u,
    ["quote", "other", "product"],
  ],
  [
    /\b(?:compan(?:y|ies)|organi[sz]ations?|brands?|schools?|universit(?:y|ies)|employers?)\b/u,
    ["organization", "product"],
  ],
];

/** Of which types a question wants to know names: "which cities", "who", "what books". */
export function askedTypes(query: string): readonly EntityType[] {
  const lower = query.toLowerCase();
  const asked = /\b(?:which|what|who|whom|whose|where|name|names|list)\b/u.exec(lower);
  if (asked === null) return [];
  // The noun right behind the question word: "what books …", "in which cities …", "what kind of games …".
  const head = lower.slice(asked.index, asked.index + 40);
  return [...new Set(TYPE_WORDS.flatMap(([pattern, types]) => (pattern.test(head) ? types : [])))];
}
