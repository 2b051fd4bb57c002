import { describe, expect, it } from "vitest";
import { createRulesExtractor } from "../rules-extractor.ts";

/** A Wednesday. */
const SAID_AT = Date.UTC(2024, 4, 8, 10);

async function saidBy(name: string | undefined, text: string, before: readonly string[] = []): Promise<string[]> {
  const messages = [...before, text].map((content, index) => ({
    id: `m${index}`,
    role: "user" as const,
    saidAt: SAID_AT,
    text: content,
    ...(name === undefined ? {} : { name }),
  }));
  const facts = await createRulesExtractor().extract(messages, { before: [] });
  return facts.map((fact) => fact.text);
}

describe("the wording of a fact", () => {
  it.each([
    [
      "We've been putting a lot of work into the garden project.",
      "Ana and others have been putting a lot of work into the garden project",
    ],
    ["We've got a puppy.", "Ana and others have got a puppy"],
    [
      "We roast marshmallows, tell stories around the campfire and just enjoy each other's company.",
      "Ana and others just enjoy each other's company",
    ],
    ["I wanna start a dance studio in Lisbon.", "Ana wants to start a dance studio in Lisbon"],
    ["Gonna keep working on the garden project.", "Ana is gonna keep working on the garden project"],
    [
      "I'm hoping to use the platform to have an impact and inspire others as well.",
      "Ana is hoping to use the platform to have an impact and inspire others as well",
    ],
    [
      "I'm hosting a dance competition to showcase local talent and bring attention to the studio.",
      "Ana is hosting a dance competition to showcase local talent and bring attention to the studio",
    ],
    [
      "I've been busy with work and family, but last week I had an accident on the way home.",
      "Last week (the week of 29 April 2024) Ana had an accident on the way home",
    ],
    ['I just finished reading a novel called "Inception".', 'Ana just finished reading a novel called "Inception"'],
    [
      "I've defined the endpoints GET /items and DELETE /items/{id}.",
      "Ana has defined the endpoints GET /items and DELETE /items/{id}",
    ],
    ["I joined a hiking group last Tues.", "Ana joined a hiking group last Tues (7 May 2024)"],
    [
      "I'm nervous about tomorrow's opening of the studio.",
      "Ana is nervous about tomorrow's (9 May 2024) opening of the studio",
    ],
    [
      "I painted the old harbour after we visited the museum!🌟 [shared a photo of a book cover]",
      "Ana painted the old harbour after they visited the museum",
    ],
  ])("%j", async (text, fact) => {
    expect(await saidBy("Ana", text)).toContain(fact);
  });

  it.each([
    ["Showing them how to respect those who served is important."],
    ["Taking time off for myself and my family is so important."],
    ["Having a supportive team who are like family is awesome."],
    ["Finding a community where I'm accepted, loved and supported has really meant a lot to me."],
    ["Challenging but fun, always admired musicians."],
  ])("does not take the subject of %j for what the speaker is doing", async (text) => {
    expect((await saidBy("Ana", text)).filter((fact) => fact.startsWith("Ana is "))).toEqual([]);
  });

  it.each([
    ["I just look for things that are fun, like a walk or picnic in the park."],
    ["This book reminds me to follow my dreams, just like you are doing!"],
    ["I'm not sure how to write angles, like ABC, in my own notes."],
  ])("does not take the comparison of %j for a taste", async (text) => {
    expect((await saidBy("Ana", text)).filter((fact) => / likes /u.test(fact))).toEqual([]);
  });

  it.each([
    ["I love to help, so just shoot me a question anytime you need.", "shoots"],
    ["My login uses bcrypt hashing, which takes around 500ms to complete.", "Which takes"],
    ["On another note, check out this picture I got a while back.", "check out"],
    ["Rome wasn't built in a day.", "2024"],
    ["Got the tattoo a few years ago, it stands for freedom.", "tattoo a stands"],
  ])("says nothing odd of %j", async (text, odd) => {
    expect((await saidBy("Ana", text)).filter((fact) => fact.includes(odd))).toEqual([]);
  });

  it("lets the verb agree with the name that stands for you", async () => {
    const messages = [
      { id: "m0", role: "user" as const, saidAt: SAID_AT, text: "Hi Ana, how was the tournament?", name: "Ben" },
      {
        id: "m1",
        role: "user" as const,
        saidAt: SAID_AT,
        text: "I took a road trip to Porto while you were winning.",
        name: "Ana",
      },
    ];
    const facts = await createRulesExtractor().extract(messages, { before: [] });
    expect(facts.map(({ text }) => text)).toContain("Ana took a road trip to Porto while Ben was winning");
  });

  it.each([
    [
      "I'm trying to integrate Flask-Login in my app, can you help me with an example of how to use it, considering I'm using Flask 2.3.1",
      "User is trying to integrate Flask-Login in their app",
    ],
    [
      "I want to return custom error pages for my API, here's a basic structure I have so far",
      "User wants to return custom error pages for their API",
    ],
    [
      "I've got a deadline to meet on July 22, so how can I prioritize my tasks to make the most of my time",
      "User has got a deadline to meet on July 22 (22 July 2024)",
    ],
  ])("leaves the request out of %j", async (text, fact) => {
    expect(await saidBy(undefined, text)).toEqual([fact]);
  });

  it("keeps every item of a list with what stands behind it", async () => {
    expect(await saidBy("Ana", "I'm allergic to most reptiles and animals with fur.")).toEqual([
      "Ana is allergic to most reptiles",
      "Ana is allergic to animals with fur",
    ]);
    expect(await saidBy("Ana", "We've got a pup and a kitty.")).not.toContain("Ana and others have got a a kitty");
    expect(await saidBy("Ana", "I like concerts and events in our town.")).toEqual([
      "Ana likes concerts",
      "Ana likes events in their town",
    ]);
  });

  it.each([
    ["Since the doctor told me I'm lactose intolerant.", "Ana is lactose intolerant"],
    ["The doctor says I have type 2 diabetes.", "Ana has type 2 diabetes"],
    ["It turns out I'm diabetic.", "Ana is diabetic"],
    ["I was diagnosed with celiac disease last year.", "Ana was diagnosed with celiac disease last year (2023)"],
    ["I just found out that I'm colour blind.", "Ana is colour blind"],
  ])("keeps what %j reports of the speaker's health", async (text, fact) => {
    expect(await saidBy("Ana", text)).toEqual([fact]);
  });
});
