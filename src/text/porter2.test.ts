import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stemPorter2 } from "./porter2.ts";

describe("stemPorter2", () => {
  it.each([
    ["may", "may"],
    ["enjoyed", "enjoy"],
    ["happily", "happili"],
    ["december", "decemb"],
    ["camping", "camp"],
    ["running", "run"],
    ["hoping", "hope"],
    ["hopping", "hop"],
    ["studies", "studi"],
    ["ties", "tie"],
    ["cries", "cri"],
    ["gas", "gas"],
    ["gaps", "gap"],
    ["kiwis", "kiwi"],
    ["bus", "bus"],
    ["agreed", "agre"],
    ["feed", "feed"],
    ["luxuriated", "luxuri"],
    ["generously", "generous"],
    ["general", "general"],
    ["communication", "communic"],
    ["relational", "relat"],
    ["rationalization", "ration"],
    ["usefulness", "use"],
    ["hopelessly", "hopeless"],
    ["possibly", "possibl"],
    ["adoption", "adopt"],
    ["controll", "control"],
    ["skies", "sky"],
    ["dying", "die"],
    ["news", "news"],
    ["inning", "inning"],
    ["youth", "youth"],
    ["by", "by"],
    ["say", "say"],
    ["sayings", "say"],
    ["bed", "bed"],
    ["shed", "shed"],
    ["bee", "bee"],
    ["consistency", "consist"],
    ["knightly", "knight"],
    ["kneeling", "kneel"],
    ["psychology", "psycholog"],
  ])("%s becomes %s", (word, stem) => {
    expect(stemPorter2(word)).toBe(stem);
  });

  it("never empties or lengthens a word", () => {
    const letters = fc.stringMatching(/^[a-z]{1,20}$/u);
    fc.assert(
      fc.property(letters, (word) => {
        const stem = stemPorter2(word);
        expect(stem.length).toBeGreaterThan(0);
        expect(stem.length).toBeLessThanOrEqual(word.length);
        expect(stem).toMatch(/^[a-z]+$/u);
      }),
      { numRuns: 3000 },
    );
  });
});
