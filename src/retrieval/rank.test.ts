import { describe, expect, it } from "vitest";
import { factRow, indexOf, turnRow } from "../../test/support/turn-rows.ts";
import type { TurnRow } from "../ports/memory-store.ts";
import { rank, squash, unsquash } from "./rank.ts";
import type { RankInput } from "./rank.ts";
import { DEFAULT_RECIPE } from "./recipes.ts";
import { understandQuery } from "./understand-query.ts";

const SPACE = {
  key: "test/2",
  provider: "test",
  model: "two",
  dimensions: 2,
  background: { mean: 0, deviation: 0.1 },
  weight: 1,
};

function ranked(query: string, rows: readonly TurnRow[], over: Partial<RankInput> = {}): ReturnType<typeof rank> {
  const index = indexOf(rows);
  return rank({
    index,
    query: understandQuery(query, { now: Date.UTC(2026, 0, 1), speakers: index.speakers }),
    recipe: DEFAULT_RECIPE,
    mentioning: new Set(),
    ...over,
  });
}

const memories = (entries: ReturnType<typeof rank>): number[] => entries.map(({ memory }) => memory);

describe("rank", () => {
  it("puts the named speaker's turn before the same words of another", () => {
    const rows = [turnRow(1, "I went climbing", { name: "Ben" }), turnRow(2, "I went climbing", { name: "Anna" })];
    expect(memories(ranked("What did Anna climb?", rows))).toEqual([2, 1]);
  });

  it("puts what the user said before what the assistant said, unless that is asked for", () => {
    const rows = [
      turnRow(1, "try lisbon in spring", { role: "assistant", session: "1/-/-" }),
      turnRow(2, "lisbon in spring was great", { session: "2/-/-" }),
    ];
    expect(memories(ranked("lisbon spring", rows))).toEqual([2, 1]);
    expect(ranked("What did you recommend about lisbon in spring?", rows)[0]?.memory).toBe(1);
  });

  it("does not lift what only says who is meant", () => {
    const rows = [
      turnRow(1, "My sister Maya. She comes from Cardiff.", { session: "1/-/-" }),
      factRow(2, "User's sister is Maya", [1], { attribute: "family:sister", session: "1/-/-" }),
      turnRow(3, "Maya swims in a lake", { session: "2/-/-" }),
    ];
    const priors = new Map(
      ranked("What does my sister do in a lake?", rows, { meant: new Set([1, 2, 3]) }).map(({ memory, prior }) => [
        memory,
        prior,
      ]),
    );
    expect(priors.get(3)).toBeGreaterThan((priors.get(1) ?? 0) * 1.5);
    expect(priors.get(3)).toBeGreaterThan((priors.get(2) ?? 0) * 1.5);
  });

  it("does not damp anybody where no assistant speaks", () => {
    const [hit] = ranked("lisbon", [turnRow(1, "lisbon")]);
    expect(hit?.prior).toBeGreaterThanOrEqual(1);
  });

  it("finds by meaning alone, with little for what chance reaches", () => {
    const rows = [turnRow(1, "vegetarian", { session: "1/-/-" }), turnRow(2, "football", { session: "2/-/-" })];
    const similarities = Float64Array.of(0.4, 0.05);
    const [first, second] = ranked("dinner", rows, { space: SPACE, similarities });
    expect(first).toMatchObject({ memory: 1, lexical: 0, dense: expect.closeTo(16 / 5, 6) });
    expect(second?.raw).toBeLessThan((first?.raw ?? 0) / 10);
    expect(memories(ranked("dinner", rows, { space: SPACE, similarities, leastRaw: first?.raw ?? 0 }))).toEqual([1]);
  });

  it("lifts what holds a kind of what a gathering question asks for", () => {
    const rows = [
      turnRow(1, "we painted the shed all day long", { session: "1/-/-" }),
      turnRow(2, "my violin helps me to relax", { session: "2/-/-" }),
      turnRow(3, "that is how we play", { session: "3/-/-" }),
    ];
    const concept = new Map([
      ["violin", 1],
      ["day", 0.5],
    ]);
    const [first, second, third] = ranked("What instruments do we play?", rows, { concept });
    expect([first?.memory, second?.memory, third?.memory]).toEqual([3, 2, 1]);
    expect(second?.lexical).toBeCloseTo(DEFAULT_RECIPE.conceptWeight, 6);
    expect(third?.lexical).toBeCloseTo(DEFAULT_RECIPE.conceptWeight / 2, 6);
    expect(memories(ranked("What instruments do we play?", rows))).toEqual([3]);
  });

  it("gives a gathering question what memories say themselves more than what they borrow", () => {
    const rows = [
      turnRow(1, "glad you play chess again"),
      turnRow(2, "it was on tuesday"),
      turnRow(3, "lunch was nice"),
    ];
    const share = (question: string): number => {
      const found = ranked(question, rows);
      return (found.find(({ memory }) => memory === 2)?.lexical ?? 0) / (found[0]?.lexical ?? 1);
    };
    expect(share("What games do we play?")).toBeLessThan(share("What do we play?"));
  });

  it("leaves out documents without a vector, and averages over neighbours", () => {
    const rows = [turnRow(1, "one"), turnRow(2, "two"), turnRow(3, "three", { session: "2/-/-" })];
    const entries = ranked("dinner", rows, { space: SPACE, similarities: Float64Array.of(0.4, 0, Number.NaN) });
    expect(memories(entries)).toEqual([1, 2]);
    expect(entries[0]?.dense).toBeLessThan(16 / 5);
  });

  it("lets a fact answer whose slot is asked for", () => {
    const rows = [
      factRow(1, "User moved to Paris", [], { attribute: "residence" }),
      factRow(2, "User sails", [], { attribute: "likes:sport" }),
    ];
    expect(ranked("Where do I live?", rows)).toMatchObject([{ memory: 1, slot: 1, lexical: 0 }]);
  });

  it("keeps the older of equals first, whatever else was found", () => {
    const rows = [2, 1, 3].map((number) => turnRow(number, "tulips", { session: `${number}/-/-` }));
    expect(memories(ranked("tulips", rows))).toEqual([1, 2, 3]);
  });
});

describe("squash", () => {
  it("is monotone between 0 and 1, and unsquash turns it round", () => {
    const scores = [0, 0.01, 0.1, 0.5, 1, 3].map((raw) => squash(raw, DEFAULT_RECIPE));
    expect(scores).toEqual(scores.toSorted((left, right) => left - right));
    expect(scores[0]).toBe(0);
    expect(scores.at(-1)).toBeLessThan(1);
    for (const raw of [0.01, 0.3, 2]) expect(unsquash(squash(raw, DEFAULT_RECIPE), DEFAULT_RECIPE)).toBeCloseTo(raw, 9);
    expect(unsquash(0, DEFAULT_RECIPE)).toBe(0);
    expect(unsquash(1, DEFAULT_RECIPE)).toBe(Number.POSITIVE_INFINITY);
  });
});
