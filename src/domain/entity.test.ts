import { describe, expect, it } from "vitest";
import { spansOfName } from "./entity.ts";

const found = (text: string, name: string): string[] =>
  spansOfName(text, name).map(({ start, end }) => `${start} ${text.slice(start, end)}`);

describe("spansOfName", () => {
  it.each([
    ["Anna met ANNA and Annabel; anna's cat", "Anna", ["0 Anna", "9 ANNA", "27 anna"]],
    ["Mein Bruder heißt Anton", "anton", ["18 Anton"]],
    ["我姐姐王丽住在上海", "王丽", ["3 王丽"]],
    ["C++ is not C", "c++", ["0 C++"]],
    ["nobody here", "Anna", []],
    ["anything", " ", []],
  ])("%s: %s", (text, name, spans) => {
    expect(found(text, name)).toEqual(spans);
  });

  it("comes to an end with a long text", () => {
    expect(spansOfName("ann ".repeat(100_000), "ann", 3)).toHaveLength(3);
    expect(spansOfName("ä".repeat(1_000_000), "ä".repeat(400))).toEqual([]);
  });
});
