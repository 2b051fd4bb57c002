import { describe, expect, it } from "vitest";
import type { Recurrence } from "../domain/recurrence.ts";
import { findRecurrence } from "./recurrence.ts";

describe("findRecurrence", () => {
  it.each<[string, Recurrence]>([
    ["User goes swimming every Tuesday", { unit: "week", interval: 1, weekdays: ["tuesday"], words: "every Tuesday" }],
    [
      "User runs on Mondays and Thursdays",
      { unit: "week", interval: 1, weekdays: ["monday", "thursday"], words: "on Mondays and Thursdays" },
    ],
    ["User calls their mother twice a week", { unit: "week", interval: 1, times: 2, words: "twice a week" }],
    ["User drinks 3 times per day", { unit: "day", interval: 1, times: 3, words: "3 times per day" }],
    [
      "Therapy is every other Thursday",
      { unit: "week", interval: 2, weekdays: ["thursday"], words: "every other Thursday" },
    ],
    ["User takes vitamins daily", { unit: "day", interval: 1, words: "daily" }],
    ["User reads every night", { unit: "day", interval: 1, words: "every night" }],
    ["User travels every 3 months", { unit: "month", interval: 3, words: "every 3 months" }],
    ["The review is quarterly", { unit: "month", interval: 3, words: "quarterly" }],
    ["Every summer they go to Elba", { unit: "year", interval: 1, words: "Every summer" }],
    [
      "User pays rent on the 3rd of each month",
      { unit: "month", interval: 1, monthDay: 3, words: "on the 3rd of each month" },
    ],
    [
      "The club meets on the last Friday of every month",
      { unit: "month", interval: 1, weekdays: ["friday"], words: "on the last Friday of every month" },
    ],
    [
      "User works from home on weekdays",
      {
        unit: "week",
        interval: 1,
        weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"],
        words: "on weekdays",
      },
    ],
  ])("%s", (text, expected) => {
    expect(findRecurrence(text)).toEqual(expected);
  });

  it.each([
    "User went swimming on Tuesday",
    "User has every book of hers",
    "User slept for two days",
    "User likes each of them",
    "every ".repeat(50_000),
  ])("is silent where nothing recurs: %.40s", (text) => {
    expect(findRecurrence(text)).toBeUndefined();
  });
});
