import type { ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { Span } from "../../domain/memory.ts";
import { analyze } from "../../text/analyze.ts";
import { isBoilerplate } from "../../text/boilerplate.ts";
import { isChatter, isInjection, isJoke, sentenceForm } from "../rules/gate.ts";
import { languageOf } from "../rules/language-of.ts";
import { isProgramText, opensForeignText } from "../rules/message-facts.ts";
import { splitSentences } from "../rules/sentences.ts";
import { speakerOf, type Speaker } from "../rules/speaker.ts";
import { tokenize } from "../rules/tokens.ts";

/** Sentences of one message that facts may rest on; the rest of a long document stays evidence. */
const MAX_SENTENCES = 400;
const MAX_READ = 50_000;

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
}

/** By the rules' own checks: what they would not take a fact from gives a model's facts no ground either. */
export function readSpeech(message: ExtractionMessage): Speech {
  const language = languageOf(message);
  const speaker = speakerOf(message, language);
  return { message, speaker, language, sentences: sentencesOf(message, speaker, language) };
}

function sentencesOf(message: ExtractionMessage, speaker: Speaker, language: string): SpokenSentence[] {
  const { text, role } = message;
  if (speaker.standing === "none" || isProgramText(text) || isBoilerplate(text, role)) return [];
  const found: SpokenSentence[] = [];
  for (const sentence of splitSentences(text.slice(0, MAX_READ))) {
    if (found.length >= MAX_SENTENCES) break;
    if (sentence === null) continue;
    const lower = sentence.text.toLowerCase();
    if (isInjection(lower)) break;
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
