import { describe, expect, it } from "vitest";
import { bestPlaces } from "./text-index-scores.ts";

const posting = (weight: number, ...occurrences: readonly (readonly [number, number])[]) => ({
  weight,
  places: Int32Array.from(occurrences, ([place]) => place),
  frequencies: Uint16Array.from(occurrences, ([, frequency]) => frequency),
});
const lengths = Int32Array.from([10, 10, 10, 40, 10]);

describe("bestPlaces", () => {
  it("adds up the terms; what holds more of them, and what is shorter, comes first", () => {
    const postings = [posting(2, [0, 1], [1, 1], [3, 1]), posting(1, [1, 2], [4, 1])];
    expect(bestPlaces(postings, { lengths, meanLength: 16 }, 10)).toEqual([1, 0, 3, 4]);
  });

  it("keeps of equal ones the lower places, in that order, and no more than asked for", () => {
    const postings = [posting(1, [0, 1], [1, 1], [2, 1], [4, 1])];
    expect(bestPlaces(postings, { lengths, meanLength: 16 }, 3)).toEqual([0, 1, 2]);
    expect(bestPlaces([], { lengths, meanLength: 16 }, 3)).toEqual([]);
  });
});
