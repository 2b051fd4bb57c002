import type { Memory } from "../../src/index.ts";
import { pickOf, randomOf } from "../speed/random.ts";
import { DAY, NOW, withMemory } from "./case.ts";
import type { ForgettingCase } from "./case.ts";

const THINGS = ["kettle leaks", "bicycle squeaks", "window rattles", "printer jams", "clock runs late"] as const;
const NAMES = ["red", "blue", "green", "brown", "grey", "black"] as const;

const KINDS = ["age", "use", "late use", "pinned", "no filter", "answers first"] as const;

/** Of two memories that answer alike, the one that is newer, used or pinned comes first; none is left out. */
export function decayCases(count: number): ForgettingCase[] {
  const random = randomOf(53);
  return Array.from({ length: count }, (_, place): ForgettingCase => {
    const kind = KINDS[place % KINDS.length] as (typeof KINDS)[number];
    const thing = pickOf(THINGS, random);
    const [one, other] = [pickOf(NAMES, random), pickOf(NAMES, random)];
    const names = one === other ? (["white", one] as const) : ([one, other] as const);
    const age = 30 + Math.floor(random() * 400);
    return {
      suite: "decay order",
      id: `${kind} ${place}`,
      clarity: "explicit",
      origin: "open",
      check: () => check(kind, thing, names, age),
    };
  });
}

async function check(
  kind: (typeof KINDS)[number],
  thing: string,
  [low, high]: readonly [string, string],
  age: number,
): Promise<string | null> {
  let now = NOW;
  return withMemory({ now: () => now, decay: { strength: 0.3, halfLifeDays: 60 } }, async (memory) => {
    // The one that has to come last is told first, so that a tie would put it in front.
    const isOld = kind === "age" || kind === "no filter" || kind === "answers first";
    await tell(memory, `The ${low} ${thing}.`, "r1", NOW - (isOld ? age + 200 : age) * DAY, false);
    await tell(memory, `The ${high} ${thing}.`, "r2", NOW - (isOld ? age / 10 : age) * DAY, kind === "pinned");
    const find = async (query: string, options: object = {}): Promise<string[]> =>
      (await memory.search(query, { filters: { user_id: "ana" }, ...options })).results.map((hit) => hit.memory);
    if (kind === "use" || kind === "late use") {
      // Used by its own name, the other one too where it was used long ago.
      if (kind === "late use") await find(`the ${low} one`, { topK: 1 });
      now += 40 * DAY;
      await find(`the ${high} one`, { topK: 1 });
      now += DAY;
      // What was used is written every two seconds.
      await new Promise((resolve) => setTimeout(resolve, 2_100));
    }
    if (kind === "answers first") {
      const found = await find(`the ${low} one ${thing}`);
      return found[0] === `The ${low} ${thing}.` ? null : `asked for the ${low} one, got "${found[0]}"`;
    }
    const found = await find(`what ${thing}`);
    if (found.length !== 2) return `${found.length} of 2 were found`;
    return found[0] === `The ${high} ${thing}.` ? null : `"${found[0]}" came first`;
  });
}

async function tell(memory: Memory, text: string, runId: string, at: number, pinned: boolean): Promise<void> {
  await memory.add(text, { userId: "ana", runId, infer: false, timestamp: new Date(at), pinned });
}
