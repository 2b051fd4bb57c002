import { describe, expect, it } from "vitest";
import { decayPrior } from "./decay.ts";

const DAY = 86_400_000;
const now = Date.UTC(2026, 0, 1);
const settings = { halfLifeDays: 90, strength: 0.2 };

function prior(ageDays: number, uses: readonly number[] = [], count = uses.length): number {
  const recent = uses.map((days) => now - days * DAY);
  return decayPrior(settings, { saidAt: now - ageDays * DAY, accesses: { count, recent }, now });
}

describe("decayPrior", () => {
  it("has lost half of its strength at the half-life, and never more than its strength", () => {
    expect(prior(90)).toBeCloseTo(0.9, 5);
    for (const days of [0, 1, 30, 365, 3650, 36_500]) {
      expect(prior(days)).toBeLessThanOrEqual(1);
      expect(prior(days)).toBeGreaterThanOrEqual(0.8);
    }
    expect(prior(36_500)).toBeLessThan(0.82);
    expect(prior(0)).toBeGreaterThan(0.99);
  });

  it("falls with age, and rises with every use, a late one more than an early one", () => {
    const ages = [0, 1, 7, 30, 90, 365, 1825].map((days) => prior(days));
    expect(ages).toEqual(ages.toSorted((left, right) => right - left));
    expect(new Set(ages).size).toBe(ages.length);
    expect(prior(365, [2])).toBeGreaterThan(prior(365, [100]));
    expect(prior(365, [100])).toBeGreaterThan(prior(365));
    expect(prior(365, [2, 9])).toBeGreaterThan(prior(365, [2]));
    // Uses that are only counted still count.
    expect(prior(365, [2, 9], 40)).toBeGreaterThan(prior(365, [2, 9]));
  });

  it("takes a clock that went back, and memories of the future, for new", () => {
    expect(prior(-10)).toBeGreaterThan(0.98);
    expect(prior(10, [-5])).toBeLessThanOrEqual(1);
    expect(Number.isFinite(prior(10, [20], 30))).toBe(true);
  });
});
