import type { Draft } from "./draft.ts";
import type { LanguageTable } from "./languages/language-table.ts";
import type { Reading } from "./reading.ts";
import type { Sentence } from "./sentences.ts";
import type { Slot } from "./slot.ts";

const NAME =
  /^[\s:"“„«「]*(\p{Lu}[\p{L}'’-]*(?:\s\p{Lu}[\p{L}'’-]*)?|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Arabic}]{1,12})/u;

/** A standing wish to the assistant in a language other than English: how to answer, what never to do, how to be called. */
export function readOrder(
  sentence: Sentence,
  lower: string,
  lead: number,
  { orders, canonical }: LanguageTable,
  { speaker }: Reading,
): Draft | undefined {
  if (sentence.text.length > 300) return undefined;
  const name = calledName(sentence.text, lower, orders.callMe);
  const act = orders.act.test(lower);
  const isStanding = act && orders.standing.test(lower);
  // "Write a poem in German" is a task, "answer in German" a wish that stands.
  const language = isStanding || orders.reply.test(lower) ? orders.language.exec(lower)?.groups?.["v"] : undefined;
  if (name === undefined && language === undefined && !isStanding) return undefined;
  const spoken = language === undefined ? undefined : (canonical.get(language) ?? language);
  const slot: Slot | undefined =
    name !== undefined
      ? { attribute: "nickname", value: name.toLowerCase(), cardinality: "single" }
      : spoken === undefined
        ? undefined
        : { attribute: "language", value: spoken, cardinality: "single" };
  const said = sentence.text.slice(lead).replace(/[\s.!。！]+$/u, "");
  return {
    text: orders.text.replace("{S}", () => speaker.label).replace("{o}", () => said),
    kind: "instruction",
    subject: speaker.key,
    ...(slot === undefined ? {} : { slot }),
    cue: "none",
    time: {},
    start: sentence.start,
    end: sentence.end,
    mentions: speaker.isNamed ? [{ name: speaker.label, type: "person" }] : [],
    confidence: isStanding || name !== undefined ? 0.9 : 0.8,
  };
}

function calledName(text: string, lower: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(lower);
  return match === null ? undefined : NAME.exec(text.slice(match.index + match[0].length))?.[1];
}
