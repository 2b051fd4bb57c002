import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze } from "./analyze.ts";
import { splitPassages } from "./passages.ts";

const SENTENCE = "Yesterday the whole family went camping near the lake and talked about adoption. ";

describe("splitPassages", () => {
  it("keeps a short text whole, without outer white space", () => {
    expect(splitPassages("  hello there \n")).toEqual([{ start: 2, end: 13 }]);
    expect(splitPassages(SENTENCE.repeat(10))).toHaveLength(1);
    expect(splitPassages(" \n ")).toEqual([]);
    expect(splitPassages("")).toEqual([]);
  });

  it("believes the caller's terms for a text in between", () => {
    const text = SENTENCE.repeat(20);
    expect(splitPassages(text, analyze(text))).toHaveLength(1);
  });

  it("cuts a long text into overlapping windows at sentence borders", () => {
    const text = SENTENCE.repeat(80);
    const passages = splitPassages(text);
    expect(passages.length).toBeGreaterThan(2);
    for (const [index, { start, end }] of passages.entries()) {
      expect(text.slice(start, end)).toMatch(/^Yesterday.*adoption\.$/su);
      const terms = analyze(text.slice(start, end)).length;
      expect(terms).toBeGreaterThan(100);
      expect(terms).toBeLessThan(300);
      expect(passages[index + 1]?.start ?? 0).toBeLessThan(end);
    }
    expect(passages.at(-1)?.end).toBe(text.trimEnd().length);
  });

  it.each(["我喜欢吃寿司和拉面。", "我喜欢吃寿司和拉面", "x", "word ", "a\n", "😀"])(
    "covers a megabyte of %j",
    (unit) => {
      const text = unit.repeat(Math.floor(1_000_000 / unit.length));
      const passages = splitPassages(text);
      let reached = 0;
      for (const { start, end } of passages) {
        expect(text.slice(reached, start).trim()).toBe("");
        expect(end - start).toBeLessThan(9000);
        expect(end).toBeGreaterThan(reached);
        reached = end;
      }
      expect(text.slice(reached).trim()).toBe("");
    },
  );

  it("loses no visible character of any text and splits no surrogate pair", () => {
    const unit = fc.constantFrom("word ", "Longer. ", "字", "。", "\n", "😀", "x".repeat(300), "? ", "\ud800");
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 400 }), (units) => {
        const text = units.join("");
        let reached = 0;
        for (const { start, end } of splitPassages(text)) {
          expect(text.slice(reached, Math.max(reached, start)).trim()).toBe("");
          expect(/^[\udc00-\udfff]/u.test(text.slice(start, end)) && start > 0 && text[start - 1] === "\ud83d").toBe(
            false,
          );
          reached = end;
        }
        expect(text.slice(reached).trim()).toBe("");
      }),
      { numRuns: 200 },
    );
  });
});
