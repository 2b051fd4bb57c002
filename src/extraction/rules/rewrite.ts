import type { Speaker } from "./speaker.ts";
import type { Token } from "./tokens.ts";
import { readVerb, SAME_IN_PAST, thirdPerson } from "./verbs.ts";
import { ADVERBS, PREPOSITIONS, STOP_WORDS } from "./words.ts";

export interface RewriteOptions {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly speaker: Speaker;
  /** What "you" stands for. */
  readonly addressee: string;
  /** Goes in front where the subject was left out, with "is" where the copula was too. */
  readonly prefix: string;
  /** Verbs of the speaker without a subject beside them ("… and work"): they agree with a name, too. */
  readonly agreeing: ReadonlySet<number>;
  /** Token index -> words that take its place (a resolved "she", "it"). */
  readonly replacements: ReadonlyMap<number, string>;
  /** Notes set behind the token that ends at or covers this offset: dates. */
  readonly notes: readonly { readonly end: number; readonly text: string }[];
  /** Token ranges left out: the other items of a list. */
  readonly skip?: readonly (readonly [number, number])[];
}

const DOES: Readonly<Record<string, string>> = {
  am: "is",
  "'m": " is",
  have: "has",
  "'ve": " has",
  do: "does",
  are: "is",
  "'re": " is",
  were: "was",
  wanna: "wants to",
  gotta: "has to",
};
const THEY: Readonly<Record<string, string>> = { am: "are", "'m": " are", "'re": " are", was: "were", "'ve": " have" };

/** The clause as one says it about the speaker: "I went with my dog" becomes "Caroline went with their dog". */
export function rewrite(options: RewriteOptions): string {
  const { source, tokens, from, to, speaker, addressee, prefix, agreeing, replacements, notes, skip } = options;
  const { label } = speaker;
  let isIntroduced = prefix !== "";
  /** Which agreement the coming verb needs. */
  let pending = agreementOf(prefix);
  let text = prefix;
  let previousEnd = tokens[from]?.start ?? 0;
  let note = 0;
  while (note < notes.length && (notes[note]?.end ?? 0) <= previousEnd) note += 1;
  for (let index = from; index < to; index += 1) {
    const token = tokens[index] as Token;
    if (skip?.some(([left, right]) => index >= left && index < right) === true) {
      previousEnd = token.end;
      continue;
    }
    const gap = text === "" ? "" : index === from ? " " : source.slice(previousEnd, token.start);
    previousEnd = token.end;
    const next = tokens[index + 1]?.lower ?? "";
    let word = replacements.get(index) ?? token.text;
    let separator = gap === "" || /^\s+$/u.test(gap) ? (gap === "" ? "" : " ") : gap;
    if (replacements.has(index)) pending = "none";
    else {
      switch (token.lower) {
        case "i":
          word = isIntroduced ? "they" : label;
          pending = isIntroduced ? "they" : "third";
          isIntroduced = true;
          break;
        case "we":
          word = isIntroduced ? "they" : `${label} and others`;
          pending = "they";
          isIntroduced = true;
          break;
        case "my":
        case "our":
          word = isIntroduced ? "their" : `${label}'s`;
          isIntroduced = true;
          break;
        case "mine":
        case "ours":
          word = isIntroduced ? "theirs" : `${label}'s`;
          isIntroduced = true;
          break;
        case "me":
        case "us":
          word = isIntroduced ? "them" : label;
          isIntroduced = true;
          break;
        case "myself":
        case "ourselves":
          word = "themselves";
          break;
        case "you":
          word = addressee;
          if (isSubject(tokens, index)) pending = "third";
          break;
        case "your":
          word = `${addressee}'s`;
          break;
        default:
      }
      if (token.lower === "'ll" || (token.lower === "'d" && pending !== "none")) {
        word = token.lower === "'ll" ? " will" : readVerb(next)?.form === "past" && next !== "read" ? " had" : " would";
        pending = "none";
      } else if (agreeing.has(index) && pending === "none") word = agree(token, "third");
      else if (pending !== "none" && !/^(?:i|we|you)$/u.test(token.lower)) {
        if (
          ADVERBS.has(token.lower) ||
          token.lower === "n't" ||
          token.lower === "not" ||
          (token.lower === "no" && next === "longer") ||
          token.lower === "longer"
        ) {
          // The verb is still to come.
        } else if (/^(?:will|would|can|could|should|might|may|must|shall|did|had|'s|gonna)$/u.test(token.lower))
          pending = "none";
        else {
          word = agree(token, pending);
          pending = "none";
        }
      }
    }
    // "Moved to Porto!" opened with a capital; behind the name a verb has none.
    const isVerb =
      readVerb(token.lower) !== undefined || ADVERBS.has(token.lower) || /^(?:been|gonna|wanna)$/u.test(token.lower);
    if (index === from && prefix !== "" && isVerb) word = word.toLowerCase();
    if (word.startsWith(" ")) {
      separator = " ";
      word = word.slice(1);
    }
    if (token.lower === "n't" && word === "n't") separator = "";
    text += separator + word;
    // "Tomorrow's opening": the date stands behind the whole word.
    if (next === "'s" && tokens[index + 1]?.start === token.end && index + 1 < to) continue;
    while (note < notes.length && (notes[note]?.end ?? 0) <= token.end) {
      text += ` ${notes[note]?.text ?? ""}`;
      note += 1;
    }
  }
  return tidy(text);
}

type Agreement = "third" | "they" | "none";

/** Which agreement the verb behind a name in front needs: "Nora" one, "Nora and others" another. */
function agreementOf(prefix: string): Agreement {
  if (prefix === "" || /(?: is| are| has)$/u.test(prefix)) return "none";
  return prefix.endsWith(" and others") ? "they" : "third";
}

const BARE_INFINITIVE = /^(?:help|helped|let|make|made|makes|see|saw|watch|watched|hear|heard|have|had)$/u;

/** "While you were winning", "anytime you need" against "tell you", "help you move". */
function isSubject(tokens: readonly Token[], index: number): boolean {
  let at = index + 1;
  while (ADVERBS.has(tokens[at]?.lower ?? "")) at += 1;
  const verb = tokens[at]?.lower ?? "";
  if (/^(?:are|'re|were|have|'ve|do)$/u.test(verb)) return true;
  if (readVerb(verb)?.form !== "base") return false;
  const before = tokens[index - 1]?.lower ?? "";
  return !PREPOSITIONS.has(before) && !BARE_INFINITIVE.test(before);
}

function agree(token: Token, person: "third" | "they"): string {
  const { lower, text } = token;
  if (person === "they") return THEY[lower] ?? text;
  const fixed = DOES[lower];
  if (fixed !== undefined) return fixed;
  const reading = readVerb(lower);
  if (reading?.form === "base" && !SAME_IN_PAST.has(lower)) return thirdPerson(lower);
  // An unknown word right after "I" is a verb in the present unless it looks otherwise.
  return reading === undefined &&
    /^[a-z]{3,}$/u.test(lower) &&
    !/(?:ed|ing|s|ly)$/u.test(lower) &&
    !STOP_WORDS.has(lower)
    ? thirdPerson(lower)
    : text;
}

/** One line, without outer signs, with a capital at the head. */
export function tidy(text: string): string {
  const flat = text
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/\*\*|__|`/gu, "")
    .replaceAll(/ ([,.!?;:)])/gu, "$1")
    .trim();
  const bare = flat.replace(/^[\s,;:.!?–—*•-]+/u, "").replace(/[\s,;:.!?–—-]+$/u, "");
  return bare === "" ? "" : closed((bare[0] as string).toUpperCase() + bare.slice(1));
}

const PAIRS = [
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ["“", "”"],
  ['"', '"'],
] as const;

/** A bracket or a quotation mark whose end was cut off gets it back. */
function closed(text: string): string {
  let result = text;
  for (const [open, close] of PAIRS) {
    const opened = result.split(open).length - 1;
    const isOpen = open === close ? opened % 2 === 1 : opened === result.split(close).length;
    if (isOpen && result.lastIndexOf(open) > 0) result += close;
  }
  return result;
}
