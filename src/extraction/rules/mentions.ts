import type { EntityType, Mention } from "../../domain/entity.ts";
import { isWordName } from "./given-names.ts";
import { kindOf } from "./kinds.ts";
import { isCapitalized, type Token } from "./tokens.ts";
import { EVENTS } from "./things.ts";
import { readVerb } from "./verbs.ts";
import {
  ADVERBS,
  ASSOCIATES,
  DAYS,
  DETERMINERS,
  KIN,
  MONTHS,
  PETS,
  PREPOSITIONS,
  STOP_WORDS,
  wordSet,
} from "./words.ts";

const NOT_NAMES = wordSet(`
  mom dad mum grandma grandpa aunt uncle sir madam god lol omg btw fyi wow congrats happy merry new good great christmas easter halloween thanksgiving english german french
  spanish italian portuguese dutch russian chinese japanese korean american british european asian african indian mexican canadian australian irish swedish polish turkish
  greek thai vietnamese monday's ok tv pc am pm usa-based i'd hope excited sounds life love thanks yesterday today tomorrow tonight last next this recently currently finally
  lately maybe also user assistant note update correction reminder deadline budget status quick heads rent salary meeting name address phone email dear best regards unfortunately`);
const ORGANIZATION =
  /\b(?:inc|ltd|llc|gmbh|ag|corp|corporation|company|university|college|school|institute|academy|bank|hospital|clinic|foundation|association|museum|church|club|airlines|studios?|labs?|group|agency|ministry|council|charity|shelter|united|fc)\b/iu;
const PLACE_BEFORE = wordSet("in to from near at visit visited visiting toward towards around through across outside");
const TRAVEL =
  /\b(?:live[sd]?|living|move[ds]?|moving|travel\w*|trip|flew|fly|visit\w*|city|town|born|based|relocat\w+|vacation|holiday|home|grew|stay\w*|drove|went|hik\w+|camp\w+)\b/u;
const PERSON_AFTER = wordSet(
  "said says told asked loves likes lives works moved thinks wants plays is was has and called came went joined left helped",
);

export interface MentionHints {
  readonly attribute?: string;
  readonly value?: string;
  /** Names that the conversation knows as people. */
  readonly people: ReadonlySet<string>;
}

/** Real names in tokens[from, to): runs of capitals that are no ordinary words, quoted strings, identifiers. */
export function findMentions(
  source: string,
  tokens: readonly Token[],
  from: number,
  to: number,
  hints: MentionHints,
): Mention[] {
  const found = new Map<string, Mention>();
  const add = (name: string, type: EntityType): void => {
    const key = name.toLowerCase();
    if (!found.has(key) && found.size < 12) found.set(key, { name, type });
  };
  const lower = source.toLowerCase();
  const hasTravel = TRAVEL.test(lower);
  let index = from;
  while (index < to) {
    const token = tokens[index] as Token;
    if (isIdentifier(token)) {
      add(token.text, "identifier");
      index += 1;
      continue;
    }
    if (!isNamePart(tokens, index, index === 0)) {
      const kind =
        token.lower.length > 2 && !STOP_WORDS.has(token.lower) && readVerb(token.lower) === undefined
          ? kindOf(token.lower)
          : undefined;
      if (
        kind !== undefined &&
        !/^(?:drink|indentation|quotes|theme|car)$/u.test(kind) &&
        kindOf(token.lower) === kind &&
        !/[:/]/u.test(token.lower)
      )
        add(token.text, "product");
      index += 1;
      continue;
    }
    let end = index + 1;
    while (end < to && (isNamePart(tokens, end, false) || isJoiner(tokens, end, to))) end += 1;
    const first = tokens[index] as Token;
    const name = source.slice(first.start, (tokens[end - 1] as Token).end);
    if (!/^\p{L}$/u.test(name)) add(name, typeOf(name, tokens, index, end, hasTravel, hints));
    index = end;
  }
  const region = source.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? source.length);
  if (!/["“„«]/u.test(region)) return [...found.values()];
  for (const match of region.matchAll(/["“„«]([^"“”„«»]{2,80})["”“»]/gu)) add((match[1] ?? "").trim(), "quote");
  return [...found.values()];
}

function isIdentifier(token: Token): boolean {
  const { text } = token;
  // Words of letters alone, most of all, are none.
  if (!/[/@_\d]/u.test(text)) return false;
  return (
    /^https?:\/\//u.test(text) ||
    /^[\w.+-]+@[\w-]+\.[\w.]+$/u.test(text) ||
    /^[A-Z]{2,10}-\d+$/u.test(text) ||
    /^[A-Za-z]+_[A-Za-z_]+$/u.test(text) ||
    /^\d{1,3}(?:\.\d{1,3}){3}$/u.test(text)
  );
}

function isNamePart(tokens: readonly Token[], index: number, isFirst: boolean): boolean {
  const token = tokens[index];
  if (token === undefined || !isCapitalized(token)) return false;
  const { lower } = token;
  if (
    DAYS.has(lower) ||
    MONTHS.has(lower) ||
    NOT_NAMES.has(lower) ||
    STOP_WORDS.has(lower) ||
    PREPOSITIONS.has(lower) ||
    DETERMINERS.has(lower)
  )
    return false;
  if (lower.startsWith("'") || lower === "n't" || lower.length < 2) return false;
  // In front of a sentence every word has a capital.
  const isOpening = isFirst || /^[.!?:"“(-]$/u.test(tokens[index - 1]?.lower ?? "");
  if (!isOpening) return true;
  const next = tokens[index + 1];
  const isSomebody = isWordName(lower) && /^(?:third|past)$/u.test(readVerb(next?.lower ?? "")?.form ?? "");
  if (isSomebody) return true;
  const isOrdinary =
    ADVERBS.has(lower) ||
    readVerb(lower) !== undefined ||
    KIN.has(lower) ||
    PETS.has(lower) ||
    ASSOCIATES.has(lower) ||
    EVENTS.has(lower) ||
    /(?:ing|ly|ed|tion|ness|ment)$/u.test(lower);
  return !isOrdinary || (next !== undefined && isCapitalized(next) && !DAYS.has(next.lower) && next.lower !== "i");
}

/** "University of Oslo", "Rock & Roll": a small word between two parts of one name. */
function isJoiner(tokens: readonly Token[], index: number, to: number): boolean {
  return (
    /^(?:of|&|de|la|van|von|der|del|di|da|le|the)$/u.test(tokens[index]?.lower ?? "") &&
    index + 1 < to &&
    isNamePart(tokens, index + 1, false) &&
    !/^(?:the)$/u.test(tokens[index]?.lower ?? "")
  );
}

function typeOf(
  name: string,
  tokens: readonly Token[],
  from: number,
  to: number,
  hasTravel: boolean,
  hints: MentionHints,
): EntityType {
  const lower = name.toLowerCase();
  const before = tokens[from - 1]?.lower ?? "";
  if (hints.people.has(lower)) return "person";
  const isValue = hints.value !== undefined && (hints.value === lower || hints.value.includes(lower));
  if (isValue && hints.attribute !== undefined) {
    if (/^(?:residence|hometown|location)/u.test(hints.attribute)) return "place";
    if (/^(?:employer|school|bank|member)/u.test(hints.attribute)) return "organization";
    if (
      /^(?:family|manager|name|nickname|friend|colleague|doctor|pet|roommate|lawyer|coach|neighbor|teacher|owner)/u.test(
        hints.attribute,
      )
    )
      return "person";
    if (/^(?:uses|car|laptop|phone|editor)/u.test(hints.attribute)) return "product";
  }
  if (kindOf(lower) !== undefined) return "product";
  if (ORGANIZATION.test(name)) return "organization";
  if (
    KIN.has(before) ||
    ASSOCIATES.has(before) ||
    PETS.has(before) ||
    before === "named" ||
    before === "called" ||
    /^(?:mr|mrs|ms|dr|prof)\.?$/u.test(before)
  )
    return "person";
  if (before === "." && /^(?:mr|mrs|ms|dr|prof)$/u.test(tokens[from - 2]?.lower ?? "")) return "person";
  if (/^(?:project)\b/iu.test(name) || before === "project") return "project";
  if (PLACE_BEFORE.has(before) && hasTravel) return "place";
  if (before === "with" || (PERSON_AFTER.has(tokens[to]?.lower ?? "") && to - from <= 2 && !/\d/u.test(name)))
    return "person";
  if (before === "in") return "place";
  if (/^(?:at|for)$/u.test(before)) return "organization";
  return "other";
}
