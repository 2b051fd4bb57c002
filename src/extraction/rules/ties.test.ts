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
    ["Let me introduce you to Rita, my cousin.", ["speaker family:cousin Rita"]],
    ["I have a cousin named Rita.", ["speaker family:cousin Rita"]],
    ["Tom has a sister, Anna.", ["Tom family:sister Anna"]],
    ["The mother of Tom is Anna.", ["Tom family:mother Anna"]],
    ["My sister (Anna) lives in Rome.", ["speaker family:sister Anna"]],
    ["Anna - my sister - lives in Rome.", ["speaker family:sister Anna"]],
    ["Hugo replaced my old dentist.", ["speaker dentist Hugo"]],
    ["I switched to a different dentist: Hugo.", ["speaker dentist Hugo"]],
    ["Since Monday Hugo is my manager.", ["speaker manager Hugo"]],
    ["Most of us shorten Margaret to Maggie.", ["Margaret nickname Maggie"]],
    ["Maggie, whose full name is Margaret, came by.", ["Margaret nickname Maggie"]],
    ["Rita has been my doctor for ten years.", ["speaker doctor Rita"]],
    ["Rita is still Tom's landlady.", ["Tom landlord Rita"]],
    ["I finally met Anna, Tom's wife.", ["Tom family:partner Anna"]],
    ["Yesterday I saw Tom's sister Anna at the market.", ["Tom family:sister Anna"]],
    ["Tom brought along his wife Anna.", ["Tom family:partner Anna"]],
    ["Met Tom's daughter Lena.", ["Tom family:daughter Lena"]],
    ["We all just say Maggie to Margaret.", ["Margaret nickname Maggie"]],
    ["Theo and Theodore are the same person.", ["Theodore nickname Theo"]],
    ["Theo is the same person as Theodore.", ["Theodore nickname Theo"]],
    ["Alexander, whom everybody knows as Alex, came by.", ["Alexander nickname Alex"]],
    ["Alexander (Alex) came by.", ["Alexander nickname Alex"]],
    ["Robert, or Bob for short, moved to Oslo.", ["Robert nickname Bob"]],
    ["When I say Bob I mean Robert.", ["Robert nickname Bob"]],
    ["Bob's real name is Robert.", ["Robert nickname Bob"]],
    ["Bob is what we call Robert.", ["Robert nickname Bob"]],
    ["Katherine likes us to call her Kate.", ["Katherine nickname Kate"]],
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
    "Paris (Texas) is far away.",
    "Rita has been my cousin's doctor.",
    "Since Monday my manager is ill.",
    "I have a friend, but Anna has none.",
    "Tom met Bob and his wife Anna.",
    "Rome and Athens are the same to me.",
    "We use Postgres for Billing.",
    "They say Hello to Bob.",
    "I met Anna, Tom's favourite singer.",
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
