import type { MemoryItem } from "../../src/index.ts";
import { at, DAY } from "./case.ts";
import type { TimeCase } from "./case.ts";

const CITIES = ["Leeds", "Porto", "Ghent", "Osaka", "Austin"] as const;
const FIRMS = ["Globex", "Initech", "Northwind", "Contoso", "Siemens"] as const;

/** A value, what was said to follow from it, and the change; `apart` was said beside it and doesn't follow. */
const CASCADES = [
  ["I live in {v}, so my gym is the {v} Fitness Club on Park Row.", "Fitness Club", "I moved to Zagreb.", CITIES],
  [
    "I live in {v}, which is why I take part in the {v} book fair in May.",
    "book fair",
    "I live in Zagreb now.",
    CITIES,
  ],
  [
    "I work at {v}, so I get a free lunch at the {v} canteen every day.",
    "free lunch",
    "I left {v} and joined Airbus.",
    FIRMS,
  ],
  ["I work at {v}, so I park my bike in the {v} garage every morning.", "garage", "I no longer work at {v}.", FIRMS],
] as const;

const APART = "My sister collects stamps from {v} and other places.";

/** What rests on a value needs a check once the value has changed; what was said apart from it does not. */
export function cascadeCases(count: number): TimeCase[] {
  return Array.from({ length: count }, (_, place): TimeCase => {
    const [first, key, change, values] = CASCADES[place % CASCADES.length] as (typeof CASCADES)[number];
    const value = values[Math.floor(place / CASCADES.length) % values.length] as string;
    const fill = (text: string): string => text.replaceAll("{v}", value);
    const firstAt = at("2024-04-01") + place * DAY;
    return {
      suite: "cascades",
      id: `cascade-${place}`,
      clarity: "explicit",
      origin: "open",
      told: [
        { text: `${fill(first)} ${fill(APART)}`, at: firstAt },
        { text: fill(change), at: firstAt + 40 * DAY },
      ],
      check: async (memory, userId) => {
        const filters = { user_id: userId };
        const read = async (): Promise<readonly MemoryItem[]> => (await memory.getAll({ filters })).results;
        // One sentence may have become one fact: then what followed goes with its ground.
        const held = (await read()).filter((item) => item.state === "active" && item.memory.includes(key));
        const bare = held.filter(({ needsCheck }) => needsCheck === undefined);
        if (bare.length > 0) return { problem: `not marked: ${bare[0]?.memory}`, isStale: true };
        const marked = (await memory.getAll({ filters, needsCheck: true })).results;
        if (marked.length !== held.length)
          return { problem: `marked: ${marked.map((item) => item.memory).join(" | ")}` };
        for (const { id } of marked) await memory.confirm(id);
        return (await read()).every(({ needsCheck }) => needsCheck === undefined)
          ? {}
          : { problem: "a confirmed memory is still marked" };
      },
    };
  });
}
