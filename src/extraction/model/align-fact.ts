import type { Source } from "../../domain/memory.ts";
import { analyze } from "../../text/analyze.ts";
import type { Citation, ModelFact } from "./model-fact.ts";
import type { SpokenSentence, Speech } from "./read-speech.ts";

/** A sentence that a fact rests on. */
export interface Ground {
  readonly speech: Speech;
  readonly sentence: SpokenSentence;
}

/** Share of a fact's words that sentences must hold to be its ground without a quote that is found. */
const LEAST_SHARE = 0.4;
/** The same beside a quote that is found: names in place of pronouns, other words for the same. */
const LEAST_QUOTED = 0.2;
/** The same in a message that the model does not name. */
const LEAST_ELSEWHERE = 0.6;
/** With more than this nothing further is looked for. */
const ENOUGH = 0.95;
const MAX_GROUNDS = 4;
/** Shorter quotes stand anywhere. */
const LEAST_QUOTE = 8;
/** How many messages before a cited one may name what it speaks of. */
const REACH = 2;

/**
 * The sentences that a fact rests on, the one that carries most of it first; none where its words stand nowhere. Of
 * what the model cites only what was said counts: numbers of no message are ignored, and so are quotes that are not
 * in their message.
 */
export function alignFact(
  { text, citations, speaker }: Pick<ModelFact, "text" | "citations" | "speaker">,
  speeches: readonly Speech[],
): readonly Ground[] {
  const cited = citedSpeeches(citations, speeches);
  const terms = factTerms(text, cited[0]?.speech ?? speeches.find(({ sentences }) => sentences.length > 0));
  const quoted = cited.flatMap(({ speech, quotes }) => quotes.flatMap((quote) => groundsOf(speech, quote)));
  const own = gather(
    quoted,
    cited.map(({ speech }) => speech),
    speeches,
    terms,
  );
  if (own.share >= (quoted.length === 0 ? LEAST_SHARE : LEAST_QUOTED)) return byWeight(own.grounds, terms, speaker);
  // The model counted wrong: one other message says it, in so many words.
  const elsewhere = bestOf(speeches, terms, []);
  if (elsewhere === undefined) return [];
  const found = gather([elsewhere], [elsewhere.speech], speeches, terms);
  return found.share < LEAST_ELSEWHERE ? [] : byWeight(found.grounds, terms, speaker);
}

interface Gathered {
  readonly grounds: readonly Ground[];
  /** Share of the words that they hold; 0 without any. */
  readonly share: number;
}

/** Adds sentences of these messages, then of those just before, while words of the fact are missing. */
function gather(
  first: readonly Ground[],
  own: readonly Speech[],
  speeches: readonly Speech[],
  terms: ReadonlySet<string>,
): Gathered {
  const grounds = [...new Map(first.map((ground) => [ground.sentence, ground])).values()].slice(0, MAX_GROUNDS);
  const missing = new Set([...terms].filter((term) => !grounds.some(({ sentence }) => sentence.terms.has(term))));
  for (const pool of [own, own.flatMap((speech) => before(speech, speeches))]) {
    if (pool !== own && grounds.length === 0) break;
    while (grounds.length < MAX_GROUNDS && missing.size > terms.size * (1 - ENOUGH)) {
      const best = bestOf(pool, missing, grounds);
      if (best === undefined) break;
      grounds.push(best);
      for (const term of best.sentence.terms) missing.delete(term);
    }
  }
  return { grounds, share: grounds.length === 0 ? 0 : terms.size === 0 ? 1 : 1 - missing.size / terms.size };
}

/** The words of a fact that somebody must have said: not how it calls him. */
function factTerms(text: string, speech: Speech | undefined): ReadonlySet<string> {
  const language = speech === undefined ? {} : { language: speech.language };
  const label = speech?.speaker.label ?? "";
  const bare = label === "" ? text : text.replaceAll(label, " ");
  return new Set(analyze(bare.replaceAll(/\b(?:the )?(?:user|assistant)\b/giu, " "), language));
}

interface Cited {
  readonly speech: Speech;
  readonly quotes: readonly string[];
}

function citedSpeeches(citations: readonly Citation[], speeches: readonly Speech[]): Cited[] {
  const cited = new Map<Speech, string[]>();
  for (const { message, quote } of citations) {
    const named = message === undefined ? undefined : speeches[message - 1];
    // The model may have counted wrong: a quote that stands in another message word for word is from there.
    const speech =
      quote === undefined || (named !== undefined && named.findQuote(quote) !== undefined)
        ? named
        : (speeches.find((other) => quote.length >= LEAST_QUOTE && other.message.text.includes(quote)) ?? named);
    if (speech === undefined) continue;
    cited.set(speech, [...(cited.get(speech) ?? []), ...(quote === undefined ? [] : [quote])]);
  }
  return [...cited].map(([speech, quotes]) => ({ speech, quotes }));
}

function groundsOf(speech: Speech, quote: string): Ground[] {
  const span = speech.findQuote(quote);
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

/** What the model holds for the speaker decides between sentences that carry as much. */
function byWeight(grounds: readonly Ground[], terms: ReadonlySet<string>, speaker: string | undefined): Ground[] {
  const named = speaker?.toLowerCase();
  const weight = ({ sentence, speech }: Ground): number =>
    shareOf(sentence, terms) -
    (sentence.form === "question" ? 1 : 0) +
    (speech.speaker.label.toLowerCase() === named ? 0.1 : 0);
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
