import { describe, expect, it } from "vitest";
import { dateTerms, endsWithQuestion, hasTimeExpression } from "./date-terms.ts";

describe("dateTerms", () => {
  it("names the UTC day as the analyzer would", () => {
    expect(dateTerms(Date.UTC(2023, 4, 8, 13, 56))).toEqual(["8", "may", "2023"]);
    expect(dateTerms(Date.UTC(2021, 11, 31, 23, 59))).toEqual(["31", "decemb", "2021"]);
    expect(dateTerms(Number.NaN)).toEqual([]);
  });
});

describe("hasTimeExpression", () => {
  it.each([
    "I went yesterday",
    "last Tuesday",
    "next week",
    "two years ago",
    "a couple of weekends back",
    "I just got home",
    "since then",
    "in October",
    "every Friday",
    "in 2019 or 2021",
    "Ich war gestern dort",
    "我昨天去了",
  ])("sees it in: %s", (text) => {
    expect(hasTimeExpression(text)).toBe(true);
  });

  it.each(["I may go", "the last one", "an agony aunt", "1999 items", "justice"])("sees none in: %s", (text) => {
    expect(hasTimeExpression(text)).toBe(false);
  });
});

describe("endsWithQuestion", () => {
  it.each([
    "How are you?",
    "Really? [shared a photo of a dog]",
    "你好吗？",
    "كيف حالك؟",
    'He said "why?"',
    "what?! ",
    "Ok?  \n",
  ])("%s", (text) => {
    expect(endsWithQuestion(text)).toBe(true);
  });

  it.each(["Fine.", "[why?]", "Is it? Yes.", "", "]", "a]"])("not: %s", (text) => {
    expect(endsWithQuestion(text)).toBe(false);
  });
});
