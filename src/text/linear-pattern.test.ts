import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compilePattern } from "./linear-pattern.ts";

const EMAIL = String.raw`^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$`;

const isPlace = (part: string): boolean => ["^", "$", "\\b", "(?=a)", "(?!b)"].includes(part);

describe("a pattern without going back", () => {
  test.each([
    [String.raw`^\d{4}-\d{2}-\d{2}$`, ["2026-01-31"], ["2026-1-31", "on 2026-01-31", "2026-01-31\n"]],
    ["cat|dog", ["a hotdog", "cat"], ["cow"]],
    ["^(?:cat|dog|)s?$", ["cat", "dogs", "s", ""], ["cats and dogs"]],
    ["^(a+)+$", ["aaaa"], ["aaab", ""]],
    ["^[A-Z]{2,3}$", ["DE", "GER"], ["D", "GERM", "de"]],
    [String.raw`^\+?[0-9 ()\-]{3,}$`, ["+49 (30) 123-4"], ["+49 x", "++49"]],
    [String.raw`\bred\b`, ["a red car", "red"], ["hundred", "redder"]],
    [String.raw`\Bed\b`, ["a red car"], ["ed"]],
    [String.raw`^\p{Lu}\p{L}*$`, ["Österreich", "Ana"], ["ana", "Ana 2"]],
    [EMAIL, ["ana.lopez@example.com"], [".ana@example.com", "a..b@example.com", "ana@example", "ana"]],
    ["^(?=.*[0-9])(?=.*[a-z]).{4,}$", ["abc1"], ["abcd", "1234", "a1"]],
    ["^.$", ["x", "🙂"], ["", "xy", "\n"]],
    [String.raw`^\u{1F642}\x41\u0042\t\/$`, ["🙂AB\t/"], ["🙂AB /"]],
    ["^(?<year>2[0-9]{3})?$", ["2026", ""], ["1999"]],
    ["^a{0}b{1,}?c*?$", ["b", "bbcc"], ["ab", "c"]],
    ["x{,3}", ["x{,3}"], ["xxx"]],
    ["", ["", "anything"], []],
  ])("%s", (source, fitting, others) => {
    const { isIn } = compilePattern(source);
    expect(fitting.map((text) => [text, isIn(text)])).toEqual(fitting.map((text) => [text, true]));
    expect(others.map((text) => [text, isIn(text)])).toEqual(others.map((text) => [text, false]));
  });

  test.each([
    ["(a", "a bracket that is not closed"],
    ["a)", "a bracket too many"],
    [String.raw`(a)\1`, "a backreference"],
    ["(?<=a)b", "a lookbehind"],
    ["*a", '"*" where nothing is to repeat or to close'],
    ["[z-a]", "the class [z-a], which is not known"],
    ["a\\", "nothing behind its last backslash"],
    ["(((a{100}){100}){100}){100}", "too many repetitions"],
    ["(?:(?:(?:){9999}){9999}){9999}", "too many repetitions"],
    ["(?=(?=a{3000}){3000}){3000}", "too many repetitions"],
    ["a{0,100000}", "too many repetitions"],
    ["(".repeat(60), "groups more than 50 deep"],
    ["a".repeat(3_000), "more than 2000 characters"],
  ])("refuses %s", (source, problem) => {
    expect(() => compilePattern(source)).toThrow(problem);
  });

  it("ends soon, whatever the pattern and the text", () => {
    const text = `${"a".repeat(9_000)}!`;
    for (const source of ["^(a+)+$", "^(a|aa)+$", "(a*)*b", "^(?:(?=.*a)a*)*$", "(.*.*.*){5}x", "a{500}b", EMAIL]) {
      const start = performance.now();
      compilePattern(source).isIn(text);
      expect([source, performance.now() - start < 1_000]).toEqual([source, true]);
    }
    expect(compilePattern("^(a+)+$").isIn(text)).toBe(false);
    expect(compilePattern(`${"(?=.*b)".repeat(20)}`).isIn(text)).toBeUndefined();
  });

  it("says what the engine of the language says", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      ".",
      "[ab]",
      "[^a]",
      "^",
      "$",
      "\\b",
      "\\d",
      "(?:a|b)",
      "(b|)",
      "(?=a)",
      "(?!b)",
    );
    const quantifier = fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{0,}");
    const term = fc.tuple(atom, quantifier).map(([part, sign]) => (isPlace(part) ? part : part + sign));
    const sequence = fc.array(term, { maxLength: 5 }).map((parts) => parts.join(""));
    const source = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("|"));
    const text = fc.string({ unit: fc.constantFrom("a", "b", "1", " ", "🙂"), maxLength: 8 });
    fc.assert(
      fc.property(source, text, (pattern, given) => {
        expect(compilePattern(pattern).isIn(given)).toBe(new RegExp(pattern, "u").test(given));
      }),
      { numRuns: 1_000 },
    );
  });
});
