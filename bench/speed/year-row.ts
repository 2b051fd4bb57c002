import { statSync } from "node:fs";
import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import { median, sample } from "./measure.ts";
import { pickOf, randomOf } from "./random.ts";
import type { Figure, SpeedRow } from "./row.ts";
import { emptyLine, memoryText, tellingLine } from "./texts.ts";

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1, 8);
const MESSAGES = 20_000;
const SEARCHES = 200;

/** Sentences in a user's message and in an assistant's answer, at least and at most. */
const USER_SENTENCES = [1, 3] as const;
const ASSISTANT_SENTENCES = [4, 12] as const;

/** What answers are made of; filled with the names of the talk. */
const ANSWERS: readonly string[] = [
  "That is a good question, and the answer depends a little on how much time you want to spend on it.",
  "The simplest way is to begin with the part that bothers you most and to leave the rest for another day.",
  "If you like, I can put the steps into a short list so that you have them at hand when you need them.",
  "Most people find that the first week is the hardest and that it becomes much easier after that.",
  "One thing to look out for is the small print, since it often says more than the headline does.",
  "You could also ask somebody who has done it before, because that saves a lot of trial and error.",
  "As far as I know nothing speaks against it, but it does not hurt to check the dates once more.",
  "It is worth writing down what you have tried so far, so that nothing is done twice.",
];

/**
 * A year of one user: about 55 messages a day in sessions, half of them an assistant's, which are longer, as in chats. How
 * long messages are decides over the second figure: what a file holds of a message beside its words is the same for all.
 */
export const year: SpeedRow = {
  name: "year",
  about: "a year of one user (20k messages): CPU of a search, size of the file over its raw text",
  run: async (context) => {
    const count = context.isQuick ? MESSAGES / 10 : MESSAGES;
    return [...(await measure(context.folder, count, "chat")), ...(await measure(context.folder, count, "short"))];
  },
};

async function measure(folder: string, count: number, kind: "chat" | "short"): Promise<Figure[]> {
  const path = join(folder, `year-${kind}.db`);
  const memory = new Memory({ dbPath: path });
  const random = randomOf(5);
  let bytes = 0;
  for (let number = 0; number < count;) {
    const session: { role: string; content: string }[] = [];
    for (let place = 0; place < 28 && number < count; place += 1, number += 1) {
      const content = place % 2 === 0 ? userText(number, random, kind) : assistantText(random, kind);
      bytes += Buffer.byteLength(content);
      session.push({ role: place % 2 === 0 ? "user" : "assistant", content });
    }
    const at = START + Math.floor((number / count) * 365 * DAY);
    await memory.add(session, { userId: "ana", runId: `session-${number}`, timestamp: new Date(at) });
  }
  const figures: Figure[] = [];
  if (kind === "chat") {
    const questions = Array.from({ length: SEARCHES }, (_, place) =>
      place % 3 === 0
        ? "Where do I live now?"
        : tellingLine(place * 97)
            .split(" ")
            .slice(2, 9)
            .join(" "),
    );
    const search = (question: string) => memory.search(question, { filters: { user_id: "ana" }, topK: 10 });
    for (const question of questions.slice(0, 20)) await search(question);
    const cpu: number[] = [];
    for (const question of questions) cpu.push((await sample(() => search(question))).cpuMs);
    figures.push({
      what: `a year, ${count} messages of one user: search, CPU p50`,
      value: median(cpu),
      unit: "ms CPU",
      bar: 5,
      aim: 3,
      note: `${SEARCHES} searches, topK 10`,
    });
  }
  await memory.close();
  const size = statSync(path).size;
  figures.push({
    what: `a year, ${kind === "chat" ? "chat with an assistant" : "short lines alone"}: file over raw text`,
    value: size / bytes,
    unit: "times",
    // Of lines as short as these most of a file is not words; the bar is for what people and assistants say.
    ...(kind === "chat" ? { bar: 6, aim: 4 } : {}),
    note: `${(bytes / 1e6).toFixed(1)} MB of text, ${Math.round(bytes / count)} bytes a message, file ${(size / 1e6).toFixed(1)} MB`,
  });
  return figures;
}

function userText(number: number, random: () => number, kind: "chat" | "short"): string {
  const first = number % 4 === 0 ? tellingLine(number) : emptyLine(number);
  if (kind === "short") return first;
  const more = Math.floor(random() * (USER_SENTENCES[1] - USER_SENTENCES[0] + 1));
  return [first, ...Array.from({ length: more }, (_, place) => emptyLine(number * 7 + place))].join(" ");
}

function assistantText(random: () => number, kind: "chat" | "short"): string {
  if (kind === "short") return pickOf(ANSWERS, random);
  const [least, most] = ASSISTANT_SENTENCES;
  const sentences = least + Math.floor(random() * (most - least + 1));
  // Half of them in words whose frequencies fall as in a language: repeats alone would make a small index.
  return Array.from({ length: sentences }, () =>
    random() < 0.5 ? pickOf(ANSWERS, random) : `${memoryText(Math.floor(random() * 1e6))}.`,
  ).join(" ");
}
