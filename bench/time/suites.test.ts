import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Memory } from "../../src/index.ts";
import { absenceCases } from "./absences.ts";
import { cascadeCases } from "./cascades.ts";
import type { Outcome, TimeCase } from "./case.ts";
import { durationCases, eventCases, recurrenceCases } from "./durations.ts";
import { orderCases } from "./order.ts";
import { asOfCases, supersessionCases } from "./supersession.ts";

/** The short form: what `npm run bench:time` asks, on a few cases of each kind. */
const SUITES: readonly (readonly [string, readonly TimeCase[]])[] = [
  ["durations", durationCases(30)],
  ["events", eventCases(36)],
  ["recurrences", recurrenceCases(18)],
  ["order", orderCases(36)],
  ["cascades", cascadeCases(8)],
  ["as of", asOfCases(30).filter(({ origin }) => origin === "open")],
];

let memory: Memory;

beforeAll(() => {
  memory = new Memory({ dbPath: ":memory:" });
});

afterAll(async () => {
  await memory.close();
});

async function play(one: TimeCase): Promise<Outcome> {
  const userId = `${one.suite} ${one.id}`.replaceAll(" ", "-");
  for (const { text, at } of one.told) await memory.add(text, { userId, timestamp: new Date(at) });
  return one.check(memory, userId);
}

function worded(): TimeCase[] {
  return [
    ...supersessionCases(60),
    ...asOfCases(60),
    ...durationCases(30),
    ...eventCases(30),
    ...recurrenceCases(30),
    ...orderCases(30),
    ...absenceCases(30),
  ];
}

describe("generated cases of time", () => {
  it.each(SUITES)("%s: all of them are right", async (_, cases) => {
    const problems: string[] = [];
    for (const one of cases) {
      const { problem } = await play(one);
      if (problem !== undefined) problems.push(`${one.id}: ${problem}`);
    }
    expect(problems).toEqual([]);
  });

  it("are the same every time, and a third of them is worded blind", () => {
    const cases = worded();
    expect(worded().map(({ told }) => told)).toEqual(cases.map(({ told }) => told));
    expect(cases.filter(({ origin }) => origin === "blind")).toHaveLength(cases.length / 3);
  });

  it("notices a wrong answer", async () => {
    const [one] = durationCases(3);
    if (one === undefined) throw new Error("no case");
    const wrong = { ...one, id: "wrong", told: [{ text: "I like the sea very much.", at: Date.UTC(2025, 0, 1) }] };
    expect((await play(wrong)).problem).toBeDefined();
  });
});
