import { randomOf } from "../speed/random.ts";
import { BLIND_ORDER_QUESTIONS } from "./blind-phrasings.ts";
import { at, DAY, topOf } from "./case.ts";
import type { TimeCase, Told } from "./case.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DONE = [
  "passed my driving test",
  "adopted a greyhound",
  "visited Granada",
  "sold my motorbike",
  "planted an apple tree",
  "repaired the boat",
  "finished my pottery course",
  "painted the kitchen",
] as const;
const PLANNED = ["fly to Toronto", "run the Lisbon marathon", "see the surgeon"] as const;

const OPEN_QUESTIONS = {
  first: ["What did I do first?", "Which of these things happened first?", "What was my earliest event?"],
  last: ["What did I do most recently?", "What was the last thing I did?", "What is the latest thing that happened?"],
  before: ["What did I do before {when}?", "What happened before {when}?", "Which things did I do until {when}?"],
  after: ["What did I do after {when}?", "What happened after {when}?", "Which things happened since {when}?"],
  between: ["What did I do between {from} and {to}?", "What happened between {from} and {to}?"],
  upcoming: ["What are my upcoming plans?", "What will I do next?", "What is planned for the coming weeks?"],
} as const;

type Asked = keyof typeof OPEN_QUESTIONS;
const ASKED: readonly Asked[] = ["first", "last", "before", "after", "between", "upcoming"];

interface Entry extends Told {
  readonly key: string;
  readonly happensAt: number;
}

/** Questions for the order of what a diary tells, which is not the order in which it was told. */
export function orderCases(count: number): TimeCase[] {
  const random = randomOf(31);
  return Array.from({ length: count }, (_, place): TimeCase => {
    const origin = place % 3 === 2 ? "blind" : "open";
    const asked = ASKED[Math.floor(place / 3) % ASKED.length] as Asked;
    const phrasings = origin === "blind" ? BLIND_ORDER_QUESTIONS[asked] : OPEN_QUESTIONS[asked];
    const now = at("2025-05-01") + Math.floor(random() * 60) * DAY;
    const diary = diaryOf(now, random);
    const past = diary
      .filter(({ happensAt }) => happensAt < now)
      .toSorted((left, right) => left.happensAt - right.happensAt);
    const cut = past[3] as Entry;
    const [from, to] = [(past[2] as Entry).happensAt - 3 * DAY, (past[5] as Entry).happensAt + 3 * DAY];
    const question = (phrasings[Math.floor(place / 18) % phrasings.length] as string)
      .replace("{when}", written(cut.happensAt - 3 * DAY))
      .replace("{from}", written(from))
      .replace("{to}", written(to));
    const right = {
      first: past.slice(0, 1),
      last: past.slice(-1),
      before: past.slice(0, 3),
      after: past.slice(3),
      between: past.slice(2, 6),
      upcoming: diary.filter(({ happensAt }) => happensAt > now),
    }[asked];
    return {
      suite: "order",
      id: `order-${place}`,
      clarity: "explicit",
      origin,
      told: diary.map(({ text, at: saidAt }) => ({ text, at: saidAt })),
      check: async (memory, userId) => {
        const { results } = await topOf(memory, userId, question, { now, topK: 10 });
        const first = results.slice(0, right.length).map(({ memory: text }) => text);
        const missing = right.filter(({ key }) => !first.some((text) => text.includes(key)));
        return missing.length === 0
          ? {}
          : {
              problem: `${question} (${asked}) lacks ${missing.map(({ key }) => key).join(", ")}: ${first.join(" | ")}`,
            };
      },
    };
  });
}

function written(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Eight things done in the year before, three planned, each told some days or months after it was. */
function diaryOf(now: number, random: () => number): Entry[] {
  const done = DONE.map((key, place): Entry => {
    const happensAt = now - (330 - 40 * ((place * 3) % DONE.length)) * DAY + Math.floor(random() * 15) * DAY;
    const toldAt = Math.min(now - DAY, happensAt + (1 + Math.floor(random() * 60)) * DAY);
    return {
      key: key
        .split(" ")
        .slice(1)
        .join(" ")
        .replace(/^(?:my|the|an?) /u, ""),
      text: `On ${written(happensAt)} I ${key}.`,
      at: toldAt,
      happensAt,
    };
  });
  const planned = PLANNED.map((key, place): Entry => {
    const happensAt = now + (8 + 9 * place) * DAY;
    return {
      key: key.split(" ").at(-1) as string,
      text: `On ${written(happensAt)} I will ${key}.`,
      at: now - (3 + place) * DAY,
      happensAt,
    };
  });
  return [...done, ...planned].toSorted((left, right) => left.at - right.at);
}
