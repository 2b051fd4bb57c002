import { kindOf } from "./kinds.ts";
import type { Clause } from "./parse-clause.ts";
import { afterMatch, isPerson, multiple, phraseAfter, single, type Slot, type SlotRule } from "./slot.ts";
import { lowerText } from "./tokens.ts";
import { listItems, phraseEnd, valueOf } from "./values.ts";
import { readVerb } from "./verbs.ts";
import { DETERMINERS, PHRASE_STOPS, PREPOSITIONS, wordSet } from "./words.ts";

/** Tastes, diet and allergies, keyed by the lemma of the verb. */
export const PREFERENCE_RULES: Readonly<Record<string, SlotRule>> = {
  love: (clause) => liking(clause, true),
  like: (clause) => liking(clause, true),
  enjoy: (clause) => liking(clause, true),
  adore: (clause) => liking(clause, true),
  dig: (clause) => (clause.isPast ? undefined : liking(clause, true)),
  appreciate: () => undefined,
  hate: (clause) => liking(clause, false),
  dislike: (clause) => liking(clause, false),
  detest: (clause) => liking(clause, false),
  despise: (clause) => liking(clause, false),
  loathe: (clause) => liking(clause, false),
  stand: (clause) => (clause.isNegated ? stance(clause, "dislikes", clause.restFrom) : undefined),
  tolerate: (clause) =>
    clause.isNegated ? (intolerance(clause) ?? stance(clause, "dislikes", clause.restFrom)) : undefined,
  care: (clause) =>
    clause.isNegated && /^(?:much )?for /u.test(clause.rest)
      ? stance(clause, "dislikes", afterMatch(clause, /^(?:much )?for /u))
      : undefined,
  prefer: preferred,
  eat: eaten,
  go: (clause) => dietValue(clause, clause.rest, "change"),
  become: (clause) => dietValue(clause, clause.rest, "change"),
  turn: (clause) => dietValue(clause, clause.rest, "change"),
  keep: (clause) => dietValue(clause, clause.rest),
  follow: (clause) => dietValue(clause, clause.rest),
  develop: (clause) => allergies(clause),
};

const DIET =
  /^(?:(?:a|an|the|my|on|strict|strictly|mostly|fully|now|going|back to being|being|lifelong|to a|to|eating|completely|pretty much|practically|basically) )*(vegan|vegetarian|veggie|pescatarian|pescetarian|flexitarian|keto|ketogenic|paleo|gluten[- ]free|dairy[- ]free|lactose[- ]free|sugar[- ]free|low[- ]carb|halal|kosher|plant[- ]based|carnivore|raw food|omnivore|mediterranean|celiac|coeliac)(?: (?:diet|food|lifestyle))?\b/u;

export function dietValue(clause: Clause, rest: string, cue?: Slot["cue"]): Slot[] | undefined {
  const match = DIET.exec(rest);
  if (match?.[1] === undefined || !isPerson(clause)) return undefined;
  const tail = rest.slice(match[0].length);
  if (/^ (?:recipe|restaurant|food|place|cake|option|dish|cafe|burger|meal|dessert|ice|cheese)/u.test(tail))
    return undefined;
  const value = match[1]
    .replace("veggie", "vegetarian")
    .replace("pescetarian", "pescatarian")
    .replace("ketogenic", "keto")
    .replaceAll("-", " ");
  return single("diet", value, cue === undefined ? {} : { cue });
}

function eaten(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.modality === "would") return undefined;
  const diet = dietValue(clause, clause.rest);
  if (diet !== undefined) return diet;
  if (/^(?:meat|animal products)(?: again| now)?$/u.test(clause.rest)) {
    if (clause.isNegated)
      return single("diet", "vegetarian", {
        cue: /\b(?:anymore|any more|no longer|stopped)\b/u.test(clause.lower) ? "change" : "none",
      });
    return /\b(?:again|now)\b/u.test(clause.lower) ? single("diet", "eats meat", { cue: "change" }) : undefined;
  }
  if (clause.isNegated && clause.modality === "can") return intolerance(clause);
  return clause.isNegated ? stance(clause, "avoids", clause.restFrom) : undefined;
}

function intolerance(clause: Clause): Slot[] | undefined {
  const value = phraseAfter(clause, /^/u);
  return /^(?:anything|it|that|much|more|this|another)/u.test(value) ? undefined : multiple("allergy", value);
}

const UNSPECIFIC = wordSet(
  "it that this them you him her me us how what when where everything all so those these one seeing hearing being knowing to their his its every the your talking",
);

function liking(clause: Clause, isPositive: boolean): Slot[] | undefined {
  if (!isPerson(clause) || clause.modality === "would" || clause.modality === "will") return undefined;
  if (clause.isPast && !clause.isPerfect && clause.modality !== "used") {
    // "I loved the concert" judges one occasion; "I never liked olives" is a taste.
    if (!clause.isNegated) return undefined;
  }
  const isLike = isPositive !== clause.isNegated;
  let from = clause.restFrom;
  const to = afterMatch(clause, /^to /u);
  if (to > 0) from = to;
  return stance(clause, isLike ? "likes" : "dislikes", from);
}

/** One slot per item: "I love hiking, jazz and Thai food". */
export function stance(clause: Clause, attribute: string, from: number): Slot[] | undefined {
  const { tokens, end } = clause;
  if (from < 0 || !isPerson(clause)) return undefined;
  const first = tokens[from]?.lower ?? "";
  if (UNSPECIFIC.has(first) && !(first === "the" && attribute !== "likes")) return undefined;
  const stop = phraseEnd(tokens, from, end, LIST_STOPS);
  let to = stop;
  // Commas and "and" join items; anything else ends them.
  while (to < end && /^(?:,|and|or|&)$/u.test(tokens[to]?.lower ?? "")) {
    let next = to + 1;
    if (/^(?:and|or)$/u.test(tokens[next]?.lower ?? "")) next += 1;
    if (UNSPECIFIC.has(tokens[next]?.lower ?? "the")) break;
    const itemEnd = phraseEnd(tokens, next, end, LIST_STOPS);
    if (itemEnd === next) break;
    to = itemEnd;
  }
  // "… and events in our town": the place belongs to the last item.
  if (PREPOSITIONS.has(tokens[to - 1]?.lower ?? "") && DETERMINERS.has(tokens[to]?.lower ?? ""))
    to = phraseEnd(tokens, to + 1, end, LIST_STOPS);
  const items = listItems(tokens, from, to);
  const isPast = clause.modality === "used";
  return items.flatMap(([left, right]) => {
    const value = valueOf(tokens, left, right);
    if (
      value === "" ||
      value.split(" ").length > 8 ||
      PREPOSITIONS.has(value.split(" ")[0] ?? "") ||
      /^(?:\d|lot|bit|much|more)/u.test(value)
    )
      return [];
    const item = items.length > 1 ? { item: { from: left, to: right, listFrom: from, listTo: to } } : {};
    return multiple(attribute, gerundTaste(value), { isPast, ...item });
  });
}

const LIST_STOPS = new Set(
  [...PHRASE_STOPS]
    .filter((word) => !["with", "to", "at", "from", "about"].includes(word))
    .concat("a lot", "so", "very", "lots", "especially", "including", "when", "but", "more"),
);

/** "to hike" and "hiking" are one taste. */
function gerundTaste(value: string): string {
  const [first = "", ...rest] = value.split(" ");
  const reading = readVerb(first);
  if (reading?.form !== "base" || rest.length === 0) return value;
  return value;
}

function preferred(clause: Clause): Slot[] | undefined {
  if (!isPerson(clause) || clause.isNegated) return undefined;
  const end = phraseEnd(clause.tokens, clause.restFrom, clause.end, PREFER_STOPS);
  let from = clause.restFrom;
  if (/^(?:to be|being) called /u.test(clause.rest))
    return single("nickname", phraseAfter(clause, /^(?:to be|being) called /u));
  while (
    /^(?:to|using|use|having|have|drinking|writing|working|in)$/u.test(clause.tokens[from]?.lower ?? "") &&
    from < end
  )
    from += 1;
  const value = valueOf(clause.tokens, from, end);
  if (value === "" || /^(?:it|that|this|you|if)\b/u.test(value)) return undefined;
  const kind = kindOf(value);
  const purpose = / (?:for|as) (?:my |the |our |a )?([a-z ]{3,30})$/u.exec(clause.rest)?.[1];
  if (kind !== undefined) return single(kind, value);
  const over = / (?:over|to|than|instead of) (.{2,40})$/u.exec(clause.rest)?.[1];
  const otherKind = over === undefined ? undefined : kindOf(over);
  if (otherKind !== undefined) return single(otherKind, value);
  return purpose === undefined ? multiple("prefers", value) : single(`preference:${purpose.trim()}`, value);
}

const PREFER_STOPS = new Set(
  [...PHRASE_STOPS, "over", "to", "rather", "instead"].filter((word) => word !== "to" || true),
);

function allergies(clause: Clause): Slot[] | undefined {
  const match = /^(?:an? |some )?(?:(.{2,30}) )?(?:allergy|intolerance)(?: to (.+))?$/u.exec(clause.rest);
  if (match === null || !isPerson(clause)) return undefined;
  const to = afterMatch(
    clause,
    /^(?:an? |some )?(?:severe |mild |new |bad )*(?:allergy|intolerance|allergic reaction) to /u,
  );
  if (to > 0) return stance(clause, "allergy", to);
  return match[1] === undefined
    ? undefined
    : multiple("allergy", match[1].replace(/^(?:severe|mild|bad|serious) /u, ""));
}

/** What "I'm …" says about tastes and diet. */
export function preferenceIs(clause: Clause): Slot[] | undefined {
  const rest = clause.rest;
  const allergic = afterMatch(clause, /^(?:\w+ly )?(?:allergic|intolerant) to /u);
  if (allergic > 0) return stance(clause, "allergy", allergic);
  const intolerant = /^(lactose|gluten|fructose|histamine)[- ]intolerant/u.exec(rest);
  if (intolerant?.[1] !== undefined) return multiple("allergy", intolerant[1]);
  const diet = dietValue(clause, rest, /\bback to\b/u.test(rest) ? "change" : undefined);
  if (diet !== undefined) return diet;
  const fond = afterMatch(
    clause,
    /^(?:(?:a )?(?:big|huge|massive|real|total|such a|such a big|not much of a|much of a|crazy|pretty|also|lifelong) )*(?:a )?(?:big |huge )?(?:fan of|fond of|into|keen on|passionate about|crazy about|obsessed with|addicted to|a lover of|partial to|hooked on) /u,
  );
  if (fond > 0) return stance(clause, clause.isNegated ? "dislikes" : "likes", fond);
  const sick = afterMatch(clause, /^(?:sick|tired|sick and tired) of /u);
  return sick > 0 && lowerText(clause.tokens, sick, clause.end) !== "it" ? undefined : undefined;
}

export function hasAllergy(clause: Clause): Slot[] | undefined {
  return allergies(clause);
}
