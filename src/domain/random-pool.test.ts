import { describe, expect, it } from "vitest";
import { createRandomPool } from "./random-pool.ts";

const takeRandom = createRandomPool((bytes) => crypto.getRandomValues(bytes));

describe("createRandomPool", () => {
  it("hands out other bytes each time, also where the pool is filled anew", () => {
    const taken = Array.from({ length: 1000 }, () => takeRandom(16));
    expect(taken.every((bytes) => bytes.length === 16)).toBe(true);
    expect(new Set(taken.map((bytes) => bytes.join(" "))).size).toBe(1000);
  });

  it("keeps what it handed out from changing", () => {
    const bytes = takeRandom(8);
    const before = [...bytes];
    for (let round = 0; round < 600; round += 1) takeRandom(8);
    expect([...bytes]).toEqual(before);
  });
});
