import { describe, expect, test } from "vitest";
import { askedTypes } from "./asked-types.ts";
import { graphBoosts } from "./graph-boost.ts";
import { DEFAULT_RECIPE, GRAPH_RECIPE } from "./recipes.ts";

const mark = (memory: number, entity: number) => ({ memory, entity, type: "other" as const });
// Twenty memories of falling evidence: the best names 100, which the last names too; all name the hub 1.
const ranked = Array.from({ length: 20 }, (_, index) => ({ memory: index, raw: 1 / (index + 1) }));
const marks = [...ranked.map(({ memory }) => mark(memory, 1)), mark(0, 100), mark(19, 100), mark(18, 200)];
const input = { ranked, marks, relations: [], askedTypes: [], recipe: { ...GRAPH_RECIPE, graphSeeds: 3 } };

describe("graphBoosts", () => {
  test("lifts what names the same as the best, and what all name tells nothing", () => {
    const boosts = graphBoosts(input);
    expect(boosts.get(19)).toBeGreaterThan(1.05);
    expect(boosts.get(18) ?? 1).toBe(1);
    expect(Math.max(...boosts.values())).toBeLessThanOrEqual(1 + GRAPH_RECIPE.graphWeight);
  });

  test("goes over relations", () => {
    expect(graphBoosts({ ...input, relations: [[100, 200]] }).get(18)).toBeGreaterThan(1);
  });

  test("lifts what names something of the type that is asked for", () => {
    const typed = [...marks, { memory: 5, entity: 300, type: "place" as const }];
    const recipe = { ...input.recipe, graphWeight: 0 };
    expect([...graphBoosts({ ...input, marks: typed, askedTypes: ["place"], recipe })]).toEqual([
      [5, GRAPH_RECIPE.answerTypeBoost],
    ]);
  });

  test("is off in the default recipe", () => {
    expect(graphBoosts({ ...input, askedTypes: ["place"], recipe: DEFAULT_RECIPE }).size).toBe(0);
  });
});

test.each([
  ["Which cities has John been to?", ["place"]],
  ["What books has Tim read?", ["quote", "other", "product"]],
  ["What are the names of John's children?", ["person"]],
  ["How is John?", []],
])("askedTypes: %s", (question, types) => {
  expect(askedTypes(question)).toEqual(types);
});
