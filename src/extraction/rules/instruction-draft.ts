import { cueOf } from "./cues.ts";
import type { Draft } from "./draft.ts";
import { findMentions } from "./mentions.ts";
import type { Reading } from "./reading.ts";
import { tidy } from "./rewrite.ts";
import type { Sentence } from "./sentences.ts";
import { withSpeaker } from "./slot-draft.ts";
import type { Slot } from "./slot.ts";
import type { Token } from "./tokens.ts";

export function instructionDraft(
  instruction: { text: string; slot?: Slot; confidence: number },
  sentence: Sentence,
  lower: string,
  tokens: readonly Token[],
  reading: Reading,
): Draft {
  const { speaker } = reading;
  const own = instruction.text
    .replaceAll(/\bmy\b/giu, "their")
    .replaceAll(/\b(?:me|us)\b/giu, "them")
    .replaceAll(/\bI\b/gu, "they")
    .replaceAll(/\bour\b/giu, "their")
    .replaceAll(/\byour\b/giu, "the assistant's");
  return {
    text: tidy(`${speaker.label} ${own}`),
    kind: "instruction",
    subject: speaker.key,
    ...(instruction.slot === undefined ? {} : { slot: instruction.slot }),
    cue: instruction.slot?.cue ?? (cueOf(lower) === "change" ? "change" : "none"),
    time: {},
    start: sentence.start,
    end: sentence.end,
    mentions: withSpeaker(
      findMentions(sentence.text, tokens, 0, tokens.length, {
        people: reading.people,
        ...(instruction.slot === undefined
          ? {}
          : { attribute: instruction.slot.attribute, value: instruction.slot.value }),
      }),
      speaker,
    ),
    confidence: instruction.confidence,
  };
}
