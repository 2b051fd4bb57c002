import type { ExtractedFact, ExtractionMessage } from "../domain/extracted-fact.ts";
import type { Source, Span } from "../domain/memory.ts";
import { MemoryError } from "../errors.ts";
import type { ExtractionContext, FactExtractor } from "../ports/fact-extractor.ts";
import { askedPerson } from "./rules/asked-person.ts";
import { categorize } from "./rules/categories.ts";
import { Discourse, type Person } from "./rules/discourse.ts";
import type { Draft } from "./rules/draft.ts";
import { languageOf } from "./rules/language-of.ts";
import { readMessage } from "./rules/message-facts.ts";
import { speakerOf, type Speaker } from "./rules/speaker.ts";

/** Work between two looks at the event loop, in milliseconds: well under the 50 ms that nothing may hold it. */
const SLICE = 15;

/** The extractor that is always there: deterministic, without a model, from what people say about themselves. */
export function createRulesExtractor(): FactExtractor {
  return { name: "rules", extract: extractFacts };
}

async function extractFacts(
  messages: readonly ExtractionMessage[],
  { before, signal }: ExtractionContext,
): Promise<readonly ExtractedFact[]> {
  const facts: ExtractedFact[] = [];
  const all = [...before, ...messages];
  const people = new Set(all.flatMap(({ name }) => (name === undefined ? [] : [name.trim().toLowerCase()])));
  const discourse = new Discourse();
  let sliceEnd = performance.now() + SLICE;
  let lastSpeaker = "";
  for (const [index, message] of messages.entries()) {
    const previous = index === 0 ? before.at(-1) : messages[index - 1];
    const language = languageOf(message);
    const speaker = speakerOf(message, language);
    if (speaker.key !== lastSpeaker) discourse.turn(askedOf(previous, speaker));
    lastSpeaker = speaker.key;
    const context = {
      before: previous,
      discourse,
      people,
      addressee: (who: Speaker) => addresseeOf(who, all, before.length + index),
    };
    const seen = new Set<string>();
    for (const draft of readMessage(message, context)) {
      if (draft === null) {
        if (performance.now() < sliceEnd) continue;
        await pause();
        if (signal?.aborted === true)
          throw new MemoryError("aborted", "The extraction was aborted.", { cause: signal.reason });
        sliceEnd = performance.now() + SLICE;
        continue;
      }
      if (seen.has(draft.text)) continue;
      seen.add(draft.text);
      facts.push(toFact(draft, message, speaker, language));
    }
  }
  return facts;
}

/** Whom the message before asks about, where somebody else says it. */
function askedOf(previous: ExtractionMessage | undefined, speaker: Speaker): Person | undefined {
  if (previous === undefined || !previous.text.includes("?")) return undefined;
  return speakerOf(previous, "en").key === speaker.key ? undefined : askedPerson(previous, speaker);
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Whom "you" means: the only other named speaker, the assistant for an unnamed user, else nobody in particular. */
function addresseeOf(speaker: Speaker, all: readonly ExtractionMessage[], index: number): string {
  if (speaker.standing === "assistant") return "User";
  const others = new Set<string>();
  for (const message of all.slice(Math.max(0, index - 12), index + 12)) {
    const other = speakerOf(message, "en");
    if (other.standing !== "none" && other.key !== speaker.key) others.add(other.label);
  }
  const [only] = others;
  if (others.size === 1 && only !== undefined) return only === "Assistant" ? "the assistant" : only;
  return others.size === 0 ? "the assistant" : "the others";
}

function toFact(draft: Draft, message: ExtractionMessage, speaker: Speaker, language: string): ExtractedFact {
  const { slot, time } = draft;
  return {
    text: draft.text,
    kind: draft.kind,
    ...(slot === undefined
      ? {}
      : {
          attribute: {
            subject: draft.subject,
            attribute: slot.attribute,
            value: slot.value,
            cardinality: slot.cardinality,
          },
        }),
    cue: draft.cue,
    ...(time.validFrom === undefined ? {} : { validFrom: time.validFrom }),
    ...(time.validTo === undefined ? {} : { validTo: time.validTo }),
    ...(time.granularity === undefined ? {} : { granularity: time.granularity }),
    categories: categorize(draft.text.toLowerCase(), slot?.attribute, draft.kind === "instruction"),
    mentions: draft.mentions,
    sources: sourcesOf(draft, message.id),
    confidence: Math.round(draft.confidence * 100) / 100,
    attributedTo: message.role,
    ...(speaker.isNamed ? { name: speaker.label } : {}),
    language,
  };
}

/** The statement's own span first; then what it also rests on, in this message or another. */
function sourcesOf(draft: Draft, messageId: string): Source[] {
  const spans = new Map<string, Span[]>([[messageId, [{ start: draft.start, end: draft.end }]]]);
  for (const { messageId: id, start, end } of draft.also ?? []) {
    const known = spans.get(id) ?? [];
    if (!known.some((span) => span.start <= start && span.end >= end)) spans.set(id, [...known, { start, end }]);
  }
  return [...spans].map(([id, parts]) => ({
    messageId: id,
    spans: parts.toSorted((left, right) => left.start - right.start),
  }));
}
