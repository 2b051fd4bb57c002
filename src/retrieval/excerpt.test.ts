import { expect, it } from "vitest";
import { excerpt } from "./excerpt.ts";

const LONG = `First we met. ${"Nothing of note happened that day. ".repeat(20)}The beagle chased a heron. ${"The rest was quiet. ".repeat(20)}`;

it("leaves a text within the limit as it is", () => {
  expect(excerpt("The beagle ran.", ["beagl"], 100)).toBe("The beagle ran.");
});

it("quotes the sentences that matter, in order, and marks the gaps", () => {
  const text = excerpt(LONG, ["beagl", "heron"], 120);
  expect(text).toMatch(/^First we met\. .*… The beagle chased a heron\. …$/u);
  expect(text.length).toBeLessThanOrEqual(130);
});

it("cuts a text that has no sentences", () => {
  const text = excerpt("x".repeat(500), ["x"], 100);
  expect(text).toHaveLength(100);
  expect(text.endsWith("…")).toBe(true);
});
