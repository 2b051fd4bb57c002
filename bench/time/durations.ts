import type { TimelineEntry } from "../../src/index.ts";
import { pickOf, randomOf } from "../speed/random.ts";
import { BLIND_DURATIONS, BLIND_EVENTS, BLIND_RECURRENCES } from "./blind-phrasings.ts";
import type { BlindDuration } from "./blind-phrasings.ts";
import { at, DAY, day, topOf } from "./case.ts";
import type { Outcome, TimeCase } from "./case.ts";

const LENGTH = { day: 10, month: 7, season: 7, year: 4 } as const;
const DOINGS = [
  ["working at Acme", "working at Acme"],
  ["living in Lyon", "living in Lyon"],
  ["learning Korean", "learning Korean"],
  ["playing the violin", "playing the violin"],
  ["practising judo", "practising judo"],
  ["taking iron tablets", "taking iron tablets"],
  ["renting the cabin", "renting the cabin"],
  ["writing a novel", "writing a novel"],
] as const;
const COUNTS = [
  ["two", 2],
  ["three", 3],
  ["4", 4],
  ["five", 5],
  ["eight", 8],
] as const;
const MONTHS = "January February March April May June July August September October November December".split(" ");

type Expected = Pick<BlindDuration, "text" | "saidOn" | "question" | "from" | "to" | "grain" | "clarity">;

/** How long something lasts, from its words to its interval. */
export function durationCases(count: number): TimeCase[] {
  const blind = Math.floor(count / 3);
  const random = randomOf(21);
  const open = Array.from({ length: count - blind }, (_, place) => openDuration(place, random));
  const unseen = Array.from({ length: blind }, (_, place) => shifted(place));
  return [
    ...open.map((expected, place) => caseOf(expected, `open-${place}`, "open")),
    ...unseen.map((expected, place) => caseOf(expected, `blind-${place}`, "blind")),
  ];
}

function openDuration(place: number, random: () => number): Expected {
  const [doing] = pickOf(DOINGS, random);
  const saidAt = at("2024-02-12") + Math.floor(random() * 500) * DAY;
  const saidOn = day(saidAt);
  const question = `How long have I been ${doing}?`;
  const [word, number] = pickOf(COUNTS, random);
  const said = new Date(saidAt);
  const [year, month, date] = [said.getUTCFullYear(), said.getUTCMonth(), said.getUTCDate()];
  const base = { saidOn, question, clarity: "explicit" } as const;
  switch (place % 6) {
    case 0:
      return { ...base, text: `I've been ${doing} for ${word} years.`, from: String(year - number), grain: "year" };
    case 1: {
      const from = day(Date.UTC(year, month - number, Math.min(date, 28)));
      return { ...base, text: `I have been ${doing} for about ${word} months now.`, from, grain: "month" };
    }
    case 2: {
      const from = day(saidAt - number * 7 * DAY);
      return { ...base, text: `For the past ${word} weeks I've been ${doing}.`, from, grain: "day" };
    }
    case 3: {
      const name = MONTHS[number] as string;
      const from = `${year - 2}-${String(number + 1).padStart(2, "0")}`;
      return { ...base, text: `I've been ${doing} since ${name} ${year - 2}.`, from, grain: "month" };
    }
    case 4:
      return {
        ...base,
        text: `I have been ${doing} since ${year - number}.`,
        from: String(year - number),
        grain: "year",
      };
    default: {
      const [from, to] = [year - number - 2, year - 2];
      return {
        ...base,
        text: `I was ${doing} from ${from} to ${to}.`,
        question: `When was I ${doing}?`,
        from: String(from),
        to: String(to),
        grain: "year",
      };
    }
  }
}

/** A statement written blind, said some whole years earlier or later where its words are relative. */
function shifted(place: number): Expected {
  const source = BLIND_DURATIONS[place % BLIND_DURATIONS.length] as BlindDuration;
  const isRelative = !/\d{4}/u.test(source.text) && !/\buntil\b/u.test(source.text);
  const years = isRelative ? (Math.floor(place / BLIND_DURATIONS.length) % 5) - 2 : 0;
  const move = (date: string): string => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return {
    ...source,
    saidOn: move(source.saidOn),
    ...(source.from === undefined ? {} : { from: move(source.from) }),
    ...(source.to === undefined ? {} : { to: move(source.to) }),
  };
}

function caseOf(expected: Expected, id: string, origin: "open" | "blind"): TimeCase {
  const told = [{ text: expected.text, at: at(expected.saidOn) }];
  return {
    suite: "durations",
    id,
    clarity: expected.clarity,
    origin,
    told,
    check: async (memory, userId): Promise<Outcome> => {
      const now = at(expected.saidOn) + 3 * DAY;
      const { results } = await topOf(memory, userId, expected.question, { now });
      const [hit] = results;
      if (hit?.sources[0]?.text !== expected.text)
        return { problem: `"${expected.text}": ${expected.question} -> "${hit?.memory ?? ""}"` };
      const length = LENGTH[expected.grain];
      const from = hit.validFrom?.slice(0, length);
      const to = hit.validTo === undefined ? undefined : day(Date.parse(hit.validTo) - 1).slice(0, length);
      const wanted = [expected.from?.slice(0, length), expected.to?.slice(0, length)];
      return wanted[0] === from && wanted[1] === to
        ? {}
        : { problem: `"${expected.text}" said ${expected.saidOn}: from ${from} to ${to}, not ${wanted.join(" to ")}` };
    },
  };
}

const EVENTS = [
  "passed my sailing exam",
  "sold the piano",
  "visited the dentist",
  "ran a half marathon",
  "met Ines",
] as const;

/** When something happened, from its words to its place on the timeline. */
export function eventCases(count: number): TimeCase[] {
  const blind = Math.floor(count / 3);
  const random = randomOf(22);
  const open = Array.from({ length: count - blind }, (_, place) => {
    const event = pickOf(EVENTS, random);
    const saidAt = at("2024-02-12") + Math.floor(random() * 500) * DAY;
    const back = 2 + Math.floor(random() * 5);
    const said = new Date(saidAt);
    const happened = saidAt - (40 + Math.floor(random() * 300)) * DAY;
    const written = new Date(happened);
    const forms = [
      [`I ${event} ${back} days ago.`, day(saidAt - back * DAY), "day"],
      [`I ${event} yesterday.`, day(saidAt - DAY), "day"],
      [`Last month I ${event}.`, day(Date.UTC(said.getUTCFullYear(), said.getUTCMonth() - 1, 1)), "month"],
      [
        `On ${written.getUTCDate()} ${MONTHS[written.getUTCMonth()]} ${written.getUTCFullYear()} I ${event}.`,
        day(happened),
        "day",
      ],
      [`In ${said.getUTCFullYear() - back} I ${event}.`, `${said.getUTCFullYear() - back}-01-01`, "year"],
      [`I ${event} in the summer of ${said.getUTCFullYear() - 1}.`, `${said.getUTCFullYear() - 1}-06-01`, "season"],
    ] as const;
    const [text, happenedOn, grain] = forms[place % forms.length] as (typeof forms)[number];
    return { text, saidOn: day(saidAt), happenedOn, grain };
  });
  const unseen = Array.from(
    { length: blind },
    (_, place) => BLIND_EVENTS[place % BLIND_EVENTS.length] as (typeof BLIND_EVENTS)[number],
  );
  return [...open, ...unseen].map((event, place): TimeCase => {
    const { text, saidOn, happenedOn, grain } = event;
    return {
      suite: "events",
      id: `event-${place}`,
      clarity: "explicit",
      origin: place < open.length ? "open" : "blind",
      told: [{ text, at: at(saidOn) }],
      check: async (memory, userId) => {
        const { results } = await memory.timeline(null, { userId });
        const entry = results.find(({ sources }) => sources.some((source) => source.text === text));
        if (entry !== undefined && isAt(entry, happenedOn, grain)) return {};
        return { problem: `"${text}" said ${saidOn}: ${entry?.from} (${entry?.basis}), not ${happenedOn}` };
      },
    };
  });
}

/** "A week ago" may be told as that week; where the words name a day or a month, nothing wider will do. */
function isAt({ from, basis, granularity }: TimelineEntry, happenedOn: string, grain: keyof typeof LENGTH): boolean {
  if (basis !== "stated") return false;
  if (from.slice(0, LENGTH[grain]) === happenedOn.slice(0, LENGTH[grain])) return true;
  const start = Date.parse(from);
  return granularity === "week" && at(happenedOn) >= start && at(happenedOn) < start + 7 * DAY;
}

const HABITS = [
  ["I go climbing every {d}.", "go climbing", "week", "every {d}"],
  ["I water the ferns twice a week.", "water the ferns", "week", "twice a week"],
  ["I do yoga every morning.", "do yoga", "day", "every morning"],
  ["I change the filter every 3 months.", "change the filter", "month", "every 3 months"],
  ["I have book club on {d}s.", "have book club", "week", "on {d}s"],
  ["I back up my laptop weekly.", "back up my laptop", "week", "weekly"],
] as const;
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const RHYTHM_UNITS = { daily: "day", weekly: "week", monthly: "month", yearly: "year" } as const;

/** How often something comes. */
export function recurrenceCases(count: number): TimeCase[] {
  const blind = Math.floor(count / 3);
  const open = Array.from({ length: count - blind }, (_, place) => {
    const [text, doing, unit, words] = HABITS[place % HABITS.length] as (typeof HABITS)[number];
    const weekday = DAYS[Math.floor(place / HABITS.length) % 7] as string;
    return {
      text: text.replace("{d}", weekday),
      question: `How often do I ${doing}?`,
      unit,
      words: words.replace("{d}", weekday),
    };
  });
  const unseen = Array.from({ length: blind }, (_, place) => {
    const { text, question, rhythm, words } = BLIND_RECURRENCES[
      place % BLIND_RECURRENCES.length
    ] as (typeof BLIND_RECURRENCES)[number];
    return { text, question, unit: RHYTHM_UNITS[rhythm], words };
  });
  return [...open, ...unseen].map(({ text, question, unit, words }, place): TimeCase => ({
    suite: "recurrences",
    id: `habit-${place}`,
    clarity: "explicit",
    origin: place < open.length ? "open" : "blind",
    told: [{ text, at: at("2025-02-03") + place * DAY }],
    check: async (memory, userId) => {
      const { results } = await topOf(memory, userId, question, { now: at("2025-12-01") });
      const [hit] = results;
      const found = hit?.recurrence;
      return found?.unit === unit && found.words.toLowerCase().includes(words.toLowerCase())
        ? {}
        : { problem: `"${text}": ${question} -> "${hit?.memory ?? ""}" ${JSON.stringify(found)}` };
    },
  }));
}
