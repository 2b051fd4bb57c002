import { describe, expect, it } from "vitest";
import { clusteredBootstrap, mcnemar, pairedBootstrap, verdict } from "./statistics.ts";

describe("paired bootstrap", () => {
  const differences = Array.from({ length: 200 }, (_, index) => (index % 4 === 0 ? 1 : 0));

  it("gives the same interval for the same rows", () => {
    expect(pairedBootstrap(differences)).toEqual(pairedBootstrap(differences));
  });

  it("holds the mean inside an interval of the expected width", () => {
    const { mean, low, high, p } = pairedBootstrap(differences);
    expect(mean).toBe(0.25);
    // 1.96 standard errors of a share of 0.25 over 200 questions are 0.06.
    expect(low).toBeCloseTo(0.19, 1);
    expect(high).toBeCloseTo(0.31, 1);
    expect(p).toBe(0);
  });

  it("calls balanced differences a tie", () => {
    const balanced = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 0.1 : -0.1));
    const result = pairedBootstrap(balanced);
    expect(result.low).toBeLessThan(0);
    expect(result.high).toBeGreaterThan(0);
    expect(verdict(result)).toBe("tie");
  });

  it("calls no difference a tie and an empty comparison nothing", () => {
    expect(verdict(pairedBootstrap([0, 0, 0]))).toBe("tie");
    expect(pairedBootstrap([])).toEqual({ mean: 0, low: 0, high: 0, p: 1 });
  });

  it("is wider when whole conversations are drawn", () => {
    const clusters = differences.map((_, index) => (index < 100 ? "a" : "b"));
    const lopsided = differences.map((_, index) => (index < 100 ? 1 : 0));
    const byQuestion = pairedBootstrap(lopsided);
    const byConversation = clusteredBootstrap(lopsided, clusters);
    expect(byConversation.mean).toBe(byQuestion.mean);
    expect(byConversation.high - byConversation.low).toBeGreaterThan(byQuestion.high - byQuestion.low);
  });
});

describe("McNemar", () => {
  it("is exact on the discordant pairs", () => {
    expect(mcnemar(0, 0)).toBe(1);
    expect(mcnemar(5, 0)).toBeCloseTo(0.0625, 6);
    expect(mcnemar(8, 2)).toBeCloseTo(0.109375, 6);
    expect(mcnemar(50, 50)).toBe(1);
    expect(mcnemar(2000, 1000)).toBeLessThan(1e-6);
  });
});
