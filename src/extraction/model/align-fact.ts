import type { Source } from "../../domain/memory.ts";
import { analyze } from "../../text/analyze.ts";
import { findQuote } from "./find-quote.ts";
import type { Citation } from "./model-fact.ts";
import type { SpokenSentence, Speech } from "./read-speech.ts";

/** A sentence that a fact rests on. */
export interface Ground {
  readonly speech: Speech;
  readonly sentence: SpokenSentence;
}

/** Share of a fact's words that sentences must hold to be its ground without a quote that is found. */
const LEAST_SHARE = 0.4;
/** With more than this nothing further is looked for. */
const ENOUGH = 0.95;
const MAX_GROUNDS = 4;
/** How many messages before a cited one may name what it speaks of. */
const REACH = 2;

/**
 * The sentences that a fact rests on, the one that carries most of it first; none where its words stand nowhere. Of
 * what the model cites only what was said counts: numbers of no message are ignored, and so are quotes that are not
 * in their message.
 */
export function alignFact(
  { text, citations }: { readonly text: string; readonly citations: readonly Citation[] },
  speeches: readonly Speech[],
): readonly Ground[] {
  const terms = new Set(analyze(text));
  const cited = citedSpeeches(citations, speeches);
  const quoted = cited.flatMap(({ speech, quotes }) => quotes.flatMap((quote) => groundsOf(speech, quote)));
  const all = cited.length > 0 ? cited.map(({ speech }) => speech) : speeches;
  const grounds: Ground[] = [...new Map(quoted.map((ground) => [ground.sentence, ground])).values()].slice(
    0,
    MAX_GROUNDS,
  );
  const missing = new Set([...terms].filter((term) => !grounds.some(({ sentence }) => sentence.terms.has(term))));
  const near = [...new Set([...all, ...all.flatMap((speech) => before(speech, speeches))])];
  for (const pool of [all, near]) {
    while (grounds.length < MAX_GROUNDS && missing.size > terms.size * (1 - ENOUGH)) {
      const best = bestOf(pool, missing, grounds);
      if (best === undefined) break;
      // A word or two in common is no ground.
      if (grounds.length === 0 && shareOf(best.sentence, terms) < LEAST_SHARE / 2) break;
      grounds.push(best);
      for (const term of best.sentence.terms) missing.delete(term);
    }
    if (grounds.length === 0) return [];
  }
  const share = terms.size === 0 ? 1 : 1 - missing.size / terms.size;
  if (quoted.length === 0 && share < LEAST_SHARE) return [];
  return byWeight(grounds, terms);
}

interface Cited {
  readonly speech: Speech;
  readonly quotes: readonly string[];
}

function citedSpeeches(citations: readonly Citation[], speeches: readonly Speech[]): Cited[] {
  const cited = new Map<Speech, string[]>();
  for (const { message, quote } of citations) {
    const named = message === undefined ? undefined : speeches[message - 1];
    // A quote may stand in another message than the model says, or the model counted wrong.
    const speech =
      quote === undefined || (named !== undefined && findQuote(named.message.text, quote) !== undefined)
        ? named
        : (speeches.find((other) => findQuote(other.message.text, quote) !== undefined) ?? named);
    if (speech === undefined) continue;
    cited.set(speech, [...(cited.get(speech) ?? []), ...(quote === undefined ? [] : [quote])]);
  }
  return [...cited].map(([speech, quotes]) => ({ speech, quotes }));
}

function groundsOf(speech: Speech, quote: string): Ground[] {
  const span = findQuote(speech.message.text, quote);
  if (span === undefined) return [];
  return speech.sentences
    .filter(({ start, end }) => start < span.end && end > span.start)
    .map((sentence) => ({ speech, sentence }));
}

/** Messages just before that say what a short answer is about. An assistant's questions count, not his claims. */
function before(speech: Speech, speeches: readonly Speech[]): Speech[] {
  const index = speeches.indexOf(speech);
  return speeches
    .slice(Math.max(0, index - REACH), index)
    .map((other) =>
      other.speaker.standing === "assistant" && speech.speaker.standing !== "assistant"
        ? { ...other, sentences: other.sentences.filter(({ form }) => form === "question") }
        : other,
    );
}

function bestOf(pool: readonly Speech[], missing: ReadonlySet<string>, taken: readonly Ground[]): Ground | undefined {
  let best: Ground | undefined;
  let most = 0;
  for (const speech of pool) {
    for (const sentence of speech.sentences) {
      if (taken.some((ground) => ground.sentence === sentence)) continue;
      let gain = 0;
      for (const term of missing) if (sentence.terms.has(term)) gain += 1;
      // What is asked carries less than what is said.
      if (sentence.form === "question") gain -= 0.5;
      if (gain <= most) continue;
      most = gain;
      best = { speech, sentence };
    }
  }
  return best;
}

function shareOf(sentence: SpokenSentence, terms: ReadonlySet<string>): number {
  if (terms.size === 0) return 1;
  let found = 0;
  for (const term of terms) if (sentence.terms.has(term)) found += 1;
  return found / terms.size;
}

function byWeight(grounds: readonly Ground[], terms: ReadonlySet<string>): Ground[] {
  const weight = ({ sentence }: Ground): number => shareOf(sentence, terms) - (sentence.form === "question" ? 1 : 0);
  return grounds.toSorted((left, right) => weight(right) - weight(left));
}

/** The grounds as sources, the carrier's message first, spans in order. */
export function sourcesOf(grounds: readonly Ground[]): Source[] {
  const spans = new Map<string, { start: number; end: number }[]>();
  for (const { speech, sentence } of grounds) {
    const known = spans.get(speech.message.id) ?? [];
    spans.set(speech.message.id, [...known, { start: sentence.start, end: sentence.end }]);
  }
  return [...spans].map(([messageId, list]) => ({
    messageId,
    spans: list.toSorted((left, right) => left.start - right.start),
  }));
}
