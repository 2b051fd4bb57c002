import { describe, expect, it } from "vitest";
import { gathers } from "./gathering.ts";
import { understandQuery } from "./understand-query.ts";

const SPEAKERS = ["Ana", "Tom"];

function gatheringOf(question: string): { noun: string | undefined } | undefined {
  const query = understandQuery(question, { now: Date.UTC(2026, 0, 1), speakers: SPEAKERS });
  return gathers(query) ? query.gathering : undefined;
}

describe("gatheringOf", () => {
  it.each([
    ["What instruments do I play?", "instruments"],
    ["Which board games has Ana bought?", "games"],
    ["What European cities have we visited?", "cities"],
    ["How many concerts did I go to?", "concerts"],
    ["What types of tea has Tom tried?", "tea"],
    ["What are my hobbies?", "hobbies"],
    ["What are Ana's favourite desserts?", "desserts"],
    ["What are some changes Ana has made?", "changes"],
    ["What are the names of Tom's children?", "children"],
    ["What are Ana's pets' names?", "pets"],
    ["Which dish have Ana and Tom both cooked?", "dish"],
  ])("%s gathers %s", (question, noun) => {
    expect(gatheringOf(question)).toEqual({ noun });
  });

  it.each(["What has Ana painted?", "Where have I camped?", "What do Ana and Tom have in common?"])(
    "%s gathers what it does not name",
    (question) => {
      expect(gatheringOf(question)).toEqual({ noun: undefined });
    },
  );

  it.each([
    ["What news did Ana bring?", "no plural"],
    ["What is my address?", "no plural"],
    ["What kind of soup did Tom make?", "one"],
    ["What are the blue boots used for?", "about things that are known"],
    ["What items did Tom hand out at his party?", "one occasion"],
    ["What dishes did we eat during the holiday?", "one occasion"],
    ["How often does Ana swim?", "a habit"],
    ["When did Ana move?", "a time"],
    ["What two main ingredients does the blueberry tart with almond crust that Ana baked contain?", "many words"],
  ])("%s does not: %s", (question) => {
    expect(gatheringOf(question)).toBeUndefined();
  });
});
