import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { englishRules } from "./date-rules-english.ts";
import { foldCase } from "./fold-case.ts";

const WORDS =
  "the day before after yesterday tomorrow last night today tonight this past previous coming upcoming next in within on of morning evening Mon Tuesday WEDNESDAY sun two 3 12th a few couple half an hour minutes ago back earlier from now weeks month years weekend decade fortnight every Jan March may 2024 1990s '90s 05/03/2024 3.5.2023 2024-03-05 q3 Q1 2025 and to - early mid-June late spring Fall winter Christmas New Year's Eve Valentine's thanksgiving \u017funday wee\u212a La\u017ft";

describe("englishRules", () => {
  it("never needs what one of their matches lacks", () => {
    const words = fc.constantFrom(...WORDS.split(" "));
    const spaces = fc.constantFrom(" ", " ", " ", "  ", ", ");
    const texts = fc
      .array(fc.tuple(words, spaces), { minLength: 1, maxLength: 9 })
      .map((parts) => parts.flat().join(""));
    let matches = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const folded = foldCase(text);
        for (const { pattern, needs } of englishRules()) {
          pattern.lastIndex = 0;
          if (!pattern.test(text)) continue;
          matches += 1;
          expect(
            needs?.every((need) => need.test(folded)),
            `${text}: ${pattern.source}`,
          ).not.toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
    expect(matches).toBeGreaterThan(500);
  });
});
