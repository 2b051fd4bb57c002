import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countTokens } from "./token-count.ts";

describe("countTokens", () => {
  it("is a quarter of the characters of ASCII text, rounded up", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
        expect(countTokens(text)).toBe(Math.ceil(text.length / 4));
      }),
    );
  });

  it("is one for each Chinese, Japanese or Korean character", () => {
    expect(countTokens("我喜欢吃寿司")).toBe(6);
    expect(countTokens("カレー、한글")).toBe(6);
    expect(countTokens("𠮷野家")).toBe(3);
    expect(countTokens("寿司 ok")).toBe(3);
    expect(countTokens("Häuser")).toBe(2);
  });

  it("takes any string", () => {
    expect(countTokens("\ud840")).toBe(1);
    expect(countTokens("")).toBe(0);
  });
});
