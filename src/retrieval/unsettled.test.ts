import { expect, it } from "vitest";
import { isNotSo, isOfOneDay, isPassing } from "./unsettled.ts";

it.each([
  "I'm thinking about switching to an iPhone",
  "I'd love to move to Palermo one day",
  "I've applied for a job at Zeiss",
  "If I get the bonus I'll replace the Corsa",
  "I almost dyed my hair black but chickened out",
  "We used to live in Tromso",
  "Let's pretend I'm a vampire who eats at 22",
  "In my novel the hero is engaged to Solveig now",
])("is not so: %s", (text) => expect(isNotSo(text, false)).toBe(true));

it.each(["I switched to an iPhone", "We used to be six but it's fifteen people now", "I decided on a heat pump"])(
  "is so: %s",
  (text) => expect(isNotSo(text, false)).toBe(false),
);

it("a wish is a state where wishes are asked for", () => {
  expect(isNotSo("I'd love to be a midwife", true)).toBe(false);
});

it("of a day or a while", () => {
  expect(isOfOneDay("Yesterday I took a taxi because of the snow")).toBe(true);
  expect(isOfOneDay("From today I take the bus instead")).toBe(false);
  expect(isPassing("I'm in Hamburg this week for a trade fair")).toBe(true);
  expect(isPassing("I'm in Hamburg for good")).toBe(false);
});
