import { describe, expect, it } from "vitest";
import { OPEN_PHRASINGS } from "./support/update-phrasings-open.ts";
import { generateUpdateScenarios } from "./support/update-phrasings.ts";

describe("generated updates", () => {
  const scenarios = generateUpdateScenarios(335, 1);

  it("are the same for the same seed, others for another", () => {
    expect(generateUpdateScenarios(335, 1)).toEqual(scenarios);
    expect(generateUpdateScenarios(335, 2)).not.toEqual(scenarios);
  });

  it("cover all families about equally, no two alike", () => {
    expect(new Set(scenarios.map((scenario) => scenario.statements.map(({ text }) => text).join())).size).toBe(335);
    const families = new Set(scenarios.map((scenario) => scenario.family));
    expect(families.size).toBe(OPEN_PHRASINGS.length);
    expect(families.size).toBeGreaterThanOrEqual(12);
  });

  it("name their values, in order of time, and change them each time", () => {
    for (const { statements, currentValue, oldValue, oldAsOf, askedAt } of scenarios) {
      expect(statements.length).toBeGreaterThan(1);
      for (const [index, statement] of statements.entries()) {
        expect(statement.text.toLowerCase()).toContain(statement.value.toLowerCase());
        expect(statement.text).not.toMatch(/[{}]/u);
        const before = statements[index - 1];
        if (before === undefined) continue;
        expect(statement.saidAt).toBeGreaterThan(before.saidAt + 7 * 86_400_000);
        expect(statement.value).not.toBe(before.value);
      }
      expect(statements.at(-1)?.value).toBe(currentValue);
      expect(statements.at(-2)?.value).toBe(oldValue);
      expect(oldAsOf).toBeGreaterThanOrEqual(statements.at(-2)?.saidAt ?? Infinity);
      expect(oldAsOf).toBeLessThan((statements.at(-1)?.saidAt ?? 0) - 7 * 86_400_000 + 1);
      expect(askedAt).toBeGreaterThan(statements.at(-1)?.saidAt ?? Infinity);
    }
  });

  it.each(OPEN_PHRASINGS)("$family: no value is part of another, every phrasing names the value", (set) => {
    for (const value of set.values) {
      expect(set.values.filter((other) => other.toLowerCase().includes(value.toLowerCase()))).toEqual([value]);
    }
    for (const phrasing of [...set.first, ...set.update]) expect(phrasing).toContain("{v}");
    for (const phrasing of [...set.first, ...set.question]) expect(phrasing).not.toContain("{old}");
    expect(set.origin).toBe("open");
  });

  it("refuse a count that the phrasings cannot fill", () => {
    const small = {
      family: "x",
      origin: "blind" as const,
      values: ["a1", "b2"],
      first: ["{v}"],
      update: ["{v}!"],
      question: ["?"],
    };
    expect(() => generateUpdateScenarios(100, 1, [small])).toThrow(/without a repeat/u);
  });
});
