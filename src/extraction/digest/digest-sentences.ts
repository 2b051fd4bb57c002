import type { DigestSection } from "../../domain/digest.ts";
import type { Role } from "../../domain/memory.ts";
import { analyze } from "../../text/analyze.ts";
import { splitSentences } from "../rules/sentences.ts";
import { hasDigestCues, sectionIn as sectionOfLanguage } from "./digest-cues-by-language.ts";
import { sectionOf, sectionOfBox } from "./digest-cues.ts";

/** A message as the digest reads it; oldest first. */
export interface DigestMessage {
  readonly id: string;
  readonly text: string;
  readonly role: Role | null;
  readonly name: string | null;
  readonly saidAt: number;
  /** ISO 639-1 code, where detected; the cues of finished, decided and open work are those of the language. */
  readonly language?: string | undefined;
}

/** A sentence of a message that says what was done, decided or left open. */
export interface DigestSentence {
  readonly section: DigestSection;
  readonly text: string;
  readonly message: DigestMessage;
}

/** Of one message no more is looked at: what is beyond was pasted. */
const MOST_SENTENCES = 200;
/** An open point of which later work holds this share of its words is done. */
const SETTLED_SHARE = 0.6;

/**
 * The sentences of a session that say what was done, decided and left open, in their order. Nothing is put in other
 * words. What was open and was done later in the session is not open; a question that nobody answered is.
 */
export function readDigestSentences(messages: readonly DigestMessage[]): DigestSentence[] {
  const found: DigestSentence[] = [];
  const language = mainLanguage(messages);
  for (const message of messages) {
    if (message.role === "tool" || message.role === "system") continue;
    let count = 0;
    for (const sentence of splitSentences(message.text)) {
      if (sentence === null) continue;
      count += 1;
      if (count > MOST_SENTENCES) break;
      const section =
        sectionOfBox(message.text, sentence.start) ?? sectionIn(sentence.text, [message.language, language]);
      if (section !== null) found.push({ section, text: sentence.text, message });
    }
  }
  const unanswered = unansweredQuestion(messages);
  return withoutRepeats(withoutSettled([...found, ...(unanswered === null ? [] : [unanswered])]));
}

/** The language of a short message is told apart badly: that of the session is tried too, and English at last. */
function sectionIn(text: string, languages: readonly (string | undefined)[]): ReturnType<typeof sectionOf> {
  for (const language of new Set(languages)) {
    if (language === undefined || !hasDigestCues(language)) continue;
    const section = sectionOfLanguage(text, language);
    if (section !== null) return section;
  }
  return languages.every((language) => language !== undefined && hasDigestCues(language)) ? null : sectionOf(text);
}

/** The language in which most messages of a session are written. */
function mainLanguage(messages: readonly DigestMessage[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { language } of messages)
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].toSorted((left, right) => right[1] - left[1])[0]?.[0];
}

/** The last thing said, when it is a user's question: a session does not end on an answered one. */
function unansweredQuestion(messages: readonly DigestMessage[]): DigestSentence | null {
  const last = messages.findLast(({ role }) => role !== "tool" && role !== "system");
  if (last === undefined || last.role === "assistant") return null;
  let question: string | null = null;
  let count = 0;
  for (const sentence of splitSentences(last.text)) {
    if (sentence === null) continue;
    count += 1;
    if (count > MOST_SENTENCES) break;
    question = /[?？؟][^\p{L}\p{N}]{0,3}$/u.test(sentence.text) ? sentence.text : null;
  }
  return question === null ? null : { section: "open", text: question, message: last };
}

function withoutSettled(sentences: readonly DigestSentence[]): DigestSentence[] {
  const done = sentences.map((sentence) => (sentence.section === "done" ? new Set(analyze(sentence.text)) : null));
  return sentences.filter(({ section, text }, index) => {
    if (section !== "open") return true;
    const terms = new Set(analyze(text).filter((term) => !CUE_TERMS.has(term)));
    if (terms.size === 0) return true;
    return !done.some((words, other) => {
      if (words === null || other <= index) return false;
      const shared = [...terms].filter((term) => words.has(term)).length;
      return shared / terms.size >= SETTLED_SHARE;
    });
  });
}

/** Words that make a point open and say nothing of what it is about. */
const CUE_TERMS: ReadonlySet<string> = new Set(
  analyze("todo fixme need must should still yet next step remind remember forget later tomorrow left remains open"),
);

/** The same sentence said again is one line, told where it was said last. */
function withoutRepeats(sentences: readonly DigestSentence[]): DigestSentence[] {
  const last = new Map(sentences.map((sentence, index) => [keyOf(sentence), index]));
  return sentences.filter((sentence, index) => last.get(keyOf(sentence)) === index);
}

function keyOf({ section, text }: DigestSentence): string {
  return `${section} ${analyze(text).join(" ")}`;
}
