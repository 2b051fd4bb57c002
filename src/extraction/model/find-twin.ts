import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import { analyze } from "../../text/analyze.ts";
import type { GroundedFact } from "./check-facts.ts";

/** Share of a rules' fact's span that a model's fact must rest on to stand for it. */
const COVERED = 0.5;
/** Share of the words of a rules' sentence that a model's must have to say the same without its value. */
const LEAST_SHARED = 0.6;

/** The rules' fact from the same words that says the same, of several the likest one. */
export function twinOf(
  fact: GroundedFact,
  byRules: readonly ExtractedFact[],
  taken: Set<ExtractedFact>,
): ExtractedFact | undefined {
  let best: ExtractedFact | undefined;
  let most = 0;
  for (const other of byRules) {
    if (taken.has(other) || !covers(fact, other)) continue;
    const likeness = likenessOf(fact, other);
    if (likeness <= most) continue;
    most = likeness;
    best = other;
  }
  if (best !== undefined) taken.add(best);
  return best;
}

/** 0 where they say different things of the same words. */
function likenessOf({ fact, text, kind }: GroundedFact, other: ExtractedFact): number {
  const language = other.language === undefined ? {} : { language: other.language };
  const terms = new Set(analyze(text, language));
  const theirs = new Set(analyze(other.text, language));
  const shared = [...theirs].filter((term) => terms.has(term)).length / Math.max(1, theirs.size);
  const { attribute } = other;
  if (attribute === undefined) return shared < LEAST_SHARED / 2 ? 0 : shared + (kind === other.kind ? 0.5 : 0);
  // Values are stored in one form, "1905 usd", whatever form they were said in: then the words around them tell.
  const holds = holdsValue(text.toLowerCase(), attribute.value);
  const isNamed = fact.value !== undefined && isSameValue(attribute.value, fact.value.toLowerCase());
  const isSame = fact.attribute?.toLowerCase().replaceAll("_", " ") === attribute.attribute;
  if (!holds && !isNamed && !isSame && shared < LEAST_SHARED) return 0;
  return 1 + shared + (holds ? 1 : 0) + (isNamed ? 1 : 0) + (isSame ? 0.5 : 0);
}

function isSameValue(left: string, right: string): boolean {
  return left.includes(right) || right.includes(left);
}

function holdsValue(lower: string, value: string): boolean {
  const words = value.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.length > 0 && words.filter((word) => lower.includes(word)).length * 2 > words.length;
}

export function covers({ grounds }: GroundedFact, { sources: [first] }: ExtractedFact): boolean {
  if (first === undefined) return false;
  const own = grounds.filter(({ speech }) => speech.message.id === first.messageId);
  return first.spans.every(({ start, end }) => {
    const shared = own.reduce(
      (sum, { sentence }) => sum + Math.max(0, Math.min(end, sentence.end) - Math.max(start, sentence.start)),
      0,
    );
    return shared >= (end - start) * COVERED;
  });
}
