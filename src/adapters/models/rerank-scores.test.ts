import { describe, expect, test } from "vitest";
import { checkedRanking } from "./rerank-scores.ts";

describe("scores of rerankers", () => {
  test("chances stay, best first, and no more than asked for", () => {
    const read = checkedRanking("r");
    const entries = [0.1, 0.9, 0.5].map((score, index) => ({ index, score }));
    expect(read(entries, 3, 2)).toEqual([
      { index: 1, score: 0.9 },
      { index: 2, score: 0.5 },
    ]);
  });

  test("logits become chances, and stay logits from the first on", () => {
    const read = checkedRanking("r");
    const [best] = read([{ index: 0, score: 3 }], 1);
    expect(best?.score).toBeCloseTo(0.9526, 4);
    expect(read([{ index: 0, score: 0 }], 1)[0]?.score).toBe(0.5);
  });

  test("logits are taken as such from the start where it is known", () => {
    expect(checkedRanking("r", "logits")([{ index: 0, score: 0.5 }], 1)[0]?.score).toBeCloseTo(0.6225, 4);
  });

  test.each([
    [[{ index: 3, score: 1 }], /index 3/u],
    [[{ index: -1, score: 1 }], /index -1/u],
    [[{ index: 0.5, score: 1 }], /index 0.5/u],
    [[{ index: "0", score: 1 }], /index 0/u],
    [
      [
        { index: 0, score: 1 },
        { index: 0, score: 1 },
      ],
      /twice/u,
    ],
    [[{ index: 0, score: Number.NaN }], /no finite number/u],
    [[{ index: 0, score: "1" }], /no finite number/u],
  ])("%j is refused", (entries, message) => {
    expect(() => checkedRanking("r")(entries, 3)).toThrow(message);
  });
});
