import { analyzeQuery } from "../text/analyze.ts";
import { isStopWord } from "../text/chunk-terms.ts";
import { foldWord } from "../text/fold.ts";
import { findDates, type ResolvedDate } from "../text/resolve-dates.ts";
import {
  asksAboutAssistant,
  asksForState,
  asksWhen,
  isFirstPerson,
  type QueryShape,
  shapeOf,
  type TemporalCue,
  temporalCue,
} from "./query-cues.ts";
import { gatheringOf } from "./gathering.ts";
import type { Gathering } from "./gathering.ts";
import { namedThings, quotedPhrases } from "./query-entities.ts";
import { askedSlots } from "./query-slots.ts";

export type { QueryShape } from "./query-cues.ts";

export type TemporalIntent = "none" | "point" | "range" | TemporalCue;

/** A half-open range of epoch milliseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What a query asks for, as far as its words show. */
export interface QueryUnderstanding {
  /** Distinct index terms in order; the words that name a speaker are left out where others remain. */
  readonly terms: readonly string[];
  /** Known speakers whom the query names, as given. */
  readonly namedSpeakers: readonly string[];
  /** A question for a time ("when", "how long", "which year"). */
  readonly asksWhen: boolean;
  readonly temporalIntent: TemporalIntent;
  /** What the dates in the query span. Not widened. */
  readonly window?: TimeWindow;
  /** The moment at which the answer should have been true. */
  readonly asOf?: number;
  /** What did you, the assistant, say or suggest. */
  readonly asksAboutAssistant: boolean;
  readonly quotedPhrases: readonly string[];
  /** Names, identifiers and quoted phrases as written, named speakers included. */
  readonly entities: readonly string[];
  readonly shape: QueryShape;
  /** Slots of a person that are asked for ("where do I live": residence). */
  readonly attributes: readonly string[];
  /** The asker asks about themselves. */
  readonly isFirstPerson: boolean;
  /** Set where the form is that of a question whose answer has to be gathered: `gathers` says whether it does. */
  readonly gathering?: Gathering;
}

export interface UnderstandQueryOptions {
  /** Epoch milliseconds against which "last week" is resolved. */
  readonly now: number;
  /** Names of the speakers in the searched scope. Pass the same array again to spare its preparation. */
  readonly speakers: readonly string[];
}

/** Longer queries are pasted text: their beginning says what is asked. */
const MOST_CHARACTERS = 4000;

/** Understands a query by rules alone, in microseconds and the same way every time. */
export function understandQuery(query: string, { now, speakers }: UnderstandQueryOptions): QueryUnderstanding {
  const asked = beginningOf(query);
  const cue = temporalCue(asked);
  const dates = findDates(asked, now);
  const isWhen = asksWhen(asked);
  const window = spanOf(dates);
  const asOf = asOfMoment(asked, cue, window, now);
  const quoted = quotedPhrases(asked);
  const shape = shapeOf(asked, cue);
  const gathering = gatheringOf(asked, shape);
  return {
    ...termsAndNames(query, speakers),
    asksWhen: isWhen,
    temporalIntent: intentOf(asked, cue, window, asOf, isWhen, now),
    ...(window === undefined ? {} : { window }),
    ...(asOf === undefined ? {} : { asOf }),
    asksAboutAssistant: asksAboutAssistant(asked),
    quotedPhrases: quoted,
    entities: namedThings(asked, quoted),
    shape,
    attributes: askedSlots(asked),
    isFirstPerson: isFirstPerson(asked),
    ...(gathering === undefined ? {} : { gathering }),
  };
}

/** The same for a scope with other speakers: nothing else depends on who they are. */
export function withSpeakers(
  understood: QueryUnderstanding,
  query: string,
  speakers: readonly string[],
): QueryUnderstanding {
  const found = termsAndNames(query, speakers);
  return found.namedSpeakers.length === 0 ? understood : { ...understood, ...found };
}

/** Names of speakers are no words to look for. */
function termsAndNames(
  query: string,
  speakers: readonly string[],
): Pick<QueryUnderstanding, "terms" | "namedSpeakers"> {
  const { names, rest } = takeSpeakers(beginningOf(query), speakers);
  const terms = analyzeQuery(query.length > MOST_CHARACTERS ? query : rest);
  return { terms: terms.length > 0 ? terms : analyzeQuery(query), namedSpeakers: names };
}

function beginningOf(query: string): string {
  return query.length > MOST_CHARACTERS ? query.slice(0, MOST_CHARACTERS) : query;
}

function spanOf(dates: readonly ResolvedDate[]): TimeWindow | undefined {
  if (dates.length === 0) return undefined;
  return { from: Math.min(...dates.map(({ from }) => from)), to: Math.max(...dates.map(({ to }) => to)) };
}

const AS_OF_DATE = /\b(?:as of|at the time of|back in|back on|how (?:things|it) (?:were|was) (?:in|on))\b/iu;

/** The end of the period named, since what changed within it holds at its end. */
function asOfMoment(
  query: string,
  cue: TemporalCue | undefined,
  window: TimeWindow | undefined,
  now: number,
): number | undefined {
  if (window === undefined || window.from > now) return undefined;
  const isAsked = AS_OF_DATE.test(query) || (cue === "as-of" && !/\bprevious/iu.test(query));
  const isPastState = window.to <= now && asksForState(query) && cue === undefined && !asksWhen(query);
  return isAsked || isPastState ? Math.min(window.to - 1, now) : undefined;
}

function intentOf(
  query: string,
  cue: TemporalCue | undefined,
  window: TimeWindow | undefined,
  asOf: number | undefined,
  isWhen: boolean,
  now: number,
): TemporalIntent {
  if (cue === "order" || cue === "duration") return cue;
  if (asOf !== undefined) return "as-of";
  // A window in the past is what is meant, whatever "will" or "still" stands beside it.
  if (window !== undefined && window.to <= now && cue !== "first" && cue !== "as-of") return sizeOf(window);
  if (cue !== undefined) return cue;
  if (window !== undefined) return window.from > now ? "upcoming" : sizeOf(window);
  return isWhen && !/^\s*how long\b/iu.test(query) ? "point" : "none";
}

function sizeOf(window: TimeWindow): "point" | "range" {
  return window.to - window.from <= 86_400_000 ? "point" : "range";
}

const preparedSpeakers = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();

/** First word of each name, folded, to the names that begin with it. */
function prepareSpeakers(speakers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  let prepared = preparedSpeakers.get(speakers);
  if (prepared === undefined) {
    const byWord = new Map<string, string[]>();
    for (const name of speakers) {
      const word = foldWord(/[\p{L}\p{M}\p{N}]+/u.exec(name)?.[0] ?? "");
      if (word === "") continue;
      const names = byWord.get(word);
      if (names === undefined) byWord.set(word, [name]);
      else if (!names.includes(name)) names.push(name);
    }
    prepared = byWord;
    preparedSpeakers.set(speakers, prepared);
  }
  return prepared;
}

const WORDS = /[\p{L}\p{M}\p{N}]+(?:['’]s(?![\p{L}\p{N}]))?/gu;
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const ALSO_A_WORD =
  /^(?:may|april|june|august|mark|rose|grace|hope|faith|joy|will|art|bill|frank|rich|sue|pat|user|assistant)$/u;

/** The speakers that the query names, and the query without their words. */
function takeSpeakers(query: string, speakers: readonly string[]): { names: string[]; rest: string } {
  const byWord = prepareSpeakers(speakers);
  if (byWord.size === 0) return { names: [], rest: query };
  const names = new Set<string>();
  let rest = query.replaceAll(WORDS, (word, index: number) => {
    const bare = foldWord(word.replace(/['’]s$/u, ""));
    const named = byWord.get(bare);
    if (named === undefined) return word;
    // "Will" and "May" are names only where they are written as one inside a sentence.
    const isDoubtful = isStopWord(bare) || ALSO_A_WORD.test(bare);
    if (isDoubtful && (!/^\p{Lu}/u.test(word) || index === 0)) return word;
    for (const name of named) names.add(name);
    return " ";
  });
  for (const [word, named] of byWord) {
    if (!WITHOUT_SPACES.test(word) || !rest.includes(word)) continue;
    for (const name of named) names.add(name);
    rest = rest.replaceAll(word, " ");
  }
  return { names: [...names], rest };
}
