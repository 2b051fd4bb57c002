import { expect, it } from "vitest";
import { indexOf, turnRow } from "../../test/support/turn-rows.ts";
import { foldPlan } from "./fold-plan.ts";
import { DEFAULT_RECIPE, RECIPES } from "./recipes.ts";

it("is made once, and again when the index grows or the recipe differs", () => {
  const index = indexOf([turnRow(1, "one")]);
  const plan = foldPlan(index, DEFAULT_RECIPE);
  expect(foldPlan(index, DEFAULT_RECIPE)).toBe(plan);
  index.append([turnRow(2, "two")]);
  expect(foldPlan(index, DEFAULT_RECIPE)).not.toBe(plan);
});

function shares(terms: number): number[] {
  const index = indexOf([turnRow(1, "tulip", { termCount: terms }), turnRow(2, "rose")]);
  return [...foldPlan(index, DEFAULT_RECIPE).shares];
}

it("caps what a long turn lends and borrows", () => {
  expect(shares(1)).toEqual([0.5, 0.4]);
  expect(shares(80)).toEqual([0.5 * (20 / 80), 0.4 * (30 / 80)]);
});

it("tells scopes of long turns, and dialogues with an assistant, by their structure", () => {
  const long = Array.from({ length: 60 }, (_, at) => `zebra${at}`).join(" ");
  expect(foldPlan(indexOf([turnRow(1, long), turnRow(2, long, { role: "assistant" })]), DEFAULT_RECIPE)).toMatchObject({
    isLong: true,
    hasAssistant: true,
  });
  expect(foldPlan(indexOf([turnRow(1, "short", { name: "Ann" })]), DEFAULT_RECIPE)).toMatchObject({
    isLong: false,
    hasAssistant: false,
  });
});

it("names every recipe as it is listed", () => {
  for (const [name, recipe] of Object.entries(RECIPES)) expect(recipe.name).toBe(name);
});
