import { Memory } from "../../src/index.ts";
import type { DreamReport } from "../../src/index.ts";
import { pickOf, randomOf } from "../speed/random.ts";
import { emptyLine } from "../speed/texts.ts";
import { DAY } from "./case.ts";
import type { ForgettingCase } from "./case.ts";

const START = Date.UTC(2021, 0, 4, 9);
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** What somebody does on one weekday, from a week to a week, in words that say so. */
interface Habit {
  readonly weekday: number;
  readonly from: number;
  readonly until: number;
  readonly texts: readonly string[];
  /** As a pattern begins: "User runs". */
  readonly now: string;
  readonly past: string;
  readonly clarity: ForgettingCase["clarity"];
}

const HABITS: readonly Omit<Habit, "from" | "until">[] = [
  {
    weekday: 2,
    texts: ["I ran 5k.", "Went for a run.", "I went running."],
    now: "User runs",
    past: "User ran",
    clarity: "explicit",
  },
  {
    weekday: 4,
    texts: ["I went to the gym.", "Back from the gym."],
    now: "User goes to the gym",
    past: "User went to the gym",
    clarity: "explicit",
  },
  {
    weekday: 6,
    texts: ["I baked bread.", "We baked bread again."],
    now: "User bakes bread",
    past: "User baked bread",
    clarity: "explicit",
  },
  {
    weekday: 1,
    texts: ["I called my mother.", "I phoned nobody, but I called my mother."],
    now: "User calls their mother",
    past: "User called their mother",
    clarity: "explicit",
  },
  {
    weekday: 0,
    texts: ["I swam forty lengths.", "Just back from a swim."],
    now: "User swims",
    past: "User swam",
    clarity: "explicit",
  },
  {
    weekday: 3,
    texts: ["Choir practice was long tonight.", "Sang with the choir."],
    now: "User sings",
    past: "User sang",
    clarity: "vague",
  },
  {
    weekday: 5,
    texts: ["Fish and chips, as ever.", "The chippy was packed."],
    now: "User eats fish",
    past: "User ate fish",
    clarity: "vague",
  },
];

const HOMES = ["Leeds", "Porto", "Zagreb", "Ghent", "Tartu", "Oslo"] as const;
const FIRMS = ["Globex", "Initech", "Northwind", "Contoso", "Acme", "Umbrella"] as const;

interface Change {
  readonly at: number;
  readonly home: string;
  readonly firm: string;
}

interface World {
  readonly memory: Memory;
  readonly end: number;
  readonly habits: readonly Habit[];
  readonly changes: readonly Change[];
  readonly knees: number;
  /** The dream of the end of the time. */
  readonly dreamt: Promise<DreamReport>;
}

/** One user's years: what holds, what held, what comes again and what has stopped, among talk that says nothing. */
export function horizonCases({
  years,
  messages,
}: {
  readonly years: number;
  readonly messages: number;
}): ForgettingCase[] {
  let world: Promise<World> | undefined;
  const made = (): Promise<World> => (world ??= makeWorld(years, messages));
  const cases: ForgettingCase[] = [];
  const put = (
    id: string,
    check: (of: World) => Promise<string | null>,
    clarity: ForgettingCase["clarity"] = "explicit",
  ): void => {
    cases.push({ suite: "long horizon", id, clarity, origin: "open", check: async () => check(await made()) });
  };
  for (const [place, habit] of habitsOf(years).entries()) {
    const { now, past, clarity, weekday } = habit;
    put(
      `habit of ${WEEKDAYS[weekday]} ${place}`,
      async ({ dreamt, end }) => {
        const { patterns } = await dreamt;
        const weeks = habit.until - habit.from;
        const isOver = START + habit.until * 7 * DAY < end - 40 * DAY;
        const begin = isOver ? past : now;
        const found = patterns.find(
          ({ text }) => text.startsWith(`${begin} `) && text.includes(WEEKDAYS[weekday] as string),
        );
        if (found === undefined)
          return `no pattern "${begin} … ${WEEKDAYS[weekday]}"; there are: ${patterns.map(({ text }) => text).join(" | ")}`;
        const told = Array.from({ length: weeks }, (_, week) => week).filter((week) => !isMissed(week, weeks)).length;
        return found.text.includes(`${told} of ${weeks}`)
          ? null
          : `"${found.text}" has another count than ${told} of ${weeks}`;
      },
      clarity,
    );
  }
  put("counts of what is spoken of", async ({ dreamt, knees }) => {
    const found = (await dreamt).patterns.find(({ text }) => text.includes("knee"));
    return found?.text.includes(`${knees} times`) === true ? null : `"${found?.text}" is not ${knees} times`;
  });
  put("a second dream changes nothing", async ({ memory, dreamt }) => {
    await dreamt;
    const again = await memory.dream({ userId: "ana" });
    return again.batchId === null ? null : `${again.patterns.filter(({ event }) => event !== "NONE").length} changes`;
  });
  for (const [place, change] of changesOf(years).entries()) {
    const next = changesOf(years)[place + 1];
    put(`home as of ${place}`, ({ memory }) =>
      asked(memory, "Where do I live?", change.home, midOf(change, next, years)),
    );
    put(`work as of ${place}`, ({ memory }) =>
      asked(memory, "Where do I work?", change.firm, midOf(change, next, years)),
    );
  }
  put("home now", ({ memory, changes }) => asked(memory, "Where do I live now?", changes.at(-1)?.home ?? "", null));
  put("work now", ({ memory, changes }) => asked(memory, "Where do I work now?", changes.at(-1)?.firm ?? "", null));
  put("a digest of the last week", async ({ memory, end }) => {
    const { lines, sessions } = await memory.digest({
      userId: "ana",
      since: new Date(end - 7 * DAY),
      tokenBudget: 4000,
    });
    if (sessions.length === 0) return "no session";
    return lines.every(({ memoryIds }) => memoryIds.length > 0) ? null : "a line without a memory";
  });
  put("what holds is listed once", async ({ memory, changes }) => {
    const { results } = await memory.getAll({
      filters: { user_id: "ana" },
      latestOnly: true,
      topK: 1000,
      kinds: ["fact"],
    });
    const homes = results.filter(({ attribute }) => attribute?.attribute === "residence");
    return homes.length === 1 && homes[0]?.memory.includes(changes.at(-1)?.home ?? "-") === true
      ? null
      : homes.map((item) => item.memory).join(" | ");
  });
  put("the dream is taken back, and the file is sound", async ({ memory, dreamt }) => {
    const { batchId } = await dreamt;
    const { kept } = await memory.undo(batchId ?? "");
    const { results } = await memory.getAll({ filters: { user_id: "ana" }, kinds: ["pattern"] });
    const { problems } = await memory.verify();
    await memory.close();
    return kept.length + results.length + problems.length === 0 ? null : JSON.stringify({ kept, results, problems });
  });
  return cases;
}

/** The third and the seventh of ten weeks are missed, never the first nor the last. */
function isMissed(week: number, weeks: number): boolean {
  return week > 0 && week < weeks - 1 && (week % 10 === 3 || week % 10 === 7);
}

function habitsOf(years: number): Habit[] {
  const weeks = Math.floor((years * 365) / 7) - 1;
  return HABITS.map((habit, place) => {
    // The odd ones have stopped long ago.
    const from = Math.floor((weeks * place) / (HABITS.length * 3));
    return { ...habit, from, until: place % 2 === 0 ? weeks : Math.floor(weeks / 2) };
  });
}

function changesOf(years: number): Change[] {
  return Array.from({ length: years }, (_, year) => ({
    at: START + (year * 365 + 20) * DAY,
    home: HOMES[year % HOMES.length] as string,
    firm: FIRMS[year % FIRMS.length] as string,
  }));
}

function midOf(change: Change, next: Change | undefined, years: number): number {
  return (change.at + (next?.at ?? START + years * 365 * DAY)) / 2;
}

async function asked(memory: Memory, question: string, value: string, asOf: number | null): Promise<string | null> {
  const { results } = await memory.search(question, {
    filters: { user_id: "ana" },
    topK: 3,
    ...(asOf === null ? {} : { asOf: new Date(asOf) }),
  });
  const text = results[0]?.memory ?? "nothing";
  return text.includes(value) ? null : `"${text}" in place of ${value}`;
}

async function makeWorld(years: number, messages: number): Promise<World> {
  const end = START + years * 365 * DAY;
  const memory = new Memory({ dbPath: ":memory:", now: () => end });
  const random = randomOf(17);
  const habits = habitsOf(years);
  const changes = changesOf(years);
  const byDay = new Map<number, string[]>();
  const say = (day: number, text: string): void => {
    const known = byDay.get(day);
    if (known === undefined) byDay.set(day, [text]);
    else known.push(text);
  };
  for (const { weekday, from, until, texts } of habits)
    for (let week = from; week < until; week += 1)
      if (!isMissed(week - from, until - from)) say(week * 7 + ((weekday + 6) % 7), pickOf(texts, random));
  for (const [place, { at, home, firm }] of changes.entries()) {
    const day = Math.round((at - START) / DAY);
    say(day, place === 0 ? `I live in ${home}.` : `I moved to ${home}.`);
    say(day + 1, place === 0 ? `I work at ${firm}.` : `I left ${changes[place - 1]?.firm} and I now work at ${firm}.`);
  }
  const knees = years * 3;
  for (let count = 0; count < knees; count += 1) say(40 + count * 100, "My knee hurts.");
  let left = messages - [...byDay.values()].reduce((sum, texts) => sum + texts.length, 0);
  for (let number = 0; left > 0; number += 1, left -= 1) say(Math.floor(random() * years * 365), emptyLine(number));
  for (const day of [...byDay.keys()].toSorted((one, other) => one - other))
    await memory.add(
      (byDay.get(day) ?? []).map((content) => ({ role: "user", content })),
      { userId: "ana", runId: `day-${day}`, timestamp: new Date(START + day * DAY) },
    );
  return { memory, end, habits, changes, knees, dreamt: memory.dream({ userId: "ana" }) };
}
