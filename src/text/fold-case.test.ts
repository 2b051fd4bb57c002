import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldCase } from "./fold-case.ts";

describe("foldCase", () => {
  it("finds without the flag i what /iu finds, at the same place", () => {
    const patterns = [String.raw`\bago\b`, String.raw`last\s+week`, "k", String.raw`\bsun`, String.raw`\d{4}`];
    const letters = fc.constantFrom(..."agolstwek sun\u017f\u0130\u212aKSA O19\u00c4");
    const texts = fc.array(letters, { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.constantFrom(...patterns), (text, pattern) => {
        const folded = foldCase(text);
        expect(folded.length).toBe(text.length);
        expect(folded.search(new RegExp(pattern, "u"))).toBe(text.search(new RegExp(pattern, "iu")));
      }),
    );
  });

  it("folds the long s and the Kelvin sign, and leaves the dotted capital I, which would grow", () => {
    expect(foldCase("La\u017ft Wee\u212a")).toBe("last week");
    expect(foldCase("\u0130A")).toBe("\u0130a");
  });
});
