import { pickOf, randomOf } from "../speed/random.ts";
import { BLIND_ENDINGS } from "./blind-phrasings.ts";
import type { BlindEnding } from "./blind-phrasings.ts";
import { at, DAY, topOf } from "./case.ts";
import type { TimeCase } from "./case.ts";

const PLACES = ["Harbour Gym", "Blue Note Club", "Larch Street Library", "Saffron Choir"] as const;
const FIRMS = ["Globex", "Initech", "Northwind", "Contoso"] as const;

const OPEN_ENDINGS: readonly ((name: string, firm: string) => BlindEnding)[] = [
  (_, firm) => ({
    topic: "job",
    first: `I work at ${firm}.`,
    ending: `I don't work at ${firm} anymore.`,
    clarity: "explicit",
    question: "Where do I work?",
    gone: `works at ${firm}`,
  }),
  (name) => ({
    topic: "member",
    first: `I'm a member of the ${name}.`,
    ending: `I'm no longer a member of the ${name}.`,
    clarity: "explicit",
    question: "What am I a member of?",
    gone: `is a member of the ${name}`,
  }),
  () => ({
    topic: "car",
    first: "I drive a Volvo V60.",
    ending: "I no longer drive a Volvo V60.",
    clarity: "explicit",
    question: "Which car do I drive?",
    gone: "drives a Volvo",
  }),
  () => ({
    topic: "diet",
    first: "I'm vegetarian.",
    ending: "I'm no longer vegetarian.",
    clarity: "explicit",
    question: "What is my diet?",
    gone: "is vegetarian",
  }),
];

/** What ended with nothing in its place: not served as current, right as of before, unknown before it was said. */
export function absenceCases(count: number): TimeCase[] {
  const random = randomOf(41);
  const blind = Math.floor(count / 3);
  const open = Array.from({ length: count - blind }, (_, place) => {
    const make = OPEN_ENDINGS[place % OPEN_ENDINGS.length] as (typeof OPEN_ENDINGS)[number];
    return make(pickOf(PLACES, random), pickOf(FIRMS, random));
  });
  const unseen = Array.from(
    { length: blind },
    (_, place) => BLIND_ENDINGS[place % BLIND_ENDINGS.length] as BlindEnding,
  );
  return [...open, ...unseen].map((ending, place): TimeCase => {
    const firstAt = at("2024-03-01") + Math.floor(random() * 100) * DAY;
    const endedAt = firstAt + (30 + Math.floor(random() * 100)) * DAY;
    return {
      suite: "absences",
      id: `absence-${place}`,
      clarity: ending.clarity,
      origin: place < open.length ? "open" : "blind",
      told: [
        { text: ending.first, at: firstAt },
        { text: ending.ending, at: endedAt },
      ],
      check: async (memory, userId) => {
        const ask = async (asOf?: number): Promise<string[]> => {
          const options = asOf === undefined ? {} : { asOf };
          const { results } = await topOf(memory, userId, ending.question, { now: endedAt + 5 * DAY, ...options });
          return results
            .filter(({ sources, state }) => state === "active" || asOf !== undefined || sources.length === 0)
            .filter(({ sources }) => sources.some(({ text }) => text === ending.first))
            .map(({ memory: text }) => text);
        };
        const now = await ask();
        if (now.length > 0) return { problem: `${ending.question} -> "${now.join(" | ")}"`, isStale: true };
        const before = await ask(firstAt + DAY);
        if (before.length === 0) return { problem: `${ending.question} as of before the end -> nothing` };
        const unknown = await ask(firstAt - DAY);
        return unknown.length === 0 ? {} : { problem: `${ending.question} as of before it was said -> ${unknown[0]}` };
      },
    };
  });
}
