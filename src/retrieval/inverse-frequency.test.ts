import { expect, it } from "vitest";
import { inverseFrequency, ordinaryShare } from "./inverse-frequency.ts";

it("tells rare from common words before a store has seen either", () => {
  expect(inverseFrequency("nut", 1, 1, 50)).toBeGreaterThan(1.25 * inverseFrequency("know", 1, 1, 50));
  expect(ordinaryShare("know")).toBeGreaterThan(ordinaryShare("nut"));
});

it("follows the store's own counts once there are many", () => {
  expect(inverseFrequency("nut", 900, 1000, 50)).toBeLessThan(0.2);
  expect(inverseFrequency("know", 1, 100_000, 50)).toBeGreaterThan(9);
});

it("is Lucene's without prior documents, and never negative", () => {
  expect(inverseFrequency("x", 2, 10, 0)).toBeCloseTo(Math.log(1 + 8.5 / 2.5), 10);
  expect(inverseFrequency("x", 10, 10, 0)).toBeGreaterThan(0);
});
