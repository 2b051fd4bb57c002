import { describe, expect, it } from "vitest";
import { KeptVectors } from "./kept-vectors.ts";

const vector = (...numbers: readonly number[]) => Float32Array.from(numbers);
const SPACE = 1;

describe("KeptVectors", () => {
  it("gives back what is kept, until it is dropped or kept anew", () => {
    const kept = new KeptVectors();
    kept.keep(SPACE, 7, vector(1, 2));
    kept.keep(SPACE, 8, vector(3, 4));
    expect(kept.get(SPACE, 7)).toEqual(vector(1, 2));
    kept.keep(SPACE, 7, vector(5, 6));
    expect(kept.get(SPACE, 7)).toEqual(vector(5, 6));
    const place = kept.get(SPACE, 8);
    kept.drop(8);
    expect(kept.get(SPACE, 8)).toBeUndefined();
    expect(place).toEqual(vector(0, 0));
    kept.drop(8);
    kept.clear();
    expect(kept.get(SPACE, 7)).toBeUndefined();
  });

  it("lets the oldest make way", () => {
    const kept = new KeptVectors(256 * 2 * 4);
    for (let passage = 0; passage < 300; passage += 1) kept.keep(SPACE, passage, vector(passage, 1));
    expect(kept.get(SPACE, 43)).toBeUndefined();
    expect(kept.get(SPACE, 44)).toEqual(vector(44, 1));
    expect(kept.get(SPACE, 299)).toEqual(vector(299, 1));
  });

  it("keeps vectors of one space, and none that are larger than all its room", () => {
    const kept = new KeptVectors(256 * 2 * 4);
    kept.keep(SPACE, 7, vector(1, 2));
    expect(kept.get(SPACE + 1, 7)).toBeUndefined();
    kept.keep(SPACE + 1, 7, vector(3, 4));
    expect(kept.get(SPACE, 7)).toBeUndefined();
    kept.keep(SPACE + 1, 7, vector(1, 2, 3));
    expect(kept.get(SPACE + 1, 7)).toBeUndefined();
  });
});
