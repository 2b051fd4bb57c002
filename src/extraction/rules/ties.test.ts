import { describe, expect, test } from "vitest";
import { readTies } from "./ties.ts";

const read = (text: string): string[] | undefined =>
  readTies(text)?.ties.map(({ owner, slot, name }) => `${owner ?? "speaker"} ${slot.attribute} ${name}`);

describe("readTies", () => {
  test.each([
    ["Bob is Carol's brother.", ["Carol family:brother Bob"]],
    ["Carol's brother is Bob.", ["Carol family:brother Bob"]],
    ["Anna is the sister of Bob.", ["Bob family:sister Anna"]],
    ["Carol is a colleague of mine.", ["speaker colleague Carol"]],
    ["Bob and Carol are siblings.", ["Bob family:sibling Carol"]],
    ["Tom and I are married.", ["speaker family:partner Tom"]],
    ["Dana is our new manager.", ["speaker manager Dana"]],
    ["Bob works with Carol at Acme.", ["Bob colleague Carol", "Bob employer Acme"]],
    ["People call me Kit.", ["speaker nickname Kit"]],
    ["Liz is short for Elizabeth.", ["Elizabeth nickname Liz"]],
    ["I met up with my cousin Rita today.", ["speaker family:cousin Rita"]],
    ["Meet Rita, my cousin.", ["speaker family:cousin Rita"]],
  ])("%s", (text, ties) => {
    expect(read(text)).toEqual(ties);
  });

  test.each([
    "Bob is Carol's ex husband.",
    "Carol's brother is German.",
    "The house is Anna's favourite.",
    "I love my new Tesla.",
    "I saw my friend Thursday.",
    "My sister lives in Rome.",
    "This is my brother.",
  ])("says nothing of: %s", (text) => {
    expect(read(text)).toBeUndefined();
  });

  test("leaves what else the sentence says, at its place", () => {
    const text = "My sister, Anna, lives in Rome.";
    expect(readTies(text)?.rest?.trim()).toBe("Anna  lives in Rome.");
    expect(readTies(text)?.rest).toHaveLength(text.length);
    expect(readTies("Anna, my sister, lives in Rome.")?.rest).toHaveLength("Anna, my sister, lives in Rome.".length);
  });

  test("comes to an end on a long run of names", () => {
    // In quadratic time this would run into the limit of a test.
    expect(readTies(`${"Ann Bob ".repeat(50_000)}is my`)).toBeUndefined();
    expect(readTies(`my ${"a ".repeat(100_000)}`)).toBeUndefined();
  });
});
