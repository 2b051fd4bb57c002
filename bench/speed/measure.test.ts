import { describe, expect, it } from "vitest";
import { longestBlock, median, percentile } from "./measure.ts";
import { verdictOf } from "./row.ts";
import { textAt } from "./stores.ts";
import { emptyLine, memoryText, queryText, tellingLine } from "./texts.ts";

describe("measure", () => {
  it("takes the middle of even and odd counts, and the value that a share does not exceed", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([5, 4, 3, 2, 1], 0.95)).toBe(5);
    expect(percentile([5, 4, 3, 2, 1], 0.2)).toBe(1);
    expect(() => median([])).toThrow("no values");
  });

  it("sees a step that holds the event loop, also at the very end", async () => {
    const { result, blockMs } = await longestBlock(async () => {
      await Promise.resolve();
      holdLoop(20);
      return 7;
    });
    expect(result).toBe(7);
    expect(blockMs).toBeGreaterThanOrEqual(19);
  });
});

describe("verdictOf", () => {
  it("says whether a figure reaches its bar and its aim", () => {
    const figure = { what: "x", unit: "ms", bar: 10, aim: 5 };
    expect(verdictOf({ ...figure, value: 5 })).toBe("aim");
    expect(verdictOf({ ...figure, value: 10 })).toBe("bar");
    expect(verdictOf({ ...figure, value: 10.1 })).toBe("MISSED");
    expect(verdictOf({ what: "x", unit: "x", bar: 200, aim: 1000, isMoreBetter: true, value: 300 })).toBe("bar");
    expect(verdictOf({ what: "x", unit: "x", value: 1 })).toBe("");
  });
});

describe("texts", () => {
  it("are the same for the same number and differ between numbers", () => {
    const shape = { users: 1, perUser: 4000, content: "chat", embedder: "builtin" } as const;
    const texts = Array.from({ length: 4000 }, (_, number) => textAt(shape, number));
    expect(new Set(texts).size).toBe(4000);
    expect(texts[17]).toBe(textAt(shape, 17));
    expect(new Set(Array.from({ length: 200 }, (_, number) => emptyLine(number))).size).toBeGreaterThan(50);
    expect(tellingLine(3)).toBe(tellingLine(3));
  });

  it("ask with words of the memory that they ask for", () => {
    for (const number of [0, 5, 99_999]) {
      const words = new Set(memoryText(number).split(" "));
      const asked = queryText(number).split(" ");
      expect(asked.length).toBeGreaterThan(3);
      expect(asked.filter((word) => !words.has(word))).toEqual([]);
    }
  });
});

function holdLoop(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
