import { describe, expect, it } from "vitest";
import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import { createRulesExtractor } from "../rules-extractor.ts";

async function slotsIn(text: string): Promise<readonly string[]> {
  const saidAt = Date.UTC(2024, 4, 6, 9);
  const message = { id: "m1", role: "user" as const, text, saidAt, language: "en" };
  const facts: readonly ExtractedFact[] = await createRulesExtractor().extract([message], { before: [] });
  return facts.flatMap(({ attribute, cue }) =>
    attribute === undefined ? [] : [`${attribute.attribute} = ${attribute.value}${cue === "end" ? " (end)" : ""}`],
  );
}

describe("where one's dwelling is", () => {
  it.each([
    ["My flat's in Bristol.", "residence = bristol"],
    ["Our new apartment is in Lyon.", "residence = lyon"],
    ["We packed up in June and our new house is near Malmö.", "residence = malmö"],
  ])("%s", async (text, slot) => {
    expect(await slotsIn(text)).toContain(slot);
  });

  it.each([
    "Our house is in a terrible state.",
    "My parents' place is in Turin.",
    "Our holiday home is in Crete.",
    "The place is in Soho.",
    "Our place isn't in Hackney.",
  ])("is no residence: %s", async (text) => {
    expect((await slotsIn(text)).filter((slot) => slot.startsWith("residence ="))).toEqual([]);
  });
});

describe("lessons, memberships and subscriptions", () => {
  it.each([
    ["I take cello lessons.", "takes = cello lessons"],
    ["I'm taking pottery classes at the moment.", "takes = pottery classes"],
    ["I've given up cello lessons.", "takes = cello lessons (end)"],
    ["I quit my pottery classes.", "takes = pottery classes (end)"],
    ["I stopped taking cello lessons.", "takes = cello lessons (end)"],
    ["I subscribe to the Evening Herald.", "subscribes to = evening herald"],
    ["I cancelled my Evening Herald subscription.", "subscribes to = evening herald (end)"],
    ["I've cancelled my subscription to the Evening Herald.", "subscribes to = evening herald (end)"],
    ["I cancelled my Larch Pool membership.", "member of = larch pool (end)"],
  ])("%s", async (text, slot) => {
    expect(await slotsIn(text)).toContain(slot);
  });

  it.each([
    "I might cancel my Larch Pool membership.",
    "How do I cancel my gym membership?",
    "I took a first aid class on Saturday.",
    "I have a maths class at 9.",
    "She took the lessons to heart.",
    "I dropped out of the class.",
  ])("says nothing of: %s", async (text) => {
    expect((await slotsIn(text)).filter((slot) => /^(?:takes|member of|subscribes to) /u.test(slot))).toEqual([]);
  });
});

describe("a job that one has, a phone by its name", () => {
  it.each([
    ["I have a job at Halvorsen.", "employer = halvorsen"],
    ["I've got a part-time position with Kone.", "employer = kone"],
    ["I landed a role at Kone.", "employer = kone"],
    ["I use a Nothing Phone 2.", "phone = nothing phone 2"],
    ["My phone is a Sony Xperia 5.", "phone = sony xperia 5"],
  ])("%s", async (text, slot) => {
    expect(await slotsIn(text)).toContain(slot);
  });

  it.each(["I have a job interview at Kone.", "I have a job at 9.", "I have a job for you."])(
    "gives no employer: %s",
    async (text) => {
      expect((await slotsIn(text)).filter((slot) => slot.startsWith("employer"))).toEqual([]);
    },
  );
});

describe("what comes again and again", () => {
  it.each([
    ["I deploy on Fridays.", "habit:deploy = fridays"],
    ["I don't deploy on Fridays anymore.", "habit:deploy = fridays (end)"],
    ["I have therapy every second Tuesday.", "schedule:therapy = every second tuesday"],
    ["Every second Tuesday I have therapy.", "schedule:therapy = every second tuesday"],
    ["I swim twice a week.", "how often:swim = twice a week"],
    ["We water the plants twice a week.", "how often:water plants = twice a week"],
    ["I see my therapist every other Thursday.", "schedule:therapist appointment = every other thursday"],
    ["I call my mom every Sunday.", "habit:call mom = every sunday"],
    ["I run on Tuesdays and Thursdays.", "habit:run = tuesdays and thursdays"],
    ["We have a standup every weekday at 9.", "schedule:standup = every weekday"],
  ])("%s", async (text, slot) => {
    expect(await slotsIn(text)).toContain(slot);
  });

  it.each([
    "I think about it every day.",
    "I used to swim twice a week.",
    "I would run on Mondays.",
    "I'm organizing a party two weekends later.",
  ])("is no habit: %s", async (text) => {
    expect((await slotsIn(text)).filter((slot) => /^(?:habit|how often):/u.test(slot))).toEqual([]);
  });
});

describe("where one trains and learns is no employer", () => {
  it.each([
    ["I joined Fitworks, a gym near my home.", "member of = fitworks"],
    ["I started at PureGym.", "member of = puregym"],
    ["I started at Lincoln High School.", "school = lincoln high school"],
    ["My school is Lincoln High.", "school = lincoln high"],
    ["I started at Lincoln High School as a teacher.", "employer = lincoln high school"],
    ["I started a job at Leeds University.", "employer = leeds university"],
    ["My phone is a Nothing Phone.", "phone = nothing phone"],
  ])("%s", async (text, slot) => {
    const slots = await slotsIn(text);
    expect(slots).toContain(slot);
    expect(slots.filter((each) => each.startsWith("employer") && each !== slot)).toEqual([]);
  });
});
