import type { ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { Span } from "../../domain/memory.ts";
import { analyze } from "../../text/analyze.ts";
import { isBoilerplate } from "../../text/boilerplate.ts";
import { isChatter, isJoke, sentenceForm } from "../rules/gate.ts";
import { languageOf } from "../rules/language-of.ts";
import { isProgramText, opensForeignText } from "../rules/message-facts.ts";
import { splitSentences } from "../rules/sentences.ts";
import { speakerOf, type Speaker } from "../rules/speaker.ts";
import { tokenize } from "../rules/tokens.ts";
import { createQuoteFinder, type QuoteFinder } from "./find-quote.ts";
import { forgedFrom, forgeryOf } from "./forged-text.ts";

/** Sentences of one message that facts may rest on; the rest of a long document stays evidence. */
const MAX_SENTENCES = 400;

export interface SpokenSentence extends Span {
  readonly text: string;
  /** A statement of its own; a question may only help an answer. */
  readonly form: "statement" | "question";
  readonly terms: ReadonlySet<string>;
}

/** A message as evidence for what a model says. */
export interface Speech {
  readonly message: ExtractionMessage;
  readonly speaker: Speaker;
  readonly language: string;
  /** What the speaker says himself: no orders to the extractor, nothing pasted, quoted, imagined or taken back. */
  readonly sentences: readonly SpokenSentence[];
  readonly findQuote: QuoteFinder;
  /** Parts that pose as something else; the rules' facts from there do not stand either. */
  readonly forged: readonly Span[];
}

/**
 * By the rules' own checks: what they would not take a fact from gives a model's facts no ground either. Read up to
 * `limit` characters: nobody has a quote from what he was not shown.
 */
export function readSpeech(message: ExtractionMessage, limit: number): Speech {
  const language = languageOf(message);
  const speaker = speakerOf(message, language);
  const { role } = message;
  const text = message.text.slice(0, limit);
  const end = forgedFrom(text);
  const forged = end < text.length ? [{ start: end, end: Number.POSITIVE_INFINITY }] : [];
  const isNone = speaker.standing === "none" || isProgramText(text) || isBoilerplate(text, role);
  const sentences = isNone ? [] : sentencesOf(text.slice(0, end), speaker, language, forged);
  return { message, speaker, language, sentences, findQuote: createQuoteFinder(text), forged };
}

function sentencesOf(text: string, speaker: Speaker, language: string, forged: Span[]): SpokenSentence[] {
  const found: SpokenSentence[] = [];
  for (const sentence of splitSentences(text)) {
    if (found.length >= MAX_SENTENCES) break;
    if (sentence === null) continue;
    const lower = sentence.text.toLowerCase();
    // Whoever begins so goes on so: what came before it stands.
    const forgery = forgeryOf(sentence.text);
    if (forgery !== undefined)
      forged.push({ start: sentence.start, end: forgery === "end" ? Number.POSITIVE_INFINITY : sentence.end });
    if (forgery === "end") break;
    if (forgery === "skip") continue;
    if (isJoke(lower)) {
      found.pop();
      continue;
    }
    if (opensForeignText(sentence.text)) break;
    const form = sentenceForm(sentence.text, lower, tokenize(sentence.text));
    if (form !== "statement" && form !== "question") continue;
    if (speaker.standing === "assistant" && isChatter(lower)) continue;
    const { start, end } = sentence;
    found.push({ text: sentence.text, start, end, form, terms: new Set(analyze(sentence.text, { language })) });
  }
  return found;
}
