import { describe, expect, it } from "vitest";
import { factRow, indexOf, turnRow } from "../../test/support/turn-rows.ts";
import { DEFAULT_RECIPE, PLAIN_RECIPE } from "./recipes.ts";
import { scoreLexical } from "./score-lexical.ts";

describe("scoreLexical", () => {
  it("lets a turn match on words of its neighbours, an answer most of all, and says what it holds itself", () => {
    const index = indexOf([
      turnRow(1, "Where did you camp?"),
      turnRow(2, "Near Bled"),
      turnRow(3, "The weather held"),
      turnRow(4, "Unrelated", { session: "2/-/-" }),
    ]);
    const { scores, own } = scoreLexical(index, ["camp"], DEFAULT_RECIPE);
    const [question, answer, later, elsewhere] = scores as unknown as number[];
    expect(question).toBeGreaterThan(answer as number);
    expect(answer).toBeGreaterThan(later as number);
    expect(later).toBeGreaterThan(0);
    expect(elsewhere).toBe(0);
    expect([...own].map((value) => value > 0)).toEqual([true, false, false, false]);
  });

  it("borrows nothing under the plain recipe, and facts never do", () => {
    const rows = [turnRow(1, "camp"), turnRow(2, "rain"), factRow(3, "tent", [2])];
    expect([...scoreLexical(indexOf(rows), ["camp"], PLAIN_RECIPE).scores].map((value) => value > 0)).toEqual([
      true,
      false,
      false,
    ]);
    expect(scoreLexical(indexOf(rows), ["camp"], DEFAULT_RECIPE).scores[2]).toBe(0);
  });

  it("matches the date of the turn alone", () => {
    const index = indexOf([turnRow(1, "party", { dateTerms: "8 may 2023" }), turnRow(2, "cake")]);
    const { scores } = scoreLexical(index, ["may"], DEFAULT_RECIPE);
    expect(scores[0]).toBeGreaterThan(0);
    expect(scores[1]).toBe(0);
  });

  it("gives a share between 0 and 1 of what the query could reach, in a store of one memory too", () => {
    const index = indexOf([turnRow(1, "allergic to nuts")]);
    const [half] = scoreLexical(index, ["nut", "quantum"], DEFAULT_RECIPE).scores;
    const [all] = scoreLexical(index, ["nut"], DEFAULT_RECIPE).scores;
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThan(0.6);
    expect(all).toBeGreaterThan(2 * (half as number) * 0.9);
    expect(all).toBeLessThanOrEqual(1);
  });

  it("takes the share in the part for a term that is too common to be counted", () => {
    const index = indexOf([turnRow(1, "garden roses"), turnRow(2, "garden")]);
    const scoreOf = (frequencies: Map<string, number>): number =>
      scoreLexical(index, ["garden", "rose"], PLAIN_RECIPE, { total: 10_000, frequencies }).scores[1] as number;
    expect(scoreOf(new Map([["rose", 3]]))).toBeLessThan(
      scoreOf(
        new Map([
          ["rose", 3],
          ["garden", 30],
        ]),
      ) / 5,
    );
  });
});
