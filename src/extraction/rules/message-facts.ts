import type { ExtractionMessage } from "../../domain/extracted-fact.ts";
import { readAnswer } from "./answers.ts";
import type { Discourse } from "./discourse.ts";
import type { Draft } from "./draft.ts";
import { moveWithGreeting } from "./greeting-place.ts";
import { readEnglish } from "./english.ts";
import { isInjection } from "../../text/injection.ts";
import { isJoke } from "./gate.ts";
import { readOther } from "./other-languages.ts";
import { languageOf } from "./language-of.ts";
import type { Reading } from "./reading.ts";
import { splitSentences } from "./sentences.ts";
import { speakerOf, type Speaker } from "./speaker.ts";

/** More facts of one message are a document's, not a conversation's. */
export const MAX_FACTS = 20;

/** Characters of one message that are read for facts: what is longer is a document, and stays evidence. */
const MAX_READ = 50_000;

/** What follows is somebody else's text. */
const PASTE =
  /\b(?:here(?:'s| is)|this is|see) (?:the|an?|my|his|her|what) [^.]{0,40}(?:email|e-mail|page|article|text|document|transcript|log|message|tweet|post|output|error|review|letter|website|paragraph|excerpt|quote|content|result|story|poem|script|code|readme|file|prompt)s?\b[^.]{0,40}:\s*$|\b(?:says|said|reads|wrote|pasted|quote|translate|summari[sz]e|proofread|rewrite|rephrase|correct|edit|paraphrase)\b[^.]{0,60}:\s*$/i;
/** A task on the text itself: what stands behind the colon is its material. */
const TASK =
  /^(?:please |can you |could you )?(?:translate|summari[sz]e|proofread|rewrite|rephrase|paraphrase|correct the|fix the grammar|edit the|classify|analy[sz]e the|explain this|what does)\b[^.?!]{0,80}:/i;
const BOOT =
  /^(?:#|<system|<context|<\?xml|---\n|\[system|you are (?:a|an|the) [^.]{0,60}(?:assistant|agent|bot|model|expert)|\{|\[\{|traceback|[A-Z]{3,}[A-Z ,]* \((?:reuters|ap|afp|dpa|upi)\)|diff --git|@@ )|^\w+\.(?:md|txt|json|ya?ml)\b/i;

export interface MessageContext {
  readonly before: ExtractionMessage | undefined;
  readonly discourse: Discourse;
  readonly people: ReadonlySet<string>;
  readonly addressee: (speaker: Speaker) => string;
}

/** True for a message that a program or a file wrote, whoever sent it: system prompts, notes of agents, settings. */
export function isProgramText(text: string): boolean {
  return BOOT.test(text.trimStart().slice(0, 200)) || isSettings(text);
}

/** True for a sentence behind which somebody else's text begins, or the material of a task. */
export function opensForeignText(sentence: string): boolean {
  return TASK.test(sentence) || PASTE.test(sentence);
}

/** A pasted configuration: most of its lines are a key and a value. */
function isSettings(text: string): boolean {
  const lines = text.slice(0, 600).split("\n");
  if (lines.length < 4) return false;
  const keys = lines.filter((line) => /^\s*(?:- )?[\w.-]+:(?:\s|$)/u.test(line)).length;
  return keys * 2 > lines.length;
}

/** The drafts of one message, with a `null` now and then where the caller may pause. */
export function* readMessage(message: ExtractionMessage, context: MessageContext): Generator<Draft | null> {
  const { text } = message;
  const language = languageOf(message);
  const speaker = speakerOf(message, language);
  if (speaker.standing === "none" || text.length < 2 || isProgramText(text)) return;
  const reading: Reading = {
    speaker,
    addressee: context.addressee(speaker),
    messageId: message.id,
    saidAt: message.saidAt,
    discourse: context.discourse,
    people: context.people,
  };
  if (speaker.standing === "peer" && language === "en") {
    const answer = readAnswer(message, context.before, reading);
    if (answer !== undefined) {
      yield answer;
      return;
    }
  }
  let count = 0;
  let previous: Draft[] = speaker.standing === "peer" && language === "en" ? moveWithGreeting(text, reading) : [];
  for (const sentence of splitSentences(text.slice(0, MAX_READ))) {
    if (sentence === null) {
      yield null;
      continue;
    }
    const lower = sentence.text.toLowerCase();
    if (isInjection(lower)) return;
    if (isJoke(lower)) {
      // "I'm moving to Mars. Just kidding!": what came right before is taken back.
      previous = [];
      continue;
    }
    yield* previous;
    count += previous.length;
    previous = [];
    if (count >= MAX_FACTS) return;
    if (speaker.standing === "peer" && opensForeignText(sentence.text)) return;
    previous = language === "en" ? readEnglish(sentence, reading) : readOther(sentence, language, reading);
    yield null;
  }
  yield* previous.slice(0, Math.max(0, MAX_FACTS - count));
}
