import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { baseForms } from "./word-forms.ts";
import { parseWordTable } from "./word-table.ts";

const bytes = readFileSync(new URL("./word-vectors.bin", import.meta.url));

describe("parseWordTable", () => {
  const table = parseWordTable(bytes);

  it("finds words inside a text by their place", () => {
    const inText = table.find("my garden grows", 3, 9);
    expect(inText).toBeGreaterThanOrEqual(0);
    expect(table.find("garden", 0, 6)).toBe(inText);
    expect(table.find("gardenx", 0, 7)).toBe(-1);
    expect(table.find("", 0, 0)).toBe(-1);
  });

  it("knows function words at weight 0 and weighs rare words above frequent ones", () => {
    const weightOf = (word: string): number => table.factorOf(table.find(word, 0, word.length));
    expect(weightOf("the")).toBe(0);
    expect(table.find("the", 0, 3)).toBeGreaterThanOrEqual(0);
    expect(weightOf("government")).toBeGreaterThan(0);
    expect(weightOf("government")).toBeLessThan(weightOf("pottery"));
  });

  it("reads a table that does not begin at an aligned address", () => {
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(parseWordTable(shifted.subarray(1)).find("garden", 0, 6)).toBe(table.find("garden", 0, 6));
  });

  it.each([
    ["empty", new Uint8Array()],
    ["foreign", new Uint8Array(100)],
    ["cut", bytes.subarray(0, -1)],
    ["cut to its header", bytes.subarray(0, 16)],
  ])("refuses bytes that are %s", (_, wrong) => {
    expect(() => parseWordTable(wrong)).toThrow(/word table/u);
  });
});

describe("baseForms", () => {
  it.each([
    ["hiked", "hike"],
    ["planning", "plan"],
    ["allergies", "allergy"],
    ["happiest", "happy"],
    ["boxes", "box"],
    ["quickly", "quick"],
  ])("offers the base of %s", (word, base) => {
    expect([...baseForms(word)]).toContain(base);
  });

  it("leaves short words alone", () => {
    expect([...baseForms("this")]).toEqual([]);
  });
});
