import { describe, expect, it } from "vitest";
import { findOpenSince } from "./durations.ts";

const SAID = Date.UTC(2025, 5, 10, 9);

describe("findOpenSince", () => {
  it.each([
    ["I have been working at Siemens for three years", "2022-06-10", "year"],
    ["I've had this cough for two weeks", "2025-05-27", "day"],
    ["for the last six months i've been learning turkish", "2024-12-10", "month"],
    ["we've lived here for about a year and a half", "2023-12-10", "month"],
    ["she's been vegan for two and a half years", "2022-12-10", "month"],
    ["i have been running for a couple of months", "2025-04-10", "month"],
    ["I've been at Acme 5 years now", "2020-06-10", "year"],
    ["they have been married for over twenty years", "2005-06-10", "year"],
    ["I haven't smoked for ten days", "2025-05-31", "day"],
  ])("%s", (text, from, granularity) => {
    const found = findOpenSince(text, SAID);
    expect(found === undefined ? null : new Date(found.from).toISOString().slice(0, 10)).toBe(from);
    expect(found?.granularity).toBe(granularity);
  });

  it.each([
    "I'm going to Spain for two weeks",
    "I lived in Rome for three years",
    "I would have stayed for two weeks",
    "I've been gluten free for ages",
    "I have a bread recipe for two people",
    "I've seen it two years ago",
    `I have been there for ${"about ".repeat(20_000)}`,
  ])("is silent where nothing goes on since then: %.40s", (text) => {
    expect(findOpenSince(text, SAID)).toBeUndefined();
  });
});
